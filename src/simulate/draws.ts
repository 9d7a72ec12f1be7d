import { growingFactor } from '#core/economics.ts';
import { Z90 } from '#core/quantity.ts';
import { fillNormals, seededRandom, seedOf } from '#core/random.ts';

export type Range = { readonly value: number; readonly low: number; readonly high: number };

/** Draws follow from their key alone, so they may be kept; the oldest leave when there are this many. */
const MOST_KEPT = 512;
const kept = new Map<string, Float64Array>();

const remembered = (key: string, make: () => Float64Array): Float64Array => {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (kept.size >= MOST_KEPT)
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  kept.set(key, made);
  return made;
};

/** Nothing, in every draw. Not to be written to. */
export const zeros = (size: number): Float64Array =>
  remembered(`zeros|${size}`, () => new Float64Array(size));

/** Standard normals of a name: the same in every scenario, so that options compare fairly. Not to be written to. */
export const normalsOf = (name: string, size: number): Float64Array =>
  remembered(`${name}|${size}`, () => fillNormals(seededRandom(seedOf(name)), new Float64Array(size)));

/** Draws of a positive figure with a 90 % interval. Not to be written to. */
export const logNormalDraws = (name: string, { value, low, high }: Range, size: number): Float64Array =>
  remembered(`${name}|${size}|log|${value}|${low}|${high}`, () => {
    const sigma = Math.log(high / low) / (2 * Z90);
    return normalsOf(name, size).map((z) => value * Math.exp(sigma * z));
  });

/** Present value of a euro a year that grows by an uncertain rate, one a draw. Not to be written to. */
export const growthFactors = (
  name: string,
  growth: Range,
  years: number,
  rate: number,
  size: number,
): Float64Array =>
  remembered(`${name}|${size}|growth|${growth.value}|${growth.low}|${growth.high}|${years}|${rate}`, () =>
    normalDraws(name, growth, size).map((each) => growingFactor(years, each, rate)),
  );

/** Draws of a figure of either sign with a 90 % interval. Not to be written to. */
export const normalDraws = (name: string, { value, low, high }: Range, size: number): Float64Array =>
  remembered(`${name}|${size}|sum|${value}|${low}|${high}`, () => {
    const sd = (high - low) / (2 * Z90);
    return normalsOf(name, size).map((z) => value + sd * z);
  });

/** Draws of a positive figure with a relative spread: its logarithm is normal. Not to be written to. */
export const spreadDraws = (name: string, value: number, spread: number, size: number): Float64Array =>
  remembered(`${name}|${size}|spread|${value}|${spread}`, () => {
    const sigma = Math.log1p(spread);
    return normalsOf(name, size).map((z) => value * Math.exp(sigma * z));
  });
