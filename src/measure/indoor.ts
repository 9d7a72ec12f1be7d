import type { IndoorEvidence } from '#core/evidence.ts';
import { failure, ok, type Result } from '#core/result.ts';

/** Hourly readings of a building with its temperatures; arrays of one length from a local midnight, NaN where unknown. */
export type IndoorReadings = {
  /** Mean air temperature of the heated rooms, °C. */
  readonly indoorC: Float64Array;
  readonly outdoorC: Float64Array;
  /** All metered power that ends as heat in the rooms, W: heating and, where metered, appliances. */
  readonly powerW: Float64Array;
};

/** Least difference of a day's mean outdoor temperature below the room's for its loss to count over sun and airing, K. */
const LEAST_DIFFERENCE_K = 8;
const LEAST_DAYS = 20;
const HOURS = 24;
/** Least known hours of a day. */
const LEAST_HOURS = 20;
/** Hours around midnight whose mean is the temperature a day starts from. */
const AROUND_MIDNIGHT = 2;
/** Days over which residuals may go together (Newey and West 1987). */
const LAGS = 7;

const meanOfKnown = (values: Float64Array, from: number, to: number, least: number): number => {
  let [sum, known] = [0, 0];
  for (let i = Math.max(0, from); i < Math.min(values.length, to); i++)
    if (!Number.isNaN(values[i])) {
      sum += values[i];
      known++;
    }
  return known >= least ? sum / known : Number.NaN;
};

type Row = { readonly x: readonly [number, number, number]; readonly y: number; readonly day: number };

const rowsOf = ({ indoorC, outdoorC, powerW }: IndoorReadings): Row[] => {
  const days = Math.floor(indoorC.length / HOURS);
  const atMidnight = (day: number): number =>
    meanOfKnown(indoorC, day * HOURS - AROUND_MIDNIGHT, day * HOURS + AROUND_MIDNIGHT, AROUND_MIDNIGHT);
  return Array.from({ length: days }, (_, day) => {
    const [from, to] = [day * HOURS, (day + 1) * HOURS];
    const start = atMidnight(day);
    const outdoor = meanOfKnown(outdoorC, from, to, LEAST_HOURS);
    const power = meanOfKnown(powerW, from, to, LEAST_HOURS);
    return { x: [outdoor - start, power, 1] as const, y: atMidnight(day + 1) - start, day };
  }).filter(({ x, y }) => x.every(Number.isFinite) && Number.isFinite(y) && x[0] <= -LEAST_DIFFERENCE_K);
};

type Matrix = number[][];

/** Inverse by Gauss–Jordan with the largest pivot; undefined when singular. */
const inverse = (matrix: Matrix): Matrix | undefined => {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot; row < size; row++)
      if (Math.abs(rows[row][pivot]) > Math.abs(rows[best][pivot])) best = row;
    [rows[pivot], rows[best]] = [rows[best], rows[pivot]];
    const lead = rows[pivot][pivot];
    if (!(Math.abs(lead) > 1e-12)) return undefined;
    rows[pivot] = rows[pivot].map((value) => value / lead);
    for (let row = 0; row < size; row++)
      if (row !== pivot) {
        const factor = rows[row][pivot];
        rows[row] = rows[row].map((value, column) => value - factor * rows[pivot][column]);
      }
  }
  return rows.map((row) => row.slice(size));
};

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    (b[0] ?? []).map((_, column) => row.reduce((sum, value, k) => sum + value * b[k][column], 0)),
  );

/**
 * Fits how a building's rooms move from one midnight to the next (an exact step of one capacity and one loss), by least
 * squares on the days cold enough for loss to lead, with a covariance that holds under residuals that go together for a
 * week. `days` picks the days used, numbered from the first; all when left out. Fails with `indoor-too-few-days`
 * (under 20 such days) and `indoor-no-response` (temperatures that do not answer outdoors and power).
 */
export const indoorEvidence = (
  readings: IndoorReadings,
  days: (day: number) => boolean = () => true,
): Result<IndoorEvidence> => {
  const rows = rowsOf(readings).filter(({ day }) => days(day));
  if (rows.length < LEAST_DAYS)
    return failure(
      'indoor-too-few-days',
      `Il faut ${LEAST_DAYS} jours froids avec températures et puissance ; il y en a ${rows.length}.`,
      `It takes ${LEAST_DAYS} cold days with temperatures and power; there are ${rows.length}.`,
    );
  const none = failure(
    'indoor-no-response',
    'La température intérieure ne suit ni le dehors ni la puissance : vérifier les sondes et ce que mesure le compteur.',
    'The indoor temperature follows neither outdoors nor power: check the sensors and what the meter measures.',
  );
  // Power in kW, so that the normal equations are well scaled.
  const scaled = rows.map(({ x: [difference, power, one], y }) => ({
    x: [difference, power / 1000, one],
    y,
  }));
  const square: Matrix = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => scaled.reduce((sum, { x }) => sum + x[i] * x[j], 0)),
  );
  const bread = inverse(square);
  if (bread === undefined) return none;
  const moment = [0, 1, 2].map((i) => [scaled.reduce((sum, { x, y }) => sum + x[i] * y, 0)]);
  const [[recovery], [response], [offset]] = times(bread, moment) as [[number], [number], [number]];
  const scores = scaled.map(({ x, y }) => {
    const left = y - recovery * x[0] - response * x[1] - offset * x[2];
    return x.map((value) => value * left);
  });
  const meat: Matrix = [0, 1, 2].map(() => [0, 0, 0]);
  for (let lag = 0; lag <= LAGS; lag++) {
    const weight = lag === 0 ? 1 : 1 - lag / (LAGS + 1);
    for (let t = lag; t < scores.length; t++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) {
          const product = scores[t][i] * scores[t - lag][j];
          meat[i][j] += weight * product;
          if (lag > 0) meat[j][i] += weight * product;
        }
  }
  const small = rows.length / (rows.length - 3);
  const unit = [1, 1 / 1000, 1];
  const covariance = times(times(bread, meat), bread).map((row, i) =>
    row.map((value, j) => value * small * unit[i] * unit[j]),
  );
  if (!(recovery > 0 && recovery < 1 && response > 0)) return none;
  return ok({ recovery, responseKW: response / 1000, offsetK: offset, covariance, days: rows.length });
};
