/** How a figure came to be; the order is from the surest to the least sure before any learning. */
export const provenances = ['declared', 'typed', 'computed', 'library', 'period-default', 'learnt'] as const;
export type Provenance = (typeof provenances)[number];

/**
 * A figure that reaches a person (promise P1). `low` and `high` bound the interval of probability `level`
 * (0.9 unless said). `basis` names the inputs, the formula's source and its version in one sentence.
 */
export type Quantity = {
  readonly value: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly provenance: Provenance;
  readonly basis: string;
};

/** z of a two-sided 90 % normal interval. */
export const Z90 = 1.6448536269514722;

/**
 * A positive figure with a relative spread, read as log-normal: the 90 % interval is
 * value·exp(±1.645·σ) with σ = ln(1 + spread).
 */
export const spreadQuantity = (
  value: number,
  unit: string,
  relativeSpread: number,
  provenance: Provenance,
  basis: string,
): Quantity => {
  const factor = Math.exp(Z90 * Math.log1p(relativeSpread));
  return { value, unit, low: value / factor, high: value * factor, level: 0.9, provenance, basis };
};

/** A figure whose interval is known from draws or a formula. */
export const boundedQuantity = (
  value: number,
  low: number,
  high: number,
  unit: string,
  provenance: Provenance,
  basis: string,
): Quantity => ({ value, unit, low, high, level: 0.9, provenance, basis });
