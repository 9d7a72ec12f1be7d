import { Z90 } from '../core/quantity.ts';
import { normalQuantile, seededRandom } from '../core/random.ts';

/** A date of the law as a day number, and the chance, 0 to 1, that the building stands outside it from then on. */
export type DatedChance = { readonly day: number; readonly chanceOutside: number };

/** Orders that buildings share among them, each starting where its own seed says: as good as independent, and cheap for fifty thousand. */
const ORDERS = 256;

type Shuffled = { readonly count: number; readonly orders: readonly Int32Array[] };

let shuffled: Shuffled | undefined;

const ordersOf = (count: number): readonly Int32Array[] => {
  if (shuffled?.count === count) return shuffled.orders;
  const random = seededRandom(count);
  const orders = Array.from({ length: ORDERS }, () => {
    const order = Int32Array.from({ length: count }, (_, d) => d);
    for (let d = count - 1; d > 0; d--) {
      const other = Math.floor(random() * (d + 1));
      [order[d], order[other]] = [order[other], order[d]];
    }
    return order;
  });
  shuffled = { count, orders };
  return orders;
};

type Asked = { readonly count: number; readonly seed: number };

/** Puts each of `count` values of ascending chance in the draw that the building's own order gives it. */
const inOwnOrder = (ascending: Float64Array, { count, seed }: Asked): Float64Array => {
  const random = seededRandom(seed);
  const order = ordersOf(count)[Math.floor(random() * ORDERS)];
  const start = Math.floor(random() * count);
  const draws = new Float64Array(count);
  for (let d = 0; d < count; d++) draws[(start + d) % count] = ascending[order[d]];
  return draws;
};

/** Middle of the `d`th of `count` equal chances. */
const chanceAt = (d: number, count: number): number => (d + 0.5) / count;

/**
 * Days from `today` until a building first stands outside the law, one value a draw; negative where it does already. A draw that no
 * date reaches counts `horizonDay`. One chance a draw settles all dates: who is outside the milder one is outside the stricter.
 */
export const daysUntilOutside = (
  dates: readonly DatedChance[],
  { today, horizonDay }: { readonly today: number; readonly horizonDay: number },
  asked: Asked,
): Float64Array => {
  const { count } = asked;
  const ascending = new Float64Array(count).fill(horizonDay - today);
  // From the last date to the first: the soonest that a chance reaches stands.
  for (const { day, chanceOutside } of dates.toSorted((one, other) => other.day - one.day))
    for (let d = 0; d < count && chanceAt(d, count) < chanceOutside; d++) ascending[d] = day - today;
  return inOwnOrder(ascending, asked);
};

let normals: Float64Array | undefined;

/** Standard normal quantiles of `count` equal chances. */
const quantilesOf = (count: number): Float64Array => {
  if (normals?.length !== count)
    normals = Float64Array.from({ length: count }, (_, d) => normalQuantile(chanceAt(d, count)));
  return normals;
};

/** A number that a person gives, with the 90 % interval they give of it, if any. */
export type Stated = {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
};

/**
 * Draws of a stated number: itself where no interval is given, else normal on each side of it with the spread of that side, never
 * below `least` nor above `most`.
 */
export const statedDraws = (
  { value, low = value, high = value }: Stated,
  [least, most]: readonly [least: number, most: number],
  asked: Asked,
): Float64Array => {
  const { count } = asked;
  if (low === high) return new Float64Array(count).fill(value);
  const ascending = quantilesOf(count).map((z) => {
    const spread = (z < 0 ? value - low : high - value) / Z90;
    return Math.min(most, Math.max(least, value + z * spread));
  });
  return inOwnOrder(ascending, asked);
};
