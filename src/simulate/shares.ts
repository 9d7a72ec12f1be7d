import { seededRandom } from '#core/random.ts';
import type { Model } from './model.ts';
import { runCoalition } from './run.ts';

/** Draws the split is computed on: its noise is far below the interval of the saving. */
const SPLIT_DRAWS = 256;
/** Up to this many measures every coalition is computed. */
const EXACT_MEASURES = 6;
const SAMPLED_ORDERS = 48;

/** Mean saving of a coalition, kWh a year, remembered. */
const valueOf = (model: Model): ((mask: number) => number) => {
  const known = new Map<number, number>([[0, 0]]);
  const count = Math.min(SPLIT_DRAWS, model.size);
  return (mask) => {
    const found = known.get(mask);
    if (found !== undefined) return found;
    const after = runCoalition(model, mask, count);
    let saving = 0;
    for (let i = 0; i < count; i += 1)
      saving +=
        model.heatingKwh[i] +
        model.baseKwh[i] -
        after.heatingKwh[i] -
        after.baseKwh[i] -
        after.auxiliaryKwh[i] +
        after.electricitySavedKwh[i];
    known.set(mask, saving / count);
    return saving / count;
  };
};

const exactShares = (value: (mask: number) => number, measures: number): number[] => {
  // Weight of a coalition of s others: s!·(n − s − 1)!/n!.
  const weights = Array.from({ length: measures }, () => 1 / measures);
  for (let s = 1; s < measures; s += 1) weights[s] = (weights[s - 1] * s) / (measures - s);
  return Array.from({ length: measures }, (_, own) => {
    let share = 0;
    for (let mask = 0; mask < 1 << measures; mask += 1) {
      if ((mask & (1 << own)) !== 0) continue;
      let others = 0;
      for (let bits = mask; bits !== 0; bits &= bits - 1) others += 1;
      share += weights[others] * (value(mask | (1 << own)) - value(mask));
    }
    return share;
  });
};

/** Random orders, each taken both ways round. */
const sampledShares = (value: (mask: number) => number, measures: number): number[] => {
  const random = seededRandom(measures);
  const shares = Array.from({ length: measures }, () => 0);
  for (let round = 0; round < SAMPLED_ORDERS / 2; round += 1) {
    const order = Array.from({ length: measures }, (_, index) => index);
    for (let i = measures - 1; i > 0; i -= 1) {
      const other = Math.floor(random() * (i + 1));
      [order[i], order[other]] = [order[other], order[i]];
    }
    for (const one of [order, order.toReversed()]) {
      let mask = 0;
      for (const measure of one) {
        const next = mask | (1 << measure);
        shares[measure] += (value(next) - value(mask)) / SAMPLED_ORDERS;
        mask = next;
      }
    }
  }
  return shares;
};

/**
 * Splits the joint saving between the measures whatever their order (Shapley 1953): exact up to six measures, over
 * sampled orders above. kWh a year, summing to the joint saving of the draws used.
 */
export const shapleyShares = (model: Model): number[] => {
  const measures = model.input.measures.length;
  const value = valueOf(model);
  return measures <= EXACT_MEASURES ? exactShares(value, measures) : sampledShares(value, measures);
};
