import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate, type Posterior, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import { type LossGroup, lossGroups, type Twin } from '#core/twin.ts';
import { twinFromEnvelope } from '#create/index.ts';
import {
  type Measure,
  type ScenarioInput,
  type ScenarioResult,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  simulateScenario,
  twinLabel,
} from '#simulate/index.ts';
import { digitise } from '../../src/app/create-file.ts';
import { openFileSource } from '../../src/app/files.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The figures at the end of docs/hand-check.md, worked there by hand. */
const held = new Map(
  [
    ...readFileSync(`${root}docs/hand-check.md`, 'utf8')
      .split('## The figures the test holds')[1]
      .matchAll(/^\|\s*(?<name>[^|]+?)\s*\|\s*(?<value>-?[\d.]+)\s*\|$/gm),
  ].map(({ groups }) => [groups?.['name'] ?? '', Number(groups?.['value'])]),
);

const peupliers = async (): Promise<Twin> => {
  const source = openFileSource(`${root}buildings/residence-1972/model.ifc`);
  if (!source.ok) throw new Error(source.error.message.en);
  const read = await digitise(source.value, { deadlineMs: 60_000, period: '1972' });
  if (!read.ok) throw new Error(read.error.message.en);
  return twinFromEnvelope(read.value.envelope, {
    id: 'residence-1972',
    name: 'Les Peupliers',
    use: 'housing',
    constructionYear: 1972,
    heating: 'boiler-old',
    carrier: 'gas',
  });
};

/** One draw: the middle of every figure of the twin. */
const middleOf = (twin: Twin): Posterior => {
  const one = (value: number): Float64Array => Float64Array.of(value);
  const h = {} as Record<LossGroup, Float64Array>;
  for (const group of lossGroups)
    h[group] = one(twin.losses.find((loss) => loss.group === group)?.h.value ?? 0);
  return {
    ...calibrate(priorFromTwin(twin), undefined, { draws: 16, seed: 1 }),
    draws: 1,
    h,
    totalH: one(lossGroups.reduce((sum, group) => sum + h[group][0], 0)),
    setPointC: one(twin.setPointC.value),
    gainsW: one(twin.internalGainsW.value),
    solarApertureM2: one(twin.solarApertureM2.value),
    efficiency: one(twin.system.efficiency.value),
    heatedShare: one(twin.heatedShare.value),
    baseLoadKwhDay: one(twin.baseLoadKwhDay.value),
    capacityJK: one(twin.capacityJK.value),
  };
};

const sure = ({ value }: { readonly value: number }) => ({ value, low: value, high: value });

/** A measure of the catalogue without any spread. */
const measure = (id: string): Measure => {
  const found = shippedCatalogue.find((one) => one.id === id);
  if (found === undefined || found.cost === null) throw new Error(`No costed measure ${id}`);
  return {
    ...found,
    cost: { ...found.cost, spread: 0 },
    effects: found.effects.map((effect) => {
      if (effect.kind === 'insulate')
        return {
          ...effect,
          resistanceM2KW: sure(effect.resistanceM2KW),
          bridgeFactor: sure(effect.bridgeFactor),
        };
      if (effect.kind === 'replace') return { ...effect, uWm2K: sure(effect.uWm2K) };
      return effect.kind === 'air' ? { ...effect, factor: sure(effect.factor) } : effect;
    }),
  };
};

describe('the comparison of docs/hand-check.md', () => {
  let twin: Twin;
  const found = new Map<string, number>();
  const run = (posterior: Posterior, measures: readonly Measure[], spread: boolean): ScenarioResult => {
    const { gas } = shippedPrices.carriers;
    const growth = shippedEconomics.priceGrowth.carriers.gas;
    if (gas === undefined || growth === undefined) throw new Error('The tables price gas');
    const input: ScenarioInput = {
      twin,
      posterior,
      measures,
      weather: bordeaux,
      prices: spread ? shippedPrices : { ...shippedPrices, carriers: { gas: { ...gas, spread: 0 } } },
      factors: shippedCarbonFactors,
      economics: spread
        ? shippedEconomics
        : {
            ...shippedEconomics,
            priceGrowth: { ...shippedEconomics.priceGrowth, carriers: { gas: sure(growth) } },
          },
    };
    const result = simulateScenario(input);
    if (!result.ok) throw new Error(result.error.message.en);
    return result.value;
  };
  const names = ['wall-insulation-outside', 'windows'];
  const [walls, windows] = names.map(measure);

  beforeAll(async () => {
    twin = await peupliers();
    const posterior = middleOf(twin);
    const none = run(posterior, [], false);
    const both = run(posterior, [walls, windows], false);
    const heatLoss = ({ lossesWK }: ScenarioResult): number =>
      lossesWK.reduce((sum, { after }) => sum + after, 0);
    const add = (name: string, value: number | undefined): void => {
      if (value === undefined) throw new Error(`${name} is not evaluated`);
      found.set(name, value);
    };
    const alone = [walls, windows].map((one) => run(posterior, [one], false));
    add('H before, W/K', heatLoss(none));
    add('H after walls, W/K', heatLoss(alone[0]));
    add('H after windows, W/K', heatLoss(alone[1]));
    add('H after both, W/K', heatLoss(both));
    add('need before, kWh', none.byUse.before.heating * twin.system.efficiency.value);
    add('need after both, kWh', both.byUse.after.heating * twin.system.efficiency.value);
    add('heating before, kWh', none.byUse.before.heating);
    add('base load, kWh', both.byUse.after.baseLoad);
    add('before, kWh', both.beforeKwh.value);
    add('saving of walls, kWh', alone[0].savingKwh.value);
    add('saving of windows, kWh', alone[1].savingKwh.value);
    add('saving of both, kWh', both.savingKwh.value);
    add('share of walls, kWh', both.shares[0].savingKwh);
    add('share of windows, kWh', both.shares[1].savingKwh);
    add('cost, EUR', both.costEur?.value);
    add('euros saved, EUR/yr', both.annualEur?.value);
    add('carbon saved, kgCO2e/yr', both.carbonKgYear?.value);
    add('payback, yr', both.paybackYears?.value);
    add('investment, EUR', both.economy.investmentEur?.value);
    add('net value, EUR', both.economy.netValueEur?.value);
    const place = { zone: 'H2c', altitudeM: 47, date: '2026-03-01' } as const;
    const before = twinLabel({ twin, posterior, measures: [] }, place);
    const after = twinLabel({ twin, posterior, measures: [walls, windows] }, place);
    add('label primary before, kWh/m2', before?.primaryKwhM2.value);
    add('label gases before, kgCO2e/m2', before?.ghgKgM2.value);
    add('label primary after, kWh/m2', after?.primaryKwhM2.value);
    add('label gases after, kgCO2e/m2', after?.ghgKgM2.value);
    expect([before?.chances.D, after?.chances.C]).toEqual([1, 1]);
  }, 120_000);

  it('holds every figure worked by hand within 0.05 %', () => {
    expect([...found.keys()].toSorted()).toEqual([...held.keys()].toSorted());
    const off = [...found].flatMap(([name, value]) => {
      const hand = held.get(name) ?? Number.NaN;
      return Math.abs(value / hand - 1) < 5e-4 ? [] : [`${name}: ${value}, by hand ${hand}`];
    });
    expect(off).toEqual([]);
  });

  it('lies inside the intervals of an ordinary comparison on 2,000 draws', () => {
    const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 2000, seed: 1 });
    const measures = shippedCatalogue.filter(({ id }) => names.includes(id));
    const both = run(posterior, measures, true);
    for (const [name, quantity] of [
      ['before, kWh', both.beforeKwh],
      ['saving of both, kWh', both.savingKwh],
      ['cost, EUR', both.costEur],
      ['euros saved, EUR/yr', both.annualEur],
      ['carbon saved, kgCO2e/yr', both.carbonKgYear],
      ['net value, EUR', both.economy.netValueEur],
    ] as const) {
      const hand = held.get(name) ?? Number.NaN;
      expect(quantity?.low).toBeLessThan(hand);
      expect(quantity?.high).toBeGreaterThan(hand);
    }
    // The years worked by hand fall within the life of the walls, which the draws reach less often than not: never, with its chance.
    expect(held.get('payback, yr')).toBeLessThan(both.paybackWithin?.withinYears ?? 0);
    expect(both.paybackYears).toBeNull();
    expect(both.paybackWithin?.chance).toBeGreaterThan(0.05);
  });
});
