/** Rows in the order of time, one an instant. */
export type Ordered = {
  /** Row numbers of the file; undefined where every row was kept where it stood. */
  readonly kept: Int32Array | undefined;
  /** Rows left out because another had the same instant and the same value. */
  readonly repeats: readonly number[];
  /** Rows left out because a later row had the same instant and another value. */
  readonly overruled: readonly number[];
};

/** The kept rows of a column in their order; the column itself where every row was kept where it stood. */
export const pickRows = (values: Float64Array, { kept }: Ordered): Float64Array => {
  if (kept === undefined) return values;
  const picked = new Float64Array(kept.length);
  for (let index = 0; index < kept.length; index++) picked[index] = values[kept[index]];
  return picked;
};

/** Sorts rows by instant and leaves one an instant: the last figure written wins, a blank never wins over a figure. Rows with a NaN instant are left out. */
export const orderRows = (instantMs: Float64Array, values: Float64Array): Ordered => {
  const length = instantMs.length;
  let wasSorted = true;
  let rising = true;
  let previous = Number.NEGATIVE_INFINITY;
  let usable = 0;
  for (let index = 0; index < length; index++) {
    const instant = instantMs[index];
    if (Number.isNaN(instant)) continue;
    usable++;
    if (instant < previous) wasSorted = false;
    if (!(instant > previous)) rising = false;
    previous = instant;
  }
  // Most files rise from row to row: every row stands where it stood.
  if (rising && usable === length) return { kept: undefined, repeats: [], overruled: [] };
  const order = new Int32Array(usable);
  for (let index = 0, at = 0; index < length; index++)
    if (!Number.isNaN(instantMs[index])) order[at++] = index;
  // Falling files are common and need only turning; the rest is sorted.
  if (!wasSorted) order.sort((left, right) => instantMs[left] - instantMs[right] || left - right);
  const repeats: number[] = [];
  const overruled: number[] = [];
  let count = 0;
  for (let at = 0; at < usable; at++) {
    const row = order[at];
    const before = count > 0 ? order[count - 1] : -1;
    if (before < 0 || instantMs[before] !== instantMs[row]) {
      order[count++] = row;
      continue;
    }
    const [value, earlier] = [values[row], values[before]];
    if (Object.is(value, earlier) || Number.isNaN(value)) repeats.push(row);
    else {
      if (Number.isNaN(earlier)) repeats.push(before);
      else overruled.push(before);
      order[count - 1] = row;
    }
  }
  return { kept: order.subarray(0, count), repeats, overruled };
};
