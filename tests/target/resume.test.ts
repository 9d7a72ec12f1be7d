import { beforeAll, describe, expect, it } from 'vitest';
import {
  brokenConstraints,
  type LinearSolver,
  optimiseProgramme,
  type ProgrammeProblem,
  type SearchCheckpoint,
} from '#target/index.ts';
import { manyRounds } from '../support/many-rounds.ts';
import { searchOptions } from './support.ts';

/** A clock that stands still: what is counted here is the solver's work, not the machine's. */
const options = { ...searchOptions, nowMs: () => 0, relativeGap: 0.01 };

const counted = (): { readonly solver: LinearSolver; readonly calls: () => number } => {
  let calls = 0;
  return {
    solver: (model, limits) => {
      calls += 1;
      return searchOptions.solver(model, limits);
    },
    calls: () => calls,
  };
};

const planned = async (problem: ProgrammeProblem, more: object) => {
  const { solver, calls } = counted();
  const kept: SearchCheckpoint[] = [];
  const plan = await optimiseProgramme(problem, {
    ...options,
    solver,
    checkpoint: (at: SearchCheckpoint) => kept.push(at),
    ...more,
  });
  if (!plan.ok) throw new Error(plan.error.message.en);
  expect(brokenConstraints(problem, plan.value.choices)).toEqual([]);
  return { plan: plan.value, calls: calls(), kept };
};

describe('a search that goes on from where another stopped', () => {
  const problem = manyRounds(100, 21);

  let whole: Awaited<ReturnType<typeof planned>>;
  beforeAll(async () => {
    whole = await planned(problem, {});
  }, 120_000);

  it('asks nothing more of the solver when the work was done, and proves the same gap', async () => {
    expect(whole.calls).toBeGreaterThan(3);
    const again = await planned(problem, { from: whole.kept.at(-1) });
    expect(again.calls).toBe(0);
    expect(again.plan.value).toBeGreaterThanOrEqual(whole.plan.value * (1 - 1e-12));
    expect(again.plan.gapPercent).toBeLessThanOrEqual(1);
  });

  it('needs less of the solver when it was stopped half-way in its prices', async () => {
    const priced = whole.kept.filter(({ choices }) => choices.length === 0);
    expect(priced.length).toBeGreaterThan(1);
    const again = await planned(problem, { from: priced.at(-1) });
    expect(again.calls).toBeLessThan(whole.calls);
    expect(again.plan.gapPercent).toBeLessThanOrEqual(1);
  });

  it('believes nothing of a checkpoint of another programme', async () => {
    const other = manyRounds(60, 22);
    const foreign = await planned(other, {});
    const misled = await planned(problem, { from: foreign.kept.at(-1) });
    // The bound is a bound of this problem whatever prices it starts from.
    expect(misled.plan.bound).toBeGreaterThanOrEqual(whole.plan.value * (1 - 1e-9));
    expect(misled.plan.gapPercent).toBeLessThanOrEqual(1);
    const nonsense = {
      prices: [-1, Number.NaN],
      choices: [{ buildingId: 'r00001', packageId: 'no', year: 1900 }],
    };
    expect((await planned(problem, { from: nonsense })).plan.gapPercent).toBeLessThanOrEqual(1);
  }, 120_000);
});
