import { describe, expect, it } from 'vitest';
import { numberEn, roundedTo } from '#core/wording.ts';
import { measureSavings, type SavingsOptions, type SavingsOutcome } from '#measure/index.ts';
import { simulateSavings } from '../../scripts/validate/simulated.ts';
import { type MeterTruth, plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';

type Changes = { readonly change?: (i: number) => number; readonly heatingCut?: (i: number) => number };

const measured = (
  changes: Changes,
  options: Partial<SavingsOptions> = {},
  truth: MeterTruth = plainTruth,
): SavingsOutcome => {
  const series = simulatedMeter(truth, { years: 2, seed: 21, ...changes });
  const result = measureSavings(series, { baseline: year(2021), reporting: year(2022), ...options });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

const afterYear = (value: number) => (i: number) => (i < 365 ? 0 : value);

describe('savings', () => {
  it('are those put in, and the interval holds them', () => {
    const { savingsShare, status, counterfactual, savings, actualKwh } = measured({
      heatingCut: afterYear(0.3),
    });
    const without = measured({}).actualKwh;
    const truth = 100 * (1 - actualKwh / without);
    expect(Math.abs(savingsShare.value - truth)).toBeLessThan(2);
    expect(savingsShare.low).toBeLessThan(truth);
    expect(savingsShare.high).toBeGreaterThan(truth);
    expect(status).toBe('final');
    expect(savings.value).toBeCloseTo(counterfactual.value - actualKwh, 6);
    expect(savingsShare.value).toBeCloseTo((100 * savings.value) / counterfactual.value, 8);
  });

  it('of nothing done are within the noise', () => {
    const { savingsShare, nonRoutine } = measured({});
    expect(savingsShare.low).toBeLessThan(0);
    expect(savingsShare.high).toBeGreaterThan(0);
    expect(nonRoutine).toEqual([]);
  });

  it('are disqualified when the unit changes after the baseline', () => {
    const series = simulatedMeter(plainTruth, { years: 2, seed: 31 });
    const energyKwh = series.energyKwh.map((y, i) => (i < 365 ? y : y / 11.2));
    const result = measureSavings({ ...series, energyKwh }, { baseline: year(2021), reporting: year(2022) });
    if (!result.ok) throw new Error(result.error.code);
    expect(result.value.status).toBe('disqualified');
    expect(result.value.disqualified.map(({ code }) => code)).toContain('unit-break');
  });

  it('show the plain figure beside an adjusted one', () => {
    const series = simulatedMeter({ ...plainTruth, base: 100, noise: 0.02 }, { years: 2, seed: 22 });
    const energyKwh = series.energyKwh.map((y, i) => (i < 365 ? y : y - 50));
    const result = measureSavings({ ...series, energyKwh }, { baseline: year(2021), reporting: year(2022) });
    if (!result.ok) throw new Error(result.error.code);
    const told = result.value.warnings.find(({ code }) => code === 'level-adjusted');
    // Written as the figure itself is beside its interval.
    const { value, low, high } = result.value.savingsShare;
    expect(told?.message.en).toContain(
      `The savings given (${numberEn(roundedTo(value, (high - low) / 2))} %)`,
    );
    expect(told?.message.fr).toContain('travaux qui visaient toute la consommation');
    expect(told?.message.en).toContain('works that aimed at the whole consumption');
  });

  it('credit part of a fall of the base load by default, all of it when the works aimed at it', () => {
    const halfBase = { ...plainTruth, base: 100, noise: 0.02 };
    const series = simulatedMeter(halfBase, { years: 2, seed: 22 });
    const cut = series.energyKwh.map((y, i) => (i < 365 ? y : y - 50));
    const of = (scope: SavingsOptions['scope']): number => {
      const result = measureSavings(
        { ...series, energyKwh: cut },
        { baseline: year(2021), reporting: year(2022), ...(scope === undefined ? {} : { scope }) },
      );
      if (!result.ok) throw new Error(result.error.code);
      if (scope === undefined)
        expect(result.value.warnings.map(({ code }) => code)).toContain('base-load-changed');
      return result.value.savings.value;
    };
    expect(of('whole')).toBeGreaterThan(0.9 * 50 * 365);
    expect(of(undefined)).toBeLessThan(0.9 * of('whole'));
  });

  it('grow with the cut', () => {
    const shares = [0, 0.1, 0.2, 0.4].map(
      (cut) => measured({ heatingCut: afterYear(cut) }).savingsShare.value,
    );
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  it('over part of a year are provisional', () => {
    const { from } = year(2022);
    expect(measured({}, { reporting: { from, to: from + 60 } }).status).toBe('provisional');
  });

  it('on a baseline too short are disqualified with a reason', () => {
    const { from } = year(2021);
    const outcome = measured({}, { baseline: { from, to: from + 99 } });
    expect(outcome.status).toBe('disqualified');
    expect(outcome.disqualified.map(({ code }) => code)).toContain('too-short');
  });

  it('refuse periods that overlap, and a period without readings', () => {
    const series = simulatedMeter(plainTruth, { years: 2, seed: 23 });
    const code = (options: SavingsOptions): string => {
      const result = measureSavings(series, options);
      return result.ok ? 'measured' : result.error.code;
    };
    expect(code({ baseline: year(2021), reporting: { from: year(2021).to, to: year(2022).to } })).toBe(
      'periods-overlap',
    );
    expect(code({ baseline: year(2021), reporting: year(2030) })).toBe('no-reporting-days');
  });
});

describe('non-routine events', () => {
  it('a closure of two winter months is found and dated', () => {
    const { nonRoutine, status } = measured({ change: (i) => (i >= 380 && i < 440 ? 0.2 : 1) });
    const { from } = year(2022);
    expect(nonRoutine).toHaveLength(1);
    expect(Math.abs(nonRoutine[0].from - (from + 15))).toBeLessThan(10);
    expect(Math.abs(nonRoutine[0].to - (from + 74))).toBeLessThan(10);
    expect(status).toBe('provisional');
  });

  it('a rise of 75 % after works is an event, not negative savings', () => {
    const { nonRoutine, status } = measured({ change: (i) => (i < 365 ? 1 : 1.75) });
    expect(nonRoutine.map(({ code }) => code)).toContain('rise');
    expect(status).toBe('provisional');
  });

  it('a meter that changes character within the baseline is named', () => {
    const { nonRoutine } = measured({ change: (i) => (i < 100 ? 1 : i < 365 ? 0.4 : 1) });
    expect(nonRoutine.some(({ from }) => from < year(2022).from)).toBe(true);
  });

  it('steady savings are no event', () => {
    expect(measured({ heatingCut: afterYear(0.4) }).nonRoutine).toEqual([]);
  });

  it('at most one quiet year in twenty raises one', () => {
    let raised = 0;
    for (let seed = 100; seed < 140; seed++) {
      const series = simulatedMeter({ ...plainTruth, noise: 0.2 }, { years: 2, seed });
      const result = measureSavings(series, { baseline: year(2021), reporting: year(2022) });
      if (result.ok && result.value.nonRoutine.length > 0) raised++;
    }
    expect(raised).toBeLessThanOrEqual(2);
  });
});

describe('the 90 % interval', () => {
  it('holds the truth of 200 simulated meters as often as a binomial of 0.9 allows', () => {
    const held = simulateSavings(200, 7).filter(
      ({ truth, low, high }) => truth >= low && truth <= high,
    ).length;
    // 200 × 0.9 ± 2.6 standard deviations (99 %).
    expect(held).toBeGreaterThanOrEqual(169);
    expect(held).toBeLessThanOrEqual(191);
  });
});
