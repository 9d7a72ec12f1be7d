import { mean, standardDeviation } from 'simple-statistics';
import { type Candidate, type Coefficients, countDays, type ModelKind } from './candidate.ts';
import type { DayFeatures } from './features.ts';
import { ladder } from './ladder.ts';

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

const blockErrors = (
  candidate: Candidate,
  features: DayFeatures,
  mask: Uint8Array,
  firstDay: number,
): Float64Array | undefined => {
  const blocks = Math.ceil((features.days - firstDay) / BLOCK_DAYS);
  const errors = new Float64Array(blocks);
  const blockOf = (i: number): number => Math.floor((i - firstDay) / BLOCK_DAYS);
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = new Uint8Array(mask.length);
    let held = 0;
    for (let i = firstDay; i < features.days; i++)
      if (mask[i] === 1) {
        if (blockOf(i) % FOLDS === fold) held++;
        else training[i] = 1;
      }
    if (held === 0) continue;
    const model = candidate.fit(features, training);
    if (model === undefined) return undefined;
    for (let i = firstDay; i < features.days; i++) {
      if (mask[i] !== 1 || blockOf(i) % FOLDS !== fold) continue;
      const error = features.energyKwh[i] - candidate.predict(model, features, i);
      const block = blockOf(i);
      errors[block] = errors[block] + error * error;
    }
  }
  return errors;
};

/** Errors that differ by less than this share of a block's mean energy differ by arithmetic, not by merit. */
const NO_DIFFERENCE = 1e-3;

const standardErrorOfMean = (values: readonly number[]): number =>
  values.length < 2 ? 0 : standardDeviation(values) / Math.sqrt(values.length - 1);

/**
 * Picks a rung by blocked cross-validation: blocks of 14 days, six folds that each see every season. The winner is the
 * simplest candidate whose squared error is within one standard error of the best's, the standard error taken on the block-by-block
 * differences (Breiman et al. 1984, paired because blocks differ far more than models do), or a thousandth of the load. Undefined when no day is usable.
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
  const firstDay = mask.indexOf(1);
  let total = 0;
  for (let i = 0; i < features.days; i++) if (mask[i] === 1) total += features.energyKwh[i];

  const tried = (options.candidates ?? ladder)
    .filter((candidate) => usable >= candidate.minimumDays)
    .map((candidate) => {
      const start = clock();
      const model = candidate.fit(features, mask);
      const errors = model && blockErrors(candidate, features, mask, firstDay);
      const squares = errors?.reduce((a, b) => a + b, 0) ?? Number.NaN;
      return { candidate, model, errors, squares, cpuMs: clock() - start };
    });
  const standing = tried.filter(({ squares }) => Number.isFinite(squares));
  const best = standing.reduce<(typeof tried)[number] | undefined>(
    (winner, next) => (winner === undefined || next.squares < winner.squares ? next : winner),
    undefined,
  );
  if (best?.errors === undefined) return undefined;
  const bestErrors = best.errors;
  const seen = [...bestErrors.keys()].filter((block) => {
    for (let i = firstDay + block * BLOCK_DAYS; i < firstDay + (block + 1) * BLOCK_DAYS; i++)
      if (mask[i] === 1) return true;
    return false;
  });
  const negligible = (NO_DIFFERENCE * Math.sqrt(BLOCK_DAYS) * Math.abs(total)) / usable;
  const winner =
    standing.find(({ errors }) => {
      const differences = seen.map(
        (block) => Math.sqrt(errors?.[block] ?? 0) - Math.sqrt(bestErrors[block] ?? 0),
      );
      return mean(differences) <= Math.max(standardErrorOfMean(differences), negligible);
    }) ?? best;
  if (winner.model === undefined) return undefined;
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
