import type { EnergyCarrier } from '#core/twin.ts';
import { spreadDraws } from './draws.ts';
import type { CarbonFactors, ScenarioInput } from './types.ts';

/** What a scenario changes on the bills over some years of the horizon: from the end of year `from` to that of year `until`. */
export type Stage = { readonly from: number; readonly until: number; readonly bills: readonly Bill[] };

/** Energy of one carrier that a scenario adds to (below 0) or takes off (above 0) the bills, kWh a year and draw. */
export type Bill = { readonly carrier: EnergyCarrier; readonly savedKwh: Float64Array };

/** EUR a kWh, one a draw; undefined where the price is unknown. */
export const priceDraws = (
  input: ScenarioInput,
  carrier: EnergyCarrier,
  size: number,
): Float64Array | undefined => {
  const price = input.prices.carriers[carrier];
  return price === undefined
    ? undefined
    : spreadDraws(`price/${carrier}`, price.eurPerKwh, price.spread, size);
};

/** kgCO2e per metered kWh. A factor per net calorific value counts for the part of a gross one that is net. */
export const carbonFactor = (factors: CarbonFactors, carrier: EnergyCarrier): number | undefined => {
  const found = factors.carriers[carrier];
  if (found === undefined) return undefined;
  return found.per === 'net' ? found.kgPerKwh / (factors.grossOverNet?.[carrier] ?? 1) : found.kgPerKwh;
};

const weighted = (
  bills: readonly Bill[],
  weight: (carrier: EnergyCarrier) => Float64Array | number | undefined,
): Float64Array | undefined => {
  const total = new Float64Array(bills[0]?.savedKwh.length ?? 0);
  for (const { carrier, savedKwh } of bills) {
    const each = weight(carrier);
    if (each === undefined) return undefined;
    if (typeof each === 'number') for (let i = 0; i < total.length; i += 1) total[i] += savedKwh[i] * each;
    else for (let i = 0; i < total.length; i += 1) total[i] += savedKwh[i] * each[i];
  }
  return total;
};

/** EUR saved a year at today's prices; undefined where one is unknown. */
export const eurosOf = (input: ScenarioInput, bills: readonly Bill[]): Float64Array | undefined =>
  weighted(bills, (carrier) => priceDraws(input, carrier, input.posterior.draws));

/** kgCO2e avoided a year; undefined where a factor is unknown. */
export const carbonOf = (factors: CarbonFactors, bills: readonly Bill[]): Float64Array | undefined =>
  weighted(bills, (carrier) => carbonFactor(factors, carrier));
