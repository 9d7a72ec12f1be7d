import { median } from 'simple-statistics';
import type { DayRange } from '#core/calendar.ts';
import { boundedQuantity, type Quantity, Z90 } from '#core/quantity.ts';
import { studentQuantile } from '#core/statistics/index.ts';
import { avoidedEnergy } from './avoided.ts';
import type { FitOutcome, SavingsOutcome } from './types.ts';

/** Buildings without works below which their mean says too little of what befell all. */
export const FEWEST_COMPARED = 5;
/** The nearest ones taken: more add next to nothing to the interval. */
export const MOST_COMPARED = 20;

/** How a meter heats before the works, which is what similar means here. */
export type HeatingTraits = {
  /** kWh a day of the baseline and m2 of floor. */
  readonly intensityKwhM2Day: number;
  /** Share of the baseline's energy that does not follow the cold. */
  readonly baseShare: number;
  readonly balancePointC: number;
};

/** Differences up to which two meters are similar: a factor for the intensity, a share, kelvins. */
const SIMILAR = { intensityLn: Math.LN2, baseShare: 0.25, balanceK: 4 } as const;

/** Undefined for a meter without a heating signature. */
export const heatingTraits = (
  { signature, predicted }: Pick<FitOutcome, 'signature' | 'predicted'>,
  { from, to }: DayRange,
  floorAreaM2: number,
): HeatingTraits | undefined => {
  const kwhDay = predicted.value / (to - from + 1);
  if (signature === undefined || !(kwhDay > 0) || !(floorAreaM2 > 0)) return undefined;
  return {
    intensityKwhM2Day: kwhDay / floorAreaM2,
    baseShare: Math.max(0, signature.baseKwhDay) / kwhDay,
    balancePointC: signature.balancePointC,
  };
};

/** How far two meters are from each other in units of what is still similar; infinite when they are not. */
export const traitsDistance = (one: HeatingTraits, other: HeatingTraits): number => {
  const parts = [
    Math.log(one.intensityKwhM2Day / other.intensityKwhM2Day) / SIMILAR.intensityLn,
    (one.baseShare - other.baseShare) / SIMILAR.baseShare,
    (one.balancePointC - other.balancePointC) / SIMILAR.balanceK,
  ];
  return parts.some((part) => Math.abs(part) > 1) ? Number.POSITIVE_INFINITY : Math.hypot(...parts);
};

export type GroupedSavings = {
  /** What the group took over its own counterfactuals, percent: what befell the buildings without works too. */
  readonly groupChangePercent: Quantity;
  readonly savings: Quantity;
  readonly savingsShare: Quantity;
};

/** Huber's bound in robust deviations: a building with a story of its own counts less. */
const HUBER = 1.5;
/** The interval of the plain figure counts as this many buildings against the scatter seen in the group. */
const PRIOR_BUILDINGS = 3;

/** Mean of the logarithms in which single ones far out count less, and their sum of squares about it, weighted. */
const robustMean = (values: readonly number[]): { readonly mean: number; readonly squares: number } => {
  let mean = median([...values]);
  let weights = values.map(() => 1);
  for (let round = 0; round < 20; round++) {
    const scale = 1.4826 * median(values.map((value) => Math.abs(value - mean)));
    if (!(scale > 0)) break;
    weights = values.map((value) => Math.min(1, (HUBER * scale) / Math.abs(value - mean)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    mean = values.reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
  }
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
};

/**
 * Difference in differences: the counterfactual of the building with works, multiplied by what similar buildings without works took
 * over theirs on the same days (`lnRatios`: logarithm of read over predicted, one a building). The 90 % interval is that of one more
 * building of the group: its scatter, held near what the plain figure's interval says by `PRIOR_BUILDINGS`, and the doubt about the
 * group's mean. Undefined with fewer than `FEWEST_COMPARED` buildings, or where nothing was predicted.
 */
export const differenceInDifferences = (
  { counterfactual, actualKwh }: Pick<SavingsOutcome, 'counterfactual' | 'actualKwh'>,
  lnRatios: readonly number[],
): GroupedSavings | undefined => {
  const count = lnRatios.length;
  if (count < FEWEST_COMPARED || !(counterfactual.low > 0)) return undefined;
  const { mean, squares } = robustMean(lnRatios);
  const own = Math.log(counterfactual.high / counterfactual.low) / 2 / Z90;
  const freedom = PRIOR_BUILDINGS + count - 1;
  const sd = Math.sqrt((PRIOR_BUILDINGS * own ** 2 + squares) / freedom);
  const half = (variance: number): number => studentQuantile(0.95, freedom) * sd * Math.sqrt(variance);
  const value = counterfactual.value * Math.exp(mean);
  const width = half(1 + 1 / count);
  const basis = `${counterfactual.basis}; times ${Math.exp(mean).toFixed(3)}, what ${count} similar buildings without works read over their own predictions of the same days (difference in differences, interval of one more building of the group, Student ${freedom} degrees of freedom), less ${actualKwh.toFixed(0)} kWh read`;
  const percent = (ln: number): number => 100 * (Math.exp(ln) - 1);
  return {
    groupChangePercent: boundedQuantity(
      percent(mean),
      percent(mean - half(1 / count)),
      percent(mean + half(1 / count)),
      '%',
      'learnt',
      `Robust mean of ${count} similar buildings without works: read over predicted on the same days`,
    ),
    ...avoidedEnergy(
      { value, low: value * Math.exp(-width), high: value * Math.exp(width) },
      actualKwh,
      basis,
    ),
  };
};
