import { describe, expect, it } from 'vitest';
import { formatDay } from '#core/calendar.ts';
import type { Readings } from '#core/series.ts';
import { type DailyOptions, type DailyReadings, toDaily } from '#measure/index.ts';

const HOUR_MS = 3_600_000;

/** Hourly readings from an instant, one value an hour; NaN stands for a blank. */
const hourly = (from: string, energyKwh: readonly number[], timezone = 'Europe/Paris'): Readings => {
  const startMs = Float64Array.from(energyKwh, (_, hour) => Date.parse(from) + hour * HOUR_MS);
  return {
    name: 'meter',
    timezone,
    resolution: 'hourly',
    startMs,
    endMs: startMs.map((start) => start + HOUR_MS),
    energyKwh: Float64Array.from(energyKwh),
    rowsRead: energyKwh.length,
    rowsRejected: 0,
    warnings: [],
  };
};

const daily = (readings: Readings, options: DailyOptions = {}): DailyReadings => {
  const result = toDaily(readings, options);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('daily totals', () => {
  it('count 23 hours in March and 25 in October, and lose nothing', () => {
    const march = daily(hourly('2024-03-29T23:00:00Z', ones(24 + 23 + 24))).series;
    expect([...march.energyKwh]).toEqual([24, 23, 24]);
    expect(formatDay(march.firstDay)).toBe('2024-03-30');
    const october = daily(hourly('2024-10-25T22:00:00Z', ones(24 + 25 + 24))).series;
    expect([...october.energyKwh]).toEqual([24, 25, 24]);
  });

  it('raise a day with one hour missing, and leave one with five missing blank', () => {
    const values = ones(72);
    values[30] = Number.NaN;
    for (let hour = 50; hour < 55; hour++) values[hour] = Number.NaN;
    const { series, warnings } = daily(hourly('2024-01-09T23:00:00Z', values));
    expect(series.energyKwh[0]).toBe(24);
    expect(series.energyKwh[1]).toBeCloseTo(24, 9);
    expect(series.energyKwh[2]).toBeNaN();
    expect(warnings.map(({ code }) => code)).toEqual(['day-completed', 'day-incomplete']);
  });

  it('take zeros as missing only where told, and only in runs that hold a cold day', () => {
    const values = [...ones(24), ...ones(48).map(() => 0), ...ones(24)];
    const firstDay = 19_732;
    const cold = { firstDay, outdoorC: Float64Array.from([5, 5, 5, 5]) };
    const warm = { firstDay, outdoorC: Float64Array.from([15, 15, 15, 15]) };
    const readings = hourly('2024-01-09T23:00:00Z', values);
    expect([...daily(readings, { weather: cold }).series.energyKwh]).toEqual([24, 0, 0, 24]);
    expect([...daily(readings, { weather: cold, zeros: 'missing' }).series.energyKwh]).toEqual([
      24,
      Number.NaN,
      Number.NaN,
      24,
    ]);
    expect([...daily(readings, { weather: warm, zeros: 'missing' }).series.energyKwh]).toEqual([
      24, 0, 0, 24,
    ]);
    expect([...daily(readings, { zeros: 'missing' }).series.energyKwh]).toEqual([
      24,
      Number.NaN,
      Number.NaN,
      24,
    ]);
  });

  it('join the weather by day and leave it unknown where it stops', () => {
    const weather = { firstDay: 19_733, outdoorC: Float64Array.from([7]) };
    expect([...daily(hourly('2024-01-09T23:00:00Z', ones(72)), { weather }).series.outdoorC]).toEqual([
      Number.NaN,
      7,
      Number.NaN,
    ]);
  });

  it('are refused for bills', () => {
    const bills = { ...hourly('2024-01-09T23:00:00Z', ones(3)), resolution: 'monthly' as const };
    const result = toDaily(bills);
    expect(result.ok ? 'accepted' : result.error.code).toBe('readings-not-daily');
  });
});
