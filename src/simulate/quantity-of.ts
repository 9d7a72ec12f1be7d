import { boundedQuantity, type Provenance, type Quantity } from '#core/quantity.ts';
import { quantiles } from '#core/random.ts';

/** Median and 90 % interval of equally likely draws. */
export const quantityOf = (
  draws: Float64Array,
  unit: string,
  provenance: Provenance,
  basis: string,
): Quantity => {
  const [low, median, high] = quantiles(draws, [0.05, 0.5, 0.95]);
  return boundedQuantity(median, low, high, unit, provenance, basis);
};
