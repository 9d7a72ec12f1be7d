import { median, quantile } from 'simple-statistics';

/** A measured saving with its 90 % interval and the truth, points of savings. */
export type SavingsCase = {
  readonly building: string;
  readonly truth: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Half width of ASHRAE Guideline 14 at 90 %. */
  readonly ashraePoints: number;
};

/** Winkler's score of a 90 % interval: its width, and twenty times what the truth lies outside. */
export const intervalScore = (low: number, high: number, truth: number): number =>
  high - low + 20 * Math.max(0, low - truth, truth - high);

export const scoresOf = (
  cases: readonly SavingsCase[],
): { readonly held: number; readonly score: number; readonly halfWidth: number } => ({
  held: cases.filter(({ truth, low, high }) => truth >= low && truth <= high).length,
  score: cases.reduce((sum, { low, high, truth }) => sum + intervalScore(low, high, truth), 0) / cases.length,
  halfWidth: median(cases.map(({ low, high }) => (high - low) / 2)),
});

/**
 * Guideline 14's half widths times one factor, chosen for each building on the other buildings' cases so that `coverage` of them hold
 * the truth.
 */
export const rescaledHalfWidths = (cases: readonly SavingsCase[], coverage: number): readonly number[] =>
  cases.map((one) => {
    const ratios = cases
      .filter(({ building }) => building !== one.building)
      .map(({ value, truth, ashraePoints }) => Math.abs(value - truth) / ashraePoints);
    return one.ashraePoints * quantile(ratios, Math.min(1, coverage));
  });
