import { compileProgramme, type Worth } from './compile.ts';
import { choicesOf, searchPlan, type SearchOptions } from './search.ts';
import type { Choice, ProgrammePlan, ProgrammeProblem } from './types.ts';

/** The plan's yearly saving on each draw, kWh, buildings drawn independently: its quantiles are the plan's interval. */
export const planSavingDraws = (
  problem: ProgrammeProblem,
  { choices }: Pick<ProgrammePlan, 'choices'>,
): Float64Array => {
  const byId = new Map(problem.candidates.map((candidate) => [candidate.buildingId, candidate]));
  const chosen = choices.flatMap(({ buildingId, packageId }) => {
    const packaged = byId.get(buildingId)?.packages.find(({ id }) => id === packageId);
    return packaged === undefined ? [] : [packaged.savingDraws];
  });
  const total = new Float64Array(chosen[0]?.length ?? 0);
  for (const draws of chosen) for (let draw = 0; draw < total.length; draw++) total[draw] += draws[draw];
  return total;
};

/** What the buildings of a plan take today, kWh a year, on each of `count` draws. */
export const planBaselineDraws = (
  { candidates }: ProgrammeProblem,
  { choices }: Pick<ProgrammePlan, 'choices'>,
  count: number,
): Float64Array => {
  const chosen = new Set(choices.map(({ buildingId }) => buildingId));
  const total = new Float64Array(count);
  for (const { buildingId, baselineKwh, baselineDraws } of candidates) {
    if (!chosen.has(buildingId)) continue;
    for (let draw = 0; draw < count; draw++) total[draw] += baselineDraws?.[draw] ?? baselineKwh;
  }
  return total;
};

/** Chance, 0 to 1, that the plan saves at least `targetKwh` a year once done. */
export const chanceOfSaving = (draws: Float64Array, targetKwh: number): number =>
  draws.length === 0
    ? 0
    : draws.reduce((count, value) => count + (value >= targetKwh ? 1 : 0), 0) / draws.length;

/** What a plan's saving may be in a bad case, kWh a year. */
export type SavingAtRisk = {
  readonly draws: number;
  readonly expectedKwh: number;
  /** Saved or passed in nineteen cases of twenty. */
  readonly surelyKwh: number;
  /** Mean of the worst twentieth (expected shortfall). */
  readonly worstMeanKwh: number;
};

/** Share of cases that are called bad. */
const BAD_CASES = 0.05;

/** Value at risk of a plan's saving on its draws. */
export const savingAtRisk = (draws: Float64Array): SavingAtRisk => {
  if (draws.length === 0) return { draws: 0, expectedKwh: 0, surelyKwh: 0, worstMeanKwh: 0 };
  const sorted = draws.toSorted();
  const bad = Math.max(1, Math.floor(BAD_CASES * sorted.length));
  const meanOfFirst = (count: number): number =>
    sorted.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
  return {
    draws: draws.length,
    expectedKwh: meanOfFirst(sorted.length),
    surelyKwh: sorted[bad - 1],
    worstMeanKwh: meanOfFirst(bad),
  };
};

/** Prices of variance tried, in standard deviations of the best plan's saving. */
const CAUTION = [0, 0.25, 0.5, 1, 2, 4];

export type CertainPlan = {
  readonly choices: readonly Choice[];
  /** Chance, 0 to 1, of saving the target. */
  readonly chance: number;
  readonly expectedKwh: number;
};

const varianceOf = (draws: Float64Array): number => {
  let [sum, squares] = [0, 0];
  for (const value of draws) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / draws.length;
  return Math.max(0, squares / draws.length - mean * mean);
};

/**
 * The plan likeliest to save `targetKwh` a year once done, among those that are efficient in mean and variance (Markowitz 1952):
 * buildings are drawn independently, so a plan's variance is the sum of its packages' and stays a linear objective. Each
 * plan is judged on the draws themselves. Undefined when no plan exists.
 */
export const mostCertainPlan = async (
  problem: ProgrammeProblem,
  targetKwh: number,
  options: SearchOptions,
): Promise<CertainPlan | undefined> => {
  const variances = new Map(
    problem.candidates.flatMap(({ packages }) =>
      packages.map((packaged) => [packaged, varianceOf(packaged.savingDraws)] as const),
    ),
  );
  let best: CertainPlan | undefined;
  let deviation = 0;
  for (const caution of CAUTION) {
    const price = deviation === 0 ? 0 : caution / deviation;
    const worth: Worth = ({ packages }, k) => {
      const packaged = packages[k];
      return packaged.savingKwh - price * (variances.get(packaged) ?? 0);
    };
    const compiled = compileProgramme(problem, worth);
    const { plan } = await searchPlan(compiled, options);
    if (plan === undefined) continue;
    const choices = choicesOf(compiled, plan.options);
    const draws = planSavingDraws(problem, { choices });
    if (caution === 0) deviation = Math.sqrt(varianceOf(draws));
    const chance = chanceOfSaving(draws, targetKwh);
    const expectedKwh = draws.length === 0 ? 0 : draws.reduce((sum, value) => sum + value, 0) / draws.length;
    if (best === undefined || chance > best.chance) best = { choices, chance, expectedKwh };
    if (deviation === 0) break;
  }
  return best;
};
