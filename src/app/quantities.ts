import { quantileSorted } from 'simple-statistics';
import { boundedQuantity, type Quantity } from '../core/quantity.ts';

/** Median and 90 % interval of equally likely draws. */
export const drawsQuantity = (draws: Float64Array, unit: string, basis: string): Quantity => {
  const sorted = [...draws].sort((left, right) => left - right);
  const at = (share: number): number => quantileSorted(sorted, share);
  return boundedQuantity(at(0.5), at(0.05), at(0.95), unit, 'learnt', basis);
};

/** A quantity over a positive constant, in another unit. */
export const perUnit = (quantity: Quantity, divisor: number, unit: string): Quantity => ({
  ...quantity,
  value: quantity.value / divisor,
  low: quantity.low / divisor,
  high: quantity.high / divisor,
  unit,
});
