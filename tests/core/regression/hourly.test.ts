import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  HOURLY_TARGET_PERCENT,
  hourFeatures,
  hourlyCandidateOf,
  hourlyLadder,
  hourlySumSpreadKwh,
  hourlyUncertainty,
  netOutput,
  netSettings,
  selectHourly,
  towt,
  towtInertia,
  towtNet,
  towtNetWith,
  trainNet,
} from '#core/regression/hourly/index.ts';
import { allHours, hourlyMeter, officeLoad } from '../../support/hourly-meter.ts';

const office = hourlyMeter(365, officeLoad, { noise: 3 });
const features = hourFeatures(office, 'none');
const all = allHours(office);

const fitted = (kind: Parameters<typeof hourlyCandidateOf>[0], mask = all) => {
  const candidate = hourlyCandidateOf(kind);
  const model = candidate.fit(features, mask);
  if (model === undefined) throw new Error(`${kind} fits this office`);
  return { candidate, model };
};

describe('time of week and temperature', () => {
  it('finds the occupied hours of an office', () => {
    const { model } = fitted('towt');
    expect(model.occupied).toHaveLength(168);
    model.occupied.forEach((flag, slot) => {
      const [day, hour] = [Math.floor(slot / 24), slot % 24];
      expect(flag).toBe(day < 5 && hour >= 8 && hour < 18 ? 1 : 0);
    });
  });

  it('gives what least squares on all 168 levels and both sets of segments gives', () => {
    const { candidate, model } = fitted('towt');
    const width = model.coefficients.length / 2;
    const p = 168 + 2 * width;
    const gram = Matrix.zeros(p, p);
    const right = Matrix.zeros(p, 1);
    const row = new Float64Array(width);
    for (let i = 0; i < features.hours; i++) {
      const slot = candidate.row(model, features, i, row);
      const from = 168 + (model.occupied[slot] === 1 ? width : 0);
      const columns: [number, number][] = [
        [slot, 1],
        ...Array.from(row, (x, a): [number, number] => [from + a, x]),
      ];
      for (const [a, xa] of columns) {
        right.set(a, 0, right.get(a, 0) + xa * office.energyKwh[i]);
        for (const [b, xb] of columns) gram.set(a, b, gram.get(a, b) + xa * xb);
      }
    }
    for (let a = 168; a < p; a++) gram.set(a, a, gram.get(a, a) + 1e-3);
    const solution = solve(gram, right).to1DArray();
    [...model.profile, ...model.coefficients].forEach((value, a) => {
      expect(value).toBeCloseTo(solution[a], 5);
    });

    // The spread of a week is that of the full covariance matrix too.
    const uncertainty = hourlyUncertainty(model, features, all);
    const week = Uint8Array.from(all, (_, i) => (i >= 24 && i < 24 + 168 ? 1 : 0));
    const total = Matrix.zeros(p, 1);
    for (let i = 24; i < 24 + 168; i++) {
      const slot = candidate.row(model, features, i, row);
      const from = 168 + (model.occupied[slot] === 1 ? width : 0);
      total.set(slot, 0, total.get(slot, 0) + 1);
      row.forEach((x, a) => total.set(from + a, 0, total.get(from + a, 0) + x));
    }
    const parameters = total.transpose().mmul(solve(gram, total)).get(0, 0);
    const { rmseKwhHour, memory } = uncertainty.noise;
    expect(hourlySumSpreadKwh(model, uncertainty, features, week)).toBeCloseTo(
      rmseKwhHour * Math.sqrt(memory * (168 + parameters)),
      6,
    );
  });

  it('has slopes of zero where nothing depends on temperature', () => {
    const flat = hourlyMeter(365, (hour) => (hour >= 8 && hour < 18 ? 50 : 20), { noise: 1, seed: 3 });
    const model = towt.fit(hourFeatures(flat, 'none'), allHours(flat));
    for (const slope of model?.coefficients ?? [1]) expect(Math.abs(slope)).toBeLessThan(0.2);
  });
});

describe('every hourly rung', () => {
  it.each(hourlyLadder)('$kind without a fold is the fit on the hours that are left', (candidate) => {
    const foldOf = Uint8Array.from(features.localDay, (day) => Math.floor(day / 14) % 6);
    const models = candidate.fitFolds(features, all, 6, foldOf);
    const held = all.map((_, i) => (foldOf[i] === 2 ? 0 : 1));
    const direct = candidate.fit(features, held);
    if (models === undefined || direct === undefined) throw new Error('This office carries every rung');
    // Knots are cut from all temperatures in the folds: only rungs without them are the same number for number.
    for (const i of [100, 3000, 6000]) {
      const [one, two] = [candidate.predict(models[2], features, i), candidate.predict(direct, features, i)];
      expect(one).toBeCloseTo(two, candidate.kind === 'towt' ? -1 : 6);
    }
  });

  it.each([...hourlyLadder, towtNetWith({ ...netSettings, epochs: 2 })])(
    '$kind survives JSON and scales with the unit',
    (candidate) => {
      const model = candidate.fit(features, all);
      const doubled = hourFeatures({ ...office, energyKwh: office.energyKwh.map((y) => 2 * y) }, 'none');
      const two = candidate.fit(doubled, all);
      if (model === undefined || two === undefined) throw new Error('This office carries every rung');
      const again = JSON.parse(JSON.stringify(model)) as typeof model;
      for (const i of [10, 2000, 5000]) {
        const value = candidate.predict(model, features, i);
        expect(candidate.predict(again, features, i)).toBe(value);
        expect(candidate.predict(two, doubled, i)).toBeCloseTo(2 * value, 4);
      }
    },
  );

  it('needs no temperature where it says so, and says NaN where it needs one', () => {
    const blind = hourFeatures({ ...office, outdoorC: office.outdoorC.map(() => Number.NaN) }, 'none');
    for (const candidate of hourlyLadder) {
      if (candidate.needsTemperature) {
        const model = candidate.fit(features, all);
        expect(model && candidate.predict(model, blind, 5)).toBeNaN();
      } else {
        const model = candidate.fit(blind, all);
        expect(model && candidate.predict(model, blind, 5)).toBeGreaterThan(0);
      }
    }
  });
});

describe('selection of hours', () => {
  const chosen = (load: Parameters<typeof hourlyMeter>[1], noise: number) => {
    const series = hourlyMeter(365, load, { noise, seed: 9 });
    return selectHourly(hourFeatures(series, 'none'), allHours(series));
  };

  it('takes the mean of a constant load and the day profile where that is the truth', () => {
    expect(chosen(() => 40, 0)?.model.kind).toBe('hourly-mean');
    expect(chosen((hour) => 20 + hour, 2)?.model.kind).toBe('hourly-working-profile');
  });

  it('takes time of week and temperature, or inertia, of a heated office', () => {
    expect(['towt', 'towt-inertia']).toContain(selectHourly(features, all)?.model.kind);
  });

  it('tries no net where the linear rungs reach the target', () => {
    const selection = selectHourly(features, all);
    expect(Math.min(...(selection?.scores.map(({ score }) => score) ?? []))).toBeLessThan(
      HOURLY_TARGET_PERCENT,
    );
    expect(selection?.scores.map(({ kind }) => kind)).not.toContain('towt-net');
  });

  it('lets the net win where hours and temperature meet in a way no linear rung can say', () => {
    const twisted = hourlyMeter(
      365,
      (hour, weekend, t) => 5 + (weekend ? 0 : 60 * Math.max(0, Math.sin((hour - t) / 4))),
      { noise: 1, seed: 4 },
    );
    const selection = selectHourly(hourFeatures(twisted, 'none'), allHours(twisted));
    expect(selection?.model.kind).toBe('towt-net');
  });

  it('does not let it win where there is nothing to gain', () => {
    const noisy = hourlyMeter(365, officeLoad, { noise: 25, memory: 0, seed: 5 });
    const selection = selectHourly(hourFeatures(noisy, 'none'), allHours(noisy));
    expect(selection?.scores.map(({ kind }) => kind)).toContain('towt-net');
    expect(selection?.model.kind).not.toBe('towt-net');
  });
});

describe('the net', () => {
  it('has fewer than a thousand weights and is the same for the same seed', () => {
    const short = towtNetWith({ ...netSettings, epochs: 1 });
    const [one, two] = [short.fit(features, all), short.fit(features, all)];
    expect(one).toEqual(two);
    if (one === undefined) throw new Error('This office carries the net');
    expect(towtNet.parameters(one) - towtInertia.parameters(one)).toBeLessThan(1000);
  });

  it('learns a curve', () => {
    const x = Float64Array.from({ length: 400 }, (_, k) => (k % 200) / 20 - 5);
    const y = x.map((value) => Math.tanh(value) - 0.3 * value);
    const net = trainNet({ inputs: 1, x, y }, { ...netSettings, hidden: 8, epochs: 200 });
    const square = x.reduce((sum, value, k) => sum + (netOutput(net, Float64Array.of(value)) - y[k]) ** 2, 0);
    expect(square).toBeLessThan(0.02 * y.reduce((sum, value) => sum + value ** 2, 0));
  });
});
