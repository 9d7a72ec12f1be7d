import { describe, expect, it } from 'vitest';
import { parseDay } from '#core/calendar.ts';
import type { DailySeries } from '#core/series.ts';
import { degreeDayMonths } from '#measure/index.ts';

const first = parseDay('2022-01-01') ?? 0;
const days = 730;
const sure = { value: 20, low: 20, high: 20 };

/** Two years: the first winter half at 8 °C, the second at 3 °C, summers at 25 °C. */
const outdoorC = Float64Array.from({ length: days }, (_, day) =>
  day % 365 >= 120 && day % 365 < 273 ? 25 : day < 365 ? 8 : 3,
);

const meter = (slope: number, base = 20): DailySeries => ({
  timezone: 'UTC',
  firstDay: first,
  energyKwh: outdoorC.map((degrees) => base + slope * Math.max(0, 18 - degrees)),
  outdoorC,
});

const ofMonth = (series: DailySeries, from: string, base = sure) =>
  degreeDayMonths(series, { firstDay: first, outdoorC }, () => base).months.find(
    (month) => month.from === parseDay(from),
  );

describe('months in mean weather', () => {
  it('are worked by hand: January 2022 has 310 K·d, its mean 387.5', () => {
    const january = ofMonth(meter(4), '2022-01-01');
    // 31 days at 18 − 8 = 10 K; the other January 31 · 15 = 465; the mean of both 387.5.
    expect(january?.degreeDays).toBeCloseTo(310, 9);
    expect(january?.referenceDegreeDays).toBeCloseTo(387.5, 9);
    // Read 31 · (20 + 4 · 10) = 1860; base load 620, the rest 1240 · 387.5 / 310 = 1550.
    expect(january?.readKwh).toBeCloseTo(1860, 9);
    expect(january?.normalisedKwh?.value).toBeCloseTo(620 + 1550, 9);
  });

  it('bring two winters of the same building to the same figure, and hold it between their bounds', () => {
    const [cold, mild] = [ofMonth(meter(4), '2023-01-01'), ofMonth(meter(4), '2022-01-01')];
    expect(cold?.readKwh).toBeGreaterThan((mild?.readKwh ?? 0) * 1.2);
    expect(cold?.normalisedKwh?.value).toBeCloseTo(mild?.normalisedKwh?.value ?? 0, 9);
    for (const { low, value, high } of [cold?.normalisedKwh, mild?.normalisedKwh].flatMap(
      (one) => one ?? [],
    )) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
  });

  it('leave a month without heating as it was read', () => {
    const july = ofMonth(meter(4), '2022-07-01');
    expect(july?.normalisedKwh?.value).toBeCloseTo(31 * 20, 9);
  });

  it('are wider the less the base load is known', () => {
    const width = (base: typeof sure): number => {
      const quantity = ofMonth(meter(4), '2022-01-01', base)?.normalisedKwh;
      return (quantity?.high ?? 0) - (quantity?.low ?? 0);
    };
    expect(width({ value: 20, low: 0, high: 40 })).toBeGreaterThan(width(sure));
  });

  it('are not evaluated with too few days, or without a heating line, and a year with such a month neither', () => {
    const series = meter(4);
    // Four days of January are lost: 27 of 31 is below nine tenths.
    const energyKwh = series.energyKwh.map((kwh, day) => (day < 4 ? Number.NaN : kwh));
    const { months, years } = degreeDayMonths(
      { ...series, energyKwh },
      { firstDay: first, outdoorC },
      () => sure,
    );
    expect(months[0]).toMatchObject({ knownDays: 27, normalisedKwh: undefined });
    expect(years.map(({ normalisedKwh }) => normalisedKwh === undefined)).toEqual([true, false]);
    const none = degreeDayMonths(series, { firstDay: first, outdoorC }, () => undefined);
    expect(none.months.every(({ normalisedKwh }) => normalisedKwh === undefined)).toBe(true);
  });

  it('raise a month with a few days missing to its whole', () => {
    const series = meter(4);
    const energyKwh = series.energyKwh.map((kwh, day) => (day < 2 ? Number.NaN : kwh));
    const january = ofMonth({ ...series, energyKwh }, '2022-01-01');
    expect(january?.readKwh).toBeCloseTo(29 * 60, 9);
    expect(january?.normalisedKwh?.value).toBeCloseTo(2170, 9);
  });

  it('add up to the year', () => {
    const { months, years } = degreeDayMonths(meter(4), { firstDay: first, outdoorC }, () => sure);
    const of2022 = months
      .slice(0, 12)
      .reduce((sum, { normalisedKwh }) => sum + (normalisedKwh?.value ?? 0), 0);
    expect(years[0]?.normalisedKwh?.value).toBeCloseTo(of2022, 6);
  });

  it('of a meter without a day are none', () => {
    const empty = { ...meter(4), energyKwh: new Float64Array(days).fill(Number.NaN) };
    expect(degreeDayMonths(empty, { firstDay: first, outdoorC }, () => sure).months).toEqual([]);
  });
});
