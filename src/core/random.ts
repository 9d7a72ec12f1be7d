/** Uniform numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

/** Small fast generator with 128 bits of state (Bob Jenkins' sfc32), warmed up so that close seeds do not run alike. */
export const seededRandom = (seed: number): Random => {
  let a = seed | 0;
  let b = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  let c = 0x6d2b79f5;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 16; i += 1) next();
  return next;
};

/** A seed from a name, so that a figure keeps its draws whatever the order it is asked in (FNV-1a, 32 bits). */
export const seedOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** Fills `target` with standard normals (Marsaglia's polar method, both numbers of a pair used). */
export const fillNormals = (random: Random, target: Float64Array): Float64Array => {
  for (let i = 0; i < target.length; ) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const square = u * u + v * v;
    if (square >= 1 || square === 0) continue;
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    target[i] = u * scale;
    if (i + 1 < target.length) target[i + 1] = v * scale;
    i += 2;
  }
  return target;
};

/** Standard normal distribution function, absolute error below 1e-7 (Abramowitz & Stegun 26.2.17). */
export const normalCdf = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
  return z >= 0 ? 1 - upper : upper;
};

const ratio = (x: number, over: readonly number[], under: readonly number[]): number => {
  let numerator = 0;
  let denominator = 0;
  for (const coefficient of over) numerator = numerator * x + coefficient;
  for (const coefficient of under) denominator = denominator * x + coefficient;
  return numerator / (denominator * x + 1);
};

/** Inverse of the normal distribution function, relative error below 1.2e-9 (Acklam's rational approximation). */
export const normalQuantile = (p: number): number => {
  if (!(p > 0)) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return ratio(
      q,
      [
        -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ],
      [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416],
    );
  }
  const q = p - 0.5;
  return (
    q *
    ratio(
      q * q,
      [
        -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
        2.506628277459239,
      ],
      [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572],
    )
  );
};

/** The `rank`-th smallest (from 0); reorders `values` (Hoare's selection with the middle of three as pivot). */
const select = (values: Float64Array, rank: number): number => {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const first = values[left];
    const middle = values[(left + right) >> 1];
    const last = values[right];
    const pivot = Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low] < pivot) low += 1;
      while (values[high] > pivot) high -= 1;
      if (low > high) break;
      const held = values[low];
      values[low] = values[high];
      values[high] = held;
      low += 1;
      high -= 1;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return values[rank];
};

/** Quantiles of draws, linear between order statistics (type 7 of Hyndman & Fan 1996). Draws must be numbers, not NaN. */
export const quantiles = (draws: Float64Array, probabilities: readonly number[]): number[] => {
  const values = Float64Array.from(draws);
  return probabilities.map((probability) => {
    const at = probability * (values.length - 1);
    const below = Math.floor(at);
    const low = select(values, below);
    if (below === at) return low;
    const high = select(values, below + 1);
    return low + (at - below) * (high - low);
  });
};

/** The value that a person reads of draws: half of them lie under it, in their unit. */
export const medianOf = (draws: Float64Array): number => quantiles(draws, [0.5])[0];

/** Mean of equally weighted draws, in their unit; NaN of none. */
export const meanOf = (draws: Float64Array): number => {
  let sum = 0;
  for (const draw of draws) sum += draw;
  return sum / draws.length;
};
