import { dateOf } from '../calendar.ts';
import type { MonthlyWeather, WeatherMonth } from './monthly-weather.ts';

/** Known days a month needs in each of the years asked for. */
const FEWEST_DAYS = 20;
const DAYS_A_YEAR = 365.25;

/**
 * The twelve months of the last `years` years before the end of a run of days: mean and spread of the daily means (°C, K; NaN
 * unknown). Sun, design temperature and lengths stay those of `base`, whose place it must be. Undefined where a month lacks days.
 */
export const monthsOfDays = (
  base: MonthlyWeather,
  firstDay: number,
  outdoorC: Float64Array,
  years: number,
): readonly WeatherMonth[] | undefined => {
  const days: number[][] = Array.from({ length: 12 }, () => []);
  const known = new Int32Array(12 * years);
  const from = Math.max(0, outdoorC.length - Math.round(years * DAYS_A_YEAR));
  for (let slot = from; slot < outdoorC.length; slot += 1) {
    if (!Number.isFinite(outdoorC[slot])) continue;
    const month = dateOf(firstDay + slot).month - 1;
    const yearsBack = Math.min(years - 1, Math.floor((outdoorC.length - 1 - slot) / DAYS_A_YEAR));
    days[month].push(outdoorC[slot]);
    known[12 * yearsBack + month] += 1;
  }
  // Each year by itself: four years known twice over are not the eight asked for.
  if (known.some((count) => count < FEWEST_DAYS)) return undefined;
  return base.months.map((month, index) => {
    const own = days[index];
    const meanC = own.reduce((sum, value) => sum + value, 0) / own.length;
    const square = own.reduce((sum, value) => sum + (value - meanC) ** 2, 0) / own.length;
    return { ...month, meanC, dailySdK: Math.sqrt(square) };
  });
};
