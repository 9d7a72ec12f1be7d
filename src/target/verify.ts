import type { Choice, ProgrammeProblem } from './types.ts';

const CENT = 0.01;

/**
 * The independent check of a plan, on the costs that are reported and with none of the optimiser's arrays: sentences
 * for every constraint it breaks, none for a plan that keeps all. Money is compared in whole cents.
 */
export const brokenConstraints = (problem: ProgrammeProblem, choices: readonly Choice[]): string[] => {
  const broken: string[] = [];
  const tell = (holds: boolean, sentence: string): void => {
    if (!holds) broken.push(sentence);
  };
  const byId = new Map(problem.candidates.map((candidate) => [candidate.buildingId, candidate]));
  const yearOf = new Map<string, number>();
  const cents = (euros: number): number => Math.round(euros / CENT);
  const spent = problem.budgetsEur.map(() => 0);
  const dwellings = problem.budgetsEur.map(() => 0);
  const sites = problem.budgetsEur.map(() => 0);
  const byGroup = new Map<string, number>();
  const lawful = new Set<string>();
  let [saving, carbon, all] = [0, 0, 0];
  for (const { buildingId, packageId, year } of choices) {
    tell(!yearOf.has(buildingId), `${buildingId} is taken twice`);
    yearOf.set(buildingId, year);
    const candidate = byId.get(buildingId);
    const packaged = candidate?.packages.find(({ id }) => id === packageId);
    const t = year - problem.firstYear;
    if (candidate === undefined || packaged === undefined || t < 0 || t >= spent.length) {
      broken.push(`${buildingId} has no package ${packageId} in ${year}`);
      continue;
    }
    const cost = cents(packaged.costEur);
    spent[t] += cost;
    dwellings[t] += candidate.dwellings ?? 1;
    sites[t] += 1;
    all += cost;
    const group = candidate.group ?? '';
    byGroup.set(group, (byGroup.get(group) ?? 0) + cost);
    saving += packaged.savingKwh;
    carbon += packaged.carbonKg ?? 0;
    const latest = Math.max(candidate.deadlineYear ?? 0, problem.firstYear);
    if (packaged.meetsLaw === true && year <= latest) lawful.add(buildingId);
  }
  let kept = 0;
  problem.budgetsEur.forEach((budget, t) => {
    const year = problem.firstYear + t;
    kept = cents(budget) + (problem.carryOver === true ? kept : 0);
    tell(spent[t] <= kept, `budget of ${year} passed by ${((spent[t] - kept) * CENT).toFixed(2)} EUR`);
    kept -= spent[t];
    tell(
      dwellings[t] <= (problem.dwellingsAYear ?? Number.POSITIVE_INFINITY),
      `too many dwellings in ${year}`,
    );
    tell(sites[t] <= (problem.sitesAYear ?? Number.POSITIVE_INFINITY), `too many sites in ${year}`);
  });
  tell(
    all <= cents(problem.maximumCostEur ?? Number.POSITIVE_INFINITY),
    'the whole cost is over its maximum',
  );
  const reaches = (value: number, least: number | undefined): boolean =>
    least === undefined || value >= least - 1e-6 * Math.abs(least);
  tell(reaches(saving, problem.minimumSavingKwh), 'the least saving is not reached');
  tell(reaches(carbon, problem.minimumCarbonKg), 'the least avoided carbon is not reached');
  for (const { group, minimumShare } of problem.fairness ?? [])
    tell((byGroup.get(group) ?? 0) >= minimumShare * all - 1, `${group} has less than its share`);
  if (problem.legalDates === 'hard')
    for (const { buildingId, deadlineYear } of problem.candidates)
      tell(
        deadlineYear === undefined ||
          deadlineYear > problem.firstYear + spent.length - 1 ||
          lawful.has(buildingId),
        `${buildingId} misses its legal date`,
      );
  for (const ids of problem.together ?? [])
    tell(new Set(ids.map((id) => yearOf.get(id))).size <= 1, `${ids.join(', ')} do not go together`);
  for (const { building, waitsFor } of problem.after ?? []) {
    const [own, first] = [yearOf.get(building), yearOf.get(waitsFor)];
    tell(own === undefined || (first !== undefined && first <= own), `${building} goes before ${waitsFor}`);
  }
  return broken;
};
