import { describe, expect, it } from 'vitest';
import {
  fitPeriods,
  type PeriodSeries,
  predictPeriods,
  usablePeriods,
} from '#core/regression/bills/index.ts';
import { fitBills, measureBills } from '#measure/index.ts';
import { normals, plainTruth, simulatedMeter } from '../../../scripts/validate/simulated-meter.ts';

const daily = simulatedMeter({ ...plainTruth, noise: 0 }, { years: 3, seed: 9 });
/** Uneven lengths, none of them a month. */
const lengths = [33, 27, 31, 35, 26, 30, 34, 29, 28, 32, 36, 24];

const billsOf = (energyKwh: Float64Array, withDays = true): PeriodSeries => {
  const from: number[] = [];
  const to: number[] = [];
  const kwh: number[] = [];
  const mean: number[] = [];
  for (let start = 0, k = 0; start + 36 <= energyKwh.length; k++) {
    const length = lengths[k % lengths.length];
    from.push(daily.firstDay + start);
    to.push(daily.firstDay + start + length - 1);
    const sum = (values: Float64Array): number =>
      values.subarray(start, start + length).reduce((a, b) => a + b, 0);
    kwh.push(sum(energyKwh));
    mean.push(sum(daily.outdoorC) / length);
    start += length;
  }
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    energyKwh: Float64Array.from(kwh),
    ...(withDays
      ? { weather: { firstDay: daily.firstDay, outdoorC: daily.outdoorC } }
      : { meanC: Float64Array.from(mean) }),
  };
};

const bills = billsOf(daily.energyKwh);
const all = usablePeriods(bills);
const range = (first: number, last: number) => ({ from: bills.from[first], to: bills.to[last] });

describe('bills of uneven length', () => {
  it('give back the line their days follow', () => {
    const fit = fitPeriods(bills, all)?.best;
    expect(fit?.model.kind).toBe('3p-heating');
    const [base, slope, balance] = fit?.model.coefficients ?? [];
    expect(base).toBeCloseTo(plainTruth.base, 0);
    expect(slope).toBeCloseTo(plainTruth.slope, 1);
    expect(balance).toBeCloseTo(plainTruth.balanceC, 1);
  });

  it('are predicted in whole from their own days', () => {
    const fit = fitPeriods(
      bills,
      all.map((flag, i) => (i < 12 ? flag : 0)),
    )?.best;
    if (fit === undefined) throw new Error('Twelve bills carry a line');
    const { each } = predictPeriods(fit, bills, all);
    for (const i of [13, 20, 27]) expect(each[i] / bills.energyKwh[i]).toBeCloseTo(1, 2);
  });

  it('with only their mean temperature keep the slope and the year, the balance point within 2 K', () => {
    const blind = billsOf(daily.energyKwh, false);
    const fit = fitPeriods(blind, all)?.best;
    if (fit === undefined) throw new Error('A line');
    expect(fit.model.coefficients[1] / plainTruth.slope).toBeCloseTo(1, 1);
    // The spread of days within a bill is a typical one, not this place's.
    expect(Math.abs(fit.model.coefficients[2] - plainTruth.balanceC)).toBeLessThan(2);
    const { totalKwh } = predictPeriods(fit, blind, all);
    expect(totalKwh / bills.energyKwh.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 2);
  });

  it('of a constant load have no slope', () => {
    const flat = billsOf(daily.energyKwh.map(() => 70));
    const fit = fitPeriods(flat, all)?.best;
    expect(fit?.model.kind).toBe('mean');
    expect(fit?.model.coefficients[0]).toBeCloseTo(70, 6);
  });

  it('do not depend on where they are cut', () => {
    const halved: PeriodSeries = {
      ...bills,
      from: Int32Array.from([...bills.from].flatMap((day) => [day, day + 14])),
      to: Int32Array.from([...bills.to].flatMap((day, i) => [bills.from[i] + 13, day])),
      energyKwh: Float64Array.from(
        [...bills.from].flatMap((day, i) => {
          const sum = (a: number, b: number): number =>
            daily.energyKwh.subarray(a - daily.firstDay, b - daily.firstDay + 1).reduce((x, y) => x + y, 0);
          return [sum(day, day + 13), sum(day + 14, bills.to[i])];
        }),
      ),
    };
    const fit = fitPeriods(halved, usablePeriods(halved))?.best;
    expect(fit?.model.coefficients[1]).toBeCloseTo(plainTruth.slope, 1);
  });
});

describe('measured bills', () => {
  it('hold the savings put in, and refuse overlapping periods and too few bills', () => {
    const cut = bills.energyKwh.map((value, i) => (i < 12 ? value : 0.8 * value));
    const measured = measureBills(
      { ...bills, energyKwh: cut },
      { baseline: range(0, 11), reporting: range(12, 23) },
    );
    if (!measured.ok) throw new Error(measured.error.code);
    expect(measured.value.savingsShare.value).toBeCloseTo(20, 0);
    expect(measured.value.status).toBe('final');
    const overlap = measureBills(bills, { baseline: range(0, 11), reporting: range(5, 20) });
    expect(overlap.ok ? 'measured' : overlap.error.code).toBe('periods-overlap');
    const few = fitBills(bills, { baseline: range(0, 3) });
    expect(few.ok ? 'fitted' : few.error.code).toBe('too-few-bills');
  });

  it('say which bills reach beyond the period, and that a winter is missing', () => {
    const { from, to } = range(3, 8);
    const fit = fitBills(bills, { baseline: { from: from - 5, to: to + 5 } });
    if (!fit.ok) throw new Error(fit.error.code);
    expect(fit.value.warnings.map(({ code }) => code)).toEqual(['bill-across']);
    expect(fit.value.disqualified.map(({ code }) => code)).toContain('season-missing');
  });

  it('cover as often as they say on bills with scatter', () => {
    const normal = normals(77);
    const trials = 200;
    let held = 0;
    for (let k = 0; k < trials; k++) {
      // A year's drift with the table's width, and scatter of each bill.
      const drift = Math.exp((0.1 / 1.645) * normal());
      const noisy = bills.energyKwh.map((value, i) => value * (1 + 0.05 * normal()) * (i < 12 ? 1 : drift));
      const fit = fitBills(
        { ...bills, energyKwh: noisy },
        { baseline: range(0, 11), predict: range(12, 23) },
      );
      if (!fit.ok) throw new Error(fit.error.code);
      const truth = fit.value.rows.reduce((sum, { actual }) => sum + actual, 0);
      if (truth >= fit.value.predicted.low && truth <= fit.value.predicted.high) held++;
    }
    expect(held / trials).toBeGreaterThan(0.84);
    expect(held / trials).toBeLessThan(0.97);
  });
});
