import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import type { SumInterval } from './interval.ts';

/**
 * Avoided energy (IPMVP option C) and its share, from the counterfactual's interval and what was read: kWh, and percent of the
 * counterfactual.
 */
export const avoidedEnergy = (
  interval: SumInterval,
  actualKwh: number,
  basis: string,
): { readonly savings: Quantity; readonly savingsShare: Quantity } => {
  const { value, low, high } = interval;
  const share = (counterfactual: number): number => 100 * (1 - actualKwh / counterfactual);
  return {
    savings: boundedQuantity(value - actualKwh, low - actualKwh, high - actualKwh, 'kWh', 'learnt', basis),
    savingsShare: boundedQuantity(share(value), share(low), share(high), '%', 'learnt', basis),
  };
};
