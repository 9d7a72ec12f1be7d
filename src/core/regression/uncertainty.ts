import { Matrix, pseudoInverse } from 'ml-matrix';
import { inverseOf, lagOneCorrelation } from '../statistics/index.ts';
import { type Coefficients, countDays } from './candidate.ts';
import type { DayFeatures } from './features.ts';
import { candidateOf } from './ladder.ts';

/** How the days scatter around the model. */
export type Noise = {
  /** √(SSE/(n − p)), kWh/day. */
  readonly rmseKwhDay: number;
  /** Standard deviation of a day = floor + share·prediction, kWh/day: winter days scatter more than summer ones. */
  readonly floorKwhDay: number;
  readonly shareOfPrediction: number;
  readonly autocorrelation: number;
  /** What the variance of a long sum is multiplied by for the memory of residuals, at least 1. */
  readonly memory: number;
};

export type ModelUncertainty = {
  readonly noise: Noise;
  /** Covariance of the coefficients, residual autocorrelation included, row by row. */
  readonly covariance: readonly (readonly number[])[];
};

const MEMORY_BLOCK_DAYS = 28;

/**
 * Variance of four-week sums of residuals over that of independent days; never under what the lag-1 correlation ρ alone gives,
 * (1 + ρ)/(1 − ρ), since real residuals remember longer than a first-order process.
 */
const memoryOf = (residuals: Float64Array, rho: number): number => {
  const firstOrder = Math.max(1, (1 + rho) / (1 - rho));
  let [blockSquares, daySquares] = [0, 0];
  for (let from = 0; from < residuals.length; from += MEMORY_BLOCK_DAYS) {
    let sum = 0;
    let squares = 0;
    for (const residual of residuals.subarray(from, from + MEMORY_BLOCK_DAYS))
      if (Number.isFinite(residual)) {
        sum += residual;
        squares += residual * residual;
      }
    blockSquares += sum * sum;
    daySquares += squares;
  }
  return daySquares > 0 ? Math.max(firstOrder, blockSquares / daySquares) : firstOrder;
};

/** Inverse of a Gram matrix, row by row; the pseudo-inverse where change points coincide and it is singular. */
const inverted = (gram: Float64Array, p: number): number[][] => {
  const inverse = inverseOf(Float64Array.from(gram), p);
  if (inverse !== undefined)
    return Array.from({ length: p }, (_, a) => Array.from(inverse.subarray(a * p, (a + 1) * p)));
  return pseudoInverse(Matrix.from1DArray(p, p, Array.from(gram))).to2DArray();
};

/** Mean absolute residual to standard deviation of a normal. */
const ABSOLUTE_TO_SD = Math.sqrt(Math.PI / 2);

const scatter = (
  predicted: readonly number[],
  residuals: readonly number[],
  rmse: number,
): [number, number] => {
  const n = predicted.length;
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0];
  for (let j = 0; j < n; j++) {
    const x = predicted[j];
    const y = ABSOLUTE_TO_SD * Math.abs(residuals[j]);
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const spread = sxx - (sx * sx) / n;
  const slope = spread > 0 ? (sxy - (sx * sy) / n) / spread : 0;
  const floor = (sy - slope * sx) / n;
  if (slope <= 0 || !(floor >= 0)) return slope <= 0 ? [rmse, 0] : [0, sxx > 0 ? sxy / sxx : 0];
  return [floor, slope];
};

/**
 * Residual scatter and coefficient covariance `s²·(JᵀJ + Λ)⁻¹·memory` of a fitted model on its own days; J holds
 * the gradients (change points included), Λ the penalties of a ridge.
 */
export const modelUncertainty = (
  model: Coefficients,
  features: DayFeatures,
  mask: Uint8Array,
): ModelUncertainty => {
  const candidate = candidateOf(model.kind);
  const p = candidate.parameters;
  const gram = new Float64Array(p * p);
  const row = new Float64Array(p);
  const residuals = new Float64Array(features.days).fill(Number.NaN);
  const predicted: number[] = [];
  const errors: number[] = [];
  let square = 0;
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1) continue;
    const value = candidate.predict(model, features, i);
    const error = features.energyKwh[i] - value;
    residuals[i] = error;
    predicted.push(value);
    errors.push(error);
    square += error * error;
    candidate.gradient(model, features, i, row);
    for (let a = 0; a < p; a++) {
      if (row[a] === 0) continue;
      for (let b = 0; b < p; b++) gram[a * p + b] = gram[a * p + b] + row[a] * row[b];
    }
  }
  candidate.penalties?.forEach((penalty, a) => {
    gram[a * p + a] = gram[a * p + a] + penalty * model.scaleKwhDay ** 2;
  });
  const rmse = Math.sqrt(square / Math.max(1, countDays(mask) - p));
  const rho = lagOneCorrelation(residuals);
  const memory = memoryOf(residuals, rho);
  const [floorKwhDay, shareOfPrediction] = scatter(predicted, errors, rmse);
  return {
    noise: { rmseKwhDay: rmse, floorKwhDay, shareOfPrediction, autocorrelation: rho, memory },
    covariance: inverted(gram, p).map((line) => line.map((value) => value * rmse * rmse * memory)),
  };
};

/**
 * Standard deviation of one day's reading around its prediction, kWh; a day predicted below zero scatters as
 * one at zero.
 */
export const daySpreadKwh = (noise: Noise, predictedKwh: number): number =>
  noise.floorKwhDay + noise.shareOfPrediction * Math.max(0, predictedKwh);

/**
 * Standard deviation, kWh, of (sum of readings − sum of predictions) over the days whose mask is 1: scatter of the days with
 * their autocorrelation, and the coefficients' covariance. Year-to-year drift is not in it.
 */
export const sumSpreadKwh = (
  model: Coefficients,
  uncertainty: ModelUncertainty,
  features: DayFeatures,
  mask: Uint8Array,
): number => {
  const candidate = candidateOf(model.kind);
  const p = candidate.parameters;
  const row = new Float64Array(p);
  const total = new Float64Array(p);
  let scatterSquare = 0;
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1) continue;
    scatterSquare += daySpreadKwh(uncertainty.noise, candidate.predict(model, features, i)) ** 2;
    candidate.gradient(model, features, i, row);
    for (let a = 0; a < p; a++) total[a] += row[a];
  }
  let parameterSquare = 0;
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) parameterSquare += total[a] * total[b] * uncertainty.covariance[a][b];
  return Math.sqrt(scatterSquare * uncertainty.noise.memory + Math.max(0, parameterSquare));
};
