import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { dayNumber, formatDay } from '#core/calendar.ts';
import { meanOf } from '#core/random.ts';
import { type DailySeries, type Readings, readingFlag } from '#core/series.ts';
import {
  billedWindow,
  fitModel,
  knownWithin,
  lastKnownDay,
  measureSavings,
  normalisedSavings,
  readByBills,
  signatureEvidence,
  toSeries,
  wholeBills,
  yearlyOf,
} from '#measure/index.ts';
import { billed, billedCase } from '../../scripts/validate/simulated-bills.ts';
import { plainTruth, simulatedMeter } from '../../scripts/validate/simulated-meter.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const DAY_MS = 86_400_000;
const firstDay = dayNumber(2022, 1, 1);
type Stated = { from: number; to: number; kwh: number; estimated?: boolean };

/** Readings of intervals in days after 1 January 2022, `to` excluded. */
const readings = (stated: readonly Stated[], resolution: Readings['resolution'] = 'monthly'): Readings => ({
  name: 'bills.csv',
  timezone: 'UTC',
  resolution,
  startMs: Float64Array.from(stated, ({ from }) => (firstDay + from) * DAY_MS),
  endMs: Float64Array.from(stated, ({ to }) => (firstDay + to) * DAY_MS),
  energyKwh: Float64Array.from(stated, ({ kwh }) => kwh),
  flags: Uint16Array.from(stated, ({ estimated }) => (estimated ? readingFlag.estimated : 0)),
  rowsRead: stated.length,
  rowsRejected: 0,
  warnings: [],
});

const read = (given: Readings) => {
  const series = toSeries(given, {
    weather: { firstDay: firstDay - 10, outdoorC: new Float64Array(1500).fill(10) },
  });
  if (!series.ok) throw new Error(series.error.message.en);
  return series.value;
};

const spans = ({ bills }: DailySeries): string[] =>
  bills === undefined
    ? []
    : Array.from(
        bills.from,
        (from, i) => `${formatDay(from)}/${formatDay(bills.to[i])} ${bills.energyKwh[i]}`,
      );

describe('readings of several days', () => {
  it('are bills of local days, without a day of their own', () => {
    const { series, warnings } = read(
      readings([
        { from: 0, to: 31, kwh: 310 },
        { from: 31, to: 59, kwh: 280 },
      ]),
    );
    expect(spans(series)).toEqual(['2022-01-01/2022-01-31 310', '2022-02-01/2022-02-28 280']);
    expect([...series.energyKwh].every(Number.isNaN)).toBe(true);
    expect([...series.outdoorC]).toEqual(Array.from({ length: 59 }, () => 10));
    expect(warnings).toEqual([]);
    expect(lastKnownDay(series)).toBe(firstDay + 58);
  });

  it('joins an estimated bill to the read that settles it, and leaves out the one that none settles', () => {
    const { series, warnings } = read(
      readings([
        { from: 0, to: 30, kwh: 100, estimated: true },
        { from: 30, to: 60, kwh: 500 },
        { from: 60, to: 90, kwh: 300 },
        { from: 90, to: 120, kwh: 50, estimated: true },
      ]),
    );
    expect(spans(series)).toEqual(['2022-01-01/2022-03-01 600', '2022-03-02/2022-03-31 300']);
    expect([...(series.bills?.estimated ?? [])]).toEqual([1, 0]);
    expect(warnings.map(({ code }) => code)).toEqual(['bills-estimated', 'bills-unsettled']);
  });

  it('keeps the shorter of bills that overlap and gives a shared day to the bill that ends on it', () => {
    const { series, warnings } = read(
      readings([
        { from: 0, to: 365, kwh: 9999 },
        { from: 0.5, to: 31, kwh: 310 },
        { from: 30, to: 60, kwh: 280 },
      ]),
    );
    expect(spans(series)).toEqual(['2022-01-02/2022-01-31 310', '2022-02-01/2022-03-01 280']);
    expect(warnings.find(({ code }) => code === 'bills-overlap')?.message.en).toContain(
      '2022-01-01/2022-12-31',
    );
  });

  it('tells a gap that nothing counts', () => {
    const { warnings } = read(
      readings([
        { from: 0, to: 31, kwh: 310 },
        { from: 59, to: 90, kwh: 280 },
      ]),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.code).toBe('bills-gap');
    expect(warnings[0]?.message.fr).toContain('2022-02-01/2022-02-28');
  });

  it('stand beside days: a bill of known days goes, days inside a bill are in it', () => {
    const days = Array.from({ length: 60 }, (_, i) => ({ from: 80 + i, to: 81 + i, kwh: 10 }));
    const { series, warnings } = read(
      readings(
        [
          { from: 0, to: 60, kwh: 900 },
          { from: 60, to: 100, kwh: 500 },
          { from: 100, to: 130, kwh: 300 },
          ...days,
        ].toSorted((a, b) => a.from - b.from),
        'daily',
      ),
    );
    expect(spans(series)).toEqual(['2022-01-01/2022-03-01 900', '2022-03-02/2022-04-10 500']);
    expect(warnings.map(({ code }) => code)).toEqual(['bills-and-days']);
    expect(series.energyKwh.filter(Number.isFinite)).toHaveLength(40);
    expect(knownWithin(series, { from: firstDay, to: firstDay + 139 })).toMatchObject({ energyKwh: 1800 });
  });
});

const meter = simulatedMeter(plainTruth, { years: 3, seed: 4 });
const start = meter.firstDay;
const bills = billed(meter, 60);

describe('the window of a meter of bills', () => {
  it('goes back to a dozen bills and begins with one', () => {
    const last = { from: start + 1080 - 365, to: start + 1079 };
    expect(readByBills(bills, last)).toBe(true);
    expect(billedWindow(bills, last, start)).toEqual({ from: start + 360, to: start + 1079 });
    // Works before bound it: what is left of the year is all there is.
    expect(billedWindow(bills, last, start + 700)).toEqual({ from: last.from, to: last.to });
    expect(billedWindow(meter, last, start)).toEqual(last);
  });

  it('draws a period out to the end of the bill it cuts', () => {
    expect(wholeBills(bills, { from: start + 60, to: start + 424 }, start + 2000).to).toBe(start + 479);
    expect(wholeBills(bills, { from: start + 60, to: start + 424 }, start + 470).to).toBe(start + 424);
  });
});

describe('a year of bills', () => {
  const baseline = { from: start, to: start + 719 };
  const fit = fitModel(bills, { baseline });
  const twin = blockOfFlats();

  it('gives the consumption of a year and counts days, not bills, against ignorance', () => {
    if (!fit.ok) throw new Error(fit.error.message.en);
    expect(fit.value.model.bills).toEqual({ count: 12, days: 720 });
    const year = yearlyOf(fit.value.model, { ...bills, outdoorC: bills.outdoorC.subarray(0, 720) }, 'last');
    const truth = meter.energyKwh.subarray(355, 720).reduce((sum, kwh) => sum + kwh, 0);
    expect(year?.value).toBeGreaterThan(0.97 * truth);
    expect(year?.value).toBeLessThan(1.03 * truth);
    expect((year?.high ?? 0) / (year?.low ?? 1)).toBeLessThan(1.4);
    expect(year?.basis).toContain('12 bills that cover 720 days');
  });

  it('calibrates the twin, less surely than as many days do', () => {
    const days = fitModel(meter, { baseline });
    if (!fit.ok || !days.ok) throw new Error('Both fit');
    const [byBills, byDays] = [fit.value, days.value].map((one) => signatureEvidence(one));
    if (byBills === undefined || byDays === undefined) throw new Error('Both heat');
    const prior = priorFromTwin(twin);
    const options = { draws: 2000, seed: 3 };
    const lossOf = (evidence: typeof byBills | undefined): Float64Array => {
      const { totalH, heatedShare, efficiency } = calibrate(prior, evidence, options);
      return totalH.map((h, i) => Math.log((h * heatedShare[i]) / efficiency[i]));
    };
    const spread = (values: Float64Array): number =>
      Math.sqrt(meanOf(values.map((value) => (value - meanOf(values)) ** 2)));
    const [before, withBills, withDays] = [undefined, byBills, byDays].map(lossOf);
    expect(spread(withBills)).toBeLessThan(0.5 * spread(before));
    expect(spread(withBills)).toBeGreaterThan(spread(withDays));
    // The meter's slope against the twin's own: the draws go where the bills say.
    const told = Math.log((1000 * byBills.slopeKwhKDay) / 24);
    expect(Math.abs(meanOf(withBills) - told)).toBeLessThan(0.3 * Math.abs(meanOf(before) - told));
  });

  it('of three bills is refused with what is missing', () => {
    const few = fitModel(bills, { baseline: { from: start, to: start + 179 } });
    expect(few.ok).toBe(false);
    if (few.ok) return;
    expect(few.error.code).toBe('too-few-bills');
    expect(few.error.message.fr).toMatch(/^3 factures .* au moins 6/);
  });

  it('without the temperature of its days is refused for that', () => {
    const blind = { ...bills, outdoorC: new Float64Array(bills.outdoorC.length).fill(Number.NaN) };
    const refused = fitModel(blind, { baseline });
    expect(refused).toMatchObject({ ok: false, error: { code: 'too-few-bills' } });
    if (!refused.ok) expect(refused.error.message.en).toContain('12 bills in the baseline');
  });
});

describe('bills, then days', () => {
  const mixed: DailySeries = {
    ...bills,
    energyKwh: meter.energyKwh.map((kwh, i) => (i >= 720 ? kwh : Number.NaN)),
    bills: {
      from: (bills.bills?.from ?? new Int32Array()).subarray(0, 12),
      to: (bills.bills?.to ?? new Int32Array()).subarray(0, 12),
      energyKwh: (bills.bills?.energyKwh ?? new Float64Array()).subarray(0, 12),
      estimated: new Uint8Array(12),
    },
  };
  const baseline = { from: start, to: start + 719 };
  const reporting = { from: start + 720, to: start + 1084 };

  it('are judged by bills where one side has nothing else', () => {
    const measured = measureSavings(mixed, { baseline, reporting });
    if (!measured.ok) throw new Error(measured.error.message.en);
    expect(measured.value.validDays).toBe(365);
    expect(measured.value.savingsShare.low).toBeLessThan(0);
    expect(measured.value.savingsShare.high).toBeGreaterThan(0);
  });

  it('are read by days once those are a year', () => {
    const fit = fitModel(mixed, { baseline: reporting });
    expect(fit.ok && fit.value.model.bills).toBe(undefined);
  });

  it('give a typical year before and after', () => {
    const normal = normalisedSavings(mixed, { baseline, reporting });
    if (!normal.ok) throw new Error(normal.error.message.en);
    expect(normal.value.savings.low).toBeLessThan(0);
    expect(normal.value.savings.high).toBeGreaterThan(0);
  });

  it('set a bill aside with a day of it, on both sides', () => {
    const aside = { from: start + 100, to: start + 105 };
    const measured = measureSavings(bills, { baseline, reporting, adjustments: [aside] });
    if (!measured.ok) throw new Error(measured.error.message.en);
    expect(measured.value.fit.model.bills).toEqual({ count: 11, days: 660 });
    const half = measureSavings(bills, {
      baseline,
      reporting,
      adjustments: [{ from: reporting.from, to: reporting.to, factor: 1.1 }],
    });
    const plain = measureSavings(bills, { baseline, reporting });
    if (!half.ok || !plain.ok) throw new Error('Both are measured');
    expect(half.value.counterfactual.value / plain.value.counterfactual.value).toBeCloseTo(1.1, 6);
  });
});

describe('intervals from bills', () => {
  it.each([
    { lengthDays: 30, baselineDays: 360 },
    { lengthDays: 60, baselineDays: 360 },
    { lengthDays: 60, baselineDays: 720 },
  ])('of $lengthDays days, learnt from $baselineDays, hold the truth nine times in ten', (lengths) => {
    const cases = Array.from({ length: 120 }, (_, k) => billedCase(k + 1, lengths));
    const rate = (of: 'savings' | 'year'): number =>
      cases.filter((one) => one[of].truth >= one[of].low && one[of].truth <= one[of].high).length /
      cases.length;
    // Two binomial deviations of 120 cases are 5.5 points.
    for (const figure of ['savings', 'year'] as const) {
      expect(rate(figure)).toBeGreaterThan(0.845);
      expect(rate(figure)).toBeLessThan(0.97);
    }
    // Wider than nothing, narrower than useless: a quarter saved is told from none.
    const told = cases.filter(({ savings }) => savings.low > 0).length;
    expect(told / cases.length).toBeGreaterThan(0.5);
  });
});
