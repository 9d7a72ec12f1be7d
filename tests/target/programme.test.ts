import { describe, expect, it } from 'vitest';
import { solveProgramme } from '#app/solver.ts';
import {
  type Candidate,
  checkProblem,
  type Package,
  planSavingDraws,
  type ProgrammeProblem,
  programmeModel,
  programmePlan,
} from '#target/index.ts';

const pack = (id: string, costEur: number, savingKwh: number): Package => ({
  id,
  measures: [id],
  costEur,
  savingKwh,
  savingDraws: Float64Array.of(savingKwh * 0.9, savingKwh * 1.1),
});

const candidate = (buildingId: string, packages: readonly Package[]): Candidate => ({
  buildingId,
  name: { fr: buildingId, en: buildingId },
  baselineKwh: 100_000,
  packages,
});

const solve = async (problem: ProgrammeProblem) => {
  const solution = await solveProgramme(programmeModel(problem));
  if (!solution.ok) throw new Error(solution.error.code);
  return programmePlan(problem, solution.value);
};

/** A small generator of its own, so that the instances are the same on every machine. */
const random = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 4_294_967_296;
};

/** The best plan by trying all of them: every building takes one of its (package, year) pairs or nothing. */
const bruteForce = (problem: ProgrammeProblem): number => {
  const years = problem.budgetsEur.length;
  const walk = (index: number, left: readonly number[]): number => {
    const one = problem.candidates[index];
    if (one === undefined) return 0;
    let best = walk(index + 1, left);
    for (const packaged of one.packages) {
      for (let year = 0; year < years; year++) {
        if (packaged.savingKwh <= 0 || packaged.costEur > (left[year] ?? 0)) continue;
        const rest = left.map((budget, at) => (at === year ? budget - packaged.costEur : budget));
        best = Math.max(best, packaged.savingKwh * (years - year + 10) + walk(index + 1, rest));
      }
    }
    return best;
  };
  return walk(0, problem.budgetsEur);
};

describe('programme', () => {
  it('takes the hand-worked best of three buildings under one budget', async () => {
    // 60 k€: B alone saves 50, A + C saves 30 + 25 = 55.
    const plan = await solve({
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
    expect(plan.notChosen.map(({ buildingId }) => buildingId)).toEqual(['B']);
    expect(plan.notChosen[0]?.reason.fr).toContain('par euro');
  });

  it('equals brute force on sixty random small instances', async () => {
    const next = random(7);
    for (let instance = 0; instance < 60; instance++) {
      const candidates = Array.from({ length: 2 + Math.floor(next() * 3) }, (_, building) =>
        candidate(
          `b${building}`,
          Array.from({ length: 1 + Math.floor(next() * 2) }, (__, index) =>
            pack(`p${index}`, Math.round(next() * 90_000), Math.round((next() - 0.1) * 60_000)),
          ),
        ),
      );
      const problem = { candidates, firstYear: 2027, budgetsEur: [next() * 120_000, next() * 120_000] };
      const plan = await solve(problem);
      const best = bruteForce(problem);
      expect(plan.objectiveKwh).toBeGreaterThanOrEqual(best - 1e-6 * Math.max(1, best));
      expect(plan.objectiveKwh).toBeLessThanOrEqual(best + 1e-6 * Math.max(1, best));
      expect(plan.boundKwh).toBeGreaterThanOrEqual(best - 1e-6 * Math.max(1, best));
    }
  });

  it('names the reason when a package is dearer than a year', async () => {
    const plan = await solve({
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
      expect.stringContaining('more than one year’s budget'),
      expect.stringContaining('would save it any energy'),
      expect.stringContaining('no package'),
    ]);
  });

  it('sums the draws of what it chose', async () => {
    const problem = {
      candidates: [candidate('A', [pack('a', 1, 1000)]), candidate('B', [pack('b', 1, 2000)])],
      firstYear: 2027,
      budgetsEur: [10],
    };
    expect([...planSavingDraws(problem, await solve(problem))].map(Math.round)).toEqual([2700, 3300]);
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
    ['programme-budget', { candidates: [candidate('A', [])], firstYear: 2027, budgetsEur: [-1] }],
  ])('refuses %s', (code, problem) => {
    const checked = checkProblem(problem);
    expect(checked.ok ? undefined : checked.error.code).toBe(code);
  });
});
