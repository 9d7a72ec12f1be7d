import { familyName } from '#correct/index.ts';
import type { Language, Message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import type { Correction } from './correct-stock.ts';
import { figureName, periodName } from './learnt-defaults.ts';
import { measureNamed } from './measure-names.ts';
import { emptyStock, figure, plain } from './report.ts';
import type { Retrained } from './train.ts';
import type { BuildingView, LedgerView } from './views.ts';
import type { FrontView, ProgrammeView } from './programme-views.ts';
import type { RankingView } from './ranking-views.ts';

/** Words of one language for the reports of the loop. */
const speaker = (language: Language) => ({
  t: (fr: string, en: string): string => (language === 'fr' ? fr : en),
  say: (message: Message): string => message[language],
  show: (quantity: Quantity | null): string =>
    quantity === null ? (language === 'fr' ? 'non évalué' : 'not evaluated') : figure(quantity, language),
  percent: (chance: number): string => `${plain(100 * chance, language, 2)} %`,
});

/** What a person is told of the measurements still to be made in a building. */
export const measurementsReport = (
  told: Pick<BuildingView, 'measurements' | 'drift'> & { readonly identifiability: readonly Message[] },
  language: Language,
): string[] => {
  const { t, say } = speaker(language);
  return [
    ...told.identifiability.map((sentence) => `  ${say(sentence)}`),
    told.measurements.length === 0
      ? `  ${t('Aucune mesure de plus ne resserrerait le besoin de chaleur.', 'No further measurement would narrow the heat need.')}`
      : `  ${t('À mesurer, le plus utile d’abord :', 'To be measured, the most useful first:')}`,
    ...told.measurements.map(({ sentence }, index) => `  ${index + 1}. ${say(sentence)}`),
    `  ${say(told.drift)}`,
  ];
};

/** A gap, in percent, that nobody would act on. */
const PROVEN_PERCENT = 0.005;
/** Most buildings named one by one in a report; the rest are counted. */
const MOST_NAMED = 40;

const namesTold = (names: readonly string[], language: Language): string => {
  const rest = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return rest > 0 ? `${shown}… (+${plain(rest, language)})` : shown;
};

const lawLines = ({ law }: ProgrammeView, language: Language): string[] => {
  if (law === undefined) return [];
  const { t, say } = speaker(language);
  const { buildings, notEvaluated } = law;
  const rest = buildings.length - MOST_NAMED;
  return [
    `  ${t('Loi', 'Law')} : ${say(law.rule)}`,
    ...(law.expectedOutsideBefore > 0
      ? [
          `    ${t('Logements hors la loi à leur date, en moyenne', 'Dwellings outside the law at their date, on average')} : ${plain(law.expectedOutsideBefore, language)} ${t('sans travaux', 'without works')}, ${plain(law.expectedOutsideAfter, language)} ${t('avec ce programme', 'with this programme')}`,
        ]
      : []),
    ...buildings.slice(0, MOST_NAMED).map(({ name, sentence }) => `    ${say(name)} — ${say(sentence)}`),
    ...(rest > 0 ? [`    ${t(`… et ${rest} autres`, `… and ${rest} others`)}`] : []),
    ...[...Map.groupBy(notEvaluated, ({ reason }) => say(reason))].map(
      ([reason, own]) =>
        `    ${namesTold(
          own.map(({ name }) => say(name)),
          language,
        )} — ${reason}`,
    ),
  ];
};

/** Euros as k€, from ten million on as M€. */
const money = (euros: number, language: Language): string =>
  euros >= 1e7 ? `${plain(euros / 1e6, language, 4)} M€` : `${plain(euros / 1000, language, 4)} k€`;

const ownTold = (own: readonly string[] | undefined, language: Language): string[] =>
  own === undefined || own.length === 0
    ? []
    : [
        `  ${language === 'fr' ? 'Catalogue propre, id et version :' : 'Own catalogue, id and version:'} ${own.join(', ')}`,
      ];

/**
 * Lines of a programme for a terminal: its sums, each building's year and reason, what is late, and why
 * others were not chosen.
 */
export const programmeReport = (programme: ProgrammeView, language: Language): string[] => {
  const { t, say, show } = speaker(language);
  return [
    `  ${money(programme.costEur, language)} ${t('sur', 'of')} ${money(programme.budgetEur, language)} : ${show(programme.savingKwh)} ${t('par an', 'a year')}, ${show(programme.savingPercent)} ${t('des bâtiments choisis', 'of the buildings chosen')}`,
    ...(typeof programme.netValueEur === 'number'
      ? [`  ${t('Valeur nette attendue', 'Net value expected')} : ${money(programme.netValueEur, language)}`]
      : []),
    ...programme.chosen.flatMap((one) => [
      `  ${one.year}  ${say(one.name).padEnd(46)} ${plain(one.costEur / 1000, language)} k€  ${show(one.savingKwh)}`,
      `        ${one.measures.map(({ name }) => say(name)).join(' + ')}`,
      ...(one.reason === undefined ? [] : [`        ${t('pourquoi', 'why')} : ${say(one.reason)}`]),
      ...programme.late
        .filter(({ buildingId }) => buildingId === one.buildingId)
        .map(({ reason }) => `        ${t('pas plus tôt', 'not sooner')} : ${say(reason)}`),
    ]),
    ...ownTold(programme.ownCatalogue, language),
    programme.gapPercent < PROVEN_PERCENT
      ? `  ${t('Aucun autre plan ne fait mieux sous ces contraintes (prouvé).', 'No other plan does better under these constraints (proven).')}`
      : `  ${t('Aucun autre plan ne fait mieux de plus de', 'No other plan does better by more than')} ${plain(programme.gapPercent, language, 2)} %.`,
    `  ${t('Chance de 30 % sur les bâtiments choisis', 'Chance of 30 % on the buildings chosen')} : ${plain(100 * programme.chanceOf30Percent, language, 2)} %`,
    ...(programme.target === null
      ? []
      : [
          `  ${t('Chance d’économiser', 'Chance of saving')} ${plain(programme.target.savingKwh / 1000, language)} MWh : ${plain(100 * programme.target.chance, language, 2)} % ; ${t('le plan le plus sûr', 'the surest plan')} : ${plain(100 * programme.target.bestChance, language, 2)} %`,
        ]),
    ...(programme.robustness === undefined ? [] : [`  ${say(programme.robustness.sentence)}`]),
    ...(programme.byYear ?? []).flatMap(({ year, unspent }) =>
      unspent ? [`  ${year} : ${say(unspent)}`] : [],
    ),
    ...lawLines(programme, language),
    ...programme.notChosen.map(
      ({ name, reason }) => `  ${t('pas cette fois', 'not this time')} : ${say(name)} — ${say(reason)}`,
    ),
  ];
};

/** Lines of a front for a terminal: cost in k€, saving a year and buildings of each plan on it. */
export const frontReport = ({ against, points }: FrontView, language: Language): string[] => {
  const { t, show } = speaker(language);
  return points.map(({ costEur, value, savingKwh, chosen }) => {
    const carbon =
      against === 'carbon' ? `, ${plain(value / 1000, language)} tCO₂ ${t('par an', 'a year')}` : '';
    const count = chosen.length;
    return `  ${plain(costEur / 1000, language, 4).padStart(8)} k€ : ${show(savingKwh)} ${t('par an', 'a year')}${carbon}, ${count} ${count === 1 ? t('bâtiment', 'building') : t('bâtiments', 'buildings')}`;
  });
};

/** Lines of a ranking for a terminal, those that could not be evaluated last, each with its reason. */
export const rankingReport = (ranking: RankingView, language: Language): string[] => {
  const { t, say, show, percent } = speaker(language);
  if (ranking.ranks.length + ranking.notEvaluated.length === 0) return [`  ${emptyStock[language]}`];
  return [
    ...ranking.ranks.map(
      (one) =>
        `${String(one.place).padStart(4)}. ${say(one.name).padEnd(46)} ${show(one.value)}, ${t(`parmi les ${ranking.top} premiers : `, `among the first ${ranking.top}: `)}${percent(one.chanceInTop)}${one.sentence === undefined ? '' : `\n      ${say(one.sentence)}`}`,
    ),
    ...ranking.notEvaluated.map(
      ({ name, reason }) => `      ${say(name)} : ${t('non évalué', 'not evaluated')}, ${say(reason)}`,
    ),
    ...ownTold(ranking.ownCatalogue, language),
  ];
};

/** A line for each finished works: how far what was measured lies from what was predicted. */
export const savingsLines = ({ savings }: Correction, language: Language): string[] => {
  const { t, say } = speaker(language);
  const status = {
    final: '',
    provisional: t(' (provisoire)', ' (provisional)'),
    disqualified: t(' (non recevable)', ' (disqualified)'),
  };
  return savings.map((one) => `  ${one.worksId.padEnd(26)} ${say(one.gap)}${status[one.status]}`);
};

/**
 * A line for each realisation rate that rests on works of this stock; rates that are the prior alone are left
 * out.
 */
export const rateLines = ({ learnt }: Correction, language: Language): string[] => {
  const { t, show } = speaker(language);
  return learnt.rates
    .filter(({ cases }) => cases > 0)
    .toSorted((one, other) => one.measure.localeCompare(other.measure))
    .map(
      ({ measure, family, rate, cases }) =>
        `  ${family === null ? measureNamed(measure)[language].padEnd(38) : `  ${familyName(family)[language]}`.padEnd(38)} ${show(rate)}, ${cases} ${t('cas', cases > 1 ? 'cases' : 'case')}`,
    );
};

/** By what the period defaults are multiplied for buildings without a meter, those that rest on any. */
const defaultLines = ({ defaults }: Correction, language: Language): string[] => {
  const { t, show } = speaker(language);
  return defaults.defaults
    .filter(({ cases }) => cases > 0)
    .map(({ figure: id, period, factor, cases }) => {
      const years = period === null ? t('toutes périodes', 'all periods') : periodName(period)[language];
      const name = `${figureName(id)[language]}, ${years}`;
      return `  ${name.padEnd(38)} × ${show(factor)}, ${cases} ${t(cases > 1 ? 'bâtiments relevés' : 'bâtiment relevé', cases > 1 ? 'metered buildings' : 'metered building')}`;
    });
};

/** Why some works taught nothing, and which programmes no longer rest on what is known. */
const afterwordLines = ({ learnt, stale, failed }: Correction, language: Language): string[] => {
  const { t, say } = speaker(language);
  return [
    ...learnt.leftOut.map(
      ({ worksId, reason }) =>
        `  ${worksId.padEnd(26)} ${t('rien d’appris', 'nothing learnt')} : ${say(reason)}`,
    ),
    ...stale.map((one) => `  ${t('programme', 'programme')} ${one.id} : ${say(one.stale)}`),
    ...failed.map(({ buildingId, reason }) => `  ${buildingId.padEnd(26)} ${say(reason)}`),
  ];
};

/** Lines of what the stock has learnt, with what taught nothing and why, for a terminal. */
export const correctionReport = (correction: Correction, language: Language): string[] => [
  ...savingsLines(correction, language),
  ...rateLines(correction, language),
  ...defaultLines(correction, language),
  ...afterwordLines(correction, language),
];

const outcomeNames = {
  promoted: { fr: 'promus', en: 'promoted' },
  kept: { fr: 'gardés', en: 'kept' },
  unchanged: { fr: 'inchangés', en: 'unchanged' },
  failed: { fr: 'en échec', en: 'failed' },
} as const satisfies Record<Retrained['outcome'], Message>;

const outcomes = Object.keys(outcomeNames) as Retrained['outcome'][];

/** How many meters came to each outcome. */
export const outcomeCounts = (results: readonly Retrained[]): Record<Retrained['outcome'], number> => {
  const counts = { promoted: 0, kept: 0, unchanged: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
};

/** What one reads in the morning: a line of counts, then what failed and what the gate kept out, each with its reason. */
export const retrainReport = (results: readonly Retrained[], language: Language): string[] => {
  const counts = outcomeCounts(results);
  const told = results
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'kept')
    .toSorted((one, other) => one.outcome.localeCompare(other.outcome));
  return [
    `  ${results.length} ${language === 'fr' ? 'compteurs :' : 'meters:'} ${outcomes.map((outcome) => `${counts[outcome]} ${outcomeNames[outcome][language]}`).join(', ')}`,
    ...told.map(({ meterId, reason }) => `  ${meterId.padEnd(34)} ${reason[language]}`),
  ];
};

/**
 * Lines of the tool's own energy (promise P9) for a terminal: J and gCO2e in all, then ms of processor and J
 * by kind of work.
 */
export const ledgerReport = (ledger: LedgerView, language: Language): string[] => {
  const { show } = speaker(language);
  return [
    `  ${show(ledger.totalJ)}, ${show(ledger.carbonG)} CO2e`,
    ...ledger.byWork.map(
      ({ work, runs, cpuMs, energyJ }) =>
        `  ${work.padEnd(12)} ${String(runs).padStart(4)} × ${plain(cpuMs / runs, language)} ms CPU, ${plain(energyJ, language)} J`,
    ),
  ];
};
