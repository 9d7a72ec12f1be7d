import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import type { SignatureEvidence } from '#core/evidence.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import { degreeDays } from '#core/physics/monthly-weather.ts';
import type { Quantity } from '#core/quantity.ts';
import { meanOf } from '#core/random.ts';
import type { Twin } from '#core/twin.ts';
import {
  type Measure,
  type ScenarioInput,
  type ScenarioResult,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  renovatedTwin,
  simulateScenario,
} from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const evidence: SignatureEvidence = {
  slopeKwhKDay: 168,
  balancePointC: 15.5,
  baseLoadKwhDay: 290,
  covariance: [
    [4, -0.3, 0],
    [-0.3, 0.05, 0],
    [0, 0, 100],
  ],
  days: 365,
  cvRmsePercent: 12,
  r2: 0.95,
  yearDrift: 0.08,
};
const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), evidence, { draws: 1000, seed: 7 });
const measure = (id: string): Measure => {
  const found = shippedCatalogue.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No measure ${id}`);
  return found;
};
const input = (ids: readonly string[], more: Partial<ScenarioInput> = {}): ScenarioInput => ({
  twin,
  posterior,
  measures: ids.map(measure),
  weather: bordeaux,
  prices: shippedPrices,
  factors: shippedCarbonFactors,
  economics: shippedEconomics,
  ...more,
});
const run = (ids: readonly string[], more: Partial<ScenarioInput> = {}): ScenarioResult => {
  const result = simulateScenario(input(ids, more));
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};
const refusal = (ids: readonly string[], more: Partial<ScenarioInput> = {}): string => {
  const result = simulateScenario(input(ids, more));
  return result.ok ? 'accepted' : result.error.code;
};
const width = ({ high, low }: Quantity): number => high - low;

describe('laws', () => {
  it('no measure gives exactly nothing', () => {
    const none = run([]);
    expect(none.savingKwh).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(none.draws.savingKwh.every((saving) => saving === 0)).toBe(true);
    expect(none.costEur?.value).toBe(0);
    expect(none.annualEur?.value).toBe(0);
    expect(none.carbonKgYear?.value).toBe(0);
    expect(none.chanceOf30Percent).toBe(0);
    expect(none.paybackYears).toBeNull();
  });

  it('more insulation never raises the heat need, on any draw', () => {
    let before = run([]).draws.savingKwh;
    for (const resistance of [0.5, 1, 2, 4, 8]) {
      const walls = measure('wall-insulation-inside');
      const effects = walls.effects.map((effect) =>
        effect.kind === 'insulate'
          ? {
              ...effect,
              bridgeFactor: { value: 1, low: 1, high: 1 },
              resistanceM2KW: { value: resistance, low: resistance, high: resistance },
            }
          : effect,
      );
      const now = run([], { measures: [{ ...walls, effects }] }).draws.savingKwh;
      expect(now.every((saving, i) => saving > before[i])).toBe(true);
      before = now;
    }
  });

  it.each([
    [['wall-insulation-outside', 'roof-insulation']],
    [['wall-insulation-outside', 'roof-insulation', 'floor-insulation', 'windows']],
    [['wall-insulation-inside', 'windows', 'ventilation-hygro']],
    [['roof-insulation', 'heat-pump-air']],
  ])('joint saving of %j does not exceed the sum of the singles', (ids) => {
    const joint = run(ids).draws.savingKwh;
    const singles = ids.map((id) => run([id]).draws.savingKwh);
    const sum = joint.map((_, i) => singles.reduce((total, draws) => total + draws[i], 0));
    expect(meanOf(joint)).toBeLessThan(meanOf(sum));
    expect(meanOf(joint)).toBeGreaterThan(Math.max(...singles.map(meanOf)));
  });

  it('the split adds up to the joint saving and gives no insulation a loss', () => {
    const result = run(['wall-insulation-outside', 'roof-insulation', 'floor-insulation']);
    const total = result.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
    expect(total).toBeCloseTo(result.savingKwh.value, 6);
    for (const { savingKwh } of result.shares) expect(savingKwh).toBeGreaterThan(0);
  });

  it('the sampled split of seven measures stays close to joint and singles', () => {
    const ids = [
      'wall-insulation-outside',
      'roof-insulation',
      'floor-insulation',
      'windows',
      'ventilation-hygro',
      'airtightness',
      'heat-pump-air',
    ];
    const result = run(ids);
    const total = result.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
    expect(total).toBeCloseTo(result.savingKwh.value, 6);
    for (const share of result.shares)
      expect(share.savingKwh).toBeLessThan(1.05 * run([share.measure]).savingKwh.value);
  });

  it('before less saving is after, by use too', () => {
    const result = run(['wall-insulation-outside', 'ventilation-hygro']);
    const { before, after } = result.byUse;
    const saved = before.heating + before.baseLoad - after.heating - after.baseLoad - after.auxiliaries;
    expect(meanOf(result.draws.savingKwh) / saved).toBeCloseTo(1, 9);
  });

  it('a wider prior gives a wider saving', () => {
    const wide: Twin = {
      ...twin,
      losses: twin.losses.map((loss) =>
        loss.group === 'walls'
          ? { ...loss, h: { ...loss.h, low: loss.h.value / 2.5, high: loss.h.value * 2.5 } }
          : loss,
      ),
    };
    const widePosterior = calibrate(priorFromTwin(wide), evidence, { draws: 1000, seed: 7 });
    expect(
      width(run(['wall-insulation-outside'], { twin: wide, posterior: widePosterior }).savingPercent),
    ).toBeGreaterThan(width(run(['wall-insulation-outside']).savingPercent));
  });
});

describe('absolutes from the meter, fractions from the twin', () => {
  it('the baseline is the signature’s: slope × degree-days + base, within the evidence’s own spread', () => {
    const expected = 168 * degreeDays(bordeaux, 15.5) + 290 * 365.25;
    const { beforeKwh } = run([]);
    expect(beforeKwh.value / expected).toBeGreaterThan(0.9);
    expect(beforeKwh.value / expected).toBeLessThan(1.1);
    expect(beforeKwh.low).toBeLessThan(expected);
    expect(beforeKwh.high).toBeGreaterThan(expected);
    expect(beforeKwh.provenance).toBe('learnt');
  });

  it('twice the slope on the meter is about twice the heating, at nearly the same fraction', () => {
    const doubled = calibrate(
      priorFromTwin(twin),
      { ...evidence, slopeKwhKDay: 240 },
      { draws: 1000, seed: 7 },
    );
    const one = run(['wall-insulation-outside']);
    const two = run(['wall-insulation-outside'], { posterior: doubled });
    expect(two.byUse.before.heating / one.byUse.before.heating).toBeGreaterThan(1.25);
    expect(Math.abs(two.savingPercent.value - one.savingPercent.value)).toBeLessThan(8);
  });

  it('without a meter says so and gives wider figures', () => {
    const blind = calibrate(priorFromTwin(twin), undefined, { draws: 1000, seed: 7 });
    const result = run(['roof-insulation'], { posterior: blind });
    expect(result.beforeKwh.provenance).toBe('computed');
    expect(result.beforeKwh.basis).toContain('no meter');
    expect(width(result.beforeKwh)).toBeGreaterThan(width(run([]).beforeKwh));
  });

  it('walls by hand: the loss falls by U·A·(1 − 1/(1 + U·R)) and the bridges with them', () => {
    const { lossesWK } = run(['wall-insulation-inside']);
    const walls = lossesWK.find(({ group }) => group === 'walls');
    const u = (1.8 * (walls?.before ?? 0)) / 2520;
    expect((walls?.after ?? 0) / (walls?.before ?? 1)).toBeCloseTo(1 / (1 + u * 3.7), 1);
    for (const group of ['roof', 'floor', 'windows', 'air'] as const) {
      const other = lossesWK.find((loss) => loss.group === group);
      expect(other?.after).toBeCloseTo(other?.before ?? Number.NaN, 8);
    }
  });

  it('another efficiency moves heating by the ratio of efficiencies, and the carrier’s carbon with it', () => {
    const result = run(['heat-pump-air']);
    const ratio = result.byUse.after.heating / result.byUse.before.heating;
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(0.4);
    const { before, after } = result.byUse;
    const expected = (before.heating + before.baseLoad) * 0.215 - (after.heating + after.baseLoad) * 0.0693;
    expect(meanOf(result.draws.carbonKg ?? new Float64Array(1)) / expected).toBeCloseTo(1, 6);
  });
});

describe('what comes back from the field', () => {
  const rates = [{ measure: 'wall-insulation-outside', mean: 0.7, sd: 0, sdCase: 0, cases: 12 }];

  it('a realisation rate scales the saving and is shown', () => {
    const plain = run(['wall-insulation-outside']);
    const realised = run(['wall-insulation-outside'], { realisation: rates });
    expect(realised.realisationRate?.value).toBeCloseTo(0.7, 12);
    expect(realised.savingKwh.value / plain.savingKwh.value).toBeCloseTo(0.7, 9);
    expect(plain.realisationRate).toBeNull();
    expect(plain.savingKwh.basis).toContain('no realisation rate');
  });

  it('a measure without a rate is predicted as it is, and said', () => {
    const result = run(['roof-insulation'], { realisation: rates });
    expect(result.warnings.map(({ code }) => code)).toContain('realisation-unknown');
    expect(result.realisationRate?.value).toBe(1);
  });

  it('an uncertain rate widens the saving, never beyond what there is', () => {
    const sure = run(['heat-pump-air', 'wall-insulation-outside'], {
      realisation: [
        { measure: 'heat-pump-air', mean: 1, sd: 0, sdCase: 0, cases: 3 },
        { measure: 'wall-insulation-outside', mean: 1, sd: 0, sdCase: 0, cases: 3 },
      ],
    });
    const unsure = run(['heat-pump-air', 'wall-insulation-outside'], {
      realisation: [
        { measure: 'heat-pump-air', mean: 1, sd: 0.4, sdCase: 0, cases: 0 },
        { measure: 'wall-insulation-outside', mean: 1, sd: 0.4, sdCase: 0, cases: 0 },
      ],
    });
    expect(width(unsure.savingKwh)).toBeGreaterThan(width(sure.savingKwh));
    expect(unsure.afterKwh.low).toBeGreaterThanOrEqual(0);
  });

  it('explicit rebound takes comfort back and lowers the saving', () => {
    const without = run(['wall-insulation-outside']);
    const taken = run(['wall-insulation-outside'], { comfort: { rebound: 0.5, conventionalSetPointC: 21 } });
    expect(taken.savingKwh.value).toBeLessThan(without.savingKwh.value);
    expect(taken.savingKwh.basis).toContain('rebound 0.5');
    expect(refusal([], { comfort: { rebound: 2, conventionalSetPointC: 20 } })).toBe('invalid-rebound');
  });
});

describe('refusals and blanks', () => {
  it.each([
    [['wall-insulation-outside', 'wall-insulation-inside'], 'conflicting-measures'],
    [['heat-pump-air', 'boiler-condensing'], 'conflicting-measures'],
    [['ventilation-hygro', 'ventilation-heat-recovery'], 'conflicting-measures'],
    [['roof-insulation', 'roof-insulation'], 'conflicting-measures'],
    [['doors'], 'missing-element'],
    [['pool-cover'], 'wrong-use'],
  ])('%j is refused: %s', (ids, code) => {
    expect(refusal(ids)).toBe(code);
  });

  it('no hot water is saved where a base load is something else: a pool, an electric meter', () => {
    expect(refusal(['hot-water'], { twin: { ...twin, use: 'pool' } })).toBe('wrong-use');
    const electric: Twin = { ...twin, system: { ...twin.system, carrier: 'electricity' } };
    expect(refusal(['hot-water'], { twin: electric })).toBe('mixed-base-load');
    expect(refusal(['hot-water'])).toBe('accepted');
  });

  it('the base load of an electric meter keeps its energy whatever heats the building', () => {
    const electric: Twin = { ...twin, system: { ...twin.system, carrier: 'electricity' } };
    const base = run([], { twin: electric }).byUse.before.baseLoad;
    const pump = run(['heat-pump-air'], { twin: electric });
    expect(pump.byUse.after.baseLoad).toBe(base);
    expect(pump.byUse.after.heating).toBeLessThan(pump.byUse.before.heating);
    expect(run(['heat-pump-air']).byUse.after.baseLoad).toBeLessThan(base);
    const network = run(['district-heat'], { twin: electric });
    const [electricity, heat] = ['electricity', 'district-heat'].map((carrier) =>
      network.byCarrier.find((one) => one.carrier === carrier),
    );
    expect(electricity?.after).toBeCloseTo(base, 3);
    expect(heat?.after).toBeCloseTo(network.byUse.after.heating, 3);
    expect(renovatedTwin(electric, [measure('heat-pump-air')]).baseLoadKwhDay).toEqual(
      electric.baseLoadKwhDay,
    );
  });

  it('inside and outside on different walls is accepted', () => {
    const measures = [
      { ...measure('wall-insulation-outside'), elementIds: ['wall-s'] },
      { ...measure('wall-insulation-inside'), elementIds: ['wall-n'] },
    ];
    expect(refusal([], { measures })).toBe('accepted');
    expect(run([], { measures }).savingKwh.value).toBeGreaterThan(0);
  });

  it('an unknown element, a good roof and the present system are named', () => {
    expect(refusal([], { measures: [{ ...measure('windows'), elementIds: ['window-x'] }] })).toBe(
      'missing-element',
    );
    const good: Twin = {
      ...twin,
      elements: twin.elements.map((element) =>
        element.group === 'roof' ? { ...element, u: { ...element.u, value: 0.15 } } : element,
      ),
    };
    expect(refusal(['roof-insulation'], { twin: good })).toBe('already-done');
    const condensing: Twin = { ...twin, system: { ...twin.system, kind: 'boiler-condensing' } };
    expect(refusal(['boiler-condensing'], { twin: condensing })).toBe('already-done');
  });

  it('no cost, no price, no factor: not evaluated, never zero', () => {
    const free = { ...measure('roof-insulation'), cost: null };
    expect(run([], { measures: [free] }).costEur).toBeNull();
    expect(run([], { measures: [free] }).paybackYears).toBeNull();
    expect(run(['roof-insulation'], { prices: { ...shippedPrices, carriers: {} } }).annualEur).toBeNull();
    expect(
      run(['heat-pump-air'], {
        factors: { ...shippedCarbonFactors, carriers: { gas: { kgPerKwh: 0.2, source: 'test' } } },
      }).carbonKgYear,
    ).toBeNull();
  });

  it('cost by hand: 1,400 m2 of façade at 160 EUR of 2022, brought to 2024 by BT01 131.2/125.8', () => {
    const { costEur } = run(['wall-insulation-outside']);
    expect((costEur?.value ?? 0) / 233_615).toBeCloseTo(1, 1);
    expect(costEur?.basis).toContain('2022');
  });

  it('every figure says where it comes from', () => {
    const result = run(['wall-insulation-outside']);
    for (const figure of [result.beforeKwh, result.savingKwh, result.costEur, result.prebound])
      expect(figure?.basis.length).toBeGreaterThan(30);
    expect(result.warnings.map(({ code }) => code)).toContain('unverified-figures');
  });
});
