import type { Candidate } from './candidate.ts';
import {
  COARSE_C,
  heatingHinge,
  type Hinge,
  search,
  SEGMENT_DAYS,
  type Sums,
  sumsOf,
} from './change-point-search.ts';

type Slopes = { readonly gain: number; readonly mild: number; readonly extra: number };

/** Two heating hinges of which the colder lies inside the milder; neither slope negative. */
const solve = (s: Sums, mildC: number, coldC: number, mild: Hinge, cold: Hinge): Slopes => {
  const k = s.below(coldC);
  const overlap = k * mildC * coldC - (mildC + coldC) * s.s1[k] + s.s2[k];
  const mm = mild.square - (mild.sum * mild.sum) / s.n;
  const cc = cold.square - (cold.sum * cold.sum) / s.n;
  const mc = overlap - (mild.sum * cold.sum) / s.n;
  const determinant = mm * cc - mc * mc;
  if (!(determinant > 1e-9 * mm * cc)) return { gain: 0, mild: 0, extra: 0 };
  const slope = (cc * mild.withY - mc * cold.withY) / determinant;
  const extra = (mm * cold.withY - mc * mild.withY) / determinant;
  if (slope < 0 || extra < 0) return { gain: 0, mild: 0, extra: 0 };
  return { gain: slope * mild.withY + extra * cold.withY, mild: slope, extra };
};

/**
 * Heating that grows faster below a second change point: a heat pump whose efficiency falls, or a back-up that joins.
 * y = base + slope·(Th − T)⁺ + extra·(Tc − T)⁺, Tc < Th; coefficients in that order [base, slope, Th, extra, Tc], kWh/day, kWh/(K·d), °C.
 * Least squares by a grid of 1 K refined to 0.01 K.
 */
export const twoSlopeCandidate: Candidate = {
  kind: 'two-slope-heating',
  parameters: 5,
  minimumDays: 120,
  fit: (features, mask) => {
    const s = sumsOf(features, mask);
    if (s.n < 3 * SEGMENT_DAYS) return undefined;
    const [low, high] = [s.t[SEGMENT_DAYS], s.t[s.n - 1 - SEGMENT_DAYS]];
    if (!(high - low > 3)) return undefined;
    const gainAt = (mildC: number, coldC: number): number =>
      solve(s, mildC, coldC, heatingHinge(s, mildC), heatingHinge(s, coldC)).gain;
    const knots = Array.from(
      { length: Math.floor((high - low) / COARSE_C) + 1 },
      (_, j) => low + j * COARSE_C,
    );
    const hinges = knots.map((c) => heatingHinge(s, c));
    let [mildC, coldC, gain] = [high, low, 0];
    for (let a = 1; a < knots.length; a++)
      for (let b = 0; b < a; b++) {
        const trial = solve(s, knots[a], knots[b], hinges[a], hinges[b]).gain;
        if (trial > gain) [gain, mildC, coldC] = [trial, knots[a], knots[b]];
      }
    if (gain === 0) return undefined;
    for (let round = 0; round < 2; round++) {
      const cold = coldC;
      mildC = search(Math.max(cold + 0.5, mildC - COARSE_C), Math.min(high, mildC + COARSE_C), (c) =>
        gainAt(c, cold),
      );
      const mild = mildC;
      coldC = search(Math.max(low, coldC - COARSE_C), Math.min(mild - 0.5, coldC + COARSE_C), (c) =>
        gainAt(mild, c),
      );
    }
    const [mild, cold] = [heatingHinge(s, mildC), heatingHinge(s, coldC)];
    const found = solve(s, mildC, coldC, mild, cold);
    return {
      kind: 'two-slope-heating',
      coefficients: [
        s.meanY - (found.mild * mild.sum + found.extra * cold.sum) / s.n,
        found.mild,
        mildC,
        found.extra,
        coldC,
      ],
      scaleKwhDay: 1,
      nonNegative: s.nonNegative,
    };
  },
  predict: (model, features, i) => {
    const [base, slope, mildC, extra, coldC] = model.coefficients;
    const t = features.outdoorC[i];
    const value = base + slope * Math.max(0, mildC - t) + extra * Math.max(0, coldC - t);
    return model.nonNegative && value < 0 ? 0 : value;
  },
  gradient: (model, features, i, out) => {
    const [, slope, mildC, extra, coldC] = model.coefficients;
    const t = features.outdoorC[i];
    out[0] = 1;
    out[1] = Math.max(0, mildC - t);
    out[2] = t < mildC ? slope : 0;
    out[3] = Math.max(0, coldC - t);
    out[4] = t < coldC ? extra : 0;
  },
};
