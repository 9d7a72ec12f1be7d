import type { Trial } from '#correct/index.ts';
import {
  fitHourly,
  fitModel,
  type FitOptions,
  type FitOutcome,
  type HourlyFitOutcome,
  type ModelRecord,
  toHourly,
  weatherOfDays,
} from '#measure/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { ok, type Result } from '../core/result.ts';
import { goodness } from '../core/statistics/index.ts';
import type { MeterSeries } from './daily-series.ts';
import { hashOfDays, hashOfHours } from './data-hash.ts';

/** The readings of a meter as the ladder of one resolution takes them: what retraining fits, tries and hashes. */
export type LiveFit = {
  readonly fit: (options: FitOptions) => Result<FitOutcome | HourlyFitOutcome>;
  /** SHA-256 of what a fit of the window sees. */
  readonly hash: (window: DayRange) => string;
  /** Fits on the baseline and judges on the trial, in days whatever the resolution; undefined where neither can be. */
  readonly tryOut: (baseline: DayRange, trial: DayRange) => Trial | undefined;
};

export const liveDays = ({ series }: MeterSeries): LiveFit => ({
  fit: (options) => fitModel(series, options),
  hash: (window) => hashOfDays(series, window),
  tryOut: (baseline, trial) => {
    const fitted = fitModel(series, { baseline, predict: trial, holidays: 'FR' });
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

/** Undefined where the readings are no hours. */
export const liveHours = ({ readings, weather, series: { closures } }: MeterSeries): LiveFit | undefined => {
  if (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly') return undefined;
  const hourly = toHourly(readings);
  if (!hourly.ok) return undefined;
  const { series: hours, warnings } = weatherOfDays(hourly.value.series, weather);
  const series = closures === undefined ? hours : { ...hours, closures };
  const told = [...hourly.value.warnings, ...warnings];
  return {
    fit: (options) => {
      const fitted = fitHourly(series, options);
      return fitted.ok ? ok({ ...fitted.value, warnings: [...told, ...fitted.value.warnings] }) : fitted;
    },
    hash: (window) => hashOfHours(series, window),
    tryOut: (baseline, trial) => {
      const fitted = fitHourly(series, { baseline, predict: trial, holidays: 'FR' });
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

/** How a meter is fitted: in hours where it is read so, else in days. A record is tried again in its own resolution. */
export const liveFits = (
  read: MeterSeries,
): { readonly live: LiveFit; readonly of: (resolution: ModelRecord['resolution']) => LiveFit } => {
  const days = liveDays(read);
  const hours = liveHours(read);
  return {
    live: hours ?? days,
    of: (resolution) => (resolution === 'hourly' && hours !== undefined ? hours : days),
  };
};
