import { dateOf } from '../calendar.ts';
import type { MonthlyWeather, WeatherMonth } from './monthly-weather.ts';

/** Known days a month needs for each year asked for. */
const FEWEST_DAYS = 20;

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
  const from = Math.max(0, outdoorC.length - Math.round(years * 365.25));
  for (let slot = from; slot < outdoorC.length; slot += 1)
    if (Number.isFinite(outdoorC[slot])) days[dateOf(firstDay + slot).month - 1].push(outdoorC[slot]);
  if (days.some((known) => known.length < FEWEST_DAYS * years)) return undefined;
  return base.months.map((month, index) => {
    const known = days[index];
    const meanC = known.reduce((sum, value) => sum + value, 0) / known.length;
    const square = known.reduce((sum, value) => sum + (value - meanC) ** 2, 0) / known.length;
    return { ...month, meanC, dailySdK: Math.sqrt(square) };
  });
};
