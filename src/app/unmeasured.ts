import { measureSavings } from '#measure/index.ts';
import type { Works } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import type { BuildingState } from './building-state.ts';
import { rangeOf } from './daily-series.ts';
import { baselineOf, reportingOf } from './works-periods.ts';
import { dayEn, dayFr } from '../core/wording.ts';

/** What is missing for the savings of finished works to be measured; undefined where nothing is, or no works have to be judged. */
export const whyUnmeasured = (
  { series, works: all, stockDrift }: BuildingState,
  works: Works,
): Message | undefined => {
  if (works.endedBy !== undefined) return undefined;
  if (series === undefined)
    return message(
      'aucun relevé à comparer : ajoutez les factures ou les relevés d’avant et d’après les travaux.',
      'no reading to compare: add the bills or readings of before and after the works.',
    );
  const [baseline, reporting] = [baselineOf(series, works, all), reportingOf(series, works, all)];
  const last = rangeOf(series).to;
  if (reporting.to < reporting.from)
    return message(
      `les relevés s’arrêtent le ${dayFr(last)}, avant la fin des travaux (${dayFr(works.endDay)}) : il en faut d’après.`,
      `readings end on ${dayEn(last)}, before the end of the works (${dayEn(works.endDay)}): some of after are needed.`,
    );
  if (baseline.to < baseline.from)
    return message(
      `les relevés commencent après le début des travaux (${dayFr(works.startDay)}) : il en faut d’avant.`,
      `readings begin after the start of the works (${dayEn(works.startDay)}): some of before are needed.`,
    );
  const measured = measureSavings(series, { baseline, reporting, holidays: 'FR', stockDrift });
  return measured.ok ? undefined : measured.error.message;
};
