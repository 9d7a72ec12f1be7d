import type { Message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import { attributes, type Compiled, compileProgramme } from './compile.ts';
import { explainPlan } from './explain.ts';
import { polished } from './polish.ts';
import { bestPick, reducedValues } from './pricing.ts';
import { choicesOf, gapOf, searchPlan, type SearchOptions } from './search.ts';
import { shadowPricesOf } from './shadow-prices.ts';
import type { ProgrammePlan, ProgrammeProblem } from './types.ts';

const COST = attributes.indexOf('costEur');

/** Names of the buildings whose legal date no lawful package can keep. */
const hopeless = (compiled: Compiled): Message[] => {
  const reduced = reducedValues(compiled, new Float64Array(compiled.rows.length));
  return compiled.units
    .filter((unit) => bestPick(compiled, reduced, unit).reduced === Number.NEGATIVE_INFINITY)
    .flatMap(({ members }) =>
      members.filter((b) => compiled.required[b] === 1).map((b) => compiled.problem.candidates[b].name),
    );
};

/** Buildings named in one sentence. */
const NAMED = 5;

/**
 * Chooses for each building one package in one year, or nothing, so that the objective is greatest and every constraint
 * holds, with a proven bound. The problem is one that `checkProblem` accepts. Fails with `programme-infeasible` (ask
 * `relaxations` what to change) or `programme-not-solved` when no whole plan was found in time.
 */
export const optimiseProgramme = async (
  problem: ProgrammeProblem,
  options: SearchOptions,
): Promise<Result<ProgrammePlan>> => {
  const compiled = compileProgramme(problem);
  const without = hopeless(compiled);
  if (without.length > 0)
    return failure(
      'programme-infeasible',
      `${countFr(without.length, 'bâtiment n’a', 'bâtiments n’ont')} aucun lot de travaux qui tienne sa date légale dans l’argent d’une année : ${without
        .slice(0, NAMED)
        .map(({ fr }) => fr)
        .join(', ')}${without.length > NAMED ? '…' : ''}.`,
      `${countEn(without.length, 'building has', 'buildings have')} no package of works that keeps its legal date within one year’s money: ${without
        .slice(0, NAMED)
        .map(({ en }) => en)
        .join(', ')}${without.length > NAMED ? '…' : ''}.`,
    );
  const { plan, bound, prices, broken } = await searchPlan(compiled, options);
  if (broken)
    return failure(
      'programme-infeasible',
      'Aucun programme ne tient toutes les contraintes à la fois : budgets, dates, capacités et objectifs se contredisent.',
      'No programme keeps all the constraints at once: budgets, dates, capacities and targets contradict each other.',
    );
  if (plan === undefined)
    return failure(
      'programme-not-solved',
      'Aucun programme entier n’a été trouvé dans le temps donné. Donnez plus de temps ou relâchez une contrainte.',
      'No whole programme was found in the time given. Allow more time or relax a constraint.',
    );
  const taken = polished(compiled, plan.options);
  const value = taken.reduce((sum, option) => sum + compiled.worth[option], 0);
  const costByYearEur = problem.budgetsEur.map(() => 0);
  for (const option of taken)
    costByYearEur[option % compiled.years] += compiled.attribute[COST][Math.floor(option / compiled.years)];
  return ok({
    choices: choicesOf(compiled, taken),
    objective: problem.objective ?? 'energy',
    value,
    bound: Math.max(bound, value),
    gapPercent: 100 * gapOf(bound, value),
    costByYearEur,
    shadowPrices: shadowPricesOf(compiled, prices),
    ...explainPlan(compiled, prices, taken),
  });
};
