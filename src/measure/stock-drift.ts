import { yearHalfWidthLn } from './interval.ts';
import type { PredictedYear } from './types.ts';

/** One year of a building without works, predicted by the year before it. */
export type PlaceboYear = Pick<PredictedYear, 'lnRatio' | 'noise'> & { readonly building: string };

/** Drift of a stock as a multiple of the shipped table's (models/drift-prior.json), and how much of it was seen. */
export type StockDrift = { readonly factor: number; readonly years: number; readonly buildings: number };

type Figure = 'sum' | 'level';

const PENALTY = 2 / 0.1;

/** Mean interval score (Winkler 1972; Gneiting & Raftery 2007), 90 %, on the logarithms. */
const intervalScore = (years: readonly PlaceboYear[], factor: number, figure: Figure): number => {
  let sum = 0;
  for (const { lnRatio, noise } of years) {
    const half = yearHalfWidthLn(figure, noise, factor);
    sum += 2 * half + PENALTY * Math.max(0, Math.abs(lnRatio) - half);
  }
  return sum / years.length;
};

/** The shipped table counts as this many placebo years, so that a stock of a few meters keeps near it. */
const PRIOR_YEARS = 20;

/**
 * How much the buildings of a stock drift from year to year without works, from their own placebo years. The factor is the one whose
 * 90 % intervals score best, a proper score, so that heavy tails and sharpness both count; it is drawn towards 1 by `priorYears`
 * years. `without` leaves out the building about to be judged. Factor 1 when no year is known.
 */
export const learnStockDrift = (
  placebos: readonly PlaceboYear[],
  options: { readonly without?: string; readonly figure?: Figure; readonly priorYears?: number } = {},
): StockDrift => {
  const { without, figure = 'sum', priorYears = PRIOR_YEARS } = options;
  const years = placebos.filter(({ building }) => building !== without);
  if (years.length === 0) return { factor: 1, years: 0, buildings: 0 };
  let [best, score] = [1, Number.POSITIVE_INFINITY];
  for (let step = -60; step <= 60; step++) {
    const factor = Math.exp(step / 40);
    const found = intervalScore(years, factor, figure);
    if (found < score) [best, score] = [factor, found];
  }
  const trust = years.length / (years.length + priorYears);
  return {
    factor: best ** trust,
    years: years.length,
    buildings: new Set(years.map(({ building }) => building)).size,
  };
};
