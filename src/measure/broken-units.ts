import { formatDay, type DayRange } from '#core/calendar.ts';
import { message, type Warning, warning } from '#core/message.ts';
import type { DailySeries } from '#core/series.ts';
import { findUnitBreaks } from './quality-unit-break.ts';
import type { Reason } from './types.ts';
import { dayEn, dayFr } from '../core/wording.ts';

/** Two years: the search compares weeks of the same season, so it needs more than the one of a baseline. */
const LEAST_DAYS = 400;

const breakDays = (series: DailySeries, range: DayRange): number[] => {
  const start = Math.max(0, range.from - series.firstDay);
  const part: DailySeries = {
    ...series,
    firstDay: series.firstDay + start,
    energyKwh: series.energyKwh.slice(start, range.to - series.firstDay + 1),
    outdoorC: series.outdoorC.slice(start, range.to - series.firstDay + 1),
  };
  return part.energyKwh.length < LEAST_DAYS ? [] : findUnitBreaks(part).map(({ from }) => from);
};

export type UnitsKept = {
  readonly series: DailySeries;
  readonly warnings: readonly Warning[];
};

/**
 * The series with the days of a baseline that are counted in another unit than its longest part taken away. Looked for in the two
 * years round the baseline's end and never after it.
 */
export const leaveOtherUnitsOut = (series: DailySeries, baseline: DayRange): UnitsKept => {
  const breaks = breakDays(series, {
    from: Math.min(baseline.from, baseline.to - 730),
    to: baseline.to,
  }).filter((day) => day > baseline.from && day <= baseline.to);
  if (breaks.length === 0) return { series, warnings: [] };
  const edges = [baseline.from, ...breaks, baseline.to + 1];
  const parts = edges.slice(1).map((to, k) => ({ from: edges[k], to: to - 1 }));
  const kept = parts.reduce((best, next) => (next.to - next.from > best.to - best.from ? next : best));
  const energyKwh = series.energyKwh.map((value, i) => {
    const day = series.firstDay + i;
    const inside = day >= baseline.from && day <= baseline.to;
    return inside && (day < kept.from || day > kept.to) ? Number.NaN : value;
  });
  return {
    series: { ...series, energyKwh },
    warnings: [
      warning(
        'unit-break-left-out',
        `L’unité semble changer le ${breaks.map(dayFr).join(', ')} : seule la partie du ${dayFr(kept.from)} au ${dayFr(kept.to)} sert au calage. Corrigez l’unité et recommencez.`,
        `The unit seems to change on ${breaks.map(dayEn).join(', ')}: only the part from ${dayEn(kept.from)} to ${dayEn(kept.to)} is fitted. Correct the unit and try again.`,
        { ref: formatDay(breaks[0]) },
      ),
    ],
  };
};

/** A unit that changes after the baseline makes any savings meaningless; empty when none does. */
export const otherUnitsAfter = (series: DailySeries, baseline: DayRange, reporting: DayRange): Reason[] => {
  const range = { from: Math.min(baseline.from, reporting.from), to: Math.max(baseline.to, reporting.to) };
  const breaks = breakDays(series, range).filter((day) => day > baseline.to && day <= reporting.to);
  return breaks.map((day) => ({
    code: 'unit-break',
    message: message(
      `Le niveau du compteur est multiplié durablement le ${dayFr(day)}, comme par un changement d’unité, de compteur ou d’énergie : la différence avec la référence n’est pas une économie. Corrigez l’unité et recommencez.`,
      `The meter's level changes by a lasting factor on ${dayEn(day)}, as by a change of unit, meter or fuel: the difference from the baseline is no saving. Correct the unit and try again.`,
    ),
  }));
};
