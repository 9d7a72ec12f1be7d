import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type {
  Candidate,
  Choice,
  MilpSolution,
  NotChosen,
  Package,
  ProgrammePlan,
  ProgrammeProblem,
} from './types.ts';

/** Years over which a saving counts after the programme's last year, so that a late choice still has a value. */
const HORIZON_AFTER_YEARS = 10;

type Option = {
  readonly name: string;
  readonly candidate: Candidate;
  readonly packaged: Package;
  readonly yearIndex: number;
};

/** kWh saved from the year after the works to the end of the horizon: early works are worth more. */
const worthKwh = (packaged: Package, yearIndex: number, years: number): number =>
  packaged.savingKwh * (years - yearIndex + HORIZON_AFTER_YEARS);

const options = (problem: ProgrammeProblem): Option[] =>
  problem.candidates.flatMap((candidate, buildingIndex) =>
    candidate.packages.flatMap((packaged, packageIndex) =>
      packaged.savingKwh <= 0
        ? []
        : problem.budgetsEur.flatMap((budget, yearIndex) =>
            packaged.costEur > budget
              ? []
              : [{ name: `x_${buildingIndex}_${packageIndex}_${yearIndex}`, candidate, packaged, yearIndex }],
          ),
    ),
  );

/**
 * Refuses what no plan can be made from. Codes: `programme-empty`, `programme-duplicate-building`,
 * `programme-budget`, `programme-cost`.
 */
export const checkProblem = (problem: ProgrammeProblem): Result<ProgrammeProblem> => {
  if (problem.candidates.length === 0)
    return failure(
      'programme-empty',
      'Aucun bâtiment à programmer. Chargez un parc puis recommencez.',
      'No building to plan for. Load a stock, then try again.',
    );
  const seen = new Set<string>();
  for (const { buildingId, packages } of problem.candidates) {
    if (seen.has(buildingId))
      return failure(
        'programme-duplicate-building',
        `Le bâtiment « ${buildingId} » figure deux fois. Gardez-en un.`,
        `Building “${buildingId}” stands twice. Keep one.`,
        { field: buildingId },
      );
    seen.add(buildingId);
    const wrong = packages.find(({ costEur }) => !(costEur >= 0 && Number.isFinite(costEur)));
    if (wrong !== undefined)
      return failure(
        'programme-cost',
        `Le coût du lot « ${wrong.id} » de « ${buildingId} » n’est pas un montant positif.`,
        `The cost of package “${wrong.id}” of “${buildingId}” is not a positive amount.`,
        { field: buildingId },
      );
  }
  if (problem.budgetsEur.length === 0 || problem.budgetsEur.some((budget) => !(budget >= 0)))
    return failure(
      'programme-budget',
      'Il faut un budget positif ou nul pour chaque année.',
      'Each year needs a budget of zero or more.',
    );
  return ok(problem);
};

/**
 * The programme as a mixed-integer linear programme in CPLEX LP text: each building takes one package in one year
 * or none, each year keeps its budget, and the energy saved over the horizon is greatest (multiple-choice
 * knapsack; Kellerer, Pferschy & Pisinger, Knapsack Problems, 2004, chapter 11).
 */
export const programmeModel = (problem: ProgrammeProblem): string => {
  const all = options(problem);
  const years = problem.budgetsEur.length;
  const term = (factor: number, name: string): string => ` + ${factor.toFixed(6)} ${name}`;
  const byBuilding = Map.groupBy(all, (option) => option.candidate.buildingId);
  const byYear = Map.groupBy(all, (option) => option.yearIndex);
  const lines = ['Maximize', ' saved:'];
  for (const option of all) lines.push(term(worthKwh(option.packaged, option.yearIndex, years), option.name));
  lines.push('Subject To');
  let row = 0;
  for (const own of byBuilding.values()) {
    lines.push(` one${row++}:`, ...own.map((option) => term(1, option.name)), ' <= 1');
  }
  for (const [yearIndex, own] of byYear) {
    lines.push(
      ` budget${yearIndex}:`,
      ...own.map((option) => term(option.packaged.costEur, option.name)),
      ` <= ${(problem.budgetsEur[yearIndex] ?? 0).toFixed(6)}`,
    );
  }
  lines.push('Binary', ...all.map((option) => ` ${option.name}`), 'End', '');
  return all.length === 0 ? '' : lines.join('\n');
};

const reasonOf = (candidate: Candidate, problem: ProgrammeProblem, spare: readonly number[]): Message => {
  const saving = candidate.packages.filter(({ savingKwh }) => savingKwh > 0);
  if (candidate.packages.length === 0)
    return message('aucun lot de travaux ne lui est proposé.', 'no package of works is offered for it.');
  if (saving.length === 0)
    return message('aucun lot ne lui ferait économiser d’énergie.', 'no package would save it any energy.');
  const cheapest = saving.reduce((best, one) => (one.costEur < best.costEur ? one : best));
  const cost = Math.round(cheapest.costEur / 1000);
  const largest = Math.max(...problem.budgetsEur);
  if (cheapest.costEur > largest)
    return message(
      `son lot le moins cher (${cost} k€) dépasse le budget d’une année (${Math.round(largest / 1000)} k€).`,
      `its cheapest package (${cost} k€) is more than one year’s budget (${Math.round(largest / 1000)} k€).`,
    );
  const best = saving.reduce((one, other) =>
    other.savingKwh / other.costEur > one.savingKwh / one.costEur ? other : one,
  );
  const perEuro = (best.costEur / best.savingKwh).toFixed(2);
  const left = Math.round(Math.max(...spare) / 1000);
  return message(
    `le budget va d’abord à des travaux qui économisent plus par euro (ici ${perEuro} € par kWh annuel au mieux ; il reste ${left} k€ au plus dans une année, son lot le moins cher en coûte ${cost}).`,
    `the budget goes first to works that save more per euro (here ${perEuro} € per yearly kWh at best; at most ${left} k€ are left in a year, and its cheapest package costs ${cost}).`,
  );
};

/** Turns a solver's values into a plan; throws when they break a constraint, since that would be a bug. */
export const programmePlan = (problem: ProgrammeProblem, solution: MilpSolution): ProgrammePlan => {
  const years = problem.budgetsEur.length;
  const taken = options(problem).filter((option) => (solution.values[option.name] ?? 0) > 0.5);
  const choices: Choice[] = taken.map((option) => ({
    buildingId: option.candidate.buildingId,
    packageId: option.packaged.id,
    year: problem.firstYear + option.yearIndex,
  }));
  const costByYearEur = problem.budgetsEur.map((_, yearIndex) =>
    taken.reduce((sum, option) => (option.yearIndex === yearIndex ? sum + option.packaged.costEur : sum), 0),
  );
  const objectiveKwh = taken.reduce(
    (sum, option) => sum + worthKwh(option.packaged, option.yearIndex, years),
    0,
  );
  verify(problem, choices);
  const spare = problem.budgetsEur.map((budget, index) => budget - (costByYearEur[index] ?? 0));
  const chosen = new Set(choices.map(({ buildingId }) => buildingId));
  const notChosen: NotChosen[] = problem.candidates
    .filter(({ buildingId }) => !chosen.has(buildingId))
    .map((candidate) => ({ buildingId: candidate.buildingId, reason: reasonOf(candidate, problem, spare) }));
  const boundKwh = Math.max(objectiveKwh, solution.boundKwh);
  return {
    choices: choices.toSorted(
      (left, right) => left.year - right.year || left.buildingId.localeCompare(right.buildingId),
    ),
    objectiveKwh,
    boundKwh,
    gapPercent: objectiveKwh > 0 ? (100 * (boundKwh - objectiveKwh)) / objectiveKwh : 0,
    costByYearEur,
    notChosen,
  };
};

/** The independent check of a plan on the costs that are reported: one package a building, no budget passed by a cent. */
const verify = (problem: ProgrammeProblem, choices: readonly Choice[]): void => {
  const spent = new Map<number, number>();
  const seen = new Set<string>();
  for (const { buildingId, packageId, year } of choices) {
    if (seen.has(buildingId)) throw new Error(`plan takes ${buildingId} twice`);
    seen.add(buildingId);
    const packaged = problem.candidates
      .find((candidate) => candidate.buildingId === buildingId)
      ?.packages.find(({ id }) => id === packageId);
    if (packaged === undefined) throw new Error(`plan takes an unknown package ${packageId}`);
    spent.set(year, (spent.get(year) ?? 0) + packaged.costEur);
  }
  for (const [year, cost] of spent) {
    const budget = problem.budgetsEur[year - problem.firstYear] ?? 0;
    if (cost > budget + 0.005) throw new Error(`plan passes the budget of ${year}: ${cost} > ${budget}`);
  }
};

/** The plan's yearly saving on each draw, kWh, buildings drawn independently: its quantiles are the plan's interval. */
export const planSavingDraws = (problem: ProgrammeProblem, plan: ProgrammePlan): Float64Array => {
  const chosen = plan.choices.flatMap(({ buildingId, packageId }) => {
    const packaged = problem.candidates
      .find((candidate) => candidate.buildingId === buildingId)
      ?.packages.find(({ id }) => id === packageId);
    return packaged === undefined ? [] : [packaged.savingDraws];
  });
  const total = new Float64Array(chosen[0]?.length ?? 0);
  for (const draws of chosen) for (let draw = 0; draw < total.length; draw++) total[draw] += draws[draw];
  return total;
};
