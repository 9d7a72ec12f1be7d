import { type MonthlyWeather } from '#core/physics/monthly-weather.ts';
import type { HotSpell } from '#core/weather/made-year.ts';
import table from '../../models/weather/scenarios.json' with { type: 'json' };

/**
 * Months of 2050 on the French reference warming path: each warmer by the table's shift, sun and daily spread kept; how warm the path
 * itself is stays uncertain by the table's spread. Not verified.
 */
export const warmer2050 = (weather: MonthlyWeather): MonthlyWeather => {
  const { name, shiftK, source } = table.warmer2050;
  return {
    ...weather,
    name: `${weather.name}, ${name}`,
    version: `${weather.version}+${table.version}`,
    source: `${weather.source}; ${source}`,
    commonSpreadK: table.warmer2050.spreadK,
    months: weather.months.map((month, index) => ({ ...month, meanC: month.meanC + shiftK[index] })),
  };
};

/** Least and most warming of a month of the path, K: what the figures of 2050 may be off by. */
export const warmingSpread: { readonly lowK: number; readonly highK: number } = {
  lowK: Math.min(...table.warmer2050.shiftK) - table.warmer2050.spreadK,
  highK: Math.max(...table.warmer2050.shiftK) + table.warmer2050.spreadK,
};

/** The hot week every option is put through, warmer by `warmerK`. */
export const hotSpell = (warmerK = 0): HotSpell => {
  const { lowestC, highestC, firstDayOfYear, days } = table.heatWave;
  return { lowestC: lowestC + warmerK, highestC: highestC + warmerK, firstDayOfYear, days };
};

/** How much warmer July is on the path, K. */
export const julyWarmingK: number = table.warmer2050.shiftK[6];
