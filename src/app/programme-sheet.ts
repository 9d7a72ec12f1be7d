import type { PdfBlock } from '#formats/pdf/index.ts';
import type { Language, Message } from '../core/message.ts';
import { dayEn, dayFr, groupedEn, groupedFr } from '../core/wording.ts';
import { PROVEN_PERCENT, type ProgrammeView } from './programme-views.ts';
import { figure, plain } from './report.ts';

export type Words = {
  readonly t: (fr: string, en: string) => string;
  readonly say: (message: Message) => string;
};

/** How a programme's documents choose between two languages. */
export const wordsOf = (language: Language): Words => ({
  t: (fr, en) => (language === 'fr' ? fr : en),
  say: (message) => message[language],
});

export type Chosen = ProgrammeView['chosen'][number];

/** The works of a building chosen, in words, as one cell of a table. */
export const worksOf = (one: Chosen, { say }: Words): string =>
  one.measures.map(({ name }) => say(name)).join(' + ');

type YearRow = {
  readonly year: number;
  readonly buildings: number;
  readonly costEur: number;
  readonly savingKwh: number;
};

/** A row a year of the programme, the empty ones too: buildings, euros, and kWh saved a year. */
export const yearsOf = ({ chosen, firstYear, years }: ProgrammeView): YearRow[] =>
  Array.from({ length: years }, (_, t) => {
    const own = chosen.filter(({ year }) => year === firstYear + t);
    return {
      year: firstYear + t,
      buildings: own.length,
      costEur: own.reduce((sum, { costEur }) => sum + costEur, 0),
      savingKwh: own.reduce((sum, { savingKwh }) => sum + savingKwh.value, 0),
    };
  });

/** Who took the programme as the stock's plan, and when; null while nobody has. */
export type Accepted = { readonly by: string; readonly day: string } | null;

/** The sentence on who accepted a programme and when. */
export const acceptedTold = (accepted: Accepted): Message =>
  accepted === null
    ? {
        fr: 'Ce programme n’a encore été accepté par personne.',
        en: 'Nobody has accepted this programme yet.',
      }
    : {
        fr: `Programme accepté par ${accepted.by} le ${dayFr(accepted.day)}.`,
        en: `Programme accepted by ${accepted.by} on ${dayEn(accepted.day)}.`,
      };

/** What the works bring less all they cost, as the page says it; nothing for a programme of an earlier version. */
const netValueTold = (
  value: number | null | undefined,
  keuros: (value: number) => string,
): Message | null => {
  if (value === undefined) return null;
  if (value === null) return { fr: 'Valeur nette : non évaluée.', en: 'Net value: not evaluated.' };
  return value >= 0
    ? {
        fr: `Valeur nette attendue : ${keuros(value)}. Les travaux rapportent plus qu’ils ne coûtent, sur la durée du calcul.`,
        en: `Net value expected: ${keuros(value)}. The works bring more than they cost, over the years counted.`,
      }
    : {
        fr: `Valeur nette attendue : ${keuros(value)}. Les factures évitées ne paient pas ces travaux à elles seules, sur la durée du calcul.`,
        en: `Net value expected: ${keuros(value)}. Avoided bills alone do not pay for these works, over the years counted.`,
      };
};

const summaryBlocks = (view: ProgrammeView, { t, say }: Words, language: Language): PdfBlock[] => {
  const keuros = (value: number): string => `${plain(value / 1000, language, 4)} k€`;
  const lastYear = view.firstYear + view.years - 1;
  const per = (chance: number): string => `${plain(100 * chance, language, 2)} %`;
  const netValue = netValueTold(view.netValueEur, keuros);
  return [
    {
      kind: 'paragraph',
      text: t(
        `${view.chosen.length} bâtiments reçoivent ${keuros(view.costEur)} de travaux de ${view.firstYear} à ${lastYear}, sur un budget de ${keuros(view.budgetEur)}. L’économie attendue, une fois tout fait, est de ${figure(view.savingKwh, language)} par an, soit ${figure(view.savingPercent, language)} de la consommation de ces bâtiments. Entre parenthèses : l’intervalle à 90 %.`,
        `${view.chosen.length} buildings receive ${keuros(view.costEur)} of works from ${view.firstYear} to ${lastYear}, out of a budget of ${keuros(view.budgetEur)}. The saving expected once all is done is ${figure(view.savingKwh, language)} a year, that is ${figure(view.savingPercent, language)} of what these buildings use. In brackets: the 90 % interval.`,
      ),
    },
    {
      kind: 'list',
      items: [
        ...(netValue === null ? [] : [say(netValue)]),
        t(
          `Chance que les bâtiments choisis économisent 30 % ensemble : ${per(view.chanceOf30Percent)}.`,
          `Chance that the buildings chosen save 30 % together: ${per(view.chanceOf30Percent)}.`,
        ),
        ...(view.target === null
          ? []
          : [
              t(
                `Chance d’économiser ${plain(view.target.savingKwh / 1000, language)} MWh par an : ${per(view.target.chance)} ; le plan le plus sûr en aurait ${per(view.target.bestChance)}.`,
                `Chance of saving ${plain(view.target.savingKwh / 1000, language)} MWh a year: ${per(view.target.chance)}; the surest plan would have ${per(view.target.bestChance)}.`,
              ),
            ]),
        view.gapPercent < PROVEN_PERCENT
          ? t(
              'Aucun autre plan ne fait mieux sous les mêmes contraintes : c’est prouvé.',
              'No other plan does better under the same constraints: this is proven.',
            )
          : t(
              `Aucun autre plan ne fait mieux de plus de ${plain(view.gapPercent, language, 2)} % sous les mêmes contraintes (borne prouvée).`,
              `No other plan does better by more than ${plain(view.gapPercent, language, 2)} % under the same constraints (proven bound).`,
            ),
        ...((view.withoutMeter ?? 0) === 0
          ? []
          : [
              t(
                `Sans compteur relevé, estimés par leur enveloppe seule : ${view.withoutMeter} des ${view.chosen.length} bâtiments choisis.`,
                `Without a meter read, estimated from their envelope alone: ${view.withoutMeter} of the ${view.chosen.length} buildings chosen.`,
              ),
            ]),
      ],
    },
  ];
};

/** Why each building chosen is in; nothing for a programme of an earlier version, which did not say. */
const whyChosen = ({ chosen }: ProgrammeView, { t, say }: Words): PdfBlock[] => {
  const items = chosen.flatMap(({ name, year, reason }) =>
    reason === undefined ? [] : [`${say(name)} (${year})${t(' : ', ': ')}${say(reason)}`],
  );
  return items.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: t('Pourquoi ces bâtiments', 'Why these buildings') },
        { kind: 'list', items },
      ];
};

type LawRow = NonNullable<ProgrammeView['law']>['buildings'][number];

/** What the plan makes of a date of the law, in two or three words. */
export const standingName = (standing: LawRow['standing']): Message =>
  ({
    'in-time': { fr: 'à temps', en: 'in time' },
    late: { fr: 'en retard', en: 'late' },
    never: { fr: 'pas tenue', en: 'not kept' },
    'after-programme': { fr: 'date après le programme', en: 'date after the programme' },
  })[standing];

/** The dates of the law that bind the stock's buildings; nothing for a programme of an earlier version, or where no date binds. */
const lawBlocks = ({ law }: ProgrammeView, { t, say }: Words, language: Language): PdfBlock[] => {
  if (law === undefined || law.buildings.length === 0) return [];
  const whole = (value: number): string => (language === 'fr' ? groupedFr : groupedEn)(Math.round(value));
  return [
    { kind: 'heading', level: 2, text: t('Les dates de la loi', 'The dates of the law') },
    {
      kind: 'paragraph',
      text: t(
        `Logements remis à temps dans la loi : ${whole(law.dwellingsInTime)} ; en retard ou pas tenus : ${whole(law.dwellingsLate)}. À leurs dates, en moyenne ${whole(law.expectedOutsideBefore)} logements seraient hors la loi sans travaux, ${whole(law.expectedOutsideAfter)} avec ce programme. ${law.rule.fr}`,
        `Dwellings brought inside the law in time: ${whole(law.dwellingsInTime)}; late or not kept: ${whole(law.dwellingsLate)}. At their dates, ${whole(law.expectedOutsideBefore)} dwellings would stand outside the law on average without works, ${whole(law.expectedOutsideAfter)} with this programme. ${law.rule.en}`,
      ),
    },
    {
      kind: 'table',
      caption: t('La chance de chaque date', 'The chance of each date'),
      columns: [
        { title: t('Date', 'Date'), width: 1.6 },
        { title: t('Bâtiment', 'Building'), width: 3 },
        { title: t('Risque sans travaux', 'Risk without works'), width: 1.8, align: 'right' },
        { title: t('Avec ce programme', 'With this programme'), width: 2.6 },
      ],
      rows: law.buildings.map(({ from, name, chanceOutside, standing, keptIn }) => [
        t(dayFr(from), dayEn(from)),
        say(name),
        `${plain(100 * chanceOutside, language, 2)} %`,
        `${say(standingName(standing))}${keptIn === null ? '' : ` (${keptIn})`}`,
      ]),
    },
  ];
};

/** What a council votes on: who accepted it, the figures, the years, each building with its works, each date of the law, why, each one left out with its reason. */
export const programmeSheet = (
  view: ProgrammeView,
  accepted: Accepted,
  words: Words,
  language: Language,
): PdfBlock[] => {
  const { t, say } = words;
  const keuros = (value: number): string => `${plain(value / 1000, language, 4)} k€`;
  const years = yearsOf(view);
  return [
    {
      kind: 'heading',
      level: 1,
      text: t(`Programme de travaux n° ${view.id}`, `Programme of works ${view.id}`),
    },
    { kind: 'paragraph', text: say(acceptedTold(accepted)) },
    ...summaryBlocks(view, words, language),
    { kind: 'heading', level: 2, text: t('Année par année', 'Year by year') },
    {
      kind: 'bars',
      caption: t('Dépense de chaque année', 'Spending of each year'),
      alt: years.map(({ year, costEur }) => `${year} : ${keuros(costEur)}`).join(' ; '),
      bars: years.map(({ year, costEur }) => ({
        label: String(year),
        value: costEur,
        text: keuros(costEur),
      })),
    },
    { kind: 'heading', level: 2, text: t('Bâtiments retenus', 'Buildings chosen') },
    {
      kind: 'table',
      caption: t('Travaux, coût et économie attendue par an', 'Works, cost and saving expected a year'),
      columns: [
        { title: t('Année', 'Year'), width: 0.8 },
        { title: t('Bâtiment', 'Building'), width: 2.4 },
        { title: t('Travaux', 'Works'), width: 3 },
        { title: t('Coût', 'Cost'), width: 1, align: 'right' },
        { title: t('Économie par an', 'Saving a year'), width: 2.6, align: 'right' },
      ],
      rows: view.chosen.map((one) => [
        String(one.year),
        say(one.name),
        worksOf(one, words),
        keuros(one.costEur),
        figure(one.savingKwh, language),
      ]),
    },
    ...lawBlocks(view, words, language),
    ...whyChosen(view, words),
    ...(view.late.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: t('Pourquoi pas plus tôt', 'Why not sooner') } as const,
          {
            kind: 'list',
            items: view.late.map(({ name, reason }) =>
              t(`${name.fr} : ${reason.fr}`, `${name.en}: ${reason.en}`),
            ),
          } as const,
        ]),
    { kind: 'heading', level: 2, text: t('Bâtiments laissés', 'Buildings left out') },
    {
      kind: 'list',
      items:
        view.notChosen.length === 0
          ? [t('Aucun.', 'None.')]
          : view.notChosen.map(({ name, reason }) =>
              t(`${name.fr} : ${reason.fr}`, `${name.en}: ${reason.en}`),
            ),
    },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: t(
        'D’où viennent ces chiffres : somme des travaux retenus sur 2 000 tirages de chaque jumeau calé sur son compteur, jumeaux tirés chacun à part, l’effet des gestes et les taux de réalisation du parc communs à tous.',
        'Where these figures come from: the works chosen, summed over 2,000 draws of each twin calibrated on its meter, twins drawn apart from one another, the effect of works and the stock’s realisation rates common to all.',
      ),
    },
  ];
};
