import type { DayFeatures } from './features.ts';

export const modelKinds = [
  'mean',
  'degree-day',
  '3p-heating',
  '3p-cooling',
  '4p',
  '5p',
  'two-slope-heating',
  '3p-heating-working',
  '3p-cooling-working',
  '5p-working',
  'ridge',
] as const;
export type ModelKind = (typeof modelKinds)[number];

/**
 * A fitted model as plain JSON values. `coefficients` are in the candidate's own order; `scaleKwhDay` multiplies
 * linear predictions (1 for models in kWh already).
 */
export type Coefficients = {
  readonly kind: ModelKind;
  readonly coefficients: readonly number[];
  readonly scaleKwhDay: number;
  /** Whether negative predictions are cut at zero: true when the meter never ran backwards. */
  readonly nonNegative: boolean;
};

/**
 * One rung of the ladder. Every rung has the same face: it fits on the days whose mask is 1, predicts any day, and
 * gives the gradient of a prediction by its coefficients, from which the covariance of any sum of days follows.
 */
export type Candidate = {
  readonly kind: ModelKind;
  /** Number of fitted parameters p, change points included. */
  readonly parameters: number;
  /** Fewest usable days on which it is tried. */
  readonly minimumDays: number;
  /** Undefined when the days cannot carry the model (no cold days, say). */
  readonly fit: (features: DayFeatures, mask: Uint8Array) => Coefficients | undefined;
  /**
   * The same fit once for each fold, on the days of the other folds; given by rungs that do it faster than one by one. `foldOf`
   * has the fold of each day, 0 to `folds` − 1.
   */
  readonly fitWithoutFolds?: (
    features: DayFeatures,
    mask: Uint8Array,
    foldOf: Uint8Array,
    folds: number,
  ) => readonly (Coefficients | undefined)[];
  /** kWh of day `i`; NaN when its temperature is missing and the model needs one. */
  readonly predict: (model: Coefficients, features: DayFeatures, i: number) => number;
  /** d prediction / d coefficient of day `i`, written into `out` (length `parameters`). */
  readonly gradient: (model: Coefficients, features: DayFeatures, i: number, out: Float64Array) => void;
  /** Penalty added to the diagonal of the normal equations, in the units of the gradient; none for least squares. */
  readonly penalties?: readonly number[];
};

/** How many slots (days, hours or bills) a mask of 0 and 1 keeps. */
export const countDays = (mask: Uint8Array): number => {
  let count = 0;
  for (const flag of mask) count += flag;
  return count;
};
