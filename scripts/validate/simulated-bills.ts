import { Z90 } from '#core/quantity.ts';
import type { DailySeries } from '#core/series.ts';
import { fitModel, measureSavings, yearHalfWidthLn, yearlyOf } from '#measure/index.ts';
import { type MeterTruth, normals, plainTruth, simulatedMeter } from './simulated-meter.ts';

/** A series of which only bills of so many days are known, the first starting `offset` days in; a rest at the end is not billed. */
export const billed = (series: DailySeries, lengthDays: number, offset = 0): DailySeries => {
  const { energyKwh, firstDay } = series;
  const count = Math.floor((energyKwh.length - offset) / lengthDays);
  const start = (i: number): number => offset + i * lengthDays;
  return {
    ...series,
    energyKwh: new Float64Array(energyKwh.length).fill(Number.NaN),
    bills: {
      from: Int32Array.from({ length: count }, (_, i) => firstDay + start(i)),
      to: Int32Array.from({ length: count }, (_, i) => firstDay + start(i + 1) - 1),
      energyKwh: Float64Array.from({ length: count }, (_, i) =>
        energyKwh.subarray(start(i), start(i + 1)).reduce((sum, kwh) => sum + kwh, 0),
      ),
      estimated: new Uint8Array(count),
    },
  };
};

/** Scatter of a year about its model that the drawn drift is made of, as a share: that of a quiet meter. */
const YEAR_NOISE = 0.02;
const SAVED = 0.25;
/** Whole bills of both lengths: two years before the works, one after. */
const BEFORE_DAYS = 720;
const AFTER_DAYS = 360;

type BilledCase = {
  /** Energy saved, in percent of what would have been taken. */
  readonly savings: { readonly truth: number; readonly low: number; readonly high: number };
  /** kWh of the coming year, had there been no works. */
  readonly year: { readonly truth: number; readonly low: number; readonly high: number };
  readonly status: string;
};

/**
 * One simulated heating meter of known law, read by bills only: a quarter of its heating is saved after two years, and the
 * year after drifts by as much as the shipped table says that years do. `baselineDays`, whole bills, are learnt from (720 at most).
 */
export const billedCase = (
  seed: number,
  { lengthDays, baselineDays }: { readonly lengthDays: number; readonly baselineDays: number },
): BilledCase => {
  const normal = normals(seed);
  const drift = Math.exp((yearHalfWidthLn('sum', YEAR_NOISE, 1) / Z90) * normal());
  const truth: MeterTruth = {
    ...plainTruth,
    base: 50 * Math.exp(0.5 * normal()),
    slope: 20 * Math.exp(0.3 * normal()),
    balanceC: 16 + normal(),
    noise: 0.15,
  };
  const options = {
    years: (BEFORE_DAYS + AFTER_DAYS + 1) / 365,
    seed: seed + 100_000,
    change: (i: number): number => (i < BEFORE_DAYS ? 1 : drift),
  };
  const untouched = simulatedMeter(truth, options);
  const renovated = simulatedMeter(truth, {
    ...options,
    heatingCut: (i) => (i < BEFORE_DAYS ? 0 : SAVED),
  });
  const series = billed(renovated, lengthDays);
  const { firstDay } = series;
  const baseline = { from: firstDay + BEFORE_DAYS - baselineDays, to: firstDay + BEFORE_DAYS - 1 };
  const reporting = { from: firstDay + BEFORE_DAYS, to: firstDay + BEFORE_DAYS + AFTER_DAYS - 1 };
  const measured = measureSavings(series, { baseline, reporting });
  const fitted = fitModel(series, { baseline });
  if (!measured.ok || !fitted.ok) throw new Error(`Case ${seed} has no result`);
  const after = { ...untouched, outdoorC: untouched.outdoorC.subarray(0, BEFORE_DAYS + AFTER_DAYS) };
  const year = yearlyOf(fitted.value.model, after, 'last');
  if (year === undefined) throw new Error('A simulated year is whole');
  const sum = (one: DailySeries, from: number): number =>
    one.energyKwh.subarray(from, BEFORE_DAYS + AFTER_DAYS).reduce((total, kwh) => total + kwh, 0);
  const without = sum(untouched, BEFORE_DAYS);
  return {
    savings: {
      truth: 100 * (1 - sum(renovated, BEFORE_DAYS) / without),
      low: measured.value.savingsShare.low,
      high: measured.value.savingsShare.high,
    },
    year: { truth: sum(untouched, BEFORE_DAYS + AFTER_DAYS - 365), low: year.low, high: year.high },
    status: measured.value.status,
  };
};
