import {
  type Columns,
  grownSets,
  type Instrument,
  orderOf,
  OUTCOMES,
  outcomesOf,
  shippedInstruments,
  shownOn,
} from './metering.ts';

/** One thing that may be decided of a building: what it is worth in each draw, and what it is worth on a mean of those, price paid. */
export type Alternative = {
  readonly worth: Float64Array;
  /** EUR that the decision is worth once `mean` is believed; increasing in it. */
  readonly valueEur: (mean: number) => number;
};

/** A building of which something is still to be decided; doing nothing, worth 0, is always possible. */
type Decidable = {
  readonly posterior: Columns;
  readonly alternatives: readonly Alternative[];
};

/** A set of instruments and what deciding once it has been read is expected to gain, EUR. */
export type DecidingSet = {
  readonly instruments: readonly Instrument[];
  readonly costEur: number;
  readonly gainEur: number;
};

/** Position of the best alternative at the means believed, -1 for doing nothing. */
const bestOf = (alternatives: readonly Alternative[], means: Float64Array): number => {
  let [best, most] = [-1, 0];
  for (const [k, { valueEur }] of alternatives.entries()) {
    const value = valueEur(means[k]);
    if (value > most) [best, most] = [k, value];
  }
  return best;
};

/**
 * Sets of instruments that may change what is decided of a building, with what that is expected to gain: in each outcome, the best
 * decision on what is then believed, less the one that would be taken today (expected value of sample information). A set that leaves
 * every decision as it is gains nothing, however much it narrows; a further instrument must gain more than it costs.
 */
export const decidingSets = (
  { posterior, alternatives }: Decidable,
  instruments: readonly Instrument[] = shippedInstruments,
): readonly DecidingSet[] => {
  const draws = Math.min(...alternatives.map(({ worth }) => worth.length));
  if (alternatives.length === 0 || draws === 0) return [];
  const { count, shown } = shownOn(posterior, draws, instruments);
  const worths = alternatives.map(({ worth }) => worth.subarray(0, count));
  const means = (weight: Float64Array): Float64Array => {
    let whole = 0;
    for (let i = 0; i < count; i++) whole += weight[i];
    const believed = new Float64Array(worths.length);
    for (let k = 0; k < worths.length; k++) {
      const worth = worths[k];
      let sum = 0;
      for (let i = 0; i < count; i++) sum += weight[i] * worth[i];
      believed[k] = sum / whole;
    }
    return believed;
  };
  const today = bestOf(alternatives, means(new Float64Array(count).fill(1)));
  const valueOf = (k: number, believed: Float64Array): number =>
    k === -1 ? 0 : alternatives[k].valueEur(believed[k]);
  const outcomes = outcomesOf(orderOf(worths[Math.max(0, today)]));
  return grownSets(
    shown,
    (set) => {
      let gain = 0;
      outcomes(set, (weight) => {
        const believed = means(weight);
        gain += valueOf(bestOf(alternatives, believed), believed) - valueOf(today, believed);
      });
      return gain / OUTCOMES;
    },
    ({ costEur }) => costEur,
  ).map(({ brings, ...set }) => ({ ...set, gainEur: brings }));
};
