import { boundedQuantity, type Provenance, type Quantity, spreadQuantity, Z90 } from '#core/quantity.ts';
import table from '../../models/provenance-spreads.json' with { type: 'json' };

/** How sure a U-value is by how it came to be; `learnt` values carry their own interval and never pass here. */
type PriorProvenance = Exclude<Provenance, 'learnt'>;

/** Provenances from the surest to the least sure, as DESIGN orders them for a prior. */
const order: readonly Provenance[] = ['learnt', 'declared', 'typed', 'computed', 'library', 'period-default'];

/** The less sure of two provenances: what a sum of both deserves to be called. */
export const weaker = (a: Provenance, b: Provenance): Provenance =>
  order.indexOf(a) >= order.indexOf(b) ? a : b;

export const spreads = table;

/** A U-value, W/(m2 K), with the log-normal 90 % interval its provenance gives (models/provenance-spreads.json). */
export const uQuantity = (uWm2K: number, provenance: PriorProvenance, basis: string): Quantity =>
  spreadQuantity(uWm2K, 'W/(m2 K)', table.element[provenance].spread, provenance, basis);

/**
 * A positive figure known only to lie between two tabulated ones, each with its own relative spread: the interval
 * is the hull of theirs, the value its geometric middle, so that the log-normal reading stays symmetric.
 */
export const hullQuantity = (
  lowest: number,
  highest: number,
  unit: string,
  relativeSpread: number,
  provenance: Provenance,
  basis: string,
): Quantity => {
  const factor = Math.exp(Z90 * Math.log1p(relativeSpread));
  return boundedQuantity(
    Math.sqrt(lowest * highest),
    lowest / factor,
    highest * factor,
    unit,
    provenance,
    basis,
  );
};

/** σ of ln(x) that a quantity's 90 % interval stands for; 0 for a figure without width or without sign. */
export const logSigma = (quantity: Quantity): number =>
  quantity.low > 0 && quantity.high > quantity.low ? Math.log(quantity.high / quantity.low) / (2 * Z90) : 0;
