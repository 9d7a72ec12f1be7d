import { inverseOf, solveInPlace } from '../core/statistics/index.ts';

/** A row of a linear model where it is not zero. */
export type SparseRow = readonly (readonly [column: number, weight: number])[];

export type NormalPosterior = {
  /** Mean of each column, and the covariance row by row. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  /** Logarithm of the chance of the residuals under the spreads, up to a constant. */
  readonly logEvidence: number;
};

/**
 * Normal conditioning of columns with prior mean zero and spreads `sds` on residuals of known variance (Gelman & Hill, Data Analysis
 * Using Regression and Multilevel/Hierarchical Models, 2007, chapters 12 and 13; the evidence is the normal marginal likelihood by the
 * determinant lemma). Columns without a prior spread stay at zero.
 */
export const conditionNormal = (
  sds: readonly number[],
  cases: readonly { readonly row: SparseRow; readonly residual: number; readonly variance: number }[],
): NormalPosterior => {
  const size = sds.length;
  // In units of the prior spreads, so that a spread of zero needs no infinite precision.
  const precision = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let a = 0; a < size; a++) precision[a * size + a] = 1;
  let logEvidence = 0;
  for (const { row, residual, variance } of cases) {
    logEvidence -= 0.5 * (Math.log(variance) + residual ** 2 / variance);
    for (const [a, weight] of row) {
      const scaled = (weight * sds[a]) / variance;
      right[a] += scaled * residual;
      for (const [b, other] of row) precision[a * size + b] += scaled * other * sds[b];
    }
  }
  const factor = precision.slice();
  const solution = right.slice();
  if (!solveInPlace(factor, solution, size))
    throw new Error('A precision of at least one is positive definite');
  for (let a = 0; a < size; a++) {
    logEvidence -= Math.log(factor[a * size + a]);
    logEvidence += 0.5 * right[a] * solution[a];
  }
  const inverse = inverseOf(precision, size);
  if (inverse === undefined) throw new Error('A precision of at least one has an inverse');
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) inverse[a * size + b] *= sds[a] * sds[b];
  return { mean: solution.map((value, a) => value * sds[a]), covariance: inverse, logEvidence };
};

/** Weights, which sum to 1, of tries by the logarithm of their chance. */
export const weighted = <T>(
  tries: readonly (T & { readonly ln: number })[],
): readonly (Omit<T, 'ln'> & { readonly weight: number })[] => {
  const top = Math.max(...tries.map(({ ln }) => ln));
  const total = tries.reduce((sum, { ln }) => sum + Math.exp(ln - top), 0);
  return tries.map(({ ln, ...rest }) => ({ ...rest, weight: Math.exp(ln - top) / total }));
};

/** Spread of ln(scale) of a learnt spread held likely before any case. */
export const LN_SCALE_SD = Math.log(2);
