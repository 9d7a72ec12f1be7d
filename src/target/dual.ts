import type { Compiled } from './compile.ts';
import { bestPick, lagrangianBound, type Pick, reducedValues } from './pricing.ts';
import { type Column, masterModel, type Scales } from './master.ts';
import type { LinearSolver } from './types.ts';

const SUBGRADIENT_STEPS = 120;
const MASTER_ROUNDS = 25;
/** Columns of one unit that a round may add. */
const NEW_COLUMNS = 2;

export type Dual = {
  /** Prices of the rows at the best bound found, in worth per unit of the row. */
  readonly prices: Float64Array;
  readonly bound: number;
  readonly columns: readonly Column[];
  /** Weight of each column in the linear optimum. */
  readonly weights: Float64Array;
  /** Scaled amount by which the linear optimum breaks constraints; 0 where a fractional plan exists. */
  readonly broken: number;
};

const worthOf = (compiled: Compiled, options: readonly number[]): number =>
  options.reduce((sum, option) => sum + (option < 0 ? 0 : compiled.worth[option]), 0);

/**
 * Prices near the best ones by projected subgradient steps with a target that closes in (Held, Wolfe & Crowder 1974):
 * cheap, and good enough to choose the first columns by.
 */
const roughPrices = (compiled: Compiled, scales: Scales): Float64Array => {
  const { rows } = compiled;
  const unit = scales.rows.map((scale) => scales.worth / scale);
  const prices = new Float64Array(rows.length);
  let best = { bound: Number.POSITIVE_INFINITY, prices: prices.slice() };
  let eagerness = 1;
  let since = 0;
  const reduced = new Float64Array(compiled.worth.length);
  for (let step = 0; step < SUBGRADIENT_STEPS; step++) {
    const { bound, slack } = lagrangianBound(compiled, prices, reducedValues(compiled, prices, reduced));
    // A unit that must act and cannot: the master will say so.
    if (bound === Number.NEGATIVE_INFINITY) return prices;
    if (bound < best.bound * (1 - 1e-5) || !Number.isFinite(best.bound)) {
      best = { bound, prices: prices.slice() };
      since = 0;
    } else if (++since >= 8) {
      eagerness /= 2;
      since = 0;
      prices.set(best.prices);
      continue;
    }
    let norm = 0;
    for (let r = 0; r < rows.length; r++)
      if (slack[r] < 0 || prices[r] > 0) norm += (slack[r] / scales.rows[r]) ** 2;
    if (norm === 0) break;
    const length = (eagerness * 0.05 * Math.abs(bound)) / scales.worth / norm;
    for (let r = 0; r < rows.length; r++)
      prices[r] = Math.max(0, prices[r] - length * (slack[r] / scales.rows[r]) * unit[r]);
  }
  return best.prices;
};

/** The best few picks of a unit: alone, its best options by reduced value; linked, its best pick. */
const goodPicks = (compiled: Compiled, reduced: Float64Array, unit: number, count: number): Pick[] => {
  const { members } = compiled.units[unit];
  if (members.length > 1) return [bestPick(compiled, reduced, compiled.units[unit])];
  const [building] = members;
  const from = compiled.firstPackage[building] * compiled.years;
  const to = compiled.firstPackage[building + 1] * compiled.years;
  const top: Pick[] = [];
  for (let option = from; option < to; option++) {
    const value = reduced[option];
    if (value === Number.NEGATIVE_INFINITY) continue;
    if (top.length === count && value <= top[count - 1].reduced) continue;
    const at = top.findIndex((pick) => pick.reduced < value);
    top.splice(at === -1 ? top.length : at, 0, { options: [option], reduced: value });
    if (top.length > count) top.pop();
  }
  return top;
};

/**
 * Best Lagrangian bound by column generation (Dantzig & Wolfe 1960): the linear master gives prices, pricing gives the columns
 * that would better it, until none would. The bound is recomputed from the prices alone, over every option, so it
 * holds whatever the solver did. Stops early when `isOver`.
 */
export const solveDual = async (
  compiled: Compiled,
  scales: Scales,
  solver: LinearSolver,
  {
    isOver,
    start = roughPrices(compiled, scales),
    onPrices,
  }: {
    readonly isOver: () => boolean;
    /** Prices to begin from; rough ones are found when left out. */
    readonly start?: Float64Array;
    /** Told the best prices after each round. */
    readonly onPrices?: (prices: Float64Array) => void;
  },
): Promise<Dual> => {
  const { rows, units } = compiled;
  const columns: Column[] = [];
  const seen = units.map(() => new Set<string>());
  const add = (unit: number, { options }: Pick): boolean => {
    const key = options.join();
    if (seen[unit].has(key) || options.every((option) => option < 0)) return false;
    seen[unit].add(key);
    columns.push({ unit, options, worth: worthOf(compiled, options) });
    return true;
  };
  let prices: Float64Array = start;
  let reduced = reducedValues(compiled, prices);
  units.forEach((_, unit) => {
    for (const pick of goodPicks(compiled, reduced, unit, 4)) add(unit, pick);
  });
  let best = { bound: lagrangianBound(compiled, prices, reduced).bound, prices };
  let weights = new Float64Array(0);
  let broken = 0;
  for (let round = 0; round < MASTER_ROUNDS; round++) {
    const answer = await solver(masterModel(compiled, scales, columns), {
      relativeGap: 0,
      timeLimitMs: 60_000,
    });
    // Stopped by a person: the prices at hand stand.
    if (answer.rowDuals.length === 0) break;
    weights = answer.values.slice(0, columns.length);
    broken = answer.values.slice(columns.length).reduce((sum, value) => sum + value, 0);
    prices = Float64Array.from(rows, (_, r) =>
      Math.max(0, (answer.rowDuals[r] * scales.worth) / scales.rows[r]),
    );
    reduced = reducedValues(compiled, prices);
    const { bound } = lagrangianBound(compiled, prices, reduced);
    if (bound < best.bound) best = { bound, prices };
    onPrices?.(best.prices);
    const master = answer.value * scales.worth;
    if (isOver() || best.bound - master <= 1e-7 * Math.abs(best.bound)) break;
    let added = 0;
    units.forEach((_, unit) => {
      const dual = answer.rowDuals[rows.length + unit] * scales.worth;
      for (const pick of goodPicks(compiled, reduced, unit, NEW_COLUMNS))
        if (pick.reduced > dual + 1e-9 * scales.worth && add(unit, pick)) added++;
    });
    if (added === 0) break;
  }
  return { ...best, columns, weights, broken };
};
