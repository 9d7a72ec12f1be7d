/** Mean of the finite values, NaN when there is none. */
export const finiteMean = (values: ArrayLike<number>): number => {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
};

export type Goodness = {
  readonly n: number;
  readonly p: number;
  /** 100·√(SSE/(n − p))/mean observed, %. */
  readonly cvRmse: number;
  /** 100·Σ(observed − predicted)/((n − p)·mean observed), %; positive when the model says too little. */
  readonly nmbe: number;
  readonly r2: number;
};

/**
 * ASHRAE Guideline 14-2014 (4.2.11, annex B) statistics over the pairs where both sides are finite. `p` is the
 * number of fitted parameters: 0 out of sample.
 */
export const goodness = (observed: ArrayLike<number>, predicted: ArrayLike<number>, p: number): Goodness => {
  let n = 0;
  let sum = 0;
  let square = 0;
  let error = 0;
  let errorSquare = 0;
  for (let i = 0; i < observed.length; i++) {
    const y = observed[i];
    const e = y - predicted[i];
    if (!Number.isFinite(e)) continue;
    n++;
    sum += y;
    square += y * y;
    error += e;
    errorSquare += e * e;
  }
  const mean = sum / n;
  const freedom = Math.max(1, n - p);
  const spread = square - n * mean * mean;
  return {
    n,
    p,
    cvRmse: (100 * Math.sqrt(errorSquare / freedom)) / mean,
    nmbe: (100 * error) / (freedom * mean),
    r2: spread > 1e-12 * square ? 1 - errorSquare / spread : 0,
  };
};

/** Correlation of each value with the next, pairs with a gap left out; 0 when fewer than 10 pairs stand. */
export const lagOneCorrelation = (values: ArrayLike<number>): number => {
  const mean = finiteMean(values);
  let product = 0;
  let square = 0;
  let pairs = 0;
  for (let i = 0; i + 1 < values.length; i++) {
    const here = values[i] - mean;
    const next = values[i + 1] - mean;
    if (!Number.isFinite(here + next)) continue;
    product += here * next;
    square += (here * here + next * next) / 2;
    pairs++;
  }
  return pairs < 10 || square === 0 ? 0 : Math.min(0.98, Math.max(-0.98, product / square));
};
