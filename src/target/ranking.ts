/** One candidate for a rank: draws of what it is ranked by, as many for each. */
export type Ranked = { readonly id: string; readonly draws: Float64Array };

export type Rank = {
  readonly id: string;
  /** Place by expected value, from 1; those that cannot be told apart share the first of their places. */
  readonly place: number;
  readonly expected: number;
  /** 90 % interval. */
  readonly low: number;
  readonly high: number;
  /** Chance of being among the first `top`, 0 to 1. */
  readonly chanceInTop: number;
};

/** Draws turned into columns together: what one cache line holds of a building is read once. */
const BLOCK = 8;

/** Chance from which one is said to come before another. */
const SURELY_BEFORE = 0.8;

/** The value at `index` of the ascending order of `values`, which it reorders (Hoare 1961). */
const selectInPlace = (values: Float64Array, index: number): number => {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        [values[i], values[j]] = [values[j], values[i]];
        i++;
        j--;
      }
    }
    if (index <= j) high = j;
    else if (index >= i) low = i;
    else break;
  }
  return values[index];
};

const meanOf = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

/** Share of draws in which `one` is above `other`, ties counted half; both drawn independently. */
const chanceAbove = (one: Float64Array, other: Float64Array): number => {
  let wins = 0;
  for (let d = 0; d < one.length; d++) wins += one[d] > other[d] ? 1 : one[d] === other[d] ? 0.5 : 0;
  return wins / one.length;
};

/**
 * Ranks by expected value, the largest first (`less`: the smallest), with the chance of each to be in the first `top` on joint draws. A
 * place is shared with the one that leads it while that one comes before with less than an 80 % chance: an order that the
 * figures do not support is not shown as one. The order is stable: equals keep the order they came in.
 */
export const rankCandidates = (
  candidates: readonly Ranked[],
  options: { readonly top: number; readonly better: 'more' | 'less' },
): Rank[] => {
  const n = candidates.length;
  const draws = candidates[0]?.draws.length ?? 0;
  const sign = options.better === 'more' ? 1 : -1;
  const inTop = new Float64Array(n);
  const top = Math.min(options.top, n);
  const columns = Array.from({ length: BLOCK }, () => new Float64Array(n));
  const ordered = new Float64Array(n);
  if (top > 0)
    for (let d = 0; d < draws; d++) {
      if (d % BLOCK === 0)
        for (let i = 0; i < n; i++) {
          const own = candidates[i].draws;
          for (let k = 0; k < BLOCK; k++) columns[k][i] = sign * own[d + k];
        }
      const column = columns[d % BLOCK];
      ordered.set(column);
      const threshold = selectInPlace(ordered, n - top);
      let [above, equal] = [0, 0];
      for (let i = 0; i < n; i++) {
        if (column[i] > threshold) above++;
        else if (column[i] === threshold) equal++;
      }
      // Equals at the edge share the places that are left.
      const share = (top - above) / equal;
      for (let i = 0; i < n; i++) inTop[i] += column[i] > threshold ? 1 : column[i] === threshold ? share : 0;
    }
  const expected = Float64Array.from(candidates, (one) => meanOf(one.draws));
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => sign * (expected[b] - expected[a]) || a - b,
  );
  const scratch = new Float64Array(draws);
  let leader = 0;
  let place = 1;
  return order.map((i, position) => {
    const own = candidates[i].draws;
    const lead = candidates[order[leader]].draws;
    const before = options.better === 'more' ? chanceAbove(lead, own) : chanceAbove(own, lead);
    if (position > 0 && before >= SURELY_BEFORE) {
      leader = position;
      place = position + 1;
    }
    scratch.set(own);
    const low = selectInPlace(scratch, Math.floor(0.05 * (draws - 1)));
    const high = selectInPlace(scratch, Math.ceil(0.95 * (draws - 1)));
    return { id: candidates[i].id, place, expected: expected[i], low, high, chanceInTop: inTop[i] / draws };
  });
};
