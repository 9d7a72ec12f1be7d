import { Matrix, pseudoInverse } from 'ml-matrix';
import { inverseOf, solveInPlace } from '../../statistics/index.ts';
import type { Coefficients, ModelKind } from '../candidate.ts';
import {
  lengthOf,
  type PeriodDegrees,
  type PeriodSeries,
  periodDegrees,
  temperatureRange,
} from './periods.ts';

/** Rungs a dozen bills can carry, the simplest first. */
export const billKinds = ['mean', '3p-heating', '3p-cooling', '5p'] as const;
export type BillKind = (typeof billKinds)[number];

const GRID_C = 0.5;
const FINE_C = 0.1;
/** Coldest and warmest change points tried beyond the periods' own averages, K: single days go beyond them. */
const BEYOND_C = 4;

const parametersOf: Readonly<Record<BillKind, number>> = {
  mean: 1,
  '3p-heating': 3,
  '3p-cooling': 3,
  '5p': 5,
};

type Line = { readonly sse: number; readonly base: number; readonly slopes: readonly number[] };

/** Weighted least squares of the average day on one or two degree columns; the weight of a bill is its days. */
const line = (y: Float64Array, days: Float64Array, columns: readonly Float64Array[]): Line | undefined => {
  const p = columns.length + 1;
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  const row = new Float64Array(p);
  row[0] = 1;
  const fill = (j: number): void => {
    columns.forEach((column, a) => {
      row[a + 1] = column[j];
    });
  };
  for (let j = 0; j < y.length; j++) {
    fill(j);
    for (let a = 0; a < p; a++) {
      right[a] = right[a] + days[j] * row[a] * y[j];
      for (let b = 0; b <= a; b++) gram[a * p + b] = gram[a * p + b] + days[j] * row[a] * row[b];
    }
  }
  if (!solveInPlace(gram, right, p)) return undefined;
  const slopes = Array.from(right.subarray(1));
  if (slopes.some((slope) => !(slope > 0))) return undefined;
  let sse = 0;
  for (let j = 0; j < y.length; j++) {
    fill(j);
    const error = y[j] - row.reduce((sum, value, a) => sum + value * right[a], 0);
    sse += days[j] * error * error;
  }
  return { sse, base: right[0], slopes };
};

type Trial = Line & { readonly points: readonly number[] };

const better = (
  best: Trial | undefined,
  next: Line | undefined,
  points: readonly number[],
): Trial | undefined =>
  next !== undefined && (best === undefined || next.sse < best.sse) ? { ...next, points } : best;

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / step + 1e-9) + 1) }, (_, j) => from + j * step);

/** Change-point fit of bills: every point of a grid, then a finer one around the best. Sse is in kWh²/day. */
const fitShape = (
  kind: BillKind,
  periods: PeriodSeries,
  degrees: PeriodDegrees,
  chosen: readonly number[],
  [coldest, warmest]: readonly [number, number],
): Trial | undefined => {
  const days = Float64Array.from(chosen, (i) => lengthOf(periods, i));
  const y = Float64Array.from(chosen, (i, j) => periods.energyKwh[i] / days[j]);
  if (kind === 'mean') {
    const total = days.reduce((sum, value) => sum + value, 0);
    const base = y.reduce((sum, value, j) => sum + value * days[j], 0) / total;
    return { base, slopes: [], points: [], sse: y.reduce((sum, v, j) => sum + days[j] * (v - base) ** 2, 0) };
  }
  const sides =
    kind === '5p'
      ? (['heating', 'cooling'] as const)
      : kind === '3p-heating'
        ? (['heating'] as const)
        : (['cooling'] as const);
  const columns = new Map<string, Float64Array>();
  const column = (base: number, side: 'heating' | 'cooling'): Float64Array => {
    const key = `${side}${base.toFixed(3)}`;
    const known = columns.get(key) ?? Float64Array.from(chosen, (i) => degrees(i, base, side));
    columns.set(key, known);
    return known;
  };
  let best: Trial | undefined;
  const attempt = (points: readonly number[]): void => {
    if (points.length === 2 && points[0] > points[1]) return;
    best = better(
      best,
      line(
        y,
        days,
        points.map((point, a) => column(point, sides[a])),
      ),
      points,
    );
  };
  const coarse = range(coldest - BEYOND_C, warmest + BEYOND_C, kind === '5p' ? 2 * GRID_C : GRID_C);
  for (const first of coarse)
    if (kind === '5p') for (const second of coarse) attempt([first, second]);
    else attempt([first]);
  for (const side of sides.keys()) {
    const centre = best?.points;
    if (centre === undefined) break;
    for (const point of range(centre[side] - 2 * GRID_C, centre[side] + 2 * GRID_C, FINE_C))
      attempt(centre.map((value, a) => (a === side ? point : value)));
  }
  return best;
};

const coefficientsOf = ({ base, slopes, points }: Trial): number[] => [
  base,
  ...slopes.flatMap((slope, a) => [slope, points[a]]),
];

export type PeriodFit = {
  /** The coefficients of the daily rung of the same name, kWh/day, kWh/(K·d), °C. */
  readonly model: Coefficients & { readonly kind: ModelKind };
  readonly parameters: number;
  /** Adjusted R2 on average days weighted by the days of each bill. */
  readonly adjustedR2: number;
  /** Variance of one day's energy about the model as the bills show it, kWh². */
  readonly dayVariance: number;
  readonly covariance: readonly (readonly number[])[];
};

/** Consumption of the average day of a period. */
const predictAverageDay = (
  { kind, coefficients: c, nonNegative }: Coefficients,
  degrees: PeriodDegrees,
  i: number,
): number => {
  const warm = kind === '3p-cooling' ? 1 : 3;
  let value = c[0];
  if (kind === '3p-heating' || kind === '5p') value += c[1] * degrees(i, c[2], 'heating');
  if (kind === '3p-cooling' || kind === '5p') value += c[warm] * degrees(i, c[warm + 1], 'cooling');
  return nonNegative ? Math.max(0, value) : value;
};

const STEP = 1e-3;

/** Gradient by central differences: change points move degree sums that have no closed form for bills of known days. */
const averageDayGradient = (model: Coefficients, degrees: PeriodDegrees, i: number): number[] =>
  model.coefficients.map((_, a) => {
    const moved = (by: number): number =>
      predictAverageDay(
        {
          ...model,
          nonNegative: false,
          coefficients: model.coefficients.map((c, b) => (a === b ? c + by : c)),
        },
        degrees,
        i,
      );
    return (moved(STEP) - moved(-STEP)) / (2 * STEP);
  });

const covarianceOf = (
  model: Coefficients,
  periods: PeriodSeries,
  degrees: PeriodDegrees,
  chosen: readonly number[],
  variance: number,
): number[][] => {
  const p = model.coefficients.length;
  const gram = new Float64Array(p * p);
  for (const i of chosen) {
    const row = averageDayGradient(model, degrees, i);
    for (let a = 0; a < p; a++)
      for (let b = 0; b < p; b++) gram[a * p + b] = gram[a * p + b] + lengthOf(periods, i) * row[a] * row[b];
  }
  const inverse =
    inverseOf(Float64Array.from(gram), p) ??
    Float64Array.from(pseudoInverse(Matrix.from1DArray(p, p, Array.from(gram))).to1DArray());
  return Array.from({ length: p }, (_, a) =>
    Array.from(inverse.subarray(a * p, (a + 1) * p), (value) => value * variance),
  );
};

/** Fewest bills for each rung: one more than its parameters, so that something is left to judge it by. */
const carries = (kind: BillKind, bills: number): boolean =>
  bills > parametersOf[kind] + (kind === 'mean' ? 0 : 1);

/**
 * Fits every rung the bills can carry on the days they cover, the weight of a bill being its days (CalTRACK 2.0, 3.4). The best has
 * the highest adjusted R2, which charges for each parameter: with a dozen bills one standard error of a cross-validation is as wide as the
 * difference between a mean and the right line (docs/decisions/0151-bills.md). Undefined when the mask has no bill.
 */
export const fitPeriods = (
  periods: PeriodSeries,
  mask: Uint8Array,
  kinds: readonly BillKind[] = billKinds,
): { readonly best: PeriodFit; readonly all: readonly PeriodFit[] } | undefined => {
  const chosen = Array.from(mask.keys()).filter((i) => mask[i] === 1);
  const degrees = periodDegrees(periods);
  const temperatures = temperatureRange(periods, mask);
  const nonNegative = chosen.every((i) => periods.energyKwh[i] >= 0);
  const flat = chosen.length === 0 ? undefined : fitShape('mean', periods, degrees, chosen, temperatures);
  if (flat === undefined) return undefined;
  const all = kinds.flatMap((kind): PeriodFit[] => {
    if (!carries(kind, chosen.length)) return [];
    const found = fitShape(kind, periods, degrees, chosen, temperatures);
    if (found === undefined) return [];
    const parameters = parametersOf[kind];
    const freedom = Math.max(1, chosen.length - parameters);
    const model: Coefficients = {
      kind,
      coefficients: coefficientsOf(found),
      scaleKwhDay: 1,
      nonNegative,
    };
    const dayVariance = found.sse / freedom;
    return [
      {
        model,
        parameters,
        adjustedR2: flat.sse > 0 ? 1 - (dayVariance * (chosen.length - 1)) / flat.sse : 0,
        dayVariance,
        covariance: covarianceOf(model, periods, degrees, chosen, dayVariance),
      },
    ];
  });
  const best = all.reduce<PeriodFit | undefined>(
    (winner, next) => (winner === undefined || next.adjustedR2 > winner.adjustedR2 ? next : winner),
    undefined,
  );
  return best === undefined ? undefined : { best, all };
};

/** Sum over the periods of a mask and its standard deviation from scatter and coefficients, kWh; drift is not in it. */
export const predictPeriods = (
  fit: PeriodFit,
  periods: PeriodSeries,
  mask: Uint8Array,
): { readonly each: Float64Array; readonly totalKwh: number; readonly spreadKwh: number } => {
  const degrees = periodDegrees(periods);
  const each = new Float64Array(mask.length).fill(Number.NaN);
  const total = new Float64Array(fit.model.coefficients.length);
  let [totalKwh, days] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue;
    const length = lengthOf(periods, i);
    each[i] = length * predictAverageDay(fit.model, degrees, i);
    totalKwh += each[i];
    days += length;
    averageDayGradient(fit.model, degrees, i).forEach((value, a) => {
      total[a] = total[a] + length * value;
    });
  }
  let variance = fit.dayVariance * days;
  fit.covariance.forEach((row, a) => {
    row.forEach((value, b) => {
      variance += total[a] * total[b] * value;
    });
  });
  return { each, totalKwh, spreadKwh: Math.sqrt(Math.max(0, variance)) };
};
