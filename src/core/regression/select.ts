import { type Candidate, type Coefficients, countDays, type ModelKind } from './candidate.ts';
import type { DayFeatures } from './features.ts';
import { ladder } from './ladder.ts';
import { withinOneStandardError } from './one-standard-error.ts';

/** Length of a block left out together, days: longer than the memory of residuals (lag-1 correlation about 0.5). */
const BLOCK_DAYS = 14;
const FOLDS = 6;

export type Score = {
  readonly kind: ModelKind;
  /** CV(RMSE) of the days left out, %; NaN when the candidate could not be fitted in every fold. */
  readonly score: number;
  /** Time of the cross-validation and the fit, ms; NaN without a clock. */
  readonly cpuMs: number;
  readonly chosen: boolean;
};

export type Selection = {
  readonly model: Coefficients;
  readonly scores: readonly Score[];
};

type Blocks = {
  readonly count: number;
  /** Block of each day, and the fold that holds it out. */
  readonly blockOf: Int32Array;
  readonly foldOf: Uint8Array;
  /** The days of the other folds, for each fold; shared by all candidates. */
  readonly training: readonly Uint8Array[];
};

const blocksOf = (mask: Uint8Array): Blocks => {
  const days = mask.length;
  const firstDay = mask.indexOf(1);
  const blockOf = Int32Array.from({ length: days }, (_, i) =>
    Math.max(0, Math.floor((i - firstDay) / BLOCK_DAYS)),
  );
  const foldOf = Uint8Array.from(blockOf, (block) => block % FOLDS);
  return {
    count: Math.ceil((days - firstDay) / BLOCK_DAYS),
    blockOf,
    foldOf,
    training: Array.from({ length: FOLDS }, (_, fold) =>
      mask.map((flag, i) => (foldOf[i] === fold ? 0 : flag)),
    ),
  };
};

const fitEachFold = (
  candidate: Candidate,
  features: DayFeatures,
  mask: Uint8Array,
  { foldOf, training }: Blocks,
): readonly (Coefficients | undefined)[] =>
  candidate.fitWithoutFolds === undefined
    ? training.map((days) => candidate.fit(features, days))
    : candidate.fitWithoutFolds(features, mask, foldOf, FOLDS);

/** Squared errors of the days held out, summed by block; undefined when a fold that is needed could not be fitted. */
const blockErrors = (
  candidate: Candidate,
  features: DayFeatures,
  mask: Uint8Array,
  blocks: Blocks,
): Float64Array | undefined => {
  const { count, blockOf, foldOf } = blocks;
  const models = fitEachFold(candidate, features, mask, blocks);
  const errors = new Float64Array(count);
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1) continue;
    const model = models[foldOf[i]];
    if (model === undefined) return undefined;
    const error = features.energyKwh[i] - candidate.predict(model, features, i);
    errors[blockOf[i]] = errors[blockOf[i]] + error * error;
  }
  return errors;
};

/** Errors that differ by less than this share of a block's mean energy differ by arithmetic, not by merit. */
const NO_DIFFERENCE = 1e-3;

/**
 * Picks a rung by blocked cross-validation: blocks of 14 days, six folds that each see every season. The winner is the
 * simplest candidate within one standard error of the best (`withinOneStandardError`), or a thousandth of the load. Undefined when
 * no day is usable.
 * `clock` gives milliseconds; without it costs are NaN, since this code has no clock of its own.
 */
export const selectModel = (
  features: DayFeatures,
  mask: Uint8Array,
  options: { readonly clock?: () => number; readonly candidates?: readonly Candidate[] } = {},
): Selection | undefined => {
  const usable = countDays(mask);
  if (usable === 0) return undefined;
  const clock = options.clock ?? (() => Number.NaN);
  const blocks = blocksOf(mask);
  let total = 0;
  for (let i = 0; i < features.days; i++) if (mask[i] === 1) total += features.energyKwh[i];

  const tried = (options.candidates ?? ladder)
    .filter((candidate) => usable >= candidate.minimumDays)
    .map((candidate) => {
      const start = clock();
      const model = candidate.fit(features, mask);
      const errors = model && blockErrors(candidate, features, mask, blocks);
      const squares = errors?.reduce((a, b) => a + b, 0) ?? Number.NaN;
      return { candidate, model, errors, squares, cpuMs: clock() - start };
    });
  const standing = tried.flatMap(({ candidate, model, errors, squares }) =>
    model !== undefined && errors !== undefined && Number.isFinite(squares)
      ? [{ candidate, model, squares: errors }]
      : [],
  );
  const seen = [...new Set(blocks.blockOf.filter((_, i) => mask[i] === 1))];
  const negligible = (NO_DIFFERENCE * Math.sqrt(BLOCK_DAYS) * Math.abs(total)) / usable;
  // Days of a single block leave nothing to learn from when it is held out: the plainest rung stands untried.
  const untried = tried.find(({ model }) => model !== undefined);
  const winner = withinOneStandardError(standing, seen, negligible) ?? untried;
  if (winner?.model === undefined) return undefined;
  return {
    model: winner.model,
    scores: tried.map(({ candidate, squares, cpuMs }) => ({
      kind: candidate.kind,
      score: (100 * Math.sqrt(squares / usable)) / (total / usable),
      cpuMs,
      chosen: candidate === winner.candidate,
    })),
  };
};
