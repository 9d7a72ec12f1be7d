import { writePdf } from '#formats/pdf/index.ts';
import { writeXlsx, type XlsxCell } from '#formats/xlsx/index.ts';
import type { Language } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { type Words, wordsOf } from './audit-words.ts';
import { carrierName } from './carrier-names.ts';
import type { AppContext } from './context.ts';
import type { Download } from './export-building.ts';
import { dayShort } from './day-told.ts';
import { savingsReport } from './savings-report.ts';
import { savingsReportBlocks } from './savings-report-blocks.ts';
import type { reportFormats, SavingsReport, SavingsScope, SavingsTotal } from './stock-savings-views.ts';

type SavingsReportFormat = (typeof reportFormats)[number];

const three = (quantity: Quantity | null | undefined): XlsxCell[] =>
  quantity ? [quantity.value, quantity.low, quantity.high] : [null, null, null];

const totalCells = (total: SavingsTotal | null | undefined): XlsxCell[] =>
  total
    ? [total.counterfactual.value, total.actualKwh, ...three(total.savings), ...three(total.savingsPercent)]
    : Array.from({ length: 8 }, () => null);

const totalTitles = ({ t }: Words): string[] => [
  t('Sans travaux (kWh)', 'Without works (kWh)'),
  t('Relevé (kWh)', 'Read (kWh)'),
  t('Économie (kWh)', 'Savings (kWh)'),
  t('Économie, bas (90 %)', 'Savings, low (90 %)'),
  t('Économie, haut (90 %)', 'Savings, high (90 %)'),
  t('Part (%)', 'Share (%)'),
  t('Part, bas (90 %)', 'Share, low (90 %)'),
  t('Part, haut (90 %)', 'Share, high (90 %)'),
];

/** Sheets of exact figures: totals and months, works, events, and what is not evaluated. */
const sheetsOf = ({ savings, year, total, works, events, digest, outside }: SavingsReport, words: Words) => {
  const { t, say } = words;
  const yearly = new Map(works.map((one) => [one.worksId, one]));
  return [
    {
      name: t('Totaux', 'Totals'),
      rows: [
        [t('Période', 'Period'), ...totalTitles(words)],
        ...(year === null ? [] : [[t(`Année ${year}`, `Year ${year}`), ...totalCells(total)]]),
        [t('Première année', 'First year'), ...totalCells(savings.firstYear)],
        [t('Depuis les travaux', 'Since the works'), ...totalCells(savings.sinceWorks)],
        ...savings.byCarrier.map((one) => [
          `${t('Première année', 'First year')} : ${say(carrierName(one.carrier))}`,
          ...totalCells(one),
        ]),
        ...savings.years.map((one) => [String(one.year), ...totalCells(one)]),
        ...savings.months.map((one) => [one.month, ...totalCells(one)]),
        [t('Empreinte (SHA-256)', 'Hash (SHA-256)'), digest],
      ],
    },
    {
      name: t('Opérations', 'Works'),
      rows: [
        [
          t('Opération', 'Works'),
          t('Bâtiment', 'Building'),
          t('Début', 'Start'),
          t('Fin', 'End'),
          t('Gestes', 'Measures'),
          t('Coût (€)', 'Cost (€)'),
          t('Compteur', 'Meter'),
          t('Énergie', 'Energy'),
          t('Référence', 'Baseline'),
          t('Empreinte de la référence', 'Hash of the baseline'),
          t('Statut', 'Status'),
          t('Jours valides', 'Valid days'),
          ...totalTitles(words).map((title) => `${year ?? t('Année', 'Year')} ${title}`),
          t('Première année (%)', 'First year (%)'),
          t('Première année, bas', 'First year, low'),
          t('Première année, haut', 'First year, high'),
          t('Hors des totaux', 'Not in the totals'),
        ],
        ...savings.works.map((one) => {
          const own = yearly.get(one.savings.worksId);
          return [
            one.savings.worksId,
            one.buildingId,
            one.start,
            one.end,
            one.measures.map(({ name }) => say(name)).join(' + '),
            one.costEur,
            one.savings.meterId ?? null,
            say(carrierName(one.savings.carrier ?? 'unknown')),
            `${one.savings.baseline.from}/${one.savings.baseline.to}`,
            one.baselineHash,
            one.savings.status,
            own?.validDays ?? null,
            ...totalCells(own),
            ...three(one.leftOut === null ? (one.savings.allCarriers ?? one.savings).savingsPercent : null),
            one.leftOut === null ? null : say(one.leftOut),
          ];
        }),
      ],
    },
    {
      name: t('Évènements', 'Events'),
      rows: [
        [
          t('Opération', 'Works'),
          t('Du', 'From'),
          t('Au', 'To'),
          t('Constat', 'Finding'),
          t('État', 'State'),
          t('Ajustement (%)', 'Adjustment (%)'),
          t('Décidé par', 'Decided by'),
          t('Raison', 'Reason'),
        ],
        ...events.map((one) => [
          one.worksId,
          one.from,
          one.to,
          say(one.message),
          one.state,
          one.adjustmentPercent,
          one.decided?.by ?? null,
          one.decided?.reason ?? null,
        ]),
      ],
    },
    {
      name: t('Non évalué', 'Not evaluated'),
      rows: [
        [t('Bâtiment', 'Building'), t('Opération', 'Works'), t('Raison', 'Reason')],
        ...savings.notEvaluated.map((one) => [one.buildingId, one.worksId, say(one.reason)]),
        ...outside.map((one) => [null, null, say(one)]),
      ],
    },
  ];
};

/** The yearly report of savings as a file to read, check and sign. Fails as `savingsReport` does. */
export const savingsDocument = async (
  context: AppContext,
  scope: SavingsScope,
  asked: number | undefined,
  format: SavingsReportFormat,
  language: Language,
): Promise<Result<Download>> => {
  const made = await savingsReport(context, scope, asked);
  if (!made.ok) return made;
  const report = made.value;
  const { scope: about } = report.savings;
  const name = `economies-${about.id === null ? 'parc' : `${about.kind === 'programme' ? 'programme-' : ''}${about.id}`}${report.year === null ? '' : `-${report.year}`}.${format}`;
  if (format === 'json')
    return ok({ type: 'application/json', name, body: `${JSON.stringify(report, null, 2)}\n` });
  if (format === 'xlsx')
    return ok({
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      name,
      body: writeXlsx(sheetsOf(report, wordsOf(language))),
    });
  const { title, blocks } = savingsReportBlocks(report, language);
  const body = await writePdf({
    title,
    language,
    createdMs: context.nowMs(),
    footer: `Stacoptim ${report.version} · ${title} · ${dayShort(report.day, language)}`,
    blocks,
  });
  return ok({ type: 'application/pdf', name, body });
};
