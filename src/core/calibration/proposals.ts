import { fillNormals, type Random } from '../random.ts';
import { misfit, type Mode, signatureAt, type Target } from './mode.ts';
import { observed } from './likelihood.ts';
import { dimensions } from './prior.ts';

/** Weighted draws of standard normals, `count` rows of `dimensions`. */
export type Cloud = { readonly z: Float64Array; readonly logWeight: Float64Array; readonly count: number };

/** Wider than the normal approximation, so that its thin tails do not carry the weights. */
const WIDEN = 1.06;

/**
 * Proposals from the normal approximation at the mode (exact by Matheron's rule: a prior draw moved by the gain on
 * its own simulated residual), weighted by prior × likelihood over proposal.
 */
export const proposeAroundMode = (target: Target, mode: Mode, count: number, random: Random): Cloud => {
  const z = fillNormals(random, new Float64Array(count * dimensions));
  const noise = fillNormals(random, new Float64Array(count * observed));
  const logWeight = new Float64Array(count);
  const [r00, r01, r02, r11, r12, r22] = target.observation.covariance;
  const l00 = Math.sqrt(r00);
  const l10 = r01 / l00;
  const l20 = r02 / l00;
  const l11 = Math.sqrt(r11 - l10 * l10);
  const l21 = (r12 - l20 * l10) / l11;
  const l22 = Math.sqrt(Math.max(0, r22 - l20 * l20 - l21 * l21));
  const { jacobian, gain } = mode;
  const [p00, p01, p02, p11, p12, p22] = target.precision;
  const signature = new Float64Array(observed);
  for (let i = 0; i < count; i += 1) {
    const at = i * dimensions;
    const n0 = noise[i * 3];
    const n1 = noise[i * 3 + 1];
    let e0 = l00 * n0;
    let e1 = l10 * n0 + l11 * n1;
    let e2 = l20 * n0 + l21 * n1 + l22 * noise[i * 3 + 2];
    for (let k = 0; k < dimensions; k += 1) {
      const value = z[at + k];
      e0 += jacobian[k] * value;
      e1 += jacobian[dimensions + k] * value;
      e2 += jacobian[2 * dimensions + k] * value;
    }
    let square = 0;
    let away = 0;
    let j0 = 0;
    let j1 = 0;
    let j2 = 0;
    for (let k = 0; k < dimensions; k += 1) {
      const off = WIDEN * (z[at + k] - gain[k * 3] * e0 - gain[k * 3 + 1] * e1 - gain[k * 3 + 2] * e2);
      const value = mode.z[k] + off;
      z[at + k] = value;
      square += value * value;
      away += off * off;
      j0 += jacobian[k] * off;
      j1 += jacobian[dimensions + k] * off;
      j2 += jacobian[2 * dimensions + k] * off;
    }
    away +=
      p00 * j0 * j0 + p11 * j1 * j1 + p22 * j2 * j2 + 2 * (p01 * j0 * j1 + p02 * j0 * j2 + p12 * j1 * j2);
    signatureAt(target, z, at, signature);
    logWeight[i] = (away / (WIDEN * WIDEN) - square - misfit(target, signature)) / 2;
  }
  return { z, logWeight, count };
};

/** Degrees of freedom of the relearnt proposal: heavy enough to cover a skewed posterior. */
const FREEDOM = 6;

const moments = (cloud: Cloud, weight: Float64Array): { mean: Float64Array; factor: Float64Array } => {
  const mean = new Float64Array(dimensions);
  const factor = new Float64Array(dimensions * dimensions);
  for (let i = 0; i < cloud.count; i += 1)
    for (let k = 0; k < dimensions; k += 1) mean[k] = mean[k] + weight[i] * cloud.z[i * dimensions + k];
  for (let i = 0; i < cloud.count; i += 1)
    for (let row = 0; row < dimensions; row += 1) {
      const off = weight[i] * (cloud.z[i * dimensions + row] - mean[row]);
      for (let column = 0; column <= row; column += 1) {
        const at = row * dimensions + column;
        factor[at] = factor[at] + off * (cloud.z[i * dimensions + column] - mean[column]);
      }
    }
  choleskyInPlace(factor);
  return { mean, factor };
};

/** Lower factor of a covariance held in the lower triangle, with a thousandth of the prior added for safety. */
const choleskyInPlace = (a: Float64Array): void => {
  for (let row = 0; row < dimensions; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row * dimensions + column] + (row === column ? 1e-3 : 0);
      for (let k = 0; k < column; k += 1) sum -= a[row * dimensions + k] * a[column * dimensions + k];
      a[row * dimensions + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-9)) : sum / a[column * dimensions + column];
    }
};

/** Proposals from a Student t with the moments of a weighted cloud (adaptive importance sampling, Cappé et al. 2008). */
export const proposeFromCloud = (
  target: Target,
  cloud: Cloud,
  weight: Float64Array,
  count: number,
  random: Random,
): Cloud => {
  const { mean, factor } = moments(cloud, weight);
  const normals = fillNormals(random, new Float64Array(count * dimensions));
  const chi = fillNormals(random, new Float64Array(count * FREEDOM));
  const z = new Float64Array(count * dimensions);
  const logWeight = new Float64Array(count);
  const signature = new Float64Array(observed);
  for (let i = 0; i < count; i += 1) {
    let chiSquare = 0;
    for (let k = 0; k < FREEDOM; k += 1) chiSquare += chi[i * FREEDOM + k] ** 2;
    const stretch = Math.sqrt(FREEDOM / chiSquare);
    let away = 0;
    let square = 0;
    for (let row = 0; row < dimensions; row += 1) {
      let sum = 0;
      for (let k = 0; k <= row; k += 1) sum += factor[row * dimensions + k] * normals[i * dimensions + k];
      const value = mean[row] + stretch * sum;
      z[i * dimensions + row] = value;
      square += value * value;
      away += (stretch * normals[i * dimensions + row]) ** 2;
    }
    signatureAt(target, z, i * dimensions, signature);
    logWeight[i] =
      ((FREEDOM + dimensions) / 2) * Math.log1p(away / FREEDOM) - (square + misfit(target, signature)) / 2;
  }
  return { z, logWeight, count };
};

/** Normalised weights and Kish's effective sample size, the log-weights tempered by `power`. */
export const weigh = (cloud: Cloud, power = 1): { weight: Float64Array; effective: number } => {
  let top = -Infinity;
  for (const value of cloud.logWeight) if (value > top) top = value;
  const weight = cloud.logWeight.map((value) => (value > -Infinity ? Math.exp(power * (value - top)) : 0));
  let sum = 0;
  let squares = 0;
  for (const value of weight) {
    sum += value;
    squares += value * value;
  }
  for (let i = 0; i < weight.length; i += 1) weight[i] = weight[i] / sum;
  return { weight, effective: (sum * sum) / squares };
};

/** The largest power of the weights that keeps an effective sample of `wanted`. */
export const temper = (cloud: Cloud, wanted: number): Float64Array => {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    if (weigh(cloud, middle).effective >= wanted) low = middle;
    else high = middle;
  }
  return weigh(cloud, low).weight;
};

/**
 * Two sets of draws as one, `a` first. The log-weights are taken as they are: both must be over the same
 * target, up to the same constant.
 */
export const joinClouds = (a: Cloud, b: Cloud): Cloud => {
  const z = new Float64Array(a.z.length + b.z.length);
  z.set(a.z);
  z.set(b.z, a.z.length);
  const logWeight = new Float64Array(a.count + b.count);
  logWeight.set(a.logWeight);
  logWeight.set(b.logWeight, a.count);
  return { z, logWeight, count: a.count + b.count };
};
