import type { MonthlyWeather } from '#core/physics/monthly-weather.ts';
import { normalDraws } from './draws.ts';

/**
 * Set points as the balance sees them under a weather whose warming is uncertain, °C: months warmer by δ lose what a set point
 * lower by δ would, exactly, for the loss is H·(set point − outdoors). The set points themselves where the weather is known;
 * `draws` is how many there are in all where only the first are given.
 */
export const balanceSetPoints = (
  setPointC: Float64Array,
  { commonSpreadK }: MonthlyWeather,
  draws: number = setPointC.length,
): Float64Array => {
  if (commonSpreadK === undefined || commonSpreadK === 0) return setPointC;
  const warming = normalDraws('warming', { value: 0, low: -commonSpreadK, high: commonSpreadK }, draws);
  return setPointC.map((set, i) => set - warming[i]);
};
