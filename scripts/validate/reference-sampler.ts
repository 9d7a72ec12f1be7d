import { signatureCovariance } from '#core/calibration/likelihood.ts';
import type { LogNormal, Prior } from '#core/calibration/index.ts';
import type { SignatureEvidence } from '#core/evidence.ts';
import { fillNormals, type Random, seededRandom } from '#core/random.ts';
import { lossGroups } from '#core/twin.ts';

/** Weighted draws of the posterior. */
type WeightedDraws = {
  readonly totalH: Float64Array;
  /** ln(H·share/η). */
  readonly product: Float64Array;
  readonly weight: Float64Array;
  readonly effective: number;
};

/** Normals from one stream, one after the other. */
const stream = (random: Random): (() => number) => {
  const block = new Float64Array(1024);
  let at = block.length;
  return () => {
    if (at === block.length) {
      fillNormals(random, block);
      at = 0;
    }
    return block[at++];
  };
};

/** ln of the normal density up to a constant, three dimensions, by elimination: nothing shared with the product's own. */
const logDensity = (covariance: readonly number[][], off: readonly number[]): number => {
  const rows = covariance.map((row, i) => [...row, off[i] ?? 0]);
  let square = 0;
  for (let pivot = 0; pivot < 3; pivot++) {
    const top = rows[pivot] ?? [];
    square += (top[3] ?? 0) ** 2 / (top[pivot] ?? 1);
    for (let below = pivot + 1; below < 3; below++) {
      const line = rows[below] ?? [];
      const factor = (line[pivot] ?? 0) / (top[pivot] ?? 1);
      for (let column = pivot; column < 4; column++)
        line[column] = (line[column] ?? 0) - factor * (top[column] ?? 0);
    }
  }
  return -square / 2;
};

/**
 * The posterior of a building by plain importance sampling: draws from the prior as they come, each weighted by the
 * likelihood of what the meter showed. Slow and without any approximation of the posterior's shape; the yardstick of
 * the calibration's own draws.
 */
export const sampleReference = (
  prior: Prior,
  evidence: SignatureEvidence,
  seasonSolarWm2: number,
  draws: number,
  seed: number,
): WeightedDraws => {
  const normal = stream(seededRandom(seed));
  const of = ({ median, sigma }: LogNormal): number => median * Math.exp(sigma * normal());
  const c = signatureCovariance(evidence);
  if (c === undefined) throw new Error('The evidence of a simulated building is usable');
  const covariance = [
    [c[0], c[1], c[2]],
    [c[1], c[3], c[4]],
    [c[2], c[4], c[5]],
  ];
  const totalH = new Float64Array(draws);
  const product = new Float64Array(draws);
  const weight = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    const h = lossGroups.reduce((sum, group) => sum + of(prior.h[group]), 0);
    const setPointC = prior.setPointC.mean + prior.setPointC.sd * normal();
    const gainsW = of(prior.gainsW) + of(prior.solarApertureM2) * seasonSolarWm2;
    const efficiency = of(prior.efficiency);
    let share = of(prior.heatedShare);
    while (share > 1) share = of(prior.heatedShare);
    const base = of(prior.baseLoadKwhDay);
    totalH[i] = h;
    product[i] = Math.log((h * share) / efficiency);
    weight[i] = logDensity(covariance, [
      evidence.slopeKwhKDay - (0.024 * h * share) / efficiency,
      evidence.balancePointC - (setPointC - gainsW / (h * share)),
      evidence.baseLoadKwhDay - base,
    ]);
  }
  const top = weight.reduce((most, value) => Math.max(most, value), -Infinity);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < draws; i++) {
    weight[i] = Math.exp(weight[i] - top);
    sum += weight[i];
    squares += weight[i] ** 2;
  }
  return { totalH, product, weight, effective: (sum * sum) / squares };
};

/** Quantiles of weighted values. */
export const weightedQuantiles = (
  values: Float64Array,
  weight: Float64Array,
  probabilities: readonly number[],
): number[] => {
  const kept = Array.from(values.keys()).filter((i) => weight[i] > 1e-9);
  kept.sort((a, b) => values[a] - values[b]);
  const whole = kept.reduce((sum, i) => sum + weight[i], 0);
  return probabilities.map((probability) => {
    let reached = 0;
    for (const i of kept) {
      reached += weight[i];
      if (reached >= probability * whole) return values[i];
    }
    return values[kept.at(-1) ?? 0];
  });
};
