import { writeSync } from 'node:fs';
import { withSolverThread } from '#app/solver-thread.ts';
import { brokenConstraints, optimiseProgramme } from '#target/index.ts';
import { landlordProgramme, simulatedLandlord } from '../simulated-landlord.ts';

/**
 * `programme-child.ts BUILDINGS SEED SECONDS GAP DRAWS`: plans a simulated landlord as the server does, with the solver in its own thread,
 * and says the gap reached; its peak memory is that of a program that plans.
 */
const [buildings = 5000, seed = 5, seconds = 30, gapPercent = 0.5, draws = 1] = process.argv
  .slice(2)
  .map(Number);
const problem = landlordProgramme(simulatedLandlord(buildings, { seed, draws }));
const plan = await withSolverThread(undefined, (solver) =>
  optimiseProgramme(problem, {
    solver,
    nowMs: () => performance.now(),
    timeLimitMs: 0.95 * seconds * 1000,
    relativeGap: gapPercent / 100,
  }),
);
if (!plan.ok) throw new Error(plan.error.code);
const broken = brokenConstraints(problem, plan.value.choices);
if (broken.length > 0) throw new Error(broken.join('; '));
writeSync(2, `${plan.value.gapPercent}\n`);
