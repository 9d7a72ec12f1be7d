import type { DailySeries } from '#core/series.ts';
import type { Adjustment } from './types.ts';

/** What the prediction of a day is multiplied by. */
export const factorOn = (day: number, adjustments: readonly Adjustment[]): number =>
  adjustments.reduce((all, { from, to, factor = 1 }) => (day >= from && day <= to ? all * factor : all), 1);

/** The series without the days set aside. */
export const withoutSetAside = (series: DailySeries, adjustments: readonly Adjustment[]): DailySeries => {
  const aside = adjustments.filter(({ factor }) => factor === undefined);
  if (aside.length === 0) return series;
  return {
    ...series,
    energyKwh: series.energyKwh.map((value, i) =>
      aside.some(({ from, to }) => series.firstDay + i >= from && series.firstDay + i <= to)
        ? Number.NaN
        : value,
    ),
  };
};
