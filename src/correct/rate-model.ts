import { cellKey, type Tellable } from './minimum-group.ts';
import {
  conditionNormal,
  LN_SCALE_SD,
  type NormalPosterior,
  type SparseRow,
  weighted,
} from './normal-model.ts';
import type { RealisationCase, RealisationPrior } from './types.ts';

/** A column of the linear model: all rates, one measure's part, one family's, or one measure's in one family. */
export type Column = { readonly level: 'common' | 'measure' | 'family' | 'cell'; readonly key: string };

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
  readonly rows: readonly SparseRow[];
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
  cases: readonly Pick<RealisationCase, 'family' | 'shares'>[],
  { families, cells }: Pick<Tellable, 'families' | 'cells'>,
): Design => {
  const columns: Column[] = [
    { level: 'common', key: '' },
    ...measures.map((key) => ({ level: 'measure', key }) as const),
    ...[...families].map((key) => ({ level: 'family', key }) as const),
    ...[...cells].map((key) => ({ level: 'cell', key }) as const),
  ];
  const rows = cases.map((one): Weight[] => {
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

type Posterior = NormalPosterior & { readonly sdCase: number };

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
 * Normal conditioning of the columns on the cases for given scales. `expected` has the rate of each case as known so far: both errors
 * count as they would be at that rate, never at the ratio read, which would trust low predictions and high measurements most.
 */
const conditioned = (
  prior: RealisationPrior,
  scales: Scales,
  design: Design,
  observations: readonly Observation[],
  expected: readonly number[],
): Posterior => {
  const { columns, rows } = design;
  const sdCase = scales.perCase * prior.sdCase;
  const cases = observations.map(
    ({ one, ratio, measuredShare, predictedPercent, predictedVariance }, index) => {
      const rate = expected[index] ?? prior.mean;
      const read = Math.max(LEAST_READ_PERCENT, 100 - rate * predictedPercent);
      return {
        row: rows[index] ?? [],
        residual: ratio - prior.mean,
        variance:
          ((measuredShare * read) / predictedPercent) ** 2 +
          predictedVariance * rate ** 2 +
          sdCase ** 2 +
          unseen(prior, scales, design, one),
      };
    },
  );
  const sds = columns.map((column) => sdOf(prior, scales, column));
  return { ...conditionNormal(sds, cases), sdCase };
};

const fittedRates = (prior: RealisationPrior, { rows }: Design, { mean }: Posterior): number[] =>
  rows.map((row) =>
    Math.max(
      0,
      row.reduce((sum, [column, weight]) => sum + weight * mean[column], prior.mean),
    ),
  );

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
  return weighted(tried);
};
