import table from '../../../models/measurements.json' with { type: 'json' };
import type { Message } from '../message.ts';
import { normalQuantile } from '../random.ts';
import type { LossGroup } from '../twin.ts';
import type { Posterior } from './types.ts';

/** The draws a measurement is about. */
export type MeasuredDraws = Pick<Posterior, 'h' | 'efficiency' | 'heatedShare' | 'setPointC'>;

/** What measuring one more thing is worth: how much narrower the 90 % interval of a figure becomes, in its unit. */
export type MeasurementValue = {
  readonly id: string;
  readonly name: Message;
  readonly widthNow: number;
  /** Expected over what the measurement may show. */
  readonly widthAfter: number;
  readonly gain: number;
};

type Measurement = {
  readonly id: string;
  readonly of: string;
  readonly fr: string;
  readonly en: string;
  /** One standard deviation in log space is ln(1 + spread). */
  readonly spread?: number;
  readonly sdK?: number;
};

/** Known already to this share of what the measurement would tell: not tried. */
const KNOWN = 0.5;

const sdOf = (values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** Outcomes of a measurement that are tried. */
const OUTCOMES = 12;

const columnOf = (draws: MeasuredDraws, of: string): Float64Array =>
  of === 'efficiency' || of === 'heatedShare' || of === 'setPointC' ? draws[of] : draws.h[of as LossGroup];

/** 90 % width of values in ascending order of `order`, weighted. */
const widthOf = (values: Float64Array, order: Int32Array, weight: Float64Array): number => {
  let whole = 0;
  for (const value of weight) whole += value;
  let reached = 0;
  let low = Number.NaN;
  for (const i of order) {
    reached += weight[i];
    if (Number.isNaN(low) && reached >= 0.05 * whole) low = values[i];
    if (reached >= 0.95 * whole) return values[i] - low;
  }
  return 0;
};

/**
 * Ranks the measurements still to be made by what they would take off the 90 % width of a figure that has one value a
 * draw (kWh of heat need, of savings, of anything the draws give): for outcomes spread over what the draws expect, the
 * draws are weighted by how well they fit the outcome, and the widths averaged (preposterior analysis, Raiffa and
 * Schlaifer 1961). Measurements of what is already known gain nothing and come last.
 */
export const measurementValues = (draws: MeasuredDraws, figure: Float64Array): MeasurementValue[] => {
  const count = figure.length;
  const order = Int32Array.from(figure.keys()).sort((a, b) => figure[a] - figure[b]);
  const weight = new Float64Array(count).fill(1);
  const widthNow = widthOf(figure, order, weight);
  const measurements: readonly Measurement[] = table.measurements;
  return measurements
    .map(({ id, of, fr, en, spread, sdK }) => {
      const column = columnOf(draws, of);
      const sd = sdK ?? Math.log1p(spread ?? 0);
      const value = sdK === undefined ? column.map(Math.log) : column;
      if (!(sdOf(value) > KNOWN * sd))
        return { id, name: { fr, en }, widthNow, widthAfter: widthNow, gain: 0 };
      const sorted = Float64Array.from(value).sort();
      let sum = 0;
      for (let outcome = 0; outcome < OUTCOMES; outcome += 1) {
        // Errors of the measurement in an order of their own, so that they do not go with the truth.
        const error = normalQuantile((((5 * outcome) % OUTCOMES) + 0.5) / OUTCOMES);
        const shown = sorted[Math.floor(((outcome + 0.5) / OUTCOMES) * count)] + sd * error;
        for (let i = 0; i < count; i += 1) weight[i] = Math.exp(-0.5 * ((value[i] - shown) / sd) ** 2);
        sum += widthOf(figure, order, weight);
      }
      const widthAfter = Math.min(widthNow, sum / OUTCOMES);
      return { id, name: { fr, en }, widthNow, widthAfter, gain: widthNow - widthAfter };
    })
    .sort((a, b) => b.gain - a.gain);
};
