import type { PdfBlock, PdfTable } from '#formats/pdf/index.ts';
import type { Language } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { countEn, countFr, groupedEn, groupedFr } from '../core/wording.ts';
import { heading, type Words } from './audit-words.ts';
import { carrierName } from './carrier-names.ts';
import type { SavingsReport, SavingsTotal, StockSavings } from './stock-savings-views.ts';

/** Works told one by one in the tables of a page; the sheet and the JSON hold all of them. */
export const MOST_WORKS = 60;

type Told = StockSavings['works'][number];

/** An interval that holds zero proves nothing, however final its figure. */
const proves = ({ low, high }: Quantity): boolean => low > 0 || high < 0;

const status = ({ savings }: Told, { t }: Words): string =>
  ({
    final: proves(savings.savingsPercent)
      ? t('définitif', 'final')
      : t('définitif, non établi à 90 %', 'final, not established at 90 %'),
    provisional: t('provisoire', 'provisional'),
    disqualified:
      savings.allCarriers === null
        ? t('non recevable', 'disqualified')
        : t('toutes énergies', 'all energies'),
  })[savings.status];

/** A figure over its interval, for a narrow column. */
const stacked = (text: string): string => text.replace(' (', '\n(');

const energy = (kwh: number, language: Language): string =>
  `${language === 'fr' ? groupedFr(kwh) : groupedEn(kwh)} kWh`;

/** An energy to the kWh, so that what a person adds up comes out; its interval says how well it is known. */
export const wholeKwh = ({ value, low, high }: Quantity, language: Language): string => {
  const [from, to] =
    language === 'fr' ? [groupedFr(low), groupedFr(high)] : [groupedEn(low), groupedEn(high)];
  return `${energy(value, language)} (${from} ${language === 'fr' ? 'à' : 'to'} ${to})`;
};

const totalRow = (title: string, total: SavingsTotal | null, { t, show, language }: Words): string[] =>
  total === null
    ? [title, t('non évalué', 'not evaluated'), '', '', '']
    : [
        title,
        energy(total.counterfactual.value, language),
        energy(total.actualKwh, language),
        wholeKwh(total.savings, language),
        show(total.savingsPercent),
      ];

const totalsTable = (caption: string, rows: readonly string[][], { t }: Words): PdfTable => ({
  kind: 'table',
  caption,
  columns: [
    { title: t('Période', 'Period'), width: 2.2 },
    { title: t('Sans travaux', 'Without works'), width: 1.2, align: 'right' },
    { title: t('Relevé', 'Read'), width: 1.2, align: 'right' },
    { title: t('Économie (90 %)', 'Savings (90 %)'), width: 2, align: 'right' },
    { title: t('Part (90 %)', 'Share (90 %)'), width: 1.8, align: 'right' },
  ],
  rows,
});

const monthBars = ({ savings, year }: SavingsReport, { t, language }: Words): PdfBlock[] => {
  const bars = savings.months
    .filter(({ month }) => month.startsWith(`${year}-`))
    .map(({ month, savings: one }) => ({
      label: new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(`${month}-01T00:00:00Z`)),
      value: one.value,
      low: one.low,
      high: one.high,
      text: wholeKwh(one, language),
    }));
  return bars.length === 0
    ? []
    : [
        {
          kind: 'bars',
          caption: t(
            `Économie de chaque mois de ${year} ; trait : intervalle à 90 %`,
            `Savings of each month of ${year}; line: 90 % interval`,
          ),
          alt: bars.map(({ label, text }) => `${label} : ${text}`).join(' ; '),
          bars,
        },
      ];
};

/** Works whose saving and whose prediction do not meet anywhere in their intervals: a promise that was not kept is said, not left to be read. */
const promiseBlocks = ({ savings }: SavingsReport, { t }: Words): PdfBlock[] => {
  const judged = savings.works.filter(
    ({ leftOut, savings: one }) =>
      leftOut === null && one.predictedPercent !== null && one.status !== 'disqualified',
  );
  const named = (beyond: (saved: Quantity, predicted: Quantity) => boolean): string =>
    judged
      .filter(
        ({ savings: { savingsPercent, predictedPercent } }) =>
          predictedPercent !== null && beyond(savingsPercent, predictedPercent),
      )
      .map(({ savings: { worksId } }) => worksId)
      .join(', ');
  const less = named((saved, predicted) => saved.high < predicted.low);
  const more = named((saved, predicted) => saved.low > predicted.high);
  const items = [
    ...(less === '' ? [] : [t(`Moins que prédit : ${less}.`, `Less than predicted: ${less}.`)]),
    ...(more === '' ? [] : [t(`Plus que prédit : ${more}.`, `More than predicted: ${more}.`)]),
  ];
  return items.length === 0
    ? []
    : [
        {
          kind: 'paragraph',
          tone: 'strong',
          text: t(
            'Écart au-delà des deux intervalles, dont ce rapport n’établit pas la cause',
            'Gap beyond both intervals, of which this report establishes no cause',
          ),
        },
        { kind: 'list', items },
      ];
};

/** Reasons and figures of comparison groups, those that say the same told once. */
const comparisonBlocks = ({ savings }: SavingsReport, { t, say }: Words): PdfBlock[] => {
  const about = new Map<string, string[]>();
  for (const { savings: one } of savings.works.slice(0, MOST_WORKS)) {
    if (one.comparison === null) continue;
    const { group, note } = one.comparison;
    const named = group?.buildings.map(({ name }) => say(name)).join(', ') ?? '';
    const unnamed = group?.unnamed ?? 0;
    const members =
      group === null
        ? ''
        : t(
            ` Groupe : ${named}${unnamed > 0 ? `, et ${countFr(unnamed, 'résidence de peu de logements, non nommée', 'résidences de peu de logements, non nommées')}` : ''}.`,
            ` Group: ${named}${unnamed > 0 ? `, and ${countEn(unnamed, 'residence', 'residences')} of few dwellings, not named` : ''}.`,
          );
    const sentence = `${say(note)}${members}`;
    about.set(sentence, [...(about.get(sentence) ?? []), one.worksId]);
  }
  return about.size === 0
    ? []
    : [
        {
          kind: 'paragraph',
          tone: 'strong',
          text: t('Face à des bâtiments semblables sans travaux', 'Against similar buildings without works'),
        },
        { kind: 'list', items: [...about].map(([sentence, ids]) => `${ids.join(', ')} : ${sentence}`) },
      ];
};

/** What the works delivered: the whole scope by period and energy, its months, and works by works. */
export const resultBlocks = (report: SavingsReport, words: Words): PdfBlock[] => {
  const { t, say, show, language } = words;
  const { savings, year, total } = report;
  const yearly = new Map(report.works.map((one) => [one.worksId, one]));
  return [
    heading(t('4. Résultats', '4. Results')),
    totalsTable(
      t('Le périmètre entier, en énergie finale', 'The whole scope, in final energy'),
      [
        ...(year === null
          ? []
          : [
              totalRow(
                t(`Année ${year} (simple différence)`, `Year ${year} (plain difference)`),
                total,
                words,
              ),
            ]),
        totalRow(
          t(
            'Première année après travaux (niveau qui persiste)',
            'First year after works (level that persists)',
          ),
          savings.firstYear,
          words,
        ),
        totalRow(
          t('Depuis les travaux (niveau qui persiste)', 'Since the works (level that persists)'),
          savings.sinceWorks,
          words,
        ),
        ...savings.byCarrier.map(({ carrier, ...one }) =>
          totalRow(
            t(`dont ${say(carrierName(carrier))}, 1re année`, `of it ${say(carrierName(carrier))}, 1st year`),
            one,
            words,
          ),
        ),
      ],
      words,
    ),
    ...monthBars(report, words),
    {
      kind: 'table',
      caption: t('Opération par opération', 'Works by works'),
      columns: [
        { title: t('Opération', 'Works'), width: 2.5 },
        { title: year === null ? t('Année', 'Year') : String(year), width: 1.8, align: 'right' },
        { title: t('Jours valides', 'Valid days'), width: 1, align: 'right' },
        { title: t('1re année', '1st year'), width: 1.6, align: 'right' },
        { title: t('Prédit avant', 'Predicted'), width: 1.5, align: 'right' },
        { title: t('Normalisé par an', 'Normalised a year'), width: 1.8, align: 'right' },
        { title: t('Statut', 'Status'), width: 1.3 },
      ],
      rows: savings.works.slice(0, MOST_WORKS).map((one) => {
        const own = yearly.get(one.savings.worksId);
        const { allCarriers, savingsPercent, predictedPercent, normalised } = one.savings;
        return [
          one.savings.worksId,
          own === undefined ? t('non évalué', 'not evaluated') : stacked(wholeKwh(own.savings, language)),
          own === undefined ? '—' : `${own.validDays}/${own.days}`,
          one.leftOut === null
            ? stacked(show(allCarriers === null ? savingsPercent : allCarriers.savingsPercent))
            : t('non évalué', 'not evaluated'),
          stacked(show(predictedPercent)),
          stacked(show(normalised?.savings)),
          status(one, words),
        ];
      }),
    },
    ...promiseBlocks(report, words),
    ...comparisonBlocks(report, words),
    ...(savings.scope.kind === 'programme'
      ? [
          {
            kind: 'paragraph',
            text: t(
              `Le programme promettait, pour les bâtiments comptés, ${show(savings.promisedKwh)} par an.`,
              `The programme promised, for the buildings counted, ${show(savings.promisedKwh)} a year.`,
            ),
          } as const,
        ]
      : []),
  ];
};
