import { describe, expect, it } from 'vitest';
import { readingFlag } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { sampleReadings } from '#measure/index.ts';
import { hours } from '../support/samples.ts';
import { valueOf } from '../support/readings.ts';

const paris = valueOf(openZone('Europe/Paris'));
/** Midnight of 1 January 2024 in Paris. */
const newYear = Date.UTC(2023, 11, 31, 23);

describe('readings put together for a picture', () => {
  it('stay as they are while they fit', () => {
    const { step, energyKwh, readings } = sampleReadings(
      hours(newYear, 48, (hour) => hour),
      paris,
      48,
    );
    expect(step).toBe('reading');
    expect([...energyKwh]).toEqual(Array.from({ length: 48 }, (_, hour) => hour));
    expect(new Set(readings)).toEqual(new Set([1]));
  });

  it('become local days, the 23 hours of the spring change one of them, and every kWh is in one', () => {
    // 30 and 31 March and 1 April 2024: 24, 23 and 24 hours.
    const spring = Date.UTC(2024, 2, 29, 23);
    const { step, readings, energyKwh, coveredMs } = sampleReadings(
      hours(spring, 71, () => 2),
      paris,
      10,
    );
    expect(step).toBe('day');
    expect([...readings]).toEqual([24, 23, 24]);
    expect([...energyKwh]).toEqual([48, 46, 48]);
    expect([...coveredMs].map((ms) => ms / 3_600_000)).toEqual([24, 23, 24]);
  });

  it('take the coarsest step where even years are too many', () => {
    const years = hours(newYear, 366 * 24 + 1, () => 1);
    const { step, readings } = sampleReadings(years, paris, 1);
    expect(step).toBe('year');
    expect([...readings]).toEqual([366 * 24, 1]);
  });

  it.each([
    [12, 'month'],
    [53, 'week'],
    [366, 'day'],
  ])('of a year with at most %i points are told by %s', (most, step) => {
    expect(
      sampleReadings(
        hours(newYear, 366 * 24, () => 1),
        paris,
        most,
      ).step,
    ).toBe(step);
  });

  it('keep the peak, the marks, and leave what has no value out', () => {
    const batch = hours(newYear, 48, (hour) => (hour === 30 ? 50 : hour === 3 ? Number.NaN : 1));
    const flags = new Uint16Array(48);
    flags[30] = readingFlag.spike;
    const { readings, highKw, lowKw, flags: kept } = sampleReadings({ ...batch, flags }, paris, 5);
    expect([...readings]).toEqual([23, 24]);
    expect([...highKw]).toEqual([1, 50]);
    expect([...lowKw]).toEqual([1, 1]);
    expect([...kept]).toEqual([0, readingFlag.spike]);
  });

  it('of nothing are nothing', () => {
    expect(
      sampleReadings(
        hours(newYear, 0, () => 1),
        paris,
        10,
      ).startMs,
    ).toHaveLength(0);
  });
});
