import type { Language } from '../core/message.ts';
import { wordsOf } from './audit-words.ts';
import { carrierName } from './carrier-names.ts';
import type { SavingsTotal, StockSavings } from './stock-savings-views.ts';

/** The savings of a scope as the command line says them. */
export const savingsReportLines = (view: StockSavings, language: Language): string[] => {
  const { t, say, show } = wordsOf(language);
  const line = (title: string, total: SavingsTotal | null): string =>
    total === null
      ? `  ${title.padEnd(26)} ${t('non évalué', 'not evaluated')}`
      : `  ${title.padEnd(26)} ${show(total.savings)}, ${show(total.savingsPercent)}`;
  return [
    say(view.scope.name),
    line(t('première année', 'first year'), view.firstYear),
    line(t('depuis les travaux', 'since the works'), view.sinceWorks),
    ...view.years.map(({ year, ...total }) => line(String(year), total)),
    ...view.byCarrier.map(({ carrier, ...total }) => line(say(carrierName(carrier)), total)),
    ...(view.promisedKwh === null
      ? []
      : [`  ${t('promis par an', 'promised a year').padEnd(26)} ${show(view.promisedKwh)}`]),
    ...view.works.flatMap(({ savings, leftOut }) => [
      `  ${savings.worksId.padEnd(26)} ${leftOut === null ? show(savings.savings) : say(leftOut)}`,
      ...(savings.comparison === null ? [] : [`    ${say(savings.comparison.note)}`]),
    ]),
    ...view.notEvaluated.map(
      ({ building, worksId, reason }) =>
        `  ${(worksId ?? say(building)).padEnd(26)} ${t('non évalué', 'not evaluated')} : ${say(reason)}`,
    ),
    ...view.warnings.map((one) => `  ${say(one.message)}`),
  ];
};
