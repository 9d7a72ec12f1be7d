/** Σ max(0, base − mean) over days, K·d; unknown days count nothing. */
export const heatingDegreeDays = (dailyMeanC: Float64Array, baseC = 18): number =>
  dailyMeanC.reduce((sum, mean) => (mean < baseC ? sum + baseC - mean : sum), 0);

/**
 * Heating degree days of one day by the "professionnels de l’énergie" (COSTIC) method, K·d, from its lowest and
 * highest temperatures: the plain difference below the base all day, none above it all day, and between the two
 * (base − Tmin)·(0.08 + 0.42·(base − Tmin)/(Tmax − Tmin)). NaN when a bound is unknown.
 */
export const costicDay = (minC: number, maxC: number, baseC = 18): number => {
  if (Number.isNaN(minC) || Number.isNaN(maxC)) return Number.NaN;
  if (baseC >= maxC) return baseC - (minC + maxC) / 2;
  if (baseC <= minC) return 0;
  const below = baseC - minC;
  return below * (0.08 + (0.42 * below) / (maxC - minC));
};

/** Sum of `costicDay`; unknown days count nothing. */
export const costicDegreeDays = (minC: Float64Array, maxC: Float64Array, baseC = 18): number => {
  let sum = 0;
  for (let day = 0; day < minC.length; day++) {
    const one = costicDay(minC[day], maxC[day], baseC);
    if (!Number.isNaN(one)) sum += one;
  }
  return sum;
};

/** Mean, lowest and highest of each day of hourly values that start at midnight. */
export const dailyExtremes = (
  hourlyC: Float64Array,
): { readonly meanC: Float64Array; readonly minC: Float64Array; readonly maxC: Float64Array } => {
  const days = Math.floor(hourlyC.length / 24);
  const [meanC, minC, maxC] = [new Float64Array(days), new Float64Array(days), new Float64Array(days)];
  for (let day = 0; day < days; day++) {
    const hours = hourlyC.subarray(day * 24, day * 24 + 24);
    let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of hours) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    meanC[day] = sum / 24;
    minC[day] = min;
    maxC[day] = max;
  }
  return { meanC, minC, maxC };
};
