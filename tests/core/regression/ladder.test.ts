import { describe, expect, it } from 'vitest';
import {
  candidateOf,
  dayFeatures,
  ladder,
  modelUncertainty,
  selectModel,
  sumSpreadKwh,
} from '#core/regression/index.ts';
import { plainTruth, simulatedMeter } from '../../../scripts/validate/simulated-meter.ts';

const exact = simulatedMeter({ ...plainTruth, noise: 0 }, { years: 1, seed: 3 });
const noisy = simulatedMeter({ ...plainTruth, noise: 0.2, weekend: 0.6 }, { years: 1, seed: 4 });
const all = new Uint8Array(365).fill(1);

describe('change points', () => {
  it('finds a heating line without noise again', () => {
    const model = candidateOf('3p-heating').fit(dayFeatures(exact, 'none'), all);
    expect(model?.coefficients[0]).toBeCloseTo(plainTruth.base, 1);
    expect(model?.coefficients[1]).toBeCloseTo(plainTruth.slope, 1);
    expect(model?.coefficients[2]).toBeCloseTo(plainTruth.balanceC, 1);
  });

  it('finds cooling when temperature runs the other way', () => {
    const mirrored = { ...exact, outdoorC: exact.outdoorC.map((t) => 32 - t) };
    const model = candidateOf('3p-cooling').fit(dayFeatures(mirrored, 'none'), all);
    expect(model?.coefficients[1]).toBeCloseTo(plainTruth.slope, 1);
    expect(model?.coefficients[2]).toBeCloseTo(32 - plainTruth.balanceC, 1);
  });

  it('finds five parameters of heating and cooling together', () => {
    const energyKwh = exact.outdoorC.map((t) => 30 + 8 * Math.max(0, 9 - t) + 5 * Math.max(0, t - 17));
    const model = candidateOf('5p').fit(dayFeatures({ ...exact, energyKwh }, 'none'), all);
    const expected = [30, 8, 9, 5, 17];
    for (const [j, value] of expected.entries()) expect(model?.coefficients[j]).toBeCloseTo(value, 0);
  });

  it('never has a larger squared error with a change point more', () => {
    const features = dayFeatures(noisy, 'none');
    const sse = (kind: '3p-heating' | '4p' | '5p'): number => {
      const candidate = candidateOf(kind);
      const model = candidate.fit(features, all);
      if (model === undefined) return Number.NaN;
      return noisy.energyKwh.reduce((sum, y, i) => sum + (y - candidate.predict(model, features, i)) ** 2, 0);
    };
    expect(sse('5p')).toBeLessThanOrEqual(sse('4p') * 1.0001);
    expect(sse('5p')).toBeLessThanOrEqual(sse('3p-heating') * 1.0001);
  });

  it('finds a second heating slope below a colder change point', () => {
    const energyKwh = exact.outdoorC.map((t) => 30 + 6 * Math.max(0, 16 - t) + 9 * Math.max(0, 4 - t));
    const model = candidateOf('two-slope-heating').fit(dayFeatures({ ...exact, energyKwh }, 'none'), all);
    for (const [j, value] of [30, 6, 16, 9, 4].entries())
      expect(model?.coefficients[j]).toBeCloseTo(value, 0);
  });

  it('says when no line can be drawn', () => {
    const flat = { ...exact, outdoorC: exact.outdoorC.map(() => 12) };
    expect(candidateOf('3p-heating').fit(dayFeatures(flat, 'none'), all)).toBeUndefined();
  });
});

describe('every rung', () => {
  const features = dayFeatures(noisy, 'FR');

  it.each(ladder)('$kind survives JSON and its gradient is that of its prediction', (candidate) => {
    const model = candidate.fit(features, all);
    if (model === undefined) throw new Error('This meter carries every rung');
    const again = JSON.parse(JSON.stringify(model)) as typeof model;
    const gradient = new Float64Array(candidate.parameters);
    for (const day of [5, 100, 190, 300]) {
      expect(candidate.predict(again, features, day)).toBe(candidate.predict(model, features, day));
      candidate.gradient(model, features, day, gradient);
      for (let j = 0; j < candidate.parameters; j++) {
        const step = 1e-5;
        const moved = (by: number): number =>
          candidate.predict(
            {
              ...model,
              nonNegative: false,
              coefficients: model.coefficients.map((c, k) => (k === j ? c + by : c)),
            },
            features,
            day,
          );
        expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(gradient[j], 3);
      }
    }
  });

  it.each(ladder)('$kind scales with the unit', (candidate) => {
    const double = dayFeatures({ ...noisy, energyKwh: noisy.energyKwh.map((y) => 2 * y) }, 'FR');
    const one = candidate.fit(features, all);
    const two = candidate.fit(double, all);
    if (one === undefined || two === undefined) throw new Error('This meter carries every rung');
    expect(candidate.predict(two, double, 30)).toBeCloseTo(2 * candidate.predict(one, features, 30), 6);
  });
});

describe('the ridge rung', () => {
  const features = dayFeatures(noisy, 'FR');
  const ridge = candidateOf('ridge');

  it('fits its folds as it would one by one', () => {
    const foldOf = Uint8Array.from(all, (_, i) => Math.floor(i / 14) % 6);
    const quick = ridge.fitWithoutFolds?.(features, all, foldOf, 6) ?? [];
    expect(quick).toHaveLength(6);
    for (const [fold, model] of quick.entries()) {
      const slow = ridge.fit(
        features,
        all.map((flag, i) => (foldOf[i] === fold ? 0 : flag)),
      );
      slow?.coefficients.forEach((value, a) => {
        expect(model?.coefficients[a]).toBeCloseTo(value, 6);
      });
    }
  });

  it('follows a drifting load: the year ahead starts from its end and not its middle', () => {
    const drifting = {
      ...noisy,
      energyKwh: noisy.energyKwh.map((y, i) => y * (1 + (0.3 * i) / 365)),
    };
    const model = ridge.fit(dayFeatures(drifting, 'FR'), all);
    const even = ridge.fit(features, all);
    if (model === undefined || even === undefined) throw new Error('A heating meter');
    const sum = (one: typeof model): number =>
      all.reduce((total, _, i) => total + ridge.predict(one, features, i), 0);
    // Load and cold months are spread alike over the year, so even weights would give the middle, 1.15.
    expect(sum(model) / sum(even)).toBeGreaterThan(1.15);
  });
});

describe('selection', () => {
  it('takes the straight line where that is the truth, and the calendar where there is one', () => {
    const plain = selectModel(dayFeatures(exact, 'none'), all);
    expect(plain?.model.kind).toBe('3p-heating');
    const weekends = simulatedMeter({ ...plainTruth, weekend: 0.3, noise: 0.05 }, { years: 1, seed: 5 });
    const calendar = selectModel(dayFeatures(weekends, 'none'), all);
    expect(['3p-heating-working', 'ridge']).toContain(calendar?.model.kind);
  });

  it('takes the mean of a constant load', () => {
    const constant = { ...exact, energyKwh: exact.energyKwh.map(() => 100) };
    expect(selectModel(dayFeatures(constant, 'none'), all)?.model.kind).toBe('mean');
  });

  it('marks one winner and scores each candidate tried', () => {
    const scores = selectModel(dayFeatures(noisy, 'none'), all)?.scores ?? [];
    expect(scores.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(scores.map(({ kind }) => kind)).toEqual(ladder.map(({ kind }) => kind));
  });
});

describe('spread of a sum', () => {
  it('grows less than in proportion to the days and more with memory', () => {
    const features = dayFeatures(noisy, 'none');
    const candidate = candidateOf('3p-heating');
    const model = candidate.fit(features, all);
    if (model === undefined) throw new Error('A heating meter');
    const uncertainty = modelUncertainty(model, features, all);
    const month = Uint8Array.from(all, (_, i) => (i < 31 ? 1 : 0));
    const one = sumSpreadKwh(model, uncertainty, features, month);
    const whole = sumSpreadKwh(model, uncertainty, features, all);
    expect(whole).toBeGreaterThan(one);
    expect(whole).toBeLessThan((365 / 31) * one);
    const forgetful = { ...uncertainty, noise: { ...uncertainty.noise, memory: 1 } };
    expect(sumSpreadKwh(model, forgetful, features, all)).toBeLessThan(whole);
  });
});
