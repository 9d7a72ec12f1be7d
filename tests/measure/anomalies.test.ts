import { describe, expect, it } from 'vitest';
import { weekday } from '#core/calendar.ts';
import type { DailySeries, Readings } from '#core/series.ts';
import { heatingHabits } from '#measure/index.ts';

const FIRST = 20_000;
const DAYS = 365;
const HOUR = 3_600_000;
const line = { baseKwhDay: 20, slopeKwhKDay: 30, balancePointC: 16 };

/** Outdoor temperature of a year, cold at both ends. */
const outdoor = (day: number): number => 12 - 8 * Math.cos((2 * Math.PI * (day - FIRST)) / DAYS);
const heat = (day: number): number => 30 * Math.max(0, 16 - outdoor(day));

/** A year whose weekends take `weekend` of a working day's heat. */
const year = (weekend: number): DailySeries => {
  const days = Array.from({ length: DAYS }, (_, i) => FIRST + i);
  return {
    timezone: 'Europe/Paris',
    firstDay: FIRST,
    energyKwh: Float64Array.from(days, (day) => 20 + heat(day) * (weekday(day) >= 5 ? weekend : 1)),
    outdoorC: Float64Array.from(days, outdoor),
  };
};

/** Hours of the same year; from midnight to 6 the power is `night` of what it is by day. */
const hours = (night: number): Readings => {
  const startMs = Float64Array.from({ length: DAYS * 24 }, (_, i) => FIRST * 24 * HOUR + i * HOUR);
  return {
    name: 'test',
    timezone: 'UTC',
    resolution: 'hourly',
    startMs,
    endMs: startMs.map((start) => start + HOUR),
    energyKwh: startMs.map((start) => {
      const day = Math.floor(start / (24 * HOUR));
      const hour = (start / HOUR) % 24;
      return 20 / 24 + (heat(day) / 24) * (hour < 6 ? night : 1);
    }),
    rowsRead: DAYS * 24,
    rowsRejected: 0,
    warnings: [],
  };
};

const codes = (series: DailySeries, readings?: Readings): string[] =>
  heatingHabits(series, line, readings).map(({ code }) => code);

describe('habits that a meter shows', () => {
  it('weekends heated like working days are told, with what goes there a year', () => {
    const [found] = heatingHabits(year(1), line);
    expect(found?.code).toBe('weekend-heating');
    expect(found?.ratio).toBeCloseTo(1, 6);
    const weekendKwh = Array.from({ length: DAYS }, (_, i) => FIRST + i)
      .filter((day) => weekday(day) >= 5)
      .reduce((sum, day) => sum + heat(day), 0);
    expect(found?.energyKwhYear).toBeCloseTo((weekendKwh * 365.25) / 365, 3);
  });

  it('a set-back of a third at weekends and at night is none', () => {
    expect(codes(year(0.67), hours(0.6))).toEqual([]);
  });

  it('nights heated like days are told from hourly readings alone', () => {
    expect(codes(year(0.5), hours(1))).toEqual(['night-heating']);
    expect(codes(year(0.5))).toEqual([]);
    const daily: Readings = { ...hours(1), resolution: 'daily' };
    expect(codes(year(0.5), daily)).toEqual([]);
  });

  it('nothing is said of a month, of unknown days or of a meter without heating', () => {
    const short = {
      ...year(1),
      energyKwh: year(1).energyKwh.subarray(0, 40),
      outdoorC: year(1).outdoorC.subarray(0, 40),
    };
    expect(codes(short, hours(0.5))).toEqual([]);
    expect(codes({ ...year(1), energyKwh: new Float64Array(DAYS).fill(Number.NaN) })).toEqual([]);
    expect(heatingHabits(year(1), { ...line, slopeKwhKDay: 0 })).toEqual([]);
  });
});
