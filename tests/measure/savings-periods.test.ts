import { describe, expect, it } from 'vitest';
import { calendarSavings } from '#measure/index.ts';
import { simulatePeriods } from '../../scripts/validate/simulated-periods.ts';
import { plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';

describe('savings of calendar periods', () => {
  it('hold the truth about nine times in ten when months drift as the table says', () => {
    const { months, soFar, years } = simulatePeriods(60, 11);
    for (const { held, n } of [months, soFar, years]) expect(held / n).toBeGreaterThan(0.83);
    expect(months.held / months.n).toBeLessThan(0.98);
  });

  it('are wider than the drift of the year in a summer month, whose boiler may stop', () => {
    const series = simulatedMeter(plainTruth, { years: 2, seed: 5 });
    const stopped = series.energyKwh.map((kwh, i) => (i >= 365 + 181 && i < 365 + 212 ? 0 : kwh));
    const calendar = calendarSavings(
      { ...series, energyKwh: stopped },
      { baseline: year(2021), reporting: year(2022), zeros: 'real' },
    );
    if (!calendar.ok) throw new Error(calendar.error.code);
    const [january, july] = [calendar.value.months[0], calendar.value.months[6]];
    const half = (one: typeof july): number => ((one?.savings.high ?? 0) - (one?.savings.low ?? 0)) / 2;
    const meanMonth = series.energyKwh.subarray(0, 365).reduce((sum, kwh) => sum + kwh, 0) / 12;
    expect(half(july) / meanMonth).toBeGreaterThan(0.13);
    expect(half(january)).toBeGreaterThan(half(july));
    expect(july?.savings.low).toBeGreaterThanOrEqual(0);
  });

  it('tell no share of a month that would have taken next to nothing', () => {
    const series = simulatedMeter({ ...plainTruth, base: 0.5 }, { years: 2, seed: 6 });
    const calendar = calendarSavings(series, { baseline: year(2021), reporting: year(2022) });
    if (!calendar.ok) throw new Error(calendar.error.code);
    expect(calendar.value.months[0]?.savingsShare).not.toBeNull();
    expect(calendar.value.months[6]?.savingsShare).toBeNull();
    expect(Number.isFinite(calendar.value.months[6]?.savings.low)).toBe(true);
  });
});
