import priorTable from '../../models/default-prior.json' with { type: 'json' };
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import { type DefaultCase, type DefaultFigure, defaultFigures } from './default-loss.ts';
import { cellKey, tellable } from './minimum-group.ts';
import { conditionNormal, LN_SCALE_SD, type SparseRow, weighted } from './normal-model.ts';
import { type Column, type Design, designOf, hasCell, termsOf } from './rate-model.ts';

/** Standard deviations of ln(true figure / default) that whole stocks are held to have; `sharedOfOthers` is a share of variance. */
export type DefaultPrior = {
  readonly version: string;
  readonly sdCommon: number;
  readonly sdFigure: number;
  readonly sdPeriod: number;
  readonly sdCell: number;
  readonly sharedOfOthers: number;
  readonly structureScales: readonly number[];
};

export const shippedDefaultPrior: DefaultPrior = priorTable;

/** What the stock's meters say of one default: by what it is to be multiplied. */
export type LearntDefault = {
  readonly figure: DefaultFigure;
  /** Class of the table of periods; null for a building of any of them. */
  readonly period: string | null;
  /** ln of the factor, how well it is known, and how far one building lies from it beyond a shared part. */
  readonly mean: number;
  readonly sd: number;
  readonly cases: number;
  readonly factor: Quantity;
};

export type LearntDefaults = {
  /** Each figure over all periods, then in the periods whose buildings may have a figure of their own. */
  readonly defaults: readonly LearntDefault[];
  /** Buildings left out because a household could be read from what they would teach. */
  readonly leftOut: readonly string[];
};

const sdOf = (prior: DefaultPrior, structure: number, { level }: Column): number =>
  structure *
  { common: prior.sdCommon, measure: prior.sdFigure, family: prior.sdPeriod, cell: prior.sdCell }[level];

/** Variance of ln(figure / default) that buildings of one figure and period share. */
const sharedVariance = ({ sdCommon, sdFigure, sdPeriod, sdCell }: DefaultPrior, structure: number): number =>
  structure ** 2 * (sdCommon ** 2 + sdFigure ** 2 + sdPeriod ** 2 + sdCell ** 2);

/** Variance of one building's own way round what it shares with others; the table's spread is that of both. */
export const ownVariance = (prior: DefaultPrior, sd: number): number =>
  Math.max((0.5 * sd) ** 2, sd ** 2 - sharedVariance(prior, 1));

/** Parts of a period or of a figure in it that are too small for a column of their own. */
const unseenVariance = (
  prior: DefaultPrior,
  structure: number,
  design: Design,
  { family, shares }: Pick<DefaultCase, 'family' | 'shares'>,
): number => {
  const all = shares.reduce((sum, { share }) => sum + share, 0);
  const seen = design.columns.some(({ level, key }) => level === 'family' && key === family);
  return shares.reduce(
    (sum, { measure, share }) =>
      hasCell(design, measure, family) ? sum : sum + (structure * prior.sdCell * share) ** 2,
    seen ? 0 : (structure * prior.sdPeriod * all) ** 2,
  );
};

/** Columns beside those of the defaults: what buildings with one system share of its efficiency, and all of their heated share. */
const otherColumns = (cases: readonly DefaultCase[]): string[] => [
  'heated-share',
  ...new Set(cases.map(({ system }) => system)),
];

type Learning = {
  readonly prior: DefaultPrior;
  readonly design: Design;
  readonly cases: readonly DefaultCase[];
  readonly tries: readonly {
    readonly weight: number;
    readonly structure: number;
    readonly mean: Float64Array;
    readonly covariance: Float64Array;
  }[];
  readonly size: number;
};

const learningOf = (
  prior: DefaultPrior,
  cases: readonly DefaultCase[],
  groups: ReturnType<typeof tellable>,
): Learning => {
  const design = designOf(defaultFigures, cases, groups);
  const others = otherColumns(cases);
  const first = design.columns.length;
  const shared = Math.sqrt(prior.sharedOfOthers);
  const rows = cases.map(
    (one, index): SparseRow => [
      ...(design.rows[index] ?? []),
      [first, shared * one.heatedShareSd],
      [first + others.indexOf(one.system), -shared * one.efficiencySd],
    ],
  );
  const tries = prior.structureScales.map((structure) => {
    const sds = [...design.columns.map((column) => sdOf(prior, structure, column)), ...others.map(() => 1)];
    const posterior = conditionNormal(
      sds,
      cases.map((one, index) => ({
        row: rows[index] ?? [],
        residual: one.lnRatio,
        variance:
          one.otherVariance +
          one.parts.reduce((sum, { ofBuilding, sd }) => sum + ofBuilding ** 2 * ownVariance(prior, sd), 0) +
          (1 - prior.sharedOfOthers) * (one.efficiencySd ** 2 + one.heatedShareSd ** 2) +
          unseenVariance(prior, structure, design, one),
      })),
    );
    const { mean, covariance, logEvidence } = posterior;
    return {
      structure,
      mean,
      covariance,
      ln: logEvidence - Math.log(structure) ** 2 / (2 * LN_SCALE_SD ** 2),
    };
  });
  return { prior, design, cases, tries: weighted(tries), size: first + others.length };
};

/** Mean and spread of ln(figure / default) over all scales; the parts that have no column of their own widen it. */
const learntOf = (figure: DefaultFigure, period: string | null, learning: Learning): LearntDefault => {
  const { prior, design, cases, tries, size } = learning;
  const terms = termsOf(design, figure, period);
  const told = period === null || hasCell(design, figure, period);
  const each = tries.map(({ weight, structure, mean, covariance }) => {
    let variance = period === null ? (structure * prior.sdPeriod) ** 2 : 0;
    if (period === null || !told) variance += (structure * prior.sdCell) ** 2;
    for (const a of terms) for (const b of terms) variance += covariance[a * size + b];
    return { weight, value: terms.reduce((sum, a) => sum + mean[a], 0), variance };
  });
  const mean = each.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const sd = Math.sqrt(
    each.reduce((sum, { weight, value, variance }) => sum + weight * (variance + (value - mean) ** 2), 0),
  );
  // A period too small for a figure of its own does not say how many it holds either.
  const own = cases.filter(
    ({ family, shares }) =>
      (period === null || family === period) && shares.some(({ measure }) => measure === figure),
  ).length;
  const count = told ? own : 0;
  const factor = boundedQuantity(
    Math.exp(mean),
    Math.exp(mean - Z90 * sd),
    Math.exp(mean + Z90 * sd),
    '1',
    'learnt',
    `Heating slopes of ${count} metered buildings with this default${period === null ? '' : ` of period ${period}`}, ${cases.length} in all, over those their twins expected, shrunk towards the table as it is (models/default-prior.json, version ${prior.version})`,
  );
  return { figure, period, mean, sd, cases: count, factor };
};

/**
 * Learns by what the period defaults of U-values and air change are to be multiplied in this stock, from the heating slopes of its
 * metered buildings: Bayesian linear regression of ln(slope / expected slope) on the shares of the loss that rest on each default, with
 * a normal prior in four levels (all, figure, period, figure in a period) through which buildings inform each other, and beside
 * them what buildings share of efficiency and heated share, which the meter cannot tell from the loss. Factors around 1, intervals 90 %.
 * No figure, and no difference of two, rests on fewer than `fewestDwellings` dwellings.
 */
export const learnDefaults = (
  cases: readonly DefaultCase[],
  options: { readonly fewestDwellings: number; readonly prior?: DefaultPrior },
): LearntDefaults => {
  const { fewestDwellings, prior = shippedDefaultPrior } = options;
  const groups = tellable(cases, fewestDwellings);
  const learning = learningOf(prior, groups.taught, groups);
  const periods = [...groups.families].toSorted();
  return {
    defaults: [
      ...defaultFigures.map((figure) => learntOf(figure, null, learning)),
      ...periods.flatMap((period) =>
        defaultFigures
          .filter((figure) => groups.cells.has(cellKey(figure, period)))
          .map((figure) => learntOf(figure, period, learning)),
      ),
    ],
    leftOut: groups.leftOut.map(({ buildingId }) => buildingId),
  };
};
