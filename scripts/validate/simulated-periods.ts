import { dateOf } from '#core/calendar.ts';
import { Z90 } from '#core/quantity.ts';
import type { DailySeries } from '#core/series.ts';
import { calendarSavings } from '#measure/index.ts';
import prior from '../../models/drift-prior.json' with { type: 'json' };
import { simulatedWorks, simulatedYears } from './simulated.ts';
import { normals } from './simulated-meter.ts';

export type HeldPeriods = { held: number; n: number };

export type CalendarTally = {
  readonly months: HeldPeriods;
  /** From the works to the end of each month. */
  readonly soFar: HeldPeriods;
  readonly years: HeldPeriods;
};

export const newTally = (): CalendarTally => ({
  months: { held: 0, n: 0 },
  soFar: { held: 0, n: 0 },
  years: { held: 0, n: 0 },
});

export const count = (
  tally: HeldPeriods,
  truth: number,
  { low, high }: { readonly low: number; readonly high: number },
): void => {
  tally.n++;
  if (truth >= low && truth <= high) tally.held++;
};

/** Adds to each month of the second year a drift of its own, with the width of the shipped table; no energy becomes negative. */
const withMonthDrift = (series: DailySeries, seed: number): DailySeries => {
  const normal = normals(seed);
  const mean = series.energyKwh.subarray(0, 365).reduce((sum, kwh) => sum + kwh, 0) / 365;
  const sd = (prior.month.halfWidthOfMeanMonth / Z90) * mean;
  const shifts = Array.from({ length: 13 }, () => sd * normal());
  return {
    ...series,
    energyKwh: series.energyKwh.map((kwh, i) =>
      i < 365 ? kwh : Math.max(0, kwh + shifts[dateOf(series.firstDay + i).month]),
    ),
  };
};

/** Simulated works whose months drift too: how often the intervals of months, of years and of what is saved so far hold the truth. */
export const simulatePeriods = (works: number, seed: number): CalendarTally => {
  const tally = newTally();
  for (const [index, one] of simulatedWorks(works, seed).entries()) {
    const series = withMonthDrift(one.series, seed + 10_000 + index);
    const without = withMonthDrift(one.without, seed + 10_000 + index);
    const calendar = calendarSavings(series, simulatedYears);
    if (!calendar.ok) throw new Error(calendar.error.code);
    const saved = (from: number, to: number): number => {
      let sum = 0;
      for (let i = from - series.firstDay; i <= to - series.firstDay; i++)
        sum += without.energyKwh[i] - series.energyKwh[i];
      return sum;
    };
    for (const { from, to, savings, cumulated } of calendar.value.months) {
      count(tally.months, saved(from, to), savings);
      count(tally.soFar, saved(simulatedYears.reporting.from, to), cumulated);
    }
    for (const { from, to, savings } of calendar.value.years) count(tally.years, saved(from, to), savings);
  }
  return tally;
};
