import { lagOneCorrelation } from '../../statistics/index.ts';
import { countDays as countSlots } from '../candidate.ts';
import type { HourlyCovariance, HourlyModel } from './candidate.ts';
import type { HourFeatures } from './features.ts';
import { hourlyCandidateOf } from './select.ts';

/** How the hours scatter around the model. */
export type HourlyNoise = {
  /** √(SSE/(n − p)), kWh. */
  readonly rmseKwhHour: number;
  /** The same of whole days, kWh. */
  readonly rmseKwhDay: number;
  /** Lag-1 correlation of the hourly residuals. */
  readonly autocorrelation: number;
  /** What the variance of a long sum is multiplied by for the memory of residuals, at least 1. */
  readonly memory: number;
};

export type HourlyUncertainty = { readonly noise: HourlyNoise; readonly covariance: HourlyCovariance };

const MEMORY_DAYS = 28;

/**
 * Scatter, memory and covariance of a fitted hourly model on its own hours. Memory is the variance of four-week sums of residuals over that
 * of independent hours, never under (1 + ρ)/(1 − ρ) of the lag-1 correlation ρ.
 */
export const hourlyUncertainty = (
  model: HourlyModel,
  features: HourFeatures,
  mask: Uint8Array,
): HourlyUncertainty => {
  const candidate = hourlyCandidateOf(model.kind);
  const residuals = new Float64Array(features.hours).fill(Number.NaN);
  const days = new Map<number, { sum: number; hours: number }>();
  const blocks = new Map<number, number>();
  let squares = 0;
  for (let i = 0; i < features.hours; i++) {
    if (mask[i] !== 1) continue;
    const error = features.energyKwh[i] - candidate.predict(model, features, i);
    residuals[i] = error;
    squares += error * error;
    const day = features.localDay[i];
    const held = days.get(day) ?? { sum: 0, hours: 0 };
    days.set(day, { sum: held.sum + error, hours: held.hours + 1 });
    const block = Math.floor(day / MEMORY_DAYS);
    blocks.set(block, (blocks.get(block) ?? 0) + error);
  }
  const whole = [...days.values()].filter(({ hours }) => hours >= 23);
  const rho = lagOneCorrelation(residuals);
  let blockSquares = 0;
  for (const sum of blocks.values()) blockSquares += sum * sum;
  const freedom = Math.max(1, countSlots(mask) - candidate.parameters(model));
  return {
    noise: {
      rmseKwhHour: Math.sqrt(squares / freedom),
      rmseKwhDay: Math.sqrt(
        whole.reduce((total, { sum }) => total + sum * sum, 0) / Math.max(1, whole.length),
      ),
      autocorrelation: rho,
      memory: squares > 0 ? Math.max(1, (1 + rho) / (1 - rho), blockSquares / squares) : 1,
    },
    covariance: candidate.covariance(model, features, mask),
  };
};

/** xᵀ·A·x of a square matrix held row by row from `at` on. */
const quadratic = (matrix: readonly number[], at: number, x: Float64Array): number => {
  let total = 0;
  for (let a = 0; a < x.length; a++)
    for (let b = 0; b < x.length; b++) total += x[a] * matrix[at + a * x.length + b] * x[b];
  return total;
};

/**
 * Standard deviation, kWh, of (sum of readings − sum of predictions) over the hours whose mask is 1: scatter with its memory, and the
 * covariance of profile and columns. Year-to-year drift is not in it.
 */
export const hourlySumSpreadKwh = (
  model: HourlyModel,
  { noise, covariance }: HourlyUncertainty,
  features: HourFeatures,
  mask: Uint8Array,
): number => {
  const candidate = hourlyCandidateOf(model.kind);
  const width = model.coefficients.length / 2;
  const row = new Float64Array(width);
  const totals = [new Float64Array(width), new Float64Array(width)] as const;
  const seen = new Float64Array(model.profile.length);
  let hours = 0;
  for (let i = 0; i < features.hours; i++) {
    if (mask[i] !== 1) continue;
    hours++;
    const slot = candidate.row(model, features, i, row);
    const total = totals[model.occupied[slot] === 1 ? 1 : 0];
    seen[slot]++;
    for (let a = 0; a < width; a++) total[a] += row[a];
  }
  let variance = hours;
  seen.forEach((count, slot) => {
    if (count === 0) return;
    variance += (count * count) / Math.max(1, covariance.slotHours[slot]);
    const total = totals[model.occupied[slot] === 1 ? 1 : 0];
    for (let a = 0; a < width; a++) total[a] -= count * covariance.slotMeans[slot * width + a];
  });
  variance +=
    quadratic(covariance.inverse, 0, totals[0]) + quadratic(covariance.inverse, width * width, totals[1]);
  return noise.rmseKwhHour * Math.sqrt(noise.memory * variance);
};
