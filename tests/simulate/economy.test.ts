import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { presentValueFactor } from '#core/economics.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import { meanOf } from '#core/random.ts';
import {
  type Measure,
  parseSubsidy,
  type ScenarioInput,
  type ScenarioResult,
  otherCarbonFactors,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  shippedSubsidies,
  simulateScenario,
} from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 400, seed: 3 });
const measure = (id: string): Measure => {
  const found = shippedCatalogue.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No measure ${id}`);
  return found;
};
/** Everything certain that can be: growth none, costs without spread, so that figures can be worked by hand. */
const flat = { value: 0, low: 0, high: 0 };
const economics = {
  ...shippedEconomics,
  priceGrowth: {
    ...shippedEconomics.priceGrowth,
    carriers: { gas: flat, electricity: flat },
  },
  cumacEurPerMwh: { value: 8, low: 8, high: 8 },
};
const plainRoof: Measure = {
  ...measure('roof-insulation'),
  cost: {
    fixedEur: 0,
    perUnitEur: 100,
    unit: 'm2-element',
    spread: 0,
    priceDate: '2024',
    vatIncluded: false,
    source: 'test',
  },
};
const run = (measures: readonly Measure[], more: Partial<ScenarioInput> = {}): ScenarioResult => {
  const result = simulateScenario({
    twin,
    posterior,
    measures,
    weather: bordeaux,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    otherFactors: otherCarbonFactors,
    economics,
    ...more,
  });
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

describe('life-cycle figures by hand', () => {
  // 560 m2 of roof at 100 EUR, VAT 5.5 %: 59,080 EUR; it lasts the 30 years: no renewal, nothing left.
  it('investment, net value and global cost', () => {
    const result = run([plainRoof]);
    expect(result.economy.investmentEur?.value).toBeCloseTo(59_080, 6);
    const { annualEur, netValueEur } = result.draws;
    const factor = presentValueFactor(30, 0.035);
    expect(factor).toBeCloseTo(18.392, 3);
    netValueEur?.forEach((value, i) => expect(value).toBeCloseTo((annualEur?.[i] ?? 0) * factor - 59_080, 4));
    const { globalCostEur, globalCostBeforeEur } = result.economy;
    expect(globalCostEur?.value).toBeLessThan(globalCostBeforeEur?.value ?? 0);
  });

  it('a heat pump that takes over a large base load is sized, and paid, for that too', () => {
    const pump: Measure = {
      ...measure('heat-pump-air'),
      cost: {
        fixedEur: 0,
        perUnitEur: 1000,
        unit: 'kW',
        spread: 0,
        priceDate: '2024',
        vatIncluded: false,
        source: 'test',
      },
    };
    const costOf = (kwhDay: number): number => {
      const given = { ...posterior, baseLoadKwhDay: posterior.baseLoadKwhDay.map(() => kwhDay) };
      const { costEur } = run([pump], { posterior: given }).draws;
      if (costEur === undefined) throw new Error('The pump has a cost');
      return meanOf(costEur);
    };
    // A pool of 2,400 kWh a day, one without: the mean power of that heat, at 1,000 € a kW.
    const poolKw = meanOf(posterior.efficiency) * ((2400 * 365) / 8766);
    const index =
      (shippedEconomics.costIndex.years[shippedEconomics.costIndex.to] ?? 0) /
      (shippedEconomics.costIndex.years['2024'] ?? 1);
    expect(costOf(2400) - costOf(0)).toBeCloseTo(1000 * index * poolKw, -2);
  });

  it('what wears out is bought again, and what is left at the end is counted', () => {
    const short = run([{ ...plainRoof, lifetimeYears: 20 }]).draws.netValueEur;
    const long = run([plainRoof]).draws.netValueEur;
    const renewal = 59_080 * (1.035 ** -20 - 0.5 * 1.035 ** -30);
    short?.forEach((value, i) => expect(value).toBeCloseTo((long?.[i] ?? 0) - renewal, 4));
  });

  it('no works give no life-cycle figure, and doing nothing is worth nothing', () => {
    const none = run([]);
    expect(none.draws.netValueEur?.every((value) => Math.abs(value) < 1e-6)).toBe(true);
    expect(none.economy.netValueEur).toBeNull();
  });

  it('the price growth raises the value and its spread', () => {
    const grown = run([plainRoof], { economics: shippedEconomics });
    const still = run([plainRoof]);
    expect(grown.economy.netValueEur?.value).toBeGreaterThan(still.economy.netValueEur?.value ?? Infinity);
  });

  it('upkeep that nobody knows leaves the global cost out, and says so', () => {
    const result = run([{ ...plainRoof, maintenance: null }]);
    expect(result.economy.netValueEur).toBeNull();
    expect(result.economy.globalCostEur).toBeNull();
    expect(result.economy.investmentEur).not.toBeNull();
    expect(result.warnings.map(({ code }) => code)).toContain('maintenance-unknown');
  });

  it('a price date without an index is not evaluated', () => {
    const cost = plainRoof.cost === null ? null : { ...plainRoof.cost, priceDate: '1999' };
    expect(run([{ ...plainRoof, cost }]).costEur).toBeNull();
  });
});

describe('aids', () => {
  const site = { day: '2026-11-27', ceeZone: 'H2' as const };

  it('a certificate by hand: 560 m2 × 1,400 kWh cumac × 8 EUR/MWh', () => {
    const { economy, warnings } = run([plainRoof], { subsidies: shippedSubsidies, site });
    expect(economy.aidEur?.value).toBeCloseTo(6272, 6);
    expect(economy.investmentEur?.value).toBeCloseTo(59_080 - 6272, 6);
    expect(warnings.some(({ ref }) => ref === 'cee-bar-en-101')).toBe(true);
  });

  it('none without a zone, after its end, or for another use: said, not zero', () => {
    for (const more of [
      { site: { day: '2026-11-27' } },
      { site: { ...site, day: '2027-05-02' } },
      { site, twin: { ...twin, use: 'school' as const } },
    ]) {
      const { economy, warnings } = run([plainRoof], { subsidies: shippedSubsidies, ...more });
      expect(economy.aidEur).toBeNull();
      expect(warnings.map(({ code }) => code)).toContain('aid-not-counted');
    }
  });

  it('names the sheet of tertiary buildings there, not that of dwellings, and that it was not verified', () => {
    const told = (use: 'school' | 'housing') =>
      run([plainRoof], { subsidies: [], site, twin: { ...twin, use } }).warnings.find(
        ({ code }) => code === 'aid-not-counted',
      )?.message.fr;
    expect(told('housing')).toContain('(BAR-EN-101)');
    expect(told('school')).toContain('(BAT-EN-101, fiche non vérifiée)');
  });

  it('a local scheme of a user’s file is capped, and never pays more than the works cost', () => {
    const local = {
      schema: 'stacoptim.subsidy/1',
      id: 'metropole',
      version: '1',
      date: '2026',
      name: { fr: 'Aide de la métropole', en: 'City aid' },
      scheme: 'local',
      measures: ['roof-insulation'],
      amount: { kind: 'share-of-cost', share: 0.5, mostEur: 10_000 },
      verified: true,
      source: 'test',
      conditions: [],
    };
    const read = parseSubsidy(local);
    if (!read.ok) throw new Error(read.error.message.en);
    expect(run([plainRoof], { subsidies: [read.value], site }).economy.aidEur?.value).toBe(10_000);
    const rich = parseSubsidy({
      ...local,
      amount: { kind: 'per-unit', unit: 'm2-element', eurPerUnit: 900 },
    });
    if (!rich.ok) throw new Error(rich.error.message.en);
    expect(run([plainRoof], { subsidies: [rich.value], site }).economy.aidEur?.value).toBeCloseTo(56_000, 6);
  });

  it('a scheme that pays for nothing is refused, the field named', () => {
    const result = parseSubsidy({ schema: 'stacoptim.subsidy/1', id: 'x' }, 'mine.json');
    expect(result.ok ? '' : result.error.code).toBe('invalid-subsidy');
    expect(result.ok ? '' : result.error.where?.file).toBe('mine.json');
  });
});

describe('tenants and landlord', () => {
  it('share the saving by the rule given, to the last euro', () => {
    const { economy, annualEur } = run([plainRoof], {
      tenancy: { chargesShare: 0.8, thirdLine: { shareOfSaving: 0.5, years: 15 } },
    });
    expect((economy.tenantsEurYear?.value ?? 0) / (annualEur?.value ?? 1)).toBeCloseTo(0.4, 9);
    expect((economy.landlordEurYear?.value ?? 0) / (annualEur?.value ?? 1)).toBeCloseTo(0.6, 9);
    expect(run([plainRoof]).economy.tenantsEurYear).toBeNull();
  });

  it('more than half of the saving is refused', () => {
    const result = simulateScenario({
      twin,
      posterior,
      measures: [plainRoof],
      weather: bordeaux,
      prices: shippedPrices,
      factors: shippedCarbonFactors,
      economics,
      tenancy: { chargesShare: 1, thirdLine: { shareOfSaving: 0.6, years: 15 } },
    });
    expect(result.ok ? '' : result.error.code).toBe('invalid-rule');
  });
});

describe('carbon and carriers', () => {
  it('factors of two purposes are apart, gas of the label per net kWh', () => {
    const { carbonByPurpose, draws } = run([plainRoof]);
    const kwh = meanOf(draws.savingKwh);
    expect(carbonByPurpose.map(({ purpose }) => purpose)).toEqual(['operational', 'dpe', 'operat']);
    const [own, label] = carbonByPurpose;
    expect((label.savedKgYear?.value ?? 0) / (own.savedKgYear?.value ?? 1)).toBeCloseTo(
      0.227 / 1.11 / 0.215,
      9,
    );
    expect(meanOf(draws.carbonKg ?? new Float64Array(1)) / kwh).toBeCloseTo(0.215, 9);
  });

  it('embodied carbon unknown is not evaluated; known, it is paid back in embodied over avoided years', () => {
    expect(run([plainRoof]).carbonPaybackYears).toBeNull();
    const known = run([
      {
        ...plainRoof,
        embodiedCarbon: { kgCo2ePerUnit: 10, unit: 'm2-element', source: 'test', verified: true },
      },
    ]);
    expect(known.embodiedCarbonKg?.value).toBeCloseTo(5600, 9);
    expect((known.carbonPaybackYears?.value ?? 0) * (known.carbonKgYear?.value ?? 0)).toBeCloseTo(5600, -1);
  });

  it('the carriers add up: what the heat pump takes is electricity', () => {
    const { byCarrier, draws } = run([measure('heat-pump-air')]);
    const sum = byCarrier.reduce((total, { before, after }) => total + before - after, 0);
    expect(sum / meanOf(draws.savingKwh)).toBeCloseTo(1, 9);
    expect(byCarrier.find(({ carrier }) => carrier === 'gas')?.after).toBeCloseTo(0, 6);
  });

  it('panels save other electricity, not the heating meter’s; less light costs some heat', () => {
    const sun = run([measure('photovoltaic')]);
    expect(sun.savingKwh.value).toBe(0);
    expect(sun.electricitySavedKwh?.value).toBeGreaterThan(10_000);
    expect(sun.shares[0].savingKwh).toBeGreaterThan(10_000);
    const school = { ...twin, use: 'school' as const };
    const light = run([measure('lighting-led')], { twin: school });
    expect(light.savingKwh.value).toBeLessThan(0);
    expect(light.electricitySavedKwh?.value).toBeGreaterThan(-light.savingKwh.value);
  });

  it('the layers of the catalogue have the resistance of their thickness', () => {
    for (const { layer, effects, id } of shippedCatalogue) {
      const effect = effects.find(({ kind }) => kind === 'insulate');
      if (layer === undefined || effect?.kind !== 'insulate') continue;
      expect(effect.resistanceM2KW.value, id).toBeCloseTo(layer.thicknessM / layer.conductivityWmK, 1);
    }
  });
});
