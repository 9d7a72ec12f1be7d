import { Z90 } from '../core/quantity.ts';
import { normalQuantile, seededRandom } from '../core/random.ts';

/** A date of the law as a day number, and the chance, 0 to 1, that the building stands outside it from then on. */
export type DatedChance = { readonly day: number; readonly chanceOutside: number };

/** Chances spread evenly over 0 to 1, in an order of the building's own: buildings are drawn independently. */
const shuffledChances = (count: number, seed: number): Float64Array => {
  const random = seededRandom(seed);
  const chances = Float64Array.from({ length: count }, (_, d) => (d + 0.5) / count);
  for (let d = count - 1; d > 0; d--) {
    const other = Math.floor(random() * (d + 1));
    [chances[d], chances[other]] = [chances[other], chances[d]];
  }
  return chances;
};

/**
 * Days from `today` until a building first stands outside the law, one value a draw; negative where it does already. A draw that no
 * date reaches counts `horizonDay`. One chance a draw settles all dates: who is outside the milder one is outside the stricter.
 */
export const daysUntilOutside = (
  dates: readonly DatedChance[],
  { today, horizonDay }: { readonly today: number; readonly horizonDay: number },
  { count, seed }: { readonly count: number; readonly seed: number },
): Float64Array => {
  const soonest = dates.toSorted((one, other) => one.day - other.day);
  return shuffledChances(count, seed).map(
    (chance) => (soonest.find(({ chanceOutside }) => chance < chanceOutside)?.day ?? horizonDay) - today,
  );
};

/** A number that a person gives, with the 90 % interval they give of it, if any. */
export type Stated = { readonly value: number; readonly low?: number | undefined; readonly high?: number | undefined };

/**
 * Draws of a stated number: itself where no interval is given, else normal on each side of it with the spread of that side, never
 * outside `within`.
 */
export const statedDraws = (
  { value, low = value, high = value }: Stated,
  [least, most]: readonly [least: number, most: number],
  { count, seed }: { readonly count: number; readonly seed: number },
): Float64Array =>
  shuffledChances(count, seed).map((chance) => {
    const z = normalQuantile(chance);
    const spread = (z < 0 ? value - low : high - value) / Z90;
    return Math.min(most, Math.max(least, value + z * spread));
  });
