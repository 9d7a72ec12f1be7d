import { describe, expect, it } from 'vitest';
import { parseDay } from '#core/calendar.ts';
import { openZone } from '#core/timezone.ts';
import { applyDecisions, type DecidedDays } from '#measure/index.ts';

const hourMs = 3_600_000;
const opened = openZone('Europe/Paris');
if (!opened.ok) throw new Error('no zone');
const paris = opened.value;

/** Hours from local midnight of 1 January 2024 in Paris (23:00 UTC the day before), each of 1 kWh. */
const startMs = Float64Array.from({ length: 72 }, (_, i) => Date.UTC(2023, 11, 31, 23) + i * hourMs);
const readings = {
  startMs,
  endMs: startMs.map((start) => start + hourMs),
  energyKwh: new Float64Array(72).fill(1),
};

const day = (text: string): number => parseDay(text) ?? Number.NaN;

const decision = (one: Partial<DecidedDays>): DecidedDays => ({
  id: 1,
  from: day('2024-01-02'),
  to: day('2024-01-02'),
  action: 'exclude',
  by: 'Ada',
  ...one,
});

describe('decisions about readings', () => {
  it('exclude the local days named and no hour more, leaving what was given untouched', () => {
    const { energyKwh, warnings } = applyDecisions(readings, [decision({})], paris);
    expect(energyKwh.slice(0, 24).every((kwh) => kwh === 1)).toBe(true);
    expect(energyKwh.slice(24, 48).every((kwh) => Number.isNaN(kwh))).toBe(true);
    expect(energyKwh.slice(48).every((kwh) => kwh === 1)).toBe(true);
    expect(readings.energyKwh.every((kwh) => kwh === 1)).toBe(true);
    expect(warnings[0]).toMatchObject({ code: 'decision-excluded' });
    expect(warnings[0]?.message.en).toContain('24 readings of 2024-01-02/2024-01-02 are left out');
  });

  it('correct by a factor, and confirm the days corrected or kept', () => {
    const { energyKwh, confirmedDays, warnings } = applyDecisions(
      readings,
      [
        decision({ action: 'correct', factor: 1000 }),
        decision({ from: day('2024-01-03'), to: day('2024-01-03'), action: 'keep' }),
      ],
      paris,
    );
    expect(energyKwh[24]).toBe(1000);
    expect(energyKwh[48]).toBe(1);
    expect([...confirmedDays]).toEqual([day('2024-01-02'), day('2024-01-03')]);
    expect(warnings.map(({ code }) => code)).toEqual(['decision-corrected', 'decision-kept']);
  });

  it('give way to a later one on the same day', () => {
    const { energyKwh } = applyDecisions(
      readings,
      [decision({ from: day('2024-01-01'), to: day('2024-01-03') }), decision({ id: 2, action: 'keep' })],
      paris,
    );
    expect(Number.isNaN(energyKwh[0] ?? 0)).toBe(true);
    expect(energyKwh[24]).toBe(1);
    expect(Number.isNaN(energyKwh[71] ?? 0)).toBe(true);
  });
});
