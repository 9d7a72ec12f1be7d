import type { ProgrammePlan, ProgrammeProblem } from './types.ts';

/** The plan's yearly saving on each draw, kWh, buildings drawn independently: its quantiles are the plan's interval. */
export const planSavingDraws = (
  problem: ProgrammeProblem,
  { choices }: Pick<ProgrammePlan, 'choices'>,
): Float64Array => {
  const byId = new Map(problem.candidates.map((candidate) => [candidate.buildingId, candidate]));
  const chosen = choices.flatMap(({ buildingId, packageId }) => {
    const packaged = byId.get(buildingId)?.packages.find(({ id }) => id === packageId);
    return packaged === undefined ? [] : [packaged.savingDraws];
  });
  const total = new Float64Array(chosen[0]?.length ?? 0);
  for (const draws of chosen) for (let draw = 0; draw < total.length; draw++) total[draw] += draws[draw];
  return total;
};

/** Chance, 0 to 1, that the plan saves at least `targetKwh` a year once done. */
export const chanceOfSaving = (draws: Float64Array, targetKwh: number): number =>
  draws.length === 0
    ? 0
    : draws.reduce((count, value) => count + (value >= targetKwh ? 1 : 0), 0) / draws.length;
