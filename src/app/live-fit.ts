import type { LiveFit } from '#correct/index.ts';
import {
  expectedDays,
  fitHourly,
  fitModel,
  knownWithin,
  type ModelRecord,
  readByBills,
  toHourly,
  weatherOfDays,
} from '#measure/index.ts';
import type { DayRange, HolidayCountry } from '../core/calendar.ts';
import { ok } from '../core/result.ts';
import { goodness } from '../core/statistics/index.ts';
import type { MeterSeries } from './daily-series.ts';
import { lastYear } from './building-state.ts';
import { hashOfDays, hashOfHours } from './data-hash.ts';

const daysWith = (energyKwh: ArrayLike<number>, dayOf: (i: number) => number, range: DayRange): number => {
  const days = new Set<number>();
  for (let i = energyKwh.length - 1; i >= 0; i--) {
    const day = dayOf(i);
    if (day < range.from) break;
    if (day <= range.to && Number.isFinite(energyKwh[i])) days.add(day);
  }
  return days.size;
};

/**
 * The live model of a meter on local days: energy in kWh, its fit and the trial of a candidate on days it
 * never saw.
 */
export const liveDays = (
  { series }: Pick<MeterSeries, 'series'>,
  holidays: HolidayCountry = 'FR',
): LiveFit => ({
  resolution: 'daily',
  daysRead: (range) => daysWith(series.energyKwh, (i) => series.firstDay + i, range),
  expected: (record, range) => expectedDays(record, series, range),
  fit: (options) => fitModel(series, options),
  hash: (window) => hashOfDays(series, window),
  tryOut: (baseline, trial, kinds) => {
    const fitted = fitModel(series, { baseline, predict: trial, holidays, ...(kinds && { kinds }) });
    if (!fitted.ok) return undefined;
    const { outOfSample, signature } = fitted.value;
    if (outOfSample === undefined || signature === undefined) return undefined;
    const { slopeKwhKDay, balancePointC, baseKwhDay } = signature;
    return {
      cvRmsePercent: outOfSample.cvRmse,
      days: outOfSample.n,
      heating: { slopeKwhKDay, balancePointC, baseLoadKwhDay: baseKwhDay },
    };
  },
});

/** Two years hold a dozen bills of two months, half a year three of them to judge by. */
const BILL_SPAN = { yearDays: 730, trialDays: 190 } as const;

/** Undefined where the last year is not read by bills. */
const liveBills = (read: Pick<MeterSeries, 'series'>): LiveFit | undefined => {
  const { series } = read;
  if (!readByBills(series, lastYear(series))) return undefined;
  return {
    ...liveDays(read),
    resolution: 'bills',
    span: BILL_SPAN,
    daysRead: (range) => knownWithin(series, range).days.length,
    // Bills come too late and too seldom for a nightly watch.
    expected: () => undefined,
  };
};

/** Undefined where the readings are no hours. */
const liveHours = ({ readings, weather, series: { closures } }: MeterSeries): LiveFit | undefined => {
  if (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly') return undefined;
  const hourly = toHourly(readings);
  if (!hourly.ok) return undefined;
  const { series: hours, warnings } = weatherOfDays(hourly.value.series, weather);
  const series = closures === undefined ? hours : { ...hours, closures };
  const told = [...hourly.value.warnings, ...warnings];
  return {
    resolution: 'hourly',
    daysRead: (range) => daysWith(series.energyKwh, (i) => series.localDay[i], range),
    // A model of hours is watched by its schedule alone.
    expected: () => undefined,
    fit: (options) => {
      const fitted = fitHourly(series, options);
      return fitted.ok ? ok({ ...fitted.value, warnings: [...told, ...fitted.value.warnings] }) : fitted;
    },
    hash: (window) => hashOfHours(series, window),
    tryOut: (baseline, trial, kinds) => {
      const fitted = fitHourly(series, { baseline, predict: trial, holidays: 'FR', ...(kinds && { kinds }) });
      if (!fitted.ok) return undefined;
      const { rows } = fitted.value;
      const judged = goodness(
        Float64Array.from(rows, ({ actual }) => actual),
        Float64Array.from(rows, ({ predicted }) => predicted),
        0,
      );
      return judged.n === 0 ? undefined : { cvRmsePercent: judged.cvRmse, days: judged.n };
    },
  };
};

/** How a meter is fitted: by bills where only they know its last year, in hours where it is read so, else in days. A record is tried again in its own resolution. */
export const liveFits = (
  read: MeterSeries,
): { readonly live: LiveFit; readonly of: (resolution: ModelRecord['resolution']) => LiveFit } => {
  const days = liveDays(read);
  const bills = liveBills(read);
  const hours = bills === undefined ? liveHours(read) : undefined;
  return {
    live: bills ?? hours ?? days,
    of: (resolution) =>
      (resolution === 'hourly' ? hours : resolution === 'bills' ? bills : undefined) ?? days,
  };
};
