import type { Zone } from '../timezone.ts';
import type { DailyWeather, HourlyWeather } from './weather.ts';

const DAY_MS = 86_400_000;

/** Least share of a day's hours that must be known for its mean to stand. */
const leastCoverage = 0.75;

/** Means of the known hours of each local day; NaN for days with less than three quarters of their hours. */
const dailyMeans = (
  days: Int32Array,
  values: Float64Array,
  firstDay: number,
  count: number,
  perDay: number,
): { mean: Float64Array; min: Float64Array; max: Float64Array } => {
  const sum = new Float64Array(count);
  const known = new Float64Array(count);
  const min = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Number.isNaN(value)) continue;
    const slot = days[index] - firstDay;
    sum[slot] += value;
    known[slot]++;
    if (value < min[slot]) min[slot] = value;
    if (value > max[slot]) max[slot] = value;
  }
  for (let slot = 0; slot < count; slot++) {
    const enough = known[slot] >= leastCoverage * perDay;
    sum[slot] = enough ? sum[slot] / known[slot] : Number.NaN;
    if (enough) continue;
    min[slot] = Number.NaN;
    max[slot] = Number.NaN;
  }
  return { mean: sum, min, max };
};

/** Hourly weather by local days of a zone: mean, lowest and highest temperature, mean irradiance. */
export const toDailyWeather = (weather: HourlyWeather, zone: Zone): DailyWeather => {
  const { startMs, outdoorC, ghiWm2, stepMs } = weather;
  const days = Int32Array.from(startMs, (instant) => zone.localDay(instant + stepMs / 2));
  const firstDay = days[0] ?? 0;
  const count = days.length === 0 ? 0 : days[days.length - 1] - firstDay + 1;
  const perDay = Math.max(1, DAY_MS / stepMs);
  const temperature = dailyMeans(days, outdoorC, firstDay, count, perDay);
  return {
    firstDay,
    outdoorC: temperature.mean,
    outdoorMinC: temperature.min,
    outdoorMaxC: temperature.max,
    ...(ghiWm2 === undefined ? {} : { ghiWm2: dailyMeans(days, ghiWm2, firstDay, count, perDay).mean }),
  };
};

/** The weather of a span of days, NaN outside what is known. */
export const sliceDays = (
  values: Float64Array,
  valuesFirstDay: number,
  firstDay: number,
  count: number,
): Float64Array => {
  const slice = new Float64Array(count).fill(Number.NaN);
  const shift = firstDay - valuesFirstDay;
  for (let slot = 0; slot < count; slot++) {
    const at = slot + shift;
    if (at >= 0 && at < values.length) slice[slot] = values[at];
  }
  return slice;
};
