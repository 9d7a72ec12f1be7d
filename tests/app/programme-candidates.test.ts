import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import type { Quantity } from '#core/quantity.ts';
import type { Twin } from '#core/twin.ts';
import { shipped } from '#app/catalogue.ts';
import { type BuildingState, measuresNamed } from '#app/building-state.ts';
import { scenarioOn } from '#app/comparison.ts';
import { stockCandidate } from '#app/programme-candidates.ts';
import { programmeLaw } from '#app/programme-law.ts';
import type { Building } from '#store/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const reading = { bindsAbove: 0.5, lastYear: 2029, nowMs: Date.UTC(2026, 5, 1) };

/** A building as `buildingState` gives it, without a meter. */
const stateOf = (twin: Twin, facts: Building['facts'] = {}): BuildingState => {
  const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 300, seed: 5 });
  const phase = { window: { from: 0, to: 0 }, twin, posterior };
  const building: Building = {
    id: twin.buildingId,
    name: { fr: twin.name, en: twin.name },
    use: twin.use,
    simulated: true,
    facts,
  };
  return {
    building,
    works: [],
    stockDrift: { factor: 1, years: 0, buildings: 0 },
    beforeWorks: () => phase,
    before: phase,
    now: phase,
    done: [],
    warnings: [],
  };
};

/** The flats with twice the losses: a class that may no longer be let within the programme. */
const leaky = (): Twin => {
  const twin = blockOfFlats();
  const twice = (quantity: Quantity): Quantity => ({
    ...quantity,
    value: 2 * quantity.value,
    low: 2 * quantity.low,
    high: 2 * quantity.high,
  });
  return {
    ...twin,
    elements: twin.elements.map((element) => ({ ...element, u: twice(element.u) })),
    losses: twin.losses.map(({ group, h }) => ({ group, h: twice(h) })),
    heatLoss: twice(twin.heatLoss),
  };
};

const flats = stateOf(leaky(), { dwellings: 40 });

/** The same walls as an office whose declared reference makes the 2030 target out of reach without works. */
const noRates = () => [];

const office = (finalKwh: number): BuildingState =>
  stateOf(
    { ...blockOfFlats(), use: 'office' },
    { tertiary: { areaM2: 2800, reference: { year: 2015, finalKwh }, otherUsesKwhYear: 0 } },
  );

describe('the law in the candidates of a programme', () => {
  it('uninsulated gas flats are bound by the date of their class, and a deep package lifts it', () => {
    const { candidate, law } = stockCandidate(flats, noRates, reading);
    expect(candidate.dwellings).toBe(40);
    expect(law.binding?.law).toBe('rental-ban');
    expect(candidate.deadlineYear).toBe(Number(law.binding?.from.slice(0, 4)) - 1);
    expect(law.keptBy.size).toBeGreaterThan(0);
    // A package that touches next to nothing keeps the class: not every package meets the law.
    expect(candidate.packages.some(({ meetsLaw }) => meetsLaw === false)).toBe(true);
    const best = candidate.packages.reduce((one, other) => (other.savingKwh > one.savingKwh ? other : one));
    expect(best.meetsLaw).toBe(true);
  });

  it('a more careful threshold asks no less of the packages', () => {
    const usual = stockCandidate(flats, noRates, reading);
    const careful = stockCandidate(flats, noRates, { ...reading, bindsAbove: 0.02 });
    expect(careful.candidate.deadlineYear ?? 9999).toBeLessThanOrEqual(usual.candidate.deadlineYear ?? 9999);
  });

  it('an office with a declared reference far below its use is bound by 2030, with works by 2029', () => {
    const { candidate, law } = stockCandidate(office(100_000), noRates, reading);
    expect(law.binding).toMatchObject({ law: 'tertiary-decree', step: '2030', chanceOutside: 1 });
    expect(candidate.deadlineYear).toBe(2029);
    expect(candidate.dwellings).toBe(1);
  });

  it('an office whose reference leaves it room is bound by nothing; without one it is not evaluated', () => {
    expect(stockCandidate(office(1e8), noRates, reading).law.binding).toBeUndefined();
    const unknown = stockCandidate(stateOf({ ...blockOfFlats(), use: 'office' }), noRates, reading);
    expect(unknown.law.binding).toBeUndefined();
    expect(unknown.law.notEvaluated?.fr).toContain('non évalué');
  });

  it('tells of each building whether the plan keeps its date, and counts the dwellings that it leaves late', () => {
    const one = stockCandidate(flats, noRates, reading);
    const problem = { candidates: [one.candidate], firstYear: 2027, budgetsEur: [1, 1, 1] };
    const [kept] = [...one.law.keptBy];
    const with2028 = [{ buildingId: 'flats', packageId: kept ?? '', year: one.candidate.deadlineYear ?? 0 }];
    const inTime = programmeLaw([one], problem, with2028, 0.5);
    expect(inTime).toMatchObject({ mode: 'told', price: null, dwellingsLate: 0 });
    const nothing = programmeLaw([one], problem, [], 0.5);
    expect(nothing.buildings[0]?.standing).toBe('never');
    expect(nothing.dwellingsLate).toBe(40);
    const sooner = { ...problem, firstYear: 2024, budgetsEur: [1] };
    expect(programmeLaw([one], sooner, [], 0.5).buildings[0]?.standing).toBe('after-programme');
  });

  it('without a meter, what the building takes is what its twin says, draw by draw: never nothing', () => {
    const { candidate, metered } = stockCandidate(flats, noRates, reading);
    expect(metered).toBe(false);
    const { baselineDraws = new Float64Array(0) } = candidate;
    expect(baselineDraws).toHaveLength(300);
    for (const { savingDraws, savingKwh } of candidate.packages) {
      expect(savingKwh).toBeLessThan(candidate.baselineKwh);
      // In no draw does a building save more than it takes.
      expect(savingDraws.every((saved, draw) => saved < baselineDraws[draw])).toBe(true);
    }
  });

  it('offers a user’s own measure, at the user’s own prices', () => {
    const found = shipped.measures.find(({ id }) => id === 'wall-insulation-inside');
    if (found === undefined) throw new Error('No such measure');
    const own = { ...found, id: 'hemp-inside', name: { fr: 'Chanvre', en: 'Hemp' } };
    const { gas } = shipped.prices.carriers;
    if (gas === undefined) throw new Error('The table prices gas');
    const catalogue = {
      ...shipped,
      measures: [...shipped.measures, own],
      prices: {
        ...shipped.prices,
        carriers: { ...shipped.prices.carriers, gas: { ...gas, eurPerKwh: 0.5 } },
      },
      own: ['hemp-inside 1'],
    };
    const usual = stockCandidate(flats, noRates, reading).candidate.packages;
    const mine = stockCandidate(flats, noRates, reading, catalogue).candidate.packages;
    expect(usual.some(({ measures }) => measures.includes('hemp-inside'))).toBe(false);
    expect(mine.find(({ id }) => id === 'hemp-inside')?.savingKwh).toBeGreaterThan(0);
    // Dear gas makes the same package worth more.
    for (const { id, netValueEur } of usual)
      expect(mine.find((one) => one.id === id)?.netValueEur).toBeGreaterThan(netValueEur ?? Infinity);
  });
});

it('a candidate has the very figures that the building’s own page shows of each package', () => {
  const rates = () => [{ measure: 'roof-insulation', mean: 0.8, sd: 0.1, sdCase: 0.2, cases: 1 }];
  const { packages } = stockCandidate(flats, rates, reading).candidate;
  expect(packages.length).toBeGreaterThan(2);
  for (const { measures, costEur, savingKwh, carbonKg, savingDraws } of packages) {
    const read = scenarioOn(flats.now, measuresNamed(measures), rates());
    if (!read.ok) throw new Error(read.error.message.en);
    expect(costEur).toBe(Math.ceil(read.value.costEur?.value ?? 0));
    expect(savingKwh).toBe(read.value.savingKwh.value);
    expect(carbonKg).toBe(read.value.carbonKgYear?.value);
    expect(savingDraws).toEqual(read.value.draws.savingKwh);
  }
});
