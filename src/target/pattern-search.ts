import type { Compiled } from './compile.ts';
import { ModelBuilder, type Scales } from './master.ts';
import type { LinearModel, LinearSolver } from './types.ts';
import { bestPatterns, type Pattern, patternsOver } from './year-patterns.ts';

const ROUNDS = 200;
/** Patterns of one year that a round may add. */
const NEW_PATTERNS = 8;
/** How far the prices that are tried stay with the best ones known (Wentges 1997). */
const STAY = 0.5;
/** Most patterns of all years in the last integer problem. */
const MOST_PATTERNS = 60_000;
const BROKEN_PRICE = 1e3;

type PatternBound = {
  /** Price of each building's one place in the programme. */
  readonly prices: Float64Array;
  readonly bound: number;
  /** Best value of each year at these prices. */
  readonly best: Float64Array;
  readonly patterns: readonly Pattern[];
};

const buildingOf = ({ packageBuilding, years }: Compiled, option: number): number =>
  packageBuilding[Math.floor(option / years)];

const worthOf = ({ worth }: Compiled, options: readonly number[]): number =>
  options.reduce((sum, option) => sum + worth[option], 0);

/** One pattern a year, each building in one of them at most; required ones in one, or at a prohibitive price in a linear model. */
const patternModel = (
  compiled: Compiled,
  scales: Scales,
  patterns: readonly Pattern[],
  whole: boolean,
): LinearModel => {
  const { required, years } = compiled;
  const builder = new ModelBuilder();
  for (const { year, options } of patterns)
    builder.column(worthOf(compiled, options) / scales.worth, 1, [
      ...options.map((option): [number, number] => [buildingOf(compiled, option), 1]),
      [required.length + year, 1],
    ]);
  if (!whole)
    required.forEach((must, building) => {
      if (must === 1) builder.column(-BROKEN_PRICE, 1, [[building, 1]]);
    });
  return builder.build(
    [
      ...Array.from(required, (must) => (must === 1 ? 1 : Number.NEGATIVE_INFINITY)),
      ...Array.from({ length: years }, () => Number.NEGATIVE_INFINITY),
    ],
    Array.from({ length: required.length + years }, () => 1),
    whole ? patterns.length : 0,
  );
};

/** Bound at any prices: Σ price + Σ over years of their best pattern. Prices of buildings that need not act are not negative. */
const boundAt = (
  compiled: Compiled,
  prices: Float64Array,
): { readonly bound: number; readonly best: Float64Array; readonly found: Pattern[] } | undefined => {
  let bound = prices.reduce((sum, price) => sum + price, 0);
  const best = new Float64Array(compiled.years);
  const found: Pattern[] = [];
  for (let year = 0; year < compiled.years; year++) {
    const patterns = bestPatterns(compiled, year, prices, NEW_PATTERNS);
    if (patterns === undefined) return undefined;
    best[year] = Math.max(0, patterns[0]?.value ?? 0);
    bound += best[year];
    found.push(...patterns);
  }
  return { bound, best, found };
};

/**
 * Bound of the programme with each year's knapsack made convex (Dantzig & Wolfe 1960; Vanderbeck 2000), by column generation
 * with smoothed prices, from prices of the buildings to start with. Undefined when a knapsack was too large to walk.
 */
const patternBound = async (
  compiled: Compiled,
  scales: Scales,
  solver: LinearSolver,
  start: Float64Array,
  isOver: () => boolean,
): Promise<PatternBound | undefined> => {
  const { required } = compiled;
  const patterns = new Map<string, Pattern>();
  const add = (pattern: Pattern): boolean => {
    const key = pattern.options.toSorted((one, other) => one - other).join();
    if (patterns.has(key)) return false;
    patterns.set(key, pattern);
    return true;
  };
  const first = boundAt(compiled, start);
  if (first === undefined) return undefined;
  first.found.forEach(add);
  let best = { prices: start, bound: first.bound, best: first.best };
  for (let round = 0; round < ROUNDS && patterns.size > 0 && !isOver(); round++) {
    const master = await solver(patternModel(compiled, scales, [...patterns.values()], false), {
      relativeGap: 0,
      timeLimitMs: 10_000,
    });
    if (master.rowDuals.length === 0) break;
    const prices = Float64Array.from(required, (must, b) => {
      const price = master.rowDuals[b] * scales.worth;
      return must === 1 ? price : Math.max(0, price);
    });
    const known = best.prices;
    const tried = prices.map((price, b) => STAY * known[b] + (1 - STAY) * price);
    let at = boundAt(compiled, tried);
    if (at === undefined) return undefined;
    if (at.bound < best.bound) best = { prices: tried, bound: at.bound, best: at.best };
    let added = at.found.filter(add).length;
    if (added === 0) {
      at = boundAt(compiled, prices);
      if (at === undefined) return undefined;
      if (at.bound < best.bound) best = { prices, bound: at.bound, best: at.best };
      added = at.found.filter(add).length;
    }
    const value = master.value * scales.worth;
    if (added === 0 || best.bound - value <= 1e-8 * Math.abs(value)) break;
  }
  return { ...best, patterns: [...patterns.values()] };
};

type PatternPlan = {
  readonly plan: { readonly options: readonly number[]; readonly value: number };
  readonly bound: number;
};

/**
 * Best plan of a programme whose years stand alone: the best of the patterns that made the bound, then every pattern that can
 * be part of a better one (Baldacci, Christofides & Mingozzi 2008) and the integer problem over those, which is exact. The bound
 * holds wherever it stops. `start` are prices of the buildings. Undefined when years are too large to walk, or no plan was found.
 */
export const solvePatterns = async (
  compiled: Compiled,
  scales: Scales,
  solver: LinearSolver,
  start: Float64Array,
  limits: { readonly relativeGap: number; readonly isOver: () => boolean; readonly leftMs: () => number },
): Promise<PatternPlan | undefined> => {
  const relaxed = await patternBound(compiled, scales, solver, start, limits.isOver);
  if (relaxed === undefined) return undefined;
  const bestOf = async (patterns: readonly Pattern[]) => {
    // The solver refuses a model without columns.
    if (patterns.length === 0) return undefined;
    const answer = await solver(patternModel(compiled, scales, patterns, true), {
      relativeGap: limits.relativeGap / 4,
      timeLimitMs: Math.max(500, limits.leftMs()),
    });
    const options = patterns.flatMap((pattern, j) => (answer.values[j] > 0.5 ? pattern.options : []));
    return answer.values.length === 0
      ? undefined
      : { plan: { options, value: worthOf(compiled, options) }, bound: answer.bound * scales.worth };
  };
  const first = await bestOf(relaxed.patterns);
  if (first === undefined) return undefined;
  const unproven = { plan: first.plan, bound: relaxed.bound };
  const spare = relaxed.bound - first.plan.value;
  if (spare <= limits.relativeGap * Math.abs(first.plan.value)) return unproven;
  const all: Pattern[] = [];
  for (let year = 0; year < compiled.years; year++) {
    const least = relaxed.best[year] - spare - 1e-9 * Math.abs(relaxed.bound);
    const own = patternsOver(compiled, year, relaxed.prices, least, MOST_PATTERNS - all.length);
    if (own === undefined) return unproven;
    all.push(...own);
  }
  const last = await bestOf(all);
  if (last === undefined) return unproven;
  const plan = last.plan.value > first.plan.value ? last.plan : first.plan;
  return { plan, bound: Math.min(relaxed.bound, Math.max(last.bound, plan.value)) };
};
