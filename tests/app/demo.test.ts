import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { type DemoOutcome, runDemo } from '#app/demo.ts';
import { digitise } from '#app/create-file.ts';
import { openFileSource } from '#app/files.ts';
import { withStores } from '../support/database.ts';
import { sampleFolder } from '../support/stacoptim.ts';

type Truth = {
  readonly geometry: {
    readonly exterior: { readonly wallGrossM2: number; readonly wallNetM2: number };
    readonly interior: { readonly roofM2: number; readonly groundM2: number };
    readonly windowM2: number;
    readonly doorM2: number;
    readonly floorAreaM2: number;
    readonly volumeM3: number;
    readonly externalWalls: number;
    readonly heatLossWK: number;
  };
  readonly savings: { readonly savingsPercent: number };
};

const buildings = [
  'residence-1972',
  'ecole-1958',
  'gymnase-1978',
  'musee-pierre',
  'bureaux-1992',
  'maison-commune-2008',
  'piscine-1985',
];

/** What the generator knows of a building; no code of the product reads it. */
const truthOf = (id: string): Truth =>
  JSON.parse(readFileSync(join(sampleFolder, id, 'truth.json'), 'utf8')) as Truth;

describe('the envelopes of the sample stock', () => {
  it.each(buildings)('%s has the areas its generator gave it', async (id) => {
    const source = openFileSource(join(sampleFolder, id, 'model.ifc'));
    if (!source.ok) throw new Error(source.error.message.en);
    const digitised = await digitise(source.value, { deadlineMs: 60_000 });
    source.value.close();
    if (!digitised.ok) throw new Error(digitised.error.message.en);
    const { elements, exterior, interior, windowM2, doorM2, floorAreaM2, volumeM3, heatLossCoefficient } =
      digitised.value.envelope;
    const { geometry } = truthOf(id);
    const within = (value: number, truth: number, share: number): void => {
      expect(Math.abs(value - truth)).toBeLessThanOrEqual(share * truth);
    };
    within(exterior.wallNetM2, geometry.exterior.wallNetM2, 0.01);
    within(exterior.wallGrossM2, geometry.exterior.wallGrossM2, 0.01);
    within(interior.roofM2, geometry.interior.roofM2, 0.03);
    // A cellar takes the ground's place under the lower floor.
    const aboveCellar = elements
      .filter(({ kind, exposure }) => kind === 'floor' && exposure === 'unheated')
      .reduce((sum, { interiorNetM2 }) => sum + interiorNetM2, 0);
    within(interior.groundM2 + aboveCellar, geometry.interior.groundM2, 0.03);
    within(windowM2, geometry.windowM2, 0.01);
    within(doorM2, geometry.doorM2, 0.01);
    within(floorAreaM2, geometry.floorAreaM2, 0.01);
    within(volumeM3, geometry.volumeM3, 0.02);
    expect(heatLossCoefficient.low).toBeLessThan(heatLossCoefficient.high);
  });
});

withStores('the demo', ({ store }) => {
  let outcome: DemoOutcome;
  beforeAll(async () => {
    const context: AppContext = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    const run = await runDemo(context, () => {});
    if (!run.ok) throw new Error(run.error.message.en);
    outcome = run.value;
  }, 120_000);

  it('shows all seven buildings, and says where temperature explains little', () => {
    expect(outcome.stock.buildings.map(({ id }) => id).toSorted()).toEqual(buildings.toSorted());
    const weak = outcome.stock.buildings.filter(({ fit }) => fit?.usable === false).map(({ id }) => id);
    expect(weak).toEqual(['piscine-1985']);
  });

  it('measures savings whose intervals hold what the generator saved, in six of seven at least', () => {
    const { savings } = outcome.correction;
    expect(savings).toHaveLength(7);
    const held = savings.filter(({ worksId, savingsPercent }) => {
      const { savingsPercent: truth } = truthOf(worksId.replace(/-2023$/, '')).savings;
      return truth >= savingsPercent.low && truth <= savingsPercent.high;
    });
    // Seven intervals of 90 %: six or more hold in 85 of 100 stocks; which six is not chosen here.
    expect(held.length).toBeGreaterThanOrEqual(6);
  });

  it('keeps the programme under its budget, whole euros of each package', () => {
    const { programme } = outcome;
    const spent = programme.chosen.reduce((sum, { costEur }) => sum + costEur, 0);
    expect(programme.costEur).toBeCloseTo(spent, 0);
    expect(programme.costEur).toBeLessThanOrEqual(programme.budgetEur);
    expect(new Set(programme.chosen.map(({ buildingId }) => buildingId)).size).toBe(programme.chosen.length);
  });

  it('counts the energy it took', () => {
    expect(outcome.ledger.totalJ.value).toBeGreaterThan(0);
  });

  it('leaves real buildings alone', async () => {
    await store().buildings.save({
      id: 'real',
      name: { fr: 'Mairie', en: 'Town hall' },
      use: 'office',
      simulated: false,
      facts: {},
    });
    const context: AppContext = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    const run = await runDemo(context, () => {});
    expect(run.ok ? 'ran' : run.error.code).toBe('demo-over-real-data');
    expect((await store().buildings.list()).length).toBe(8);
  });
});
