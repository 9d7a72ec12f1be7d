import { boundedQuantity, type Provenance, type Quantity, Z90 } from '#core/quantity.ts';
import { candidateOf, type DayFeatures, daySpreadKwh, sumSpreadKwh } from '#core/regression/index.ts';
import prior from '../../models/drift-prior.json' with { type: 'json' };
import type { StockDrift } from './stock-drift.ts';
import type { BaselineModel, DayRow, Drift, PredictedYear } from './types.ts';

const shippedDrift: Drift = {
  factor: 1,
  ownYears: 0,
  basis: `drift-prior ${prior.version}: ${prior.source}`,
};

const driftPartLn = (figure: 'sum' | 'level', noise: number): number => {
  const { halfWidthLn90, noiseFactor } = prior[figure];
  return Math.hypot(halfWidthLn90, Math.sqrt(noiseFactor ** 2 - Z90 ** 2) * noise);
};

/**
 * Half width at 90 % of ln(year total / prediction): what the residuals explain (the normal quantile of `noise`, a share of the total), and
 * the drift, greater for restless meters, times `factor`.
 */
export const yearHalfWidthLn = (figure: 'sum' | 'level', noise: number, factor: number): number =>
  Math.hypot(Z90 * noise, factor * driftPartLn(figure, noise));

const typicalHalfWidthLn = yearHalfWidthLn('sum', prior.typicalNoise, 1);

/**
 * Drift of one building from its own earlier placebo years, shrunk towards the shipped prior: the prior counts as
 * `priorYears` observations, and `stock` scales it first where the stock is known.
 */
export const ownDrift = (years: readonly PredictedYear[], stock?: StockDrift): Drift => {
  const start: Drift =
    stock === undefined || stock.years === 0
      ? shippedDrift
      : {
          factor: stock.factor,
          ownYears: 0,
          basis: `${shippedDrift.basis}; times ${stock.factor.toFixed(2)} from ${stock.years} years without works of ${stock.buildings} buildings of this stock`,
        };
  if (years.length === 0) return start;
  const own = years.reduce((sum, { lnRatio }) => sum + ((Z90 * lnRatio) / typicalHalfWidthLn) ** 2, 0);
  return {
    factor: Math.sqrt((prior.priorYears * start.factor ** 2 + own) / (prior.priorYears + years.length)),
    ownYears: years.length,
    basis: `${start.basis}; narrowed or widened by ${years.length} earlier years of this meter`,
    years,
  };
};

/** Half width at 90 % of ln(year total / plain prediction) from drift alone, for a meter as restless as most. */
export const driftHalfWidthLn = (drift: Pick<Drift, 'factor'>): number =>
  drift.factor * driftPartLn('sum', prior.typicalNoise);

/**
 * Extra half width of the logarithm when the baseline is too short to know a year, from year-ahead errors of models fitted on the
 * first 30 to 90 days of 42 gas meters (CV about 0.9).
 */
export const ignorance = (days: number): number => (days < 180 ? 0.8 : 0);

export type SumInterval = { readonly value: number; readonly low: number; readonly high: number };

/** Days a model was fitted on, those of its bills where it was fitted on bills. */
export const daysFitted = ({ bills, metrics }: Pick<BaselineModel, 'bills' | 'metrics'>): number =>
  bills?.days ?? metrics.n;

/** 90 % interval of a predicted sum from its standard deviation, the drift and the days the model was fitted on. */
export const sumInterval = (
  value: number,
  spreadKwh: number,
  drift: Drift,
  baselineDays: number,
  figure: 'sum' | 'level',
): SumInterval => {
  if (!(value > 0)) return { value, low: value - Z90 * spreadKwh, high: value + Z90 * spreadKwh };
  // A summer month of a heating meter: the scatter is larger than the sum, and errors add rather than multiply, as of one day.
  // Below, the same ratio as above: what is predicted is no less than nothing.
  if (Z90 * spreadKwh > value) {
    const drifts = Math.hypot(driftHalfWidthLn(drift), ignorance(baselineDays));
    const high = value + Math.hypot(Z90 * spreadKwh, value * drifts);
    return { value, low: value ** 2 / high, high };
  }
  const half = Math.hypot(yearHalfWidthLn(figure, spreadKwh / value, drift.factor), ignorance(baselineDays));
  return { value, low: value * Math.exp(-half), high: value * Math.exp(half) };
};

/** Sums over meters of the half-widths of their intervals, and of the squares of these, below and above. */
export type SummedInterval = {
  readonly value: number;
  readonly below: number;
  readonly belowSquares: number;
  readonly above: number;
  readonly aboveSquares: number;
};

/** `sumOfMeters` of what was summed elsewhere, as by a database. */
export const intervalOfSum = (sum: SummedInterval): SumInterval => {
  const half = (widths: number, squares: number): number =>
    Math.sqrt(prior.sharedBetweenMeters * widths ** 2 + (1 - prior.sharedBetweenMeters) * squares);
  return {
    value: sum.value,
    low: sum.value - half(sum.below, sum.belowSquares),
    high: sum.value + half(sum.above, sum.aboveSquares),
  };
};

/**
 * Sum over several meters: their yearly drifts are next to independent (correlation in models/drift-prior.json), so the
 * interval of a stock is far narrower than the sum of its meters' intervals.
 */
export const sumOfMeters = (meters: readonly SumInterval[]): SumInterval => {
  const total = { value: 0, below: 0, belowSquares: 0, above: 0, aboveSquares: 0 };
  for (const { value, low, high } of meters) {
    total.value += value;
    total.below += value - low;
    total.belowSquares += (value - low) ** 2;
    total.above += high - value;
    total.aboveSquares += (high - value) ** 2;
  }
  return intervalOfSum(total);
};

/**
 * Sum of the predictions over the masked days with its 90 % interval `pred·exp(±√(drift² + (z·σ/pred)²))`: σ holds the scatter of the days with
 * its autocorrelation and the coefficients' covariance, `drift` what changes from year to year
 * with no works; for `figure` see models/drift-prior.json.
 */
export const predictSum = (
  model: BaselineModel,
  features: DayFeatures,
  mask: Uint8Array,
  figure: 'sum' | 'level' = 'sum',
): SumInterval => {
  const candidate = candidateOf(model.kind);
  let value = 0;
  for (let i = 0; i < features.days; i++) if (mask[i] === 1) value += candidate.predict(model, features, i);
  return sumInterval(
    value,
    sumSpreadKwh(model, model, features, mask),
    model.drift,
    daysFitted(model),
    figure,
  );
};

/**
 * A sum and its interval, kWh, as a figure that says which fit, how many days and which doubts it rests on.
 */
export const sumQuantity = (
  model: BaselineModel,
  interval: SumInterval,
  days: number,
  provenance: Provenance,
): Quantity =>
  boundedQuantity(
    interval.value,
    interval.low,
    interval.high,
    'kWh',
    provenance,
    `${model.kind} fitted on ${model.metrics.n} ${model.bills === undefined ? 'days' : `bills of ${model.bills.days} days`}, summed over ${days} days; interval from residuals (lag-1 correlation ${model.noise.autocorrelation.toFixed(2)}), coefficient covariance and ${model.drift.basis}`,
  );

/** Each masked day with the 90 % interval of its reading: scatter, and drift as a share of the prediction. */
export const predictRows = (model: BaselineModel, features: DayFeatures, mask: Uint8Array): DayRow[] => {
  const candidate = candidateOf(model.kind);
  const rows: DayRow[] = [];
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1) continue;
    const predicted = candidate.predict(model, features, i);
    const half = Math.hypot(
      Z90 * daySpreadKwh(model.noise, predicted),
      Math.max(0, predicted) * driftHalfWidthLn(model.drift),
    );
    rows.push({
      day: features.firstDay + i,
      actual: features.energyKwh[i],
      predicted,
      low: model.nonNegative ? Math.max(0, predicted - half) : predicted - half,
      high: predicted + half,
    });
  }
  return rows;
};

/** Days of the range with a prediction, and of them those with a reading too. */
export const predictable = (features: DayFeatures, from: number, to: number): Uint8Array =>
  Uint8Array.from(features.outdoorC, (value, i) => {
    const day = features.firstDay + i;
    return day >= from && day <= to && Number.isFinite(value) ? 1 : 0;
  });

/** Of the days of a mask those with a reading; the mask handed in is left as it is. */
export const withReading = (features: DayFeatures, mask: Uint8Array): Uint8Array =>
  mask.map((flag, i) => (Number.isFinite(features.energyKwh[i]) ? flag : 0));
