import { highsSolver } from '#app/solver.ts';
import {
  optimiseProgramme,
  type Candidate,
  type Package,
  type ProgrammePlan,
  type ProgrammeProblem,
} from '#target/index.ts';

export const searchOptions = { solver: highsSolver, nowMs: () => performance.now(), relativeGap: 1e-7 };

export const pack = (
  id: string,
  costEur: number,
  savingKwh: number,
  rest: Partial<Package> = {},
): Package => ({
  id,
  measures: [id],
  costEur,
  savingKwh,
  savingDraws: Float64Array.of(savingKwh * 0.9, savingKwh * 1.1),
  ...rest,
});

export const candidate = (
  buildingId: string,
  packages: readonly Package[],
  rest: Partial<Candidate> = {},
): Candidate => ({
  buildingId,
  name: { fr: buildingId, en: buildingId },
  baselineKwh: 100_000,
  packages,
  ...rest,
});

/** The plan, to an optimum of one in ten million. */
export const planOf = async (problem: ProgrammeProblem): Promise<ProgrammePlan> => {
  const plan = await optimiseProgramme(problem, searchOptions);
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
};
