import type { DayRange } from '#core/calendar.ts';
import type { Bills, DailySeries } from '#core/series.ts';
import type { Adjustment } from './types.ts';

/** What the prediction of a day is multiplied by. */
export const factorOn = (day: number, adjustments: readonly Adjustment[]): number =>
  adjustments.reduce((all, { from, to, factor = 1 }) => (day >= from && day <= to ? all * factor : all), 1);

/** The mean of `factorOn` over days, both ends included. */
export const meanFactor = ({ from, to }: DayRange, adjustments: readonly Adjustment[]): number => {
  let sum = 0;
  for (let day = from; day <= to; day++) sum += factorOn(day, adjustments);
  return sum / (to - from + 1);
};

const billsKept = (bills: Bills, keep: (range: DayRange) => boolean): Bills => {
  const kept = [...bills.from.keys()].filter((i) => keep({ from: bills.from[i], to: bills.to[i] }));
  return {
    from: Int32Array.from(kept, (i) => bills.from[i]),
    to: Int32Array.from(kept, (i) => bills.to[i]),
    energyKwh: Float64Array.from(kept, (i) => bills.energyKwh[i]),
    estimated: Uint8Array.from(kept, (i) => bills.estimated[i]),
  };
};

/** The series with every energy divided by what people have decided of its days. */
export const withoutFactors = (series: DailySeries, adjustments: readonly Adjustment[]): DailySeries => {
  const { bills } = series;
  return {
    ...series,
    energyKwh: series.energyKwh.map((value, i) => value / factorOn(series.firstDay + i, adjustments)),
    ...(bills === undefined
      ? {}
      : {
          bills: {
            ...bills,
            energyKwh: bills.energyKwh.map(
              (value, i) => value / meanFactor({ from: bills.from[i], to: bills.to[i] }, adjustments),
            ),
          },
        }),
  };
};

/** The series without the days set aside, and without the bills that hold one of them. */
export const withoutSetAside = (series: DailySeries, adjustments: readonly Adjustment[]): DailySeries => {
  const aside = adjustments.filter(({ factor }) => factor === undefined);
  if (aside.length === 0) return series;
  const { bills } = series;
  return {
    ...series,
    ...(bills === undefined
      ? {}
      : {
          bills: billsKept(
            bills,
            (bill) => !aside.some(({ from, to }) => bill.from <= to && from <= bill.to),
          ),
        }),
    energyKwh: series.energyKwh.map((value, i) =>
      aside.some(({ from, to }) => series.firstDay + i >= from && series.firstDay + i <= to)
        ? Number.NaN
        : value,
    ),
  };
};
