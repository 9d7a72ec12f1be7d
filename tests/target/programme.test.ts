import { describe, expect, it } from 'vitest';
import { seededRandom } from '#core/random.ts';
import {
  brokenConstraints,
  checkProblem,
  optimiseProgramme,
  planSavingDraws,
  type ProgrammePlan,
  type ProgrammeProblem,
  relaxations,
} from '#target/index.ts';
import { candidate, pack, planOf, searchOptions } from './support.ts';

/** The value of choices by the definition of the objective, worked without the optimiser's arrays. */
const energyValue = (problem: ProgrammeProblem, choices: ProgrammePlan['choices']): number =>
  choices.reduce((sum, { buildingId, packageId, year }) => {
    const packaged = problem.candidates
      .find((one) => one.buildingId === buildingId)
      ?.packages.find(({ id }) => id === packageId);
    return sum + (packaged?.savingKwh ?? 0) * (problem.budgetsEur.length - (year - problem.firstYear) + 10);
  }, 0);

/** The best plan by trying them all, with the independent check as the judge of what is allowed; undefined if none is. */
const bruteForce = (problem: ProgrammeProblem): number | undefined => {
  let best: number | undefined;
  const walk = (index: number, choices: ProgrammePlan['choices']): void => {
    const one = problem.candidates[index];
    if (one === undefined) {
      if (brokenConstraints(problem, choices).length > 0) return;
      const value = energyValue(problem, choices);
      if (best === undefined || value > best) best = value;
      return;
    }
    walk(index + 1, choices);
    for (const packaged of one.packages)
      for (let t = 0; t < problem.budgetsEur.length; t++)
        if (packaged.savingKwh > 0)
          walk(index + 1, [
            ...choices,
            { buildingId: one.buildingId, packageId: packaged.id, year: problem.firstYear + t },
          ]);
  };
  walk(0, []);
  return best;
};

/** A small instance with any of the constraints there are. */
const randomProblem = (next: () => number): ProgrammeProblem => {
  const count = 2 + Math.floor(next() * 3);
  const candidates = Array.from({ length: count }, (_, b) =>
    candidate(
      `b${b}`,
      Array.from({ length: 1 + Math.floor(next() * 2) }, (__, k) =>
        pack(`p${k}`, Math.round(next() * 90_000), Math.round((next() - 0.1) * 60_000), {
          meetsLaw: next() < 0.8,
          carbonKg: Math.round(next() * 9000),
        }),
      ),
      {
        group: next() < 0.5 ? 'north' : 'south',
        dwellings: 1 + Math.floor(next() * 40),
        ...(next() < 0.3 ? { deadlineYear: 2026 + Math.floor(next() * 3) } : {}),
      },
    ),
  );
  const some = <T>(chance: number, value: () => T): T | undefined => (next() < chance ? value() : undefined);
  const optional: Record<string, unknown> = {
    carryOver: some(0.4, () => true),
    legalDates: some(0.4, () => 'hard'),
    dwellingsAYear: some(0.3, () => 20 + Math.floor(next() * 40)),
    sitesAYear: some(0.3, () => 1 + Math.floor(next() * 2)),
    minimumSavingKwh: some(0.2, () => Math.round(next() * 60_000)),
    minimumCarbonKg: some(0.2, () => Math.round(next() * 9000)),
    fairness: some(0.25, () => [{ group: candidates[0]?.group ?? '', minimumShare: next() * 0.6 }]),
    together: some(0.25, () => [['b0', 'b1']]),
    after: some(0.25, () => [{ building: 'b0', waitsFor: 'b1' }]),
  };
  return {
    candidates,
    firstYear: 2027,
    budgetsEur: [next() * 120_000, next() * 120_000],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
};

describe('programme', () => {
  it('takes the hand-worked best of three buildings under one budget', async () => {
    // 60 k€: B alone saves 50, A + C saves 30 + 25 = 55.
    const plan = await planOf({
      candidates: [
        candidate('A', [pack('a', 30_000, 30_000)]),
        candidate('B', [pack('b', 60_000, 50_000)]),
        candidate('C', [pack('c', 30_000, 25_000)]),
      ],
      firstYear: 2027,
      budgetsEur: [60_000],
    });
    expect(plan.choices.map(({ buildingId }) => buildingId)).toEqual(['A', 'C']);
    expect(plan.costByYearEur).toEqual([60_000]);
    // C and B save as much per euro, so that the linear optimum would split B: it is on the edge.
    expect(plan.notChosen.map(({ buildingId }) => buildingId)).toEqual(['B']);
    expect(plan.notChosen[0]?.reason.fr).toContain('à la limite');
  });

  it('equals brute force on 200 random small instances with every kind of constraint', async () => {
    const next = seededRandom(7);
    let solvable = 0;
    for (let instance = 0; instance < 200; instance++) {
      const problem = randomProblem(next);
      const best = bruteForce(problem);
      const plan = await optimiseProgramme(problem, searchOptions);
      if (best === undefined) {
        expect(plan.ok ? plan.value.choices : plan.error.code).toMatch(/^programme-/);
        continue;
      }
      if (!plan.ok) throw new Error(`instance ${instance}: ${plan.error.code}`);
      solvable++;
      expect(brokenConstraints(problem, plan.value.choices)).toEqual([]);
      const tolerance = 1e-6 * Math.max(1, best);
      expect(Math.abs(plan.value.value - best)).toBeLessThanOrEqual(tolerance);
      expect(energyValue(problem, plan.value.choices)).toBeCloseTo(plan.value.value, 3);
      expect(plan.value.bound).toBeGreaterThanOrEqual(best - tolerance);
    }
    expect(solvable).toBeGreaterThan(120);
  }, 120_000);

  it('proves the optimum where a year holds two or three buildings, as brute force finds it', async () => {
    const next = seededRandom(19);
    for (let instance = 0; instance < 40; instance++) {
      const candidates = Array.from({ length: 5 }, (_, b) => {
        const packages = Array.from({ length: 2 }, (__, k) =>
          pack(`p${k}`, Math.round(1000 + 9000 * next()), 500 + 5000 * next(), { meetsLaw: k === 1 }),
        );
        return candidate(`b${b}`, packages, b === 0 ? { deadlineYear: 2028 } : {});
      });
      const problem: ProgrammeProblem = {
        candidates,
        firstYear: 2027,
        budgetsEur: [12_000, 9000],
        legalDates: 'hard',
      };
      const best = bruteForce(problem);
      const plan = await optimiseProgramme(problem, searchOptions);
      if (best === undefined || !plan.ok) {
        expect([best, plan.ok]).toEqual([undefined, false]);
        continue;
      }
      expect(plan.value.value).toBeCloseTo(best, 3);
      expect(plan.value.gapPercent).toBeLessThanOrEqual(1e-4);
      expect(brokenConstraints(problem, plan.value.choices)).toEqual([]);
    }
  }, 60_000);

  it('never does worse with more money, more years or one constraint fewer', async () => {
    const next = seededRandom(11);
    for (let instance = 0; instance < 30; instance++) {
      const problem = randomProblem(next);
      const plan = await optimiseProgramme(problem, searchOptions);
      if (!plan.ok) continue;
      const richer = { ...problem, budgetsEur: problem.budgetsEur.map((budget) => 1.3 * budget) };
      const { dwellingsAYear: _dropped, ...freer } = problem;
      for (const easier of [richer, freer]) {
        const other = await optimiseProgramme(easier, searchOptions);
        // More money may break a share of spending, never a budget.
        if (!other.ok) throw new Error(other.error.code);
        if (problem.fairness === undefined)
          expect(other.value.value).toBeGreaterThanOrEqual(plan.value.value * (1 - 1e-6));
      }
    }
  }, 60_000);

  it('names the reason when a package is dearer than a year', async () => {
    const plan = await planOf({
      candidates: [
        candidate('A', [pack('a', 500_000, 1000)]),
        candidate('B', [pack('b', 10, -5)]),
        candidate('C', []),
      ],
      firstYear: 2027,
      budgetsEur: [100_000],
    });
    expect(plan.choices).toEqual([]);
    expect(plan.notChosen.map(({ reason }) => reason.en)).toEqual([
      expect.stringContaining('more than one year allows'),
      expect.stringContaining('would save it any energy'),
      expect.stringContaining('no package'),
    ]);
  });

  it('says at which cost a building left out would enter, and it does', async () => {
    const others = Array.from({ length: 40 }, (_, i) =>
      candidate(`b${i}`, [pack('p', 10_000 + 137 * i, 20_000 + 61 * ((i * 7) % 40))]),
    );
    const out = (costEur: number): ProgrammeProblem => ({
      candidates: [...others, candidate('dear', [pack('p', costEur, 20_000)])],
      firstYear: 2027,
      budgetsEur: [200_000],
    });
    const before = await planOf(out(40_000));
    const entry = before.notChosen.find(({ buildingId }) => buildingId === 'dear')?.entryCostEur ?? 0;
    expect(entry).toBeGreaterThan(5000);
    expect(entry).toBeLessThan(40_000);
    const cheaper = await planOf(out(0.85 * entry));
    expect(cheaper.choices.map(({ buildingId }) => buildingId)).toContain('dear');
  });

  it('sums the draws of what it chose', async () => {
    const problem = {
      candidates: [candidate('A', [pack('a', 1, 1000)]), candidate('B', [pack('b', 1, 2000)])],
      firstYear: 2027,
      budgetsEur: [10],
    };
    expect([...planSavingDraws(problem, await planOf(problem))].map(Math.round)).toEqual([2700, 3300]);
  });

  it('says what would make an impossible programme possible', async () => {
    // Two dated buildings at 100 k€ each in the first year, and 150 k€ of budget.
    const problem: ProgrammeProblem = {
      candidates: ['A', 'B'].map((id) =>
        candidate(id, [pack('p', 100_000, 10_000, { meetsLaw: true })], {
          deadlineYear: 2027,
          dwellings: 12,
        }),
      ),
      firstYear: 2027,
      budgetsEur: [150_000, 0],
      legalDates: 'hard',
    };
    const plan = await optimiseProgramme(problem, searchOptions);
    expect(plan.ok ? 'planned' : plan.error.code).toBe('programme-infeasible');
    const ways = await relaxations(problem, searchOptions);
    const money = ways.find(({ kind }) => kind === 'money')?.amount ?? 0;
    expect(money).toBeGreaterThanOrEqual(50_000);
    expect(money).toBeLessThan(51_500);
    expect(ways.find(({ kind }) => kind === 'dates')?.amount).toBe(12);
  });

  it.each([
    ['programme-empty', { candidates: [], firstYear: 2027, budgetsEur: [1] }],
    [
      'programme-duplicate-building',
      { candidates: [candidate('A', []), candidate('A', [])], firstYear: 2027, budgetsEur: [1] },
    ],
    [
      'programme-cost',
      { candidates: [candidate('A', [pack('a', -1, 1)])], firstYear: 2027, budgetsEur: [1] },
    ],
    [
      'programme-saving',
      { candidates: [candidate('A', [pack('a', 1, Number.NaN)])], firstYear: 2027, budgetsEur: [1] },
    ],
    ['programme-budget', { candidates: [candidate('A', [])], firstYear: 2027, budgetsEur: [-1] }],
    [
      'programme-unknown-building',
      { candidates: [candidate('A', [])], firstYear: 2027, budgetsEur: [1], together: [['A', 'Z']] },
    ],
    [
      'programme-unknown-group',
      {
        candidates: [candidate('A', [])],
        firstYear: 2027,
        budgetsEur: [1],
        fairness: [{ group: 'west', minimumShare: 0.1 }],
      },
    ],
  ])('refuses %s', (code, problem) => {
    const checked = checkProblem(problem);
    expect(checked.ok ? undefined : checked.error.code).toBe(code);
  });

  it('answers a budget of zero with an empty programme', async () => {
    const plan = await planOf({
      candidates: [candidate('A', [pack('a', 10, 1000)])],
      firstYear: 2027,
      budgetsEur: [0, 0],
    });
    expect(plan.choices).toEqual([]);
    expect(plan.gapPercent).toBe(0);
  });
});

describe('a plan stopped early', () => {
  it('leaves no building that could do better on its own', async () => {
    const next = seededRandom(41);
    const problem: ProgrammeProblem = {
      candidates: Array.from({ length: 60 }, (_, b) =>
        candidate(`b${b}`, [
          pack('p', Math.round(5000 + 40_000 * next()), 1000 + 30_000 * next()),
          pack('q', Math.round(50_000 + 40_000 * next()), 20_000 + 30_000 * next()),
        ]),
      ),
      firstYear: 2027,
      budgetsEur: [400_000, 300_000, 300_000, 200_000],
    };
    // A gap of 5 % is good enough: the search stops at once.
    const plan = await optimiseProgramme(problem, { ...searchOptions, relativeGap: 0.05 });
    if (!plan.ok) throw new Error(plan.error.code);
    const { choices, value, bound } = plan.value;
    expect(brokenConstraints(problem, choices)).toEqual([]);
    expect(value).toBeLessThanOrEqual(bound);
    for (const { buildingId, packages } of problem.candidates)
      for (const { id } of packages)
        for (let year = 2027; year <= 2030; year++) {
          const other = [
            ...choices.filter((one) => one.buildingId !== buildingId),
            { buildingId, packageId: id, year },
          ];
          if (brokenConstraints(problem, other).length === 0)
            expect(energyValue(problem, other)).toBeLessThanOrEqual(value * (1 + 1e-9));
        }
  });
});

describe('why a building is where it is', () => {
  const problem: ProgrammeProblem = {
    candidates: [
      candidate('best', [pack('p', 80_000, 80_000)]),
      candidate('middle', [pack('p', 60_000, 45_000)]),
      candidate('small', [pack('p', 20_000, 8000), pack('deep', 300_000, 90_000)]),
      candidate('worst', [pack('p', 70_000, 10_000)]),
    ],
    firstYear: 2027,
    budgetsEur: [100_000, 60_000],
  };

  it('names the money left, the works that took the place and the price of entry', async () => {
    const plan = await planOf(problem);
    expect(plan.choices).toMatchObject([
      { buildingId: 'best', year: 2027 },
      { buildingId: 'small', year: 2027 },
      { buildingId: 'middle', year: 2028 },
    ]);
    const late = plan.late.find(({ buildingId }) => buildingId === 'middle');
    // 100 − 80 − 20 k€: nothing is left in 2027, which went to works of 1,000 and 400 kWh a k€ against 750.
    expect(late?.reason.fr).toContain('il manque 60 k€ en 2027');
    expect(late?.reason.fr).toContain('Avec 60 k€ de plus en 2027, il y tiendrait.');
    expect(late?.reason.fr).toContain('best (80 k€, 1\u202f000 kWh/an par k€)');
    const out = plan.notChosen.find(({ buildingId }) => buildingId === 'worst');
    expect(out?.reason.fr).toContain('143 kWh/an par k€');
    expect(out?.entryCostEur).toBeLessThanOrEqual(70_000);
    const kept = new Map(plan.kept.map((one) => [one.buildingId, one]));
    expect(kept.get('best')?.exitCostEur).toBeLessThanOrEqual(100_000);
    expect(kept.get('best')?.exitCostEur).toBeGreaterThanOrEqual(80_000);
    expect(kept.get('small')?.reason.fr).toContain('lots plus profonds dépassent');
  });

  it('no two of the sentences of a plan are the same', async () => {
    const next = seededRandom(31);
    const plan = await planOf({
      candidates: Array.from({ length: 25 }, (_, b) =>
        candidate(`b${b}`, [
          pack('p', Math.round(5000 + 40_000 * next()), 1000 + 30_000 * next()),
          pack('q', Math.round(50_000 + 40_000 * next()), 20_000 + 30_000 * next()),
        ]),
      ),
      firstYear: 2027,
      budgetsEur: [120_000, 80_000, 60_000],
    });
    const said = [...plan.notChosen, ...plan.late, ...plan.kept].map(({ reason }) => reason.fr);
    expect(said.length).toBeGreaterThanOrEqual(25);
    expect(new Set(said).size).toBe(said.length);
  });

  it('says of works that a legal date asks for that it does', async () => {
    const plan = await planOf({
      ...problem,
      candidates: [
        ...problem.candidates.slice(0, 3),
        candidate('worst', [pack('p', 70_000, 10_000, { meetsLaw: true })], { deadlineYear: 2027 }),
      ],
      legalDates: 'hard',
    });
    expect(plan.kept.find(({ buildingId }) => buildingId === 'worst')?.reason.fr).toContain('date légale');
  });
});
