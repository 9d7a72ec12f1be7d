import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import {
  assessMeasures,
  checkMeasures,
  compareScenarios,
  type Measure,
  measureSchema,
  parseMeasure,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  suggestOptions,
} from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 500, seed: 2 });
const pick = (ids: readonly string[]): Measure[] => shippedCatalogue.filter(({ id }) => ids.includes(id));
const base = {
  twin,
  posterior,
  weather: bordeaux,
  prices: shippedPrices,
  factors: shippedCarbonFactors,
  economics: shippedEconomics,
};

describe('catalogue', () => {
  it('has a source, a date and both languages for every measure, and no two alike', () => {
    expect(new Set(shippedCatalogue.map(({ id }) => id)).size).toBe(shippedCatalogue.length);
    for (const measure of shippedCatalogue) {
      expect(measureSchema.safeParse(measure).success).toBe(true);
      expect(measure.name.fr).not.toBe('');
      expect(measure.source.length).toBeGreaterThan(10);
    }
  });

  it.each([
    ['a negative cost', { cost: { ...shippedCatalogue[0].cost, perUnitEur: -3 } }, 'cost.perUnitEur'],
    ['no effect', { effects: [] }, 'effects'],
    ['a life of no years', { lifetimeYears: 0 }, 'lifetimeYears'],
    ['an unknown effect', { effects: [{ kind: 'magic' }] }, 'effects.0.kind'],
  ])('refuses %s and names the field', (_, change, field) => {
    const result = parseMeasure({ ...shippedCatalogue[0], ...change }, 'mine.json');
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.error.code).toBe('invalid-measure');
      expect(result.error.where).toEqual({ file: 'mine.json', field });
    }
  });

  it('says of each measure whether the twin can take it', () => {
    const assessed = assessMeasures(twin, shippedCatalogue);
    const doors = assessed.find(({ measure }) => measure.id === 'doors');
    expect(doors?.applicable).toBe(false);
    expect(doors?.reason?.fr).toContain('porte');
    expect(assessed.find(({ measure }) => measure.id === 'windows')?.applicable).toBe(true);
  });

  it('suggests options that are all possible', () => {
    const options = suggestOptions(twin, shippedCatalogue);
    expect(options.length).toBeGreaterThanOrEqual(4);
    for (const ids of options) expect(checkMeasures(twin, pick(ids)).ok).toBe(true);
    expect(new Set(options.map((ids) => ids.join())).size).toBe(options.length);
  });
});

describe('comparison', () => {
  const comparison = compareScenarios({
    ...base,
    options: [
      { id: 'walls', measures: pick(['wall-insulation-outside']) },
      {
        id: 'dear-walls',
        measures: pick(['wall-insulation-outside']).map((one) => ({
          ...one,
          id: 'dear-walls',
          cost: one.cost === null ? null : { ...one.cost, perUnitEur: 900 },
          effects: one.effects.map((effect) =>
            effect.kind === 'insulate'
              ? { ...effect, resistanceM2KW: { value: 1, low: 0.9, high: 1.1 } }
              : effect,
          ),
        })),
      },
      { id: 'roof', measures: pick(['roof-insulation']) },
      { id: 'both-sides', measures: pick(['wall-insulation-outside', 'wall-insulation-inside']) },
    ],
  });

  it('keeps the possible options, and names the refused one with its reason', () => {
    expect(comparison.options.map(({ id }) => id)).toEqual(['walls', 'dear-walls', 'roof']);
    expect(comparison.refused).toMatchObject([{ id: 'both-sides', error: { code: 'conflicting-measures' } }]);
  });

  it('marks the option that costs more and saves less', () => {
    const dear = comparison.options.find(({ id }) => id === 'dear-walls');
    expect(dear?.dominated).toBe(true);
    expect(dear?.dominatedBy).toBe('walls');
    expect(comparison.options.find(({ id }) => id === 'walls')?.dominated).toBe(false);
  });

  it('the chances of being best sum to one by each criterion', () => {
    for (const criterion of ['energy', 'carbon', 'payback', 'net-value'] as const) {
      const total = comparison.options.reduce((sum, one) => sum + (one.chanceOfBest[criterion] ?? 0), 0);
      expect(total + (comparison.doNothing[criterion] ?? 0)).toBeCloseTo(1, 9);
    }
    expect(comparison.options[0].chanceOfBest.energy).toBeGreaterThan(0.8);
  });

  it('has one cell an option in each row and a verdict in words', () => {
    for (const row of comparison.rows) expect(row.cells).toHaveLength(3);
    expect(comparison.verdict?.en).toMatch(
      /best option over its life with a \d+ % chance; doing nothing would be better with \d+ %|doing nothing has the best chance of being the right choice \(\d+ %\); then/,
    );
  });

  /** The measure at a price of its own, EUR a unit. */
  const priced = (id: string, perUnitEur: number): Measure[] =>
    pick([id]).map((one) => ({
      ...one,
      cost: one.cost === null ? null : { ...one.cost, fixedEur: 0, perUnitEur },
    }));

  it('says that no option pays where each costs more than it can bring', () => {
    const dear = compareScenarios({
      ...base,
      options: [{ id: 'roof', measures: priced('roof-insulation', 20_000) }],
    });
    expect(dear.doNothing['net-value']).toBe(1);
    expect(dear.options[0].chanceOfBest['net-value']).toBe(0);
    expect(dear.verdict?.fr).toContain('ne rien faire a le plus de chances d’être le meilleur choix (100 %)');
    expect(dear.verdict?.fr).toContain('Le plus probable est qu’aucune option ne rapporte ce qu’elle coûte.');
    // By energy the roof still wins: doing nothing saves nothing.
    expect(dear.doNothing.energy).toBe(0);
  });

  it('finds one option alone better than nothing where it is nearly free', () => {
    const cheap = compareScenarios({
      ...base,
      options: [{ id: 'roof', measures: priced('roof-insulation', 1) }],
    });
    expect(cheap.doNothing['net-value']).toBe(0);
    expect(cheap.verdict?.en).toContain('“roof” is the best option over its life with a 100 % chance');
  });

  it('counts the sun that panels give: what costs less and gives no electricity does not dominate them', () => {
    const both = compareScenarios({
      ...base,
      options: [
        { id: 'panels', measures: priced('photovoltaic', 2000) },
        { id: 'cheaper', measures: priced('airtightness', 0.01) },
        { id: 'dearer-panels', measures: priced('photovoltaic', 2500) },
      ],
      // Factors that leave carbon out of it: energy alone must tell them apart.
      factors: { ...shippedCarbonFactors, carriers: {} },
    });
    const named = (id: string) => both.options.find((one) => one.id === id);
    const panels = named('panels')?.scenario;
    expect(panels?.savingKwh.value).toBe(0);
    expect(panels?.electricitySavedKwh?.value).toBeGreaterThan(
      named('cheaper')?.scenario.savingKwh.value ?? Infinity,
    );
    expect(named('panels')?.dominated).toBe(false);
    expect(named('dearer-panels')).toMatchObject({ dominated: true, dominatedBy: 'panels' });
  });

  it('lets doing nothing dominate what costs money and wastes energy', () => {
    const wasteful = pick(['balancing']).map((one) => ({
      ...one,
      effects: [{ kind: 'auxiliary' as const, kwhM2Year: { value: 10, low: 9, high: 11 } }],
    }));
    const { options } = compareScenarios({ ...base, options: [{ id: 'wasteful', measures: wasteful }] });
    expect(options[0]).toMatchObject({ dominated: true, dominatedBy: 'nothing' });
    expect(options[0].chanceOfBest.energy).toBe(0);
  });

  it('names what would settle two options that are close', () => {
    const close = compareScenarios({
      ...base,
      options: [
        { id: 'outside', measures: pick(['wall-insulation-outside']) },
        { id: 'inside', measures: pick(['wall-insulation-inside']) },
        { id: 'roof', measures: pick(['roof-insulation']) },
        { id: 'boiler', measures: pick(['boiler-condensing']) },
      ],
    });
    const chances = close.options.map(({ chanceOfBest }) => chanceOfBest['net-value'] ?? 0);
    expect(Math.max(...chances)).toBeLessThan(0.8);
    expect(close.verdict?.en).toMatch(
      /To settle it against “[a-z]+”: .* would narrow their difference by \d+ %\./,
    );
  });

  it('gives no verdict where a price is missing', () => {
    const blind = compareScenarios({
      ...base,
      prices: { ...shippedPrices, carriers: {} },
      options: [{ id: 'roof', measures: pick(['roof-insulation']) }],
    });
    expect(blind.verdict).toBeNull();
    expect(blind.options[0].chanceOfBest['net-value']).toBeNull();
    expect(blind.options[0].chanceOfBest.energy).toBe(1);
  });
});
