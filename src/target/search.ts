import type { Compiled } from './compile.ts';
import { type Dual, solveDual } from './dual.ts';
import { integerModel, type Scales, scalesOf } from './master.ts';
import { bestPick, lagrangianBound, reducedValues, take } from './pricing.ts';
import { solvePatterns } from './pattern-search.ts';
import type { Choice, LinearSolver } from './types.ts';
import { brokenConstraints } from './verify.ts';
import { yearsStandAlone } from './year-patterns.ts';

/**
 * Where a search was: prices of the constraints and the best plan so far. Only a hint to the next search, which proves its bound from the
 * prices and checks the plan anew: one from another problem costs time, never truth.
 */
export type SearchCheckpoint = {
  readonly prices: readonly number[];
  readonly choices: readonly Choice[];
};

export type SearchOptions = {
  readonly solver: LinearSolver;
  /** Milliseconds of any clock that only goes forward. */
  readonly nowMs: () => number;
  readonly timeLimitMs?: number;
  /** Gap at which a plan is good enough, relative to its value. */
  readonly relativeGap?: number;
  readonly isCancelled?: () => boolean;
  readonly progress?: (gapPercent: number | undefined) => void;
  /** Where an earlier search of the same problem was when it stopped. */
  readonly from?: SearchCheckpoint;
  /** Told whenever the search would be worth going on from. */
  readonly checkpoint?: (at: SearchCheckpoint) => void;
};

/** Most options an integer problem may hold to be solved whole. */
const WHOLE_OPTIONS = 6000;
/** Units first left free around the linear optimum, and the growth when that was not enough. */
const FREE_UNITS = 60;
const FREE_GROWTH = 2.5;
/** Most buildings whose years are enumerated as patterns: beyond, many buildings share a year and prices alone are tight. */
const PATTERN_BUILDINGS = 60;
const DEFAULT_LIMIT_MS = 30_000;
const DEFAULT_GAP = 1e-4;

type Incumbent = { readonly options: readonly number[]; readonly value: number };

const valueOf = (compiled: Compiled, options: readonly number[]): number =>
  options.reduce((sum, option) => sum + compiled.worth[option], 0);

/** Options as a person reads them: building, package and calendar year, in the order of the years. */
export const choicesOf = (compiled: Compiled, options: readonly number[]): Choice[] =>
  options
    .map((option) => {
      const p = Math.floor(option / compiled.years);
      const b = compiled.packageBuilding[p];
      const { buildingId, packages } = compiled.problem.candidates[b];
      return {
        buildingId,
        packageId: packages[p - compiled.firstPackage[b]].id,
        year: compiled.problem.firstYear + (option % compiled.years),
      };
    })
    .toSorted((one, other) => one.year - other.year || one.buildingId.localeCompare(other.buildingId));

/** For each unit how much worse its second best pick is than the best at the prices: small means undecided. */
const regrets = (compiled: Compiled, reduced: Float64Array): Float64Array =>
  Float64Array.from(compiled.units, (unit) => {
    const best = bestPick(compiled, reduced, unit);
    if (unit.members.length > 1) return 0;
    const [building] = unit.members;
    let second = best.options[0] === -1 || compiled.required[building] === 1 ? Number.NEGATIVE_INFINITY : 0;
    const from = compiled.firstPackage[building] * compiled.years;
    const to = compiled.firstPackage[building + 1] * compiled.years;
    for (let o = from; o < to; o++) if (o !== best.options[0] && reduced[o] > second) second = reduced[o];
    return best.reduced - second;
  });

type Search = {
  readonly compiled: Compiled;
  readonly scales: Scales;
  readonly dual: Dual;
  readonly reduced: Float64Array;
  readonly solver: LinearSolver;
};

/**
 * Solves the integer problem of the free units, the others fixed, and gives a plan that keeps every constraint to the cent: where
 * the solver's tolerance let a row slip, the row is tightened by as much and solved again.
 */
const solveFree = async (
  search: Search,
  free: readonly number[],
  fixed: readonly number[],
  keeps: (option: number) => boolean,
  limits: { readonly relativeGap: number; readonly timeLimitMs: number },
): Promise<{ readonly plan: Incumbent; readonly bound: number } | undefined> => {
  const { compiled, scales, solver } = search;
  const left = Float64Array.from(compiled.rows, ({ limit }) => limit);
  for (const option of fixed) take(compiled, option, left);
  for (let attempt = 0; attempt < 3; attempt++) {
    const { model, options } = integerModel(compiled, scales, free, left, keeps);
    if (options.length === 0) {
      const value = valueOf(compiled, fixed);
      if (brokenConstraints(compiled.problem, choicesOf(compiled, fixed)).length > 0) return undefined;
      return { plan: { options: fixed, value }, bound: value };
    }
    const answer = await solver(model, limits);
    if (answer.status === 'infeasible' || answer.values.length === 0) return undefined;
    const chosen = [...fixed, ...options.filter((_, j) => answer.values[j] > 0.5)];
    if (brokenConstraints(compiled.problem, choicesOf(compiled, chosen)).length === 0)
      return {
        plan: { options: chosen, value: valueOf(compiled, chosen) },
        bound: answer.bound * scales.worth + valueOf(compiled, fixed),
      };
    const slack = Float64Array.from(left);
    for (const option of options.filter((_, j) => answer.values[j] > 0.5)) take(compiled, option, slack);
    let slipped = false;
    for (let r = 0; r < slack.length; r++)
      if (slack[r] < 0) {
        left[r] += 2 * slack[r] - 0.01;
        slipped = true;
      }
    if (!slipped) return undefined;
  }
  return undefined;
};

/** The picks of the linear optimum of units that are decided there, as options. */
const decidedOptions = (dual: Dual, isFree: (unit: number) => boolean): number[] =>
  dual.columns.flatMap(({ unit, options }, c) =>
    !isFree(unit) && dual.weights[c] > 0.5 ? options.filter((option) => option >= 0) : [],
  );

const fractionalUnits = (dual: Dual): Set<number> =>
  new Set(
    dual.columns.flatMap(({ unit }, c) =>
      dual.weights[c] > 1e-6 && dual.weights[c] < 1 - 1e-6 ? [unit] : [],
    ),
  );

/** Whether an option can still be part of a plan better than the incumbent (reduced-cost fixing). */
const survives = ({ compiled, dual, reduced }: Search, incumbent: Incumbent | undefined) => {
  if (incumbent === undefined) return () => true;
  const spare = dual.bound - incumbent.value;
  const best = new Float64Array(compiled.required.length);
  const linked = new Uint8Array(compiled.required.length);
  for (const unit of compiled.units) {
    const { reduced: value } = bestPick(compiled, reduced, unit);
    for (const building of unit.members) {
      best[building] = value;
      if (unit.members.length > 1) linked[building] = 1;
    }
  }
  return (option: number): boolean => {
    const building = compiled.packageBuilding[Math.floor(option / compiled.years)];
    return linked[building] === 1 || best[building] - reduced[option] <= spare * (1 + 1e-9);
  };
};

/**
 * How far a plan can be from the best one: (bound − value)/|value|, 0 for a plan that reaches its bound. The
 * bound is proven from above, both in the unit of the worth.
 */
export const gapOf = (bound: number, value: number): number =>
  bound - value <= 0 ? 0 : (bound - value) / Math.max(Math.abs(value), 1e-9);

const countAllowed = (compiled: Compiled, keeps: (option: number) => boolean): number => {
  let count = 0;
  for (let o = 0; o < compiled.allowed.length; o++) if (compiled.allowed[o] === 1 && keeps(o)) count++;
  return count;
};

/** What the search ended with; no plan when none was found in time, `broken` when none can keep all constraints. */
export type Found = {
  readonly plan: Incumbent | undefined;
  readonly bound: number;
  readonly prices: Float64Array;
  readonly broken: boolean;
};

/** The plan that a checkpoint names, where it holds in this problem. */
const planFrom = (compiled: Compiled, choices: readonly Choice[]): Incumbent | undefined => {
  const { problem, firstPackage, years, allowed } = compiled;
  if (choices.length === 0) return undefined;
  const position = new Map(problem.candidates.map(({ buildingId }, b) => [buildingId, b]));
  const options: number[] = [];
  for (const { buildingId, packageId, year } of choices) {
    const b = position.get(buildingId);
    const own = problem.candidates[b ?? -1]?.packages.findIndex(({ id }) => id === packageId) ?? -1;
    const t = year - problem.firstYear;
    if (b === undefined || own === -1 || t < 0 || t >= years) return undefined;
    const option = (firstPackage[b] + own) * years + t;
    if (allowed[option] !== 1) return undefined;
    options.push(option);
  }
  return brokenConstraints(problem, choices).length === 0
    ? { options, value: valueOf(compiled, options) }
    : undefined;
};

/** Prices that a checkpoint names, where they are of as many rows as this problem has. */
const pricesFrom = ({ rows }: Compiled, prices: readonly number[] | undefined): Float64Array | undefined =>
  prices?.length === rows.length && prices.every((price) => price >= 0)
    ? Float64Array.from(prices)
    : undefined;

/**
 * Best plan of a compiled programme and a proven bound (multiple-choice knapsack with side rows; Kellerer, Pferschy & Pisinger
 * 2004, chapter 11). Lagrangian prices by column generation give the bound; integer problems of the undecided buildings give
 * plans; the bound prunes what cannot matter, and when little is left the whole is solved.
 */
export const searchPlan = async (compiled: Compiled, options: SearchOptions): Promise<Found> => {
  const { solver, nowMs, timeLimitMs = DEFAULT_LIMIT_MS, relativeGap = DEFAULT_GAP } = options;
  const end = nowMs() + timeLimitMs;
  const isOver = (): boolean => nowMs() >= end || options.isCancelled?.() === true;
  const scales = scalesOf(compiled);
  // Half the time at most goes to the bound: a plan matters more.
  const dualEnd = nowMs() + timeLimitMs / 2;
  const start = pricesFrom(compiled, options.from?.prices);
  let incumbent = planFrom(compiled, options.from?.choices ?? []);
  if (start !== undefined && incumbent !== undefined) {
    const { bound } = lagrangianBound(compiled, start, reducedValues(compiled, start));
    // Nothing was left to do.
    if (gapOf(bound, incumbent.value) <= relativeGap) {
      options.progress?.(100 * gapOf(bound, incumbent.value));
      return { plan: incumbent, bound, prices: start, broken: false };
    }
  }
  const tell = (prices: Float64Array): void =>
    options.checkpoint?.({
      prices: [...prices],
      choices: incumbent === undefined ? [] : choicesOf(compiled, incumbent.options),
    });
  const dual = await solveDual(compiled, scales, solver, {
    isOver: () => isOver() || nowMs() >= dualEnd,
    ...(start === undefined ? {} : { start }),
    onPrices: tell,
  });
  const { prices } = dual;
  if (dual.broken > 1e-6) return { plan: undefined, bound: dual.bound, prices, broken: true };
  const reduced = reducedValues(compiled, prices);
  const search: Search = { compiled, scales, dual, reduced, solver };
  let { bound } = dual;
  if (compiled.units.length <= PATTERN_BUILDINGS && yearsStandAlone(compiled)) {
    const alone = Float64Array.from(compiled.units, (unit) => bestPick(compiled, reduced, unit).reduced);
    const byPatterns = await solvePatterns(compiled, scales, solver, alone, {
      relativeGap,
      isOver: () => isOver() || nowMs() >= end - timeLimitMs / 4,
      leftMs: () => end - nowMs(),
    });
    // Every plan is held against the independent check, whatever found it.
    const holds =
      byPatterns !== undefined &&
      brokenConstraints(compiled.problem, choicesOf(compiled, byPatterns.plan.options)).length === 0;
    if (holds) {
      if (incumbent === undefined || byPatterns.plan.value > incumbent.value) incumbent = byPatterns.plan;
      tell(prices);
      bound = Math.min(bound, byPatterns.bound);
      const gap = gapOf(bound, incumbent.value);
      options.progress?.(100 * gap);
      if (gap <= relativeGap) return { plan: incumbent, bound, prices, broken: false };
    }
  }
  const fractional = fractionalUnits(dual);
  const undecided = regrets(compiled, reduced);
  const byDoubt = [...compiled.units.keys()].toSorted(
    (one, other) =>
      Number(fractional.has(other)) - Number(fractional.has(one)) || undecided[one] - undecided[other],
  );
  for (let size = FREE_UNITS; ; size = Math.ceil(size * FREE_GROWTH)) {
    const keeps = survives(search, incumbent);
    const whole = countAllowed(compiled, keeps) <= WHOLE_OPTIONS || size >= byDoubt.length;
    const free = whole ? byDoubt : byDoubt.slice(0, Math.max(size, fractional.size));
    const freeSet = new Set(free);
    const fixed = whole ? [] : decidedOptions(dual, (unit) => freeSet.has(unit));
    // The gap asked for is of the whole programme; the free part may be a small share of it.
    const share = Math.max(
      0.01,
      Math.abs(bound - valueOf(compiled, fixed)) / Math.max(Math.abs(bound), 1e-9),
    );
    const left = end - nowMs();
    const found = await solveFree(search, free, fixed, keeps, {
      relativeGap: relativeGap / 2 / share,
      timeLimitMs: Math.max(1000, whole ? left : Math.min(left / 2, timeLimitMs / 3)),
    });
    if (found !== undefined) {
      // Solved whole, the solver's own bound counts too; options left out cannot beat the incumbent.
      if (whole) bound = Math.min(bound, Math.max(found.bound, incumbent?.value ?? found.bound));
      if (incumbent === undefined || found.plan.value > incumbent.value) incumbent = found.plan;
      tell(prices);
      options.progress?.(100 * gapOf(bound, incumbent.value));
    }
    if (whole || isOver() || (incumbent !== undefined && gapOf(bound, incumbent.value) <= relativeGap)) break;
  }
  return { plan: incumbent, bound, prices, broken: false };
};
