import { differenceInDifferences } from '#measure/index.ts';
import { measuredWorks, type SimulatedCase, simulatedWorks, trueShare } from './simulated.ts';

export type GroupedCase = { readonly plain: SimulatedCase; readonly grouped: SimulatedCase };

const caseOf = (
  truth: number,
  { low, high, value }: { readonly low: number; readonly high: number; readonly value: number },
): SimulatedCase => ({ truth, low, high, value });

/**
 * Simulated works, each with a group of `members` meters without works, all of whose second years are multiplied by `shock`: what the plain figure
 * and the difference in differences say of the same truth, percent.
 */
export const simulateGroups = (
  count: number,
  seed: number,
  { shock, members = 10, cuts = true }: { shock: number; members?: number; cuts?: boolean },
): GroupedCase[] => {
  // A pool of meters without works from which each case takes its own.
  const pool = simulatedWorks(count + members, seed + 1_000_000, { cuts: false, shock }).map((one) => {
    const { actualKwh, counterfactual } = measuredWorks(one);
    return Math.log(actualKwh / counterfactual.value);
  });
  return simulatedWorks(count, seed, { shock, cuts }).map((works, index) => {
    const outcome = measuredWorks(works);
    const grouped = differenceInDifferences(outcome, pool.slice(index, index + members));
    if (grouped === undefined) throw new Error('a group of this size has a figure');
    const truth = trueShare(works);
    return { plain: caseOf(truth, outcome.savingsShare), grouped: caseOf(truth, grouped.savingsShare) };
  });
};
