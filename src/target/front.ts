import { failure, ok, type Result } from '../core/result.ts';
import { compileProgramme, type Worth } from './compile.ts';
import { choicesOf, gapOf, searchPlan, type SearchOptions } from './search.ts';
import type { Choice, ProgrammeProblem } from './types.ts';

/** A plan that no cheaper one matches: what it costs in all and brings a year once done. */
export type FrontPoint = {
  readonly costEur: number;
  /** kWh, or kg CO2e, a year. */
  readonly value: number;
  readonly gapPercent: number;
  readonly choices: readonly Choice[];
};

/** Share of the value that all the money together may weigh: breaks ties towards the cheaper plan. */
const TIE_SHARE = 1e-5;

/**
 * Plans that trade money for energy or carbon, cheapest first: the most saved a year once done with at most each of `points` equal steps
 * of the money that the best plan takes (augmented epsilon-constraint, Mavrotas 2009). Every constraint of the problem holds at
 * each; a step at which none is possible has no plan. `onPoint` hears the plans done of all. Fails with
 * `programme-infeasible` when no plan keeps the constraints, `programme-not-solved` when none was found in time, which is another thing.
 */
export const costFront = async (
  problem: ProgrammeProblem,
  against: 'energy' | 'carbon',
  points: number,
  options: SearchOptions,
  onPoint?: (done: number, total: number) => void,
): Promise<Result<FrontPoint[]>> => {
  const total = problem.budgetsEur.reduce((sum, budget) => sum + budget, 0);
  const valueOf = (one: { readonly savingKwh: number; readonly carbonKg?: number }): number =>
    against === 'energy' ? one.savingKwh : (one.carbonKg ?? 0);
  const most = problem.candidates.reduce(
    (sum, { packages }) => sum + packages.reduce((best, one) => Math.max(best, valueOf(one)), 0),
    0,
  );
  const tie = total > 0 ? (TIE_SHARE * most) / total : 0;
  const worth: Worth = ({ packages }, k) => valueOf(packages[k]) - tie * packages[k].costEur;
  const packageOf = new Map(
    problem.candidates.flatMap(({ buildingId, packages }) =>
      packages.map((one) => [JSON.stringify([buildingId, one.id]), one] as const),
    ),
  );
  const within = async (maximumCostEur: number): Promise<FrontPoint | 'broken' | 'not-found'> => {
    const compiled = compileProgramme({ ...problem, maximumCostEur }, worth);
    const { plan, bound, broken } = await searchPlan(compiled, options);
    if (plan === undefined) return broken ? 'broken' : 'not-found';
    const choices = choicesOf(compiled, plan.options);
    const chosen = choices.flatMap(
      ({ buildingId, packageId }) => packageOf.get(JSON.stringify([buildingId, packageId])) ?? [],
    );
    return {
      costEur: chosen.reduce((sum, { costEur }) => sum + costEur, 0),
      value: chosen.reduce((sum, one) => sum + valueOf(one), 0),
      gapPercent: 100 * gapOf(bound, plan.value),
      choices,
    };
  };
  const best = await within(Math.min(total, problem.maximumCostEur ?? total));
  if (best === 'broken')
    return failure(
      'programme-infeasible',
      'Aucun programme ne tient toutes les contraintes avec cet argent. Calculez un programme avec ces réglages : il dit laquelle relâcher.',
      'No programme keeps all the constraints with this money. Compute a programme with these settings: it says which to relax.',
    );
  if (best === 'not-found')
    return failure(
      'programme-not-solved',
      'Aucun plan n’a été trouvé dans le temps donné : la machine est peut-être occupée. Réessayez, ou relâchez une contrainte.',
      'No plan was found in the time given: the machine may be busy. Try again, or relax a constraint.',
    );
  const found = [best];
  for (let step = points - 1; step > 0 && options.isCancelled?.() !== true; step--) {
    onPoint?.(points - step, points);
    const cap = (best.costEur * step) / points;
    // A plan this cheap is known already.
    if ((found.at(-1)?.costEur ?? 0) <= cap) continue;
    const point = await within(cap);
    if (typeof point === 'object') found.push(point);
  }
  const cheapestFirst = found.toSorted(
    (one, other) => one.costEur - other.costEur || other.value - one.value,
  );
  let reached = Number.NEGATIVE_INFINITY;
  return ok(
    cheapestFirst.filter(({ value }) => {
      if (value <= reached) return false;
      reached = value;
      return true;
    }),
  );
};
