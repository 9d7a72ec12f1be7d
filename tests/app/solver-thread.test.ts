import { expect, it } from 'vitest';
import { withSolverThread } from '#app/solver-thread.ts';
import { brokenConstraints, optimiseProgramme } from '#target/index.ts';
import { landlordProgramme, simulatedLandlord } from '../../scripts/simulated-landlord.ts';
import { searchOptions } from '../target/support.ts';

const problem = landlordProgramme(simulatedLandlord(40, { seed: 11 }), 1);
const limits = { nowMs: () => performance.now(), relativeGap: 0.02, timeLimitMs: 9000 };

it('finds in a thread of its own a plan as good as on the main one', async () => {
  const aside = await withSolverThread(undefined, (solver) =>
    optimiseProgramme(problem, { ...limits, solver }),
  );
  const here = await optimiseProgramme(problem, {
    ...searchOptions,
    ...limits,
    solver: searchOptions.solver,
  });
  if (!aside.ok || !here.ok) throw new Error('both have a plan');
  expect(brokenConstraints(problem, aside.value.choices)).toEqual([]);
  expect(aside.value.value).toBeGreaterThanOrEqual(0.95 * here.value.bound);
  expect(aside.value.value).toBeLessThanOrEqual(here.value.bound * (1 + 1e-9));
});

it('stopped once a plan is there, it gives that plan with an honest gap', async () => {
  const stop = new AbortController();
  const hard = landlordProgramme(simulatedLandlord(80, { seed: 12 }), 2);
  const plan = await withSolverThread(stop.signal, (solver) =>
    optimiseProgramme(hard, {
      ...limits,
      relativeGap: 1e-9,
      solver,
      isCancelled: () => stop.signal.aborted,
      progress: () => stop.abort(),
    }),
  );
  if (!plan.ok) throw new Error(plan.error.message.en);
  expect(brokenConstraints(hard, plan.value.choices)).toEqual([]);
  expect(plan.value.bound).toBeGreaterThanOrEqual(plan.value.value);
  expect(plan.value.gapPercent).toBeGreaterThan(0);
});

it('stopped in the middle of a model, it answers at once that nothing was found', async () => {
  const stop = new AbortController();
  const answer = await withSolverThread(stop.signal, (solver) =>
    optimiseProgramme(problem, {
      ...limits,
      solver: (model, options) => {
        const asked = solver(model, options);
        stop.abort();
        return asked;
      },
      isCancelled: () => stop.signal.aborted,
    }),
  );
  expect(answer.ok ? 'a plan' : answer.error.code).toBe('programme-not-solved');
  const late = await withSolverThread(stop.signal, (solver) =>
    optimiseProgramme(problem, { ...limits, solver, isCancelled: () => true }),
  );
  expect(late.ok).toBe(false);
});
