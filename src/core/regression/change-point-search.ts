import type { DayFeatures } from './features.ts';

/** y = base + heating·(Th − T)⁺ + cooling·(T − Tc)⁺, kWh/day, kWh/(K·d), °C. */
type ChangePoints = {
  readonly base: number;
  readonly heating: number;
  readonly heatingC: number;
  readonly cooling: number;
  readonly coolingC: number;
  readonly sse: number;
};

/** Days on each side of a change point below which its place is not known (opendsm keeps the same six). */
export const SEGMENT_DAYS = 6;
const GRID_C = 0.25;
/** Grid of two change points together; each is then searched apart on the finer ones. */
export const COARSE_C = 1;
const FINE_C = 0.01;

/** Running sums over the chosen days, coldest first: with them each trial change point costs the same few sums. */
export class Sums {
  readonly n: number;
  readonly t: Float64Array;
  readonly s1: Float64Array;
  readonly s2: Float64Array;
  readonly sy: Float64Array;
  readonly sty: Float64Array;
  readonly meanY: number;
  readonly centredSquare: number;
  /** Whether no day of them ran backwards. */
  readonly nonNegative: boolean;

  constructor(features: DayFeatures, mask: Uint8Array) {
    const { coldestFirst, outdoorC, energyKwh } = features;
    const count = coldestFirst.length;
    const t = new Float64Array(count);
    const y = new Float64Array(count);
    let n = 0;
    let total = 0;
    let nonNegative = true;
    for (let j = 0; j < count; j++) {
      const i = coldestFirst[j];
      if (mask[i] !== 1) continue;
      t[n] = outdoorC[i];
      y[n] = energyKwh[i];
      total += y[n];
      if (y[n] < 0) nonNegative = false;
      n++;
    }
    this.n = n;
    this.nonNegative = nonNegative;
    this.t = t.subarray(0, n);
    this.meanY = total / n;
    this.s1 = new Float64Array(n + 1);
    this.s2 = new Float64Array(n + 1);
    this.sy = new Float64Array(n + 1);
    this.sty = new Float64Array(n + 1);
    let square = 0;
    for (let j = 0; j < n; j++) {
      const ti = t[j];
      // Centred on the mean, which keeps the sums of squares accurate for a large flat load.
      const yi = y[j] - this.meanY;
      this.s1[j + 1] = this.s1[j] + ti;
      this.s2[j + 1] = this.s2[j] + ti * ti;
      this.sy[j + 1] = this.sy[j] + yi;
      this.sty[j + 1] = this.sty[j] + ti * yi;
      square += yi * yi;
    }
    this.centredSquare = square;
  }

  /** Number of days colder than `c`, by bisection. */
  below(c: number): number {
    let low = 0;
    let high = this.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] < c) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export type Hinge = { readonly sum: number; readonly square: number; readonly withY: number };

/**
 * Sums over all days of h = max(0, c − T), K, with c in °C: of h, of h², and of h times the centred energy,
 * kWh·K. From running sums, so that a change point costs one bisection instead of a pass over the days.
 */
export const heatingHinge = (s: Sums, c: number): Hinge => {
  const k = s.below(c);
  const s1 = s.s1[k];
  return {
    sum: k * c - s1,
    square: k * c * c - 2 * c * s1 + s.s2[k],
    withY: c * s.sy[k] - s.sty[k],
  };
};

const coolingHinge = (s: Sums, c: number): Hinge => {
  const k = s.below(c);
  const count = s.n - k;
  const s1 = s.s1[s.n] - s.s1[k];
  const s2 = s.s2[s.n] - s.s2[k];
  const sy = s.sy[s.n] - s.sy[k];
  const sty = s.sty[s.n] - s.sty[k];
  return { sum: s1 - count * c, square: s2 - 2 * c * s1 + count * c * c, withY: sty - c * sy };
};

/** One hinge, slope not negative: the fall of the squared error and the slope. */
const oneHinge = (s: Sums, h: Hinge): { gain: number; slope: number } => {
  const spread = h.square - (h.sum * h.sum) / s.n;
  if (!(spread > 1e-9 * h.square) || h.withY <= 0) return { gain: 0, slope: 0 };
  return { gain: (h.withY * h.withY) / spread, slope: h.withY / spread };
};

/** Two hinges that never overlap: their product sums to zero, so only the centring couples them. */
const twoHinges = (s: Sums, h: Hinge, c: Hinge): { gain: number; heating: number; cooling: number } => {
  const hh = h.square - (h.sum * h.sum) / s.n;
  const cc = c.square - (c.sum * c.sum) / s.n;
  const hc = (-h.sum * c.sum) / s.n;
  const determinant = hh * cc - hc * hc;
  if (!(determinant > 1e-9 * hh * cc)) return { gain: 0, heating: 0, cooling: 0 };
  const heating = (cc * h.withY - hc * c.withY) / determinant;
  const cooling = (hh * c.withY - hc * h.withY) / determinant;
  if (heating < 0 || cooling < 0) return { gain: 0, heating: 0, cooling: 0 };
  return { gain: heating * h.withY + cooling * c.withY, heating, cooling };
};

/** Best point of `gain` on a grid, then on finer grids around it down to a hundredth of a kelvin. */
export const search = (low: number, high: number, gain: (c: number) => number): number => {
  let [from, to, step] = [low, high, GRID_C];
  let best = low;
  for (;;) {
    let top = Number.NEGATIVE_INFINITY;
    for (let c = from; c <= to + 1e-9; c += step) {
      const value = gain(c);
      if (value > top) [top, best] = [value, c];
    }
    if (step <= FINE_C) return best;
    [from, to] = [Math.max(low, best - step), Math.min(high, best + step)];
    step /= 5;
  }
};

type Shape = '3p-heating' | '3p-cooling' | '4p' | '5p';

type Searched = {
  readonly features: DayFeatures;
  readonly sums: Sums;
  readonly found: Map<Shape, ChangePoints | undefined>;
};

// Several rungs look at the same days: their sums, and the smaller shapes a larger one starts from, are kept as long as the mask lives.
const searched = new WeakMap<Uint8Array, Searched>();

const searchedOn = (features: DayFeatures, mask: Uint8Array): Searched => {
  const known = searched.get(mask);
  if (known?.features === features) return known;
  const fresh = { features, sums: new Sums(features, mask), found: new Map() };
  searched.set(mask, fresh);
  return fresh;
};

/** Running sums over the days whose mask is 1; the mask must not change afterwards. */
export const sumsOf = (features: DayFeatures, mask: Uint8Array): Sums => searchedOn(features, mask).sums;

const searchShape = (
  s: Sums,
  shape: Shape,
  smallerShape: (shape: Shape) => ChangePoints | undefined,
): ChangePoints | undefined => {
  if (s.n < 2 * SEGMENT_DAYS + 1) return undefined;
  const low = s.t[SEGMENT_DAYS];
  const high = s.t[s.n - 1 - SEGMENT_DAYS];
  if (!(high - low > 1)) return undefined;

  let [heating, cooling, heatingC, coolingC, gain] = [0, 0, low, high, 0];
  if (shape === '3p-heating') {
    heatingC = search(low, high, (c) => oneHinge(s, heatingHinge(s, c)).gain);
    ({ gain, slope: heating } = oneHinge(s, heatingHinge(s, heatingC)));
  } else if (shape === '3p-cooling') {
    coolingC = search(low, high, (c) => oneHinge(s, coolingHinge(s, c)).gain);
    ({ gain, slope: cooling } = oneHinge(s, coolingHinge(s, coolingC)));
  } else if (shape === '4p') {
    heatingC = search(low, high, (c) => twoHinges(s, heatingHinge(s, c), coolingHinge(s, c)).gain);
    coolingC = heatingC;
    ({ gain, heating, cooling } = twoHinges(s, heatingHinge(s, heatingC), coolingHinge(s, coolingC)));
  } else {
    // The special cases of five parameters come first, so that the larger model is never the worse one.
    const special = (['3p-heating', '3p-cooling', '4p'] as const)
      .map(smallerShape)
      .filter((found) => found !== undefined)
      .reduce((best, next) => (next.sse < best.sse ? next : best));
    const steps = Math.floor((high - low) / COARSE_C);
    const colds = Array.from({ length: steps + 1 }, (_, j) => heatingHinge(s, low + j * COARSE_C));
    const warms = Array.from({ length: steps + 1 }, (_, j) => coolingHinge(s, low + j * COARSE_C));
    for (let a = 0; a <= steps; a++)
      for (let b = a; b <= steps; b++) {
        const trial = twoHinges(s, colds[a], warms[b]).gain;
        if (trial > gain) [gain, heatingC, coolingC] = [trial, low + a * COARSE_C, low + b * COARSE_C];
      }
    for (let round = 0; round < 2; round++) {
      const warm = coolingHinge(s, coolingC);
      heatingC = search(
        Math.max(low, heatingC - COARSE_C),
        Math.min(coolingC, heatingC + COARSE_C),
        (c) => twoHinges(s, heatingHinge(s, c), warm).gain,
      );
      const cold = heatingHinge(s, heatingC);
      coolingC = search(
        Math.max(heatingC, coolingC - COARSE_C),
        Math.min(high, coolingC + COARSE_C),
        (c) => twoHinges(s, cold, coolingHinge(s, c)).gain,
      );
    }
    ({ gain, heating, cooling } = twoHinges(s, heatingHinge(s, heatingC), coolingHinge(s, coolingC)));
    if (s.centredSquare - gain > special.sse) return special;
  }
  const shift = heating * heatingHinge(s, heatingC).sum + cooling * coolingHinge(s, coolingC).sum;
  return {
    base: s.meanY - shift / s.n,
    heating,
    heatingC,
    cooling,
    coolingC,
    sse: Math.max(0, s.centredSquare - gain),
  };
};

/**
 * Least-squares change-point model (Inverse Modelling Toolkit, ASHRAE RP-1050; Kissock, Haberl & Claridge 2003): every
 * change point of a 0.25 K grid is solved exactly from running sums, then refined to 0.01 K. Slopes are not
 * negative and at least six days lie on each side. Undefined with fewer than 13 days or no spread of temperature. The mask must not
 * change afterwards: what was found is kept with it.
 */
export const searchChangePoints = (
  features: DayFeatures,
  mask: Uint8Array,
  shape: Shape,
): ChangePoints | undefined => {
  const { sums, found } = searchedOn(features, mask);
  const once = (wanted: Shape): ChangePoints | undefined => {
    if (!found.has(wanted)) found.set(wanted, searchShape(sums, wanted, once));
    return found.get(wanted);
  };
  return once(shape);
};
