import { describe, expect, it } from 'vitest';
import { dayNumber } from '#core/calendar.ts';
import type { HourlySeries, Readings } from '#core/series.ts';
import {
  fitHourly,
  fitJson,
  type HourlyFitOutcome,
  modelJsonSchema,
  modelRecord,
  toHourly,
} from '#measure/index.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import { hourlyMeter, officeLoad } from '../support/hourly-meter.ts';

const HOUR_MS = 3_600_000;
const first = { from: dayNumber(2022, 1, 1), to: dayNumber(2022, 12, 31) };
const second = { from: dayNumber(2023, 1, 1), to: dayNumber(2023, 12, 31) };

const readings = (
  startMs: number,
  stepMs: number,
  energyKwh: readonly number[],
  timezone: string,
  resolution: Readings['resolution'],
): Readings => {
  const starts = Float64Array.from(energyKwh, (_, k) => startMs + k * stepMs);
  return {
    name: 'meter.csv',
    timezone,
    resolution,
    startMs: starts,
    endMs: starts.map((start) => start + stepMs),
    energyKwh: Float64Array.from(energyKwh),
    rowsRead: energyKwh.length,
    rowsRejected: 0,
    warnings: [],
  };
};

const hoursOf = (given: Readings, zone?: string): HourlySeries => {
  const hourly = toHourly(given, undefined, zone);
  if (!hourly.ok) throw new Error(hourly.error.code);
  return hourly.value.series;
};

describe('readings to hours', () => {
  it('sums quarters, raises an hour with one missing, drops one with two missing', () => {
    const quarters = [1, 1, 1, 1, 2, 2, 2, Number.NaN, 3, Number.NaN, Number.NaN, 3];
    const { energyKwh } = hoursOf(
      readings(Date.UTC(2024, 0, 10), HOUR_MS / 4, quarters, 'UTC', 'sub-hourly'),
    );
    expect(Array.from(energyKwh)).toEqual([4, 8, Number.NaN]);
  });

  it('knows the local hour through both changes of clock', () => {
    // 31 March 2024, Paris: 02:00 to 03:00 does not exist; 27 October: it comes twice.
    const spring = hoursOf(
      readings(Date.UTC(2024, 2, 30, 23), HOUR_MS, [1, 1, 1, 1], 'Europe/Paris', 'hourly'),
    );
    expect(Array.from(spring.localHour)).toEqual([0, 1, 3, 4]);
    const autumn = hoursOf(
      readings(Date.UTC(2024, 9, 26, 22), HOUR_MS, [1, 1, 1, 1], 'Europe/Paris', 'hourly'),
    );
    expect(Array.from(autumn.localHour)).toEqual([0, 1, 2, 2]);
  });

  it('reads habits in the zone people live by when the clock of the file is another', () => {
    const { localHour } = hoursOf(
      readings(Date.UTC(2024, 6, 1), HOUR_MS, [1], 'UTC', 'hourly'),
      'Europe/London',
    );
    expect(localHour[0]).toBe(1);
  });

  it('starts hours on the half where the zone does', () => {
    const { localHour, energyKwh } = hoursOf(
      readings(Date.UTC(2024, 0, 1, 18, 30), HOUR_MS, [5, 6], 'Asia/Kolkata', 'hourly'),
    );
    expect(Array.from(localHour)).toEqual([0, 1]);
    expect(Array.from(energyKwh)).toEqual([5, 6]);
  });

  it('refuses days with a reason', () => {
    const hourly = toHourly(readings(0, 24 * HOUR_MS, [1, 2], 'UTC', 'daily'));
    expect(hourly.ok ? 'read' : hourly.error.code).toBe('readings-not-hourly');
  });
});

const office = hourlyMeter(730, officeLoad, { noise: 4, memory: 0.8, seed: 7 });

const fitted = (series: HourlySeries = office, predict = false): HourlyFitOutcome => {
  const fit = fitHourly(series, { baseline: first, ...(predict ? { predict: second } : {}) });
  if (!fit.ok) throw new Error(fit.error.code);
  return fit.value;
};

describe('an hourly fit', () => {
  it('reads the office: hours of use, slopes, loads in the field’s units', () => {
    const { parameters } = fitted();
    expect(parameters['occupiedHours']?.value).toBeCloseTo(50, 0);
    const slope = parameters['heatingSlopeOccupied'];
    expect(slope?.unit).toBe('kWh/(K·h)');
    expect(slope?.low).toBeLessThan(1.5);
    expect(slope?.high).toBeGreaterThan(1.5);
    expect(Math.abs(parameters['coolingSlopeOccupied']?.value ?? 9)).toBeLessThan(0.15);
  });

  it('predicts the next year within its interval, and its days within theirs', () => {
    const { predicted, rows, outOfSample } = fitted(office, true);
    const truth = office.energyKwh.subarray(365 * 24, 730 * 24).reduce((a, b) => a + b, 0);
    expect(predicted.low).toBeLessThan(truth);
    expect(predicted.high).toBeGreaterThan(truth);
    expect(Math.abs(outOfSample?.nmbe ?? 9)).toBeLessThan(1);
    const inside = rows.filter(({ actual, low, high }) => actual >= low && actual <= high).length;
    expect(inside / rows.length).toBeGreaterThan(0.85);
  });

  it('answers in the published shape, and so does its record', () => {
    const fit = fitted(office, true);
    const json = fitJson(fit, 'en', undefined, 'hourly');
    expect(modelJsonSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    const ledger = { work: 'fit', wallMs: 1, cpuMs: 1, peakRssMb: 1, energyJ: cpuEnergyJ(1) };
    const record = modelRecord(fit, { dataHash: '', readings: '', version: '1', ledger });
    expect(record.resolution).toBe('hourly');
    expect(record.model['profile']).toHaveLength(168);
  });
});

const changed = (change: (value: number, i: number) => number): HourlySeries => ({
  ...office,
  energyKwh: office.energyKwh.map(change),
});

const refusal = (series: HourlySeries): string => {
  const fit = fitHourly(series, { baseline: first });
  return fit.ok ? 'fitted' : fit.error.code;
};

describe('bad hours', () => {
  it.each([
    ['too-little-data', changed((y, i) => (i < 200 ? y : Number.NaN))],
    ['no-consumption', changed(() => 0)],
    ['net-export', changed((y) => -y)],
  ])('%s is a refusal', (code, series) => {
    expect(refusal(series)).toBe(code);
  });

  it('without temperature only profiles are left, and it is said', () => {
    const { model, disqualified } = fitted({ ...office, outdoorC: office.outdoorC.map(() => Number.NaN) });
    expect(model.kind).toMatch(/^hourly-/);
    expect(disqualified.map(({ code }) => code)).toContain('no-temperature');
  });

  it('a few absurd hours do not bend it, and it is said', () => {
    const { parameters, warnings } = fitted(changed((y, i) => (i % 1500 === 7 ? 500 * y : y)));
    expect(warnings.map(({ code }) => code)).toContain('outliers-set-aside');
    expect(parameters['meanLoad']?.value).toBeCloseTo(fitted().parameters['meanLoad']?.value ?? 0, 0);
  });

  it('a silent week is missing, and it is said; `real` keeps it', () => {
    const silent = changed((y, i) => (i >= 500 && i < 668 ? 0 : y));
    const read = fitted(silent);
    expect(read.warnings.map(({ code }) => code)).toContain('zeros-as-missing');
    expect(read.model.metrics.n).toBe(365 * 24 - 168);
    const kept = fitHourly(silent, { baseline: first, zeros: 'real' });
    expect(kept.ok && kept.value.model.metrics.n).toBe(365 * 24);
  });

  it('half a year makes no claim about a year, and widens the interval', () => {
    const short = fitHourly(office, {
      baseline: { from: first.from, to: first.from + 100 },
      predict: second,
    });
    if (!short.ok) throw new Error(short.error.code);
    expect(short.value.disqualified.map(({ code }) => code)).toEqual(['too-short', 'season-missing']);
    const width = ({ predicted }: HourlyFitOutcome): number =>
      (predicted.high - predicted.low) / predicted.value;
    expect(width(short.value)).toBeGreaterThan(3 * width(fitted(office, true)));
  });
});
