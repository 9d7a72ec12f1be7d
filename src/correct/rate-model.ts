import { inverseOf, solveInPlace } from '../core/statistics/index.ts';
import { cellKey, type Tellable } from './minimum-group.ts';
import type { RealisationCase, RealisationPrior } from './types.ts';

/**
 * A column of the linear model: all rates, one measure's part, one family's, or one measure's in one family. `sd` is its prior
 * spread.
 */
type Column = { readonly level: 'common' | 'measure' | 'family' | 'cell'; readonly key: string };

export type Observation = {
  readonly one: RealisationCase;
  /** Measured over predicted saving. */
  readonly ratio: number;
  /** Standard deviation of the measured saving, as a share of what was read: its error is that of the counterfactual. */
  readonly measuredShare: number;
  readonly predictedPercent: number;
  /** Variance of the predicted saving, over its square. */
  readonly predictedVariance: number;
};

type Scales = { readonly structure: number; readonly perCase: number };

const sdOf = (prior: RealisationPrior, { structure }: Scales, { level }: Column): number =>
  ({
    common: prior.sdCommon,
    measure: structure * prior.sdMeasure,
    family: structure * prior.sdFamily,
    cell: structure * prior.sdCell,
  })[level];

/** Columns and, a row a case, where it is not zero. */
export type Design = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (readonly [column: number, weight: number])[])[];
};

type Weight = readonly [column: number, weight: number];

/** Which columns the rate of a measure in a family is the sum of. */
export const termsOf = (
  { columns }: Pick<Design, 'columns'>,
  measure: string,
  family: string | null,
): number[] =>
  columns.flatMap(({ level, key }, index) => {
    if (level === 'common') return [index];
    if (level === 'measure') return key === measure ? [index] : [];
    if (family === null) return [];
    return key === (level === 'family' ? family : cellKey(measure, family)) ? [index] : [];
  });

/**
 * The linear model of the realisation rates (docs/decisions/0230): a common part, one a measure, and one a
 * family and a measure within it where enough works stand behind them. A row holds the share of each measure
 * in a case's predicted saving, 0 to 1.
 */
export const designOf = (
  measures: readonly string[],
  observations: readonly Observation[],
  { families, cells }: Tellable,
): Design => {
  const columns: Column[] = [
    { level: 'common', key: '' },
    ...measures.map((key) => ({ level: 'measure', key }) as const),
    ...[...families].map((key) => ({ level: 'family', key }) as const),
    ...[...cells].map((key) => ({ level: 'cell', key }) as const),
  ];
  const rows = observations.map(({ one }): Weight[] => {
    const row = new Map<number, number>();
    for (const { measure, share } of one.shares)
      for (const column of termsOf({ columns }, measure, one.family))
        row.set(column, (row.get(column) ?? 0) + share);
    return [...row];
  });
  return { columns, rows };
};

/** Whether a measure has a part of its own in a family. */
export const hasCell = ({ columns }: Design, measure: string, family: string): boolean =>
  columns.some(({ level, key }) => level === 'cell' && key === cellKey(measure, family));

type Posterior = {
  /** Deviation of each column from the prior mean, and the covariance row by row. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly sdCase: number;
  /** Logarithm of the chance of the cases under the scales, up to a constant. */
  readonly logEvidence: number;
};

/** Percent of the counterfactual that is still read after any works. */
export const LEAST_READ_PERCENT = 5;

/** What a case adds to its variance through the parts of its family that have no column of their own. */
const unseen = (
  prior: RealisationPrior,
  { structure }: Scales,
  design: Design,
  one: RealisationCase,
): number => {
  const seen = design.columns.some(({ level, key }) => level === 'family' && key === one.family);
  return one.shares.reduce(
    (sum, { measure, share }) =>
      hasCell(design, measure, one.family) ? sum : sum + (structure * prior.sdCell * share) ** 2,
    seen ? 0 : (structure * prior.sdFamily) ** 2,
  );
};

/**
 * Normal conditioning of the columns on the cases for given scales (Gelman & Hill, Data Analysis Using Regression and
 * Multilevel/Hierarchical Models, 2007, chapters 12 and 13; the evidence is the normal marginal likelihood by the determinant
 * lemma). `expected` has the rate of each case as known so far: both errors count as they would be at that rate, never at the
 * ratio read, which would trust low predictions and high measurements most. Columns without a prior spread stay at zero.
 */
const conditioned = (
  prior: RealisationPrior,
  scales: Scales,
  design: Design,
  observations: readonly Observation[],
  expected: readonly number[],
): Posterior => {
  const { columns, rows } = design;
  const size = columns.length;
  const sds = columns.map((column) => sdOf(prior, scales, column));
  const sdCase = scales.perCase * prior.sdCase;
  // In units of the prior spreads, so that a spread of zero needs no infinite precision.
  const precision = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let a = 0; a < size; a++) precision[a * size + a] = 1;
  let logEvidence = 0;
  observations.forEach(({ one, ratio, measuredShare, predictedPercent, predictedVariance }, index) => {
    const rate = expected[index] ?? prior.mean;
    const variance =
      ((measuredShare * Math.max(LEAST_READ_PERCENT, 100 - rate * predictedPercent)) / predictedPercent) **
        2 +
      predictedVariance * rate ** 2 +
      sdCase ** 2 +
      unseen(prior, scales, design, one);
    const residual = ratio - prior.mean;
    logEvidence -= 0.5 * (Math.log(variance) + residual ** 2 / variance);
    const row = rows[index] ?? [];
    for (const [a, weight] of row) {
      const scaled = (weight * sds[a]) / variance;
      right[a] += scaled * residual;
      for (const [b, other] of row) precision[a * size + b] += scaled * other * sds[b];
    }
  });
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
  return { mean: solution.map((value, a) => value * sds[a]), covariance: inverse, sdCase, logEvidence };
};

const fittedRates = (prior: RealisationPrior, { rows }: Design, { mean }: Posterior): number[] =>
  rows.map((row) =>
    Math.max(
      0,
      row.reduce((sum, [column, weight]) => sum + weight * mean[column], prior.mean),
    ),
  );

/** Spread of ln(scale) held likely before any case. */
const LN_SCALE_SD = Math.log(2);

/**
 * Posteriors under each pair of scales with their weights, which sum to 1: the spreads themselves are learnt, so that a stock whose
 * buildings differ more than most says so.
 */
export const posteriorsOf = (
  prior: RealisationPrior,
  design: Design,
  observations: readonly Observation[],
): readonly (Posterior & { readonly weight: number; readonly scales: Scales })[] => {
  const plain: Scales = { structure: 1, perCase: 1 };
  const first = conditioned(
    prior,
    plain,
    design,
    observations,
    observations.map(() => prior.mean),
  );
  const expected = fittedRates(prior, design, first);
  const tried = prior.structureScales.flatMap((structure) =>
    prior.caseScales.map((perCase) => {
      const scales = { structure, perCase };
      const posterior = conditioned(prior, scales, design, observations, expected);
      const away = Math.log(structure) ** 2 + Math.log(perCase) ** 2;
      return { ...posterior, scales, ln: posterior.logEvidence - away / (2 * LN_SCALE_SD ** 2) };
    }),
  );
  const top = Math.max(...tried.map(({ ln }) => ln));
  const total = tried.reduce((sum, { ln }) => sum + Math.exp(ln - top), 0);
  return tried.map(({ ln, ...posterior }) => ({ ...posterior, weight: Math.exp(ln - top) / total }));
};
