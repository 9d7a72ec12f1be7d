import { withinOneStandardError } from '../one-standard-error.ts';
import { countDays as countSlots } from '../candidate.ts';
import type { HourlyCandidate, HourlyKind, HourlyModel } from './candidate.ts';
import type { HourFeatures } from './features.ts';
import { hourlyMean, hourlyWeekProfile, hourlyWorkingProfile, towt, towtInertia } from './linear.ts';
import { towtNet } from './towt-net.ts';

/** Blocks of 14 days in six folds, as for days: longer than the memory of residuals, each fold in every season. */
const BLOCK_DAYS = 14;
const FOLDS = 6;
/** Errors that differ by less than this share of a block's mean energy differ by arithmetic, not by merit. */
const NO_DIFFERENCE = 1e-3;

/** The hourly ladder, the simplest first. */
export const hourlyLadder: readonly HourlyCandidate[] = [
  hourlyMean,
  hourlyWorkingProfile,
  hourlyWeekProfile,
  towt,
  towtInertia,
];

const everyRung = [...hourlyLadder, towtNet];

/** The rung of a kind, the net included though it is tried apart. Throws on a kind no rung has. */
export const hourlyCandidateOf = (kind: HourlyKind): HourlyCandidate => {
  const found = everyRung.find((candidate) => candidate.kind === kind);
  if (found === undefined) throw new Error(`No hourly candidate of kind ${kind}`);
  return found;
};

/**
 * Held-out CV(RMSE), %, from which the linear rungs are good enough and no net is tried: what ASHRAE Guideline 14-2014 asks of a
 * calibrated hourly model.
 */
export const HOURLY_TARGET_PERCENT = 30;

export type HourlyScore = {
  readonly kind: HourlyKind;
  /** CV(RMSE) of the hours left out, %; NaN when the candidate could not be fitted in every fold. */
  readonly score: number;
  /** Time of the cross-validation and the fit, ms; NaN without a clock. */
  readonly cpuMs: number;
  readonly chosen: boolean;
};

export type HourlySelection = { readonly model: HourlyModel; readonly scores: readonly HourlyScore[] };

type HourlySelectionOptions = {
  readonly clock?: () => number;
  readonly candidates?: readonly HourlyCandidate[];
  /** `never` leaves the net out; `always` tries it whatever the ladder reached. */
  readonly net?: 'when-needed' | 'always' | 'never';
};

type Blocks = {
  /** Block of each hour from the first usable one on; fold of a block is its rest by six. */
  readonly blockOf: Int32Array;
  readonly foldOf: Uint8Array;
  readonly count: number;
};

const blocksOf = (features: HourFeatures, mask: Uint8Array): Blocks => {
  const firstDay = features.localDay[mask.indexOf(1)];
  const blockOf = Int32Array.from(features.localDay, (day) => Math.floor((day - firstDay) / BLOCK_DAYS));
  return {
    blockOf,
    foldOf: Uint8Array.from(blockOf, (block) => (block < 0 ? 0 : block % FOLDS)),
    count: blockOf[mask.lastIndexOf(1)] + 1,
  };
};

const blockSquares = (
  candidate: HourlyCandidate,
  features: HourFeatures,
  mask: Uint8Array,
  { blockOf, foldOf, count }: Blocks,
): Float64Array | undefined => {
  const squares = new Float64Array(count);
  const models = candidate.fitFolds(features, mask, FOLDS, foldOf);
  if (models === undefined) return undefined;
  for (let i = 0; i < features.hours; i++) {
    if (mask[i] !== 1) continue;
    const error = features.energyKwh[i] - candidate.predict(models[foldOf[i]], features, i);
    squares[blockOf[i]] += error * error;
  }
  return squares;
};

/**
 * Picks an hourly rung by blocked cross-validation with the rule of the daily ladder (promise P4). The net is tried only when the
 * best of the others misses `HOURLY_TARGET_PERCENT`, and wins only by more than one standard error. Undefined when no hour is usable.
 */
export const selectHourly = (
  features: HourFeatures,
  mask: Uint8Array,
  options: HourlySelectionOptions = {},
): HourlySelection | undefined => {
  const usable = countSlots(mask);
  if (usable === 0) return undefined;
  const clock = options.clock ?? (() => Number.NaN);
  let total = 0;
  for (let i = 0; i < features.hours; i++) if (mask[i] === 1) total += features.energyKwh[i];
  const meanKwh = total / usable;

  const blocks = blocksOf(features, mask);
  const attempt = (candidate: HourlyCandidate) => {
    const start = clock();
    const model = candidate.fit(features, mask);
    const squares = model && blockSquares(candidate, features, mask, blocks);
    const sum = squares?.reduce((a, b) => a + b, 0) ?? Number.NaN;
    return {
      candidate,
      model,
      squares,
      score: (100 * Math.sqrt(sum / usable)) / meanKwh,
      cpuMs: clock() - start,
    };
  };
  const tried = (options.candidates ?? hourlyLadder)
    .filter(({ minimumHours }) => usable >= minimumHours)
    .map(attempt);
  const net = options.net ?? 'when-needed';
  const bestScore = tried.reduce(
    (best, { score }) => (score < best ? score : best),
    Number.POSITIVE_INFINITY,
  );
  const linear = tried.some(({ candidate }) => candidate === towtInertia);
  if (
    usable >= towtNet.minimumHours &&
    linear &&
    (net === 'always' || (net === 'when-needed' && bestScore > HOURLY_TARGET_PERCENT))
  )
    tried.push(attempt(towtNet));

  const standing = tried.flatMap(({ candidate, model, squares }) =>
    model !== undefined && squares !== undefined && squares.every(Number.isFinite)
      ? [{ candidate, model, squares }]
      : [],
  );
  const seen = new Set(blocks.blockOf.filter((_, i) => mask[i] === 1));
  const winner = withinOneStandardError(
    standing,
    [...seen],
    NO_DIFFERENCE * Math.sqrt(BLOCK_DAYS * 24) * Math.abs(meanKwh),
  );
  return (
    winner && {
      model: winner.model,
      scores: tried.map(({ candidate, score, cpuMs }) => ({
        kind: candidate.kind,
        score,
        cpuMs,
        chosen: candidate === winner.candidate,
      })),
    }
  );
};
