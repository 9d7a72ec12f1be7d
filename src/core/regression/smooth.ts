import { finiteMean } from '../statistics/index.ts';

/**
 * Exponentially weighted mean s ← a·s + (1 − a)·x with a = exp(−1/τ), τ in steps of the series, started at the mean of the first
 * `start` values; a missing value leaves s where it is.
 */
export const smooth = (values: Float64Array, tauSteps: number, start: number): Float64Array => {
  const keep = Math.exp(-1 / tauSteps);
  const result = new Float64Array(values.length);
  let state = finiteMean(values.subarray(0, start));
  if (!Number.isFinite(state)) state = finiteMean(values);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) state = keep * state + (1 - keep) * value;
    result[i] = state;
  }
  return result;
};
