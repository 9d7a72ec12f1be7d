import type { HourFeatures } from './features.ts';

export const hourlyKinds = [
  'hourly-mean',
  'hourly-working-profile',
  'hourly-week-profile',
  'towt',
  'towt-inertia',
  'towt-net',
] as const;
export type HourlyKind = (typeof hourlyKinds)[number];

/** One hidden layer of tanh units and a linear output, as plain values (weights row by row, one row a unit). */
export type NetWeights = {
  readonly inputs: number;
  readonly hidden: number;
  /** Means and standard deviations that the inputs are scaled by. */
  readonly inputMean: readonly number[];
  readonly inputSpread: readonly number[];
  readonly hiddenWeights: readonly number[];
  readonly hiddenBias: readonly number[];
  readonly outputWeights: readonly number[];
  readonly outputBias: number;
  readonly seed: number;
};

/**
 * A fitted hourly model as plain JSON values. Prediction of an hour, kWh: level of its slot in the profile + Σ coefficient·column, with
 * the coefficients of its state of occupancy, and scale·net on top where there is one; negative ones are cut at zero when the meter
 * never ran backwards.
 */
export type HourlyModel = {
  readonly kind: HourlyKind;
  readonly nonNegative: boolean;
  readonly profile: readonly number[];
  /** kWh per unit of each column: hours that are not occupied first, then those that are. */
  readonly coefficients: readonly number[];
  /** Inner knots of the temperature segments, °C, coldest first. */
  readonly knotsC: readonly number[];
  /** 1 for each hour of the week found occupied; empty where the model does not ask. */
  readonly occupied: readonly number[];
  readonly net?: NetWeights & { readonly scaleKwhHour: number };
};

/**
 * What the covariance of any sum of hours needs, without the p × p matrix: hours seen in each slot of the profile, the mean of
 * each column in each slot (row by row), and the inverse of the columns' own normal equations, profile taken out, of the hours that
 * are not occupied and of those that are.
 * All before the factor s²·memory.
 */
export type HourlyCovariance = {
  readonly slotHours: readonly number[];
  readonly slotMeans: readonly number[];
  readonly inverse: readonly number[];
};

/** One rung of the hourly ladder; the same face as the daily one (core/regression/candidate.ts). */
export type HourlyCandidate = {
  readonly kind: HourlyKind;
  readonly minimumHours: number;
  readonly needsTemperature: boolean;
  /** Number of fitted parameters p. */
  readonly parameters: (model: HourlyModel) => number;
  /** Undefined when the hours cannot carry the model. */
  readonly fit: (features: HourFeatures, mask: Uint8Array) => HourlyModel | undefined;
  /** The model without each fold in turn; undefined when one cannot be fitted. `foldOf` is read for the hours of the mask. */
  readonly fitFolds: (
    features: HourFeatures,
    mask: Uint8Array,
    folds: number,
    foldOf: Uint8Array,
  ) => readonly HourlyModel[] | undefined;
  /** kWh of hour `i`; NaN when its temperature is missing and the model needs one. */
  readonly predict: (model: HourlyModel, features: HourFeatures, i: number) => number;
  /** Columns of hour `i`, written into `out` (coefficients.length / 2 of them); returns its slot in the profile. */
  readonly row: (model: HourlyModel, features: HourFeatures, i: number, out: Float64Array) => number;
  readonly covariance: (model: HourlyModel, features: HourFeatures, mask: Uint8Array) => HourlyCovariance;
};
