import { expect, it } from 'vitest';
import { seededRandom } from '#core/random.ts';
import {
  brokenConstraints,
  costFront,
  type LinearSolver,
  type ProgrammePlan,
  type ProgrammeProblem,
} from '#target/index.ts';
import { candidate, pack, searchOptions } from './support.ts';

type Point = { readonly costEur: number; readonly value: number };

/** Cost and yearly saving of every plan that keeps all the constraints. */
const everyPlan = (problem: ProgrammeProblem): Point[] => {
  const plans: Point[] = [];
  const walk = (index: number, choices: ProgrammePlan['choices'], costEur: number, value: number): void => {
    const one = problem.candidates[index];
    if (one === undefined) {
      if (brokenConstraints(problem, choices).length === 0) plans.push({ costEur, value });
      return;
    }
    walk(index + 1, choices, costEur, value);
    for (const { id, costEur: cost, savingKwh } of one.packages)
      for (let t = 0; t < problem.budgetsEur.length; t++)
        walk(
          index + 1,
          [...choices, { buildingId: one.buildingId, packageId: id, year: problem.firstYear + t }],
          costEur + cost,
          value + savingKwh,
        );
  };
  walk(0, [], 0, 0);
  return plans;
};

it('gives at each price the most that brute force finds, and nothing that a cheaper plan matches', async () => {
  const next = seededRandom(23);
  for (let instance = 0; instance < 12; instance++) {
    const problem: ProgrammeProblem = {
      candidates: Array.from({ length: 4 }, (_, b) =>
        candidate(
          `b${b}`,
          Array.from({ length: 2 }, (__, k) =>
            pack(`p${k}`, Math.round(1000 + 9000 * next()), Math.round(500 + 5000 * next())),
          ),
        ),
      ),
      firstYear: 2027,
      budgetsEur: [9000, 8000],
      ...(instance % 3 === 0 ? { minimumSavingKwh: 2500 } : {}),
    };
    const plans = everyPlan(problem);
    const most = Math.max(...plans.map(({ value }) => value));
    const drawn = await costFront(problem, 'energy', 5, searchOptions);
    const front = drawn.ok ? drawn.value : [];
    // No plan of brute force, no front; else the front ends at the most there is.
    expect(front.at(-1)?.value ?? Number.NEGATIVE_INFINITY).toBeCloseTo(most, 6);
    for (const { costEur, value } of front) {
      const better = plans.filter(
        (one) => one.costEur <= costEur && one.value >= value && (one.costEur < costEur || one.value > value),
      );
      expect(better.filter((one) => one.value > value)).toEqual([]);
      expect(better.filter((one) => one.costEur < costEur)).toEqual([]);
    }
  }
}, 60_000);

it('says that no plan holds, and apart from it that none was found in time', async () => {
  const problem: ProgrammeProblem = {
    candidates: [candidate('a', [pack('p', 10, 10)])],
    firstYear: 2027,
    budgetsEur: [100],
    minimumSavingKwh: 20,
  };
  const codeOf = (drawn: Awaited<ReturnType<typeof costFront>>): string => (drawn.ok ? '' : drawn.error.code);
  expect(codeOf(await costFront(problem, 'energy', 4, searchOptions))).toBe('programme-infeasible');
  const { minimumSavingKwh: _least, ...possible } = problem;
  const empty = new Float64Array(0);
  const nothing: LinearSolver = () =>
    Promise.resolve({ status: 'stopped', values: empty, rowDuals: empty, value: 0, bound: 0 });
  const busy = { ...searchOptions, solver: nothing };
  expect(codeOf(await costFront(possible, 'energy', 4, busy))).toBe('programme-not-solved');
});
