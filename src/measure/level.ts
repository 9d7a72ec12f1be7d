import { median } from 'simple-statistics';
import type { EventDay } from './events.ts';

/** What a period takes, over what the baseline predicts, for the part that follows the cold and the part that does not. */
export type Level = {
  readonly heating: number;
  readonly base: number;
  /** The base part with no prior that it did not change: what a person is told. */
  readonly readBase: number;
  /** Fitted consumption over predicted consumption of the whole period. */
  readonly ratio: number;
};

/** Fortnights: long enough for noise to even out, short enough that a closure fills some of them and not all. */
const BLOCK_DAYS = 14;
/** Huber's bound in robust deviations: fortnights beyond it count less. */
const HUBER = 1.5;
/**
 * Weight of "the base load did not change" against what the readings say of it. One: a half to two thirds of a change of base load is
 * credited to the works and the rest to the drift that base loads show anyway, since a meter cannot tell them apart.
 */
const UNCHANGED_WEIGHT = 1;
const ITERATIONS = 30;

type Block = { actual: number; base: number; heating: number };

const blocksOf = (days: readonly EventDay[], baseKwhDay: number): Block[] => {
  const blocks = new Map<number, Block>();
  for (const { day, actual, predicted } of days) {
    const key = Math.floor(day / BLOCK_DAYS);
    const block = blocks.get(key) ?? { actual: 0, base: 0, heating: 0 };
    const positive = Math.max(0, predicted);
    const base = Math.min(Math.max(0, baseKwhDay), positive);
    block.actual += actual;
    block.base += base;
    block.heating += positive - base;
    blocks.set(key, block);
  }
  return [...blocks.values()];
};

/** Weighted least squares of the fortnights on their base and heating parts, the base drawn towards 1 by `unchanged`. */
const solved = (
  blocks: readonly Block[],
  weights: readonly number[],
  unchanged: number,
): { base: number; heating: number } => {
  let s11 = unchanged;
  let r1 = unchanged;
  let [s22, s12, r2] = [0, 0, 0];
  blocks.forEach((block, j) => {
    s11 += weights[j] * block.base ** 2;
    s22 += weights[j] * block.heating ** 2;
    s12 += weights[j] * block.base * block.heating;
    r1 += weights[j] * block.base * block.actual;
    r2 += weights[j] * block.heating * block.actual;
  });
  const determinant = s11 * s22 - s12 * s12;
  return { base: (r1 * s22 - r2 * s12) / determinant, heating: (r2 * s11 - r1 * s12) / determinant };
};

/**
 * Level of a heating meter's period against its prediction, by robust regression of fortnights on their predicted base and heating parts. On years
 * without works its median error is about two thirds of that of the plain ratio of sums, because stretches that are off for a few weeks, and part of the drift of the base load,
 * do not pass for savings. Undefined when the fortnights carry no heating.
 */
export const persistentLevel = (days: readonly EventDay[], baseKwhDay: number): Level | undefined => {
  const blocks = blocksOf(days, baseKwhDay);
  let [bases, heatings, baseSquares] = [0, 0, 0];
  for (const block of blocks) {
    bases += block.base;
    heatings += block.heating;
    baseSquares += block.base ** 2;
  }
  if (blocks.length < 4 || !(heatings > 0)) return undefined;
  let weights = blocks.map(() => 1);
  // A trace of the prior keeps the system solvable when a meter has no base load at all.
  const trace = 1e-9 * (bases + heatings) ** 2;
  let [base, heating] = [1, 1];
  for (let round = 0; round < ITERATIONS; round++) {
    ({ base, heating } = solved(blocks, weights, UNCHANGED_WEIGHT * baseSquares + trace));
    const residuals = blocks.map((b) => Math.abs(b.actual - base * b.base - heating * b.heating));
    const scale = 1.4826 * median(residuals);
    if (!(scale > 0)) break;
    weights = residuals.map((residual) => Math.min(1, (HUBER * scale) / residual));
  }
  const { base: readBase } = solved(blocks, weights, trace);
  const ratio = (base * bases + heating * heatings) / (bases + heatings);
  return Number.isFinite(ratio) ? { heating, base, readBase, ratio } : undefined;
};
