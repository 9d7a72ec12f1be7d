/** Rows a series must have before its shape alone says that it is a register. */
const leastRows = 30;

/** A fall this deep below a power of ten is the register running over, not a reset. */
const nearFull = 0.9;
const nearEmpty = 0.1;
/** What is counted through a roll-over is no faster than this many times the fastest rise of the series. */
const fastestRollover = 3;

/** The fastest rise between two readings in a row, per ms; without one, no bound is known. */
const fastestRise = (instantMs: Float64Array, values: Float64Array, known: readonly number[]): number => {
  let fastest = 0;
  for (let at = 1; at < known.length; at++) {
    const [before, here] = [known[at - 1], known[at]];
    fastest = Math.max(fastest, (values[here] - values[before]) / (instantMs[here] - instantMs[before]));
  }
  return fastest > 0 ? fastest : Number.POSITIVE_INFINITY;
};

/**
 * Whether values are the running total of a meter: rising or level in nearly every step, and rising in most of the
 * steps that move. A consumption that never falls over `leastRows` rows does not occur.
 */
export const looksLikeRegister = (values: Float64Array): boolean => {
  let [last, first, known, falls, rises] = [Number.NaN, Number.NaN, 0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    known++;
    if (Number.isNaN(first)) first = value;
    if (value < last) {
      // More falls than all the rows could outweigh: no need to look further.
      if (++falls * 100 > values.length) return false;
    } else if (value > last) rises++;
    last = value;
  }
  // One change of meter in a hundred steps that move is the most that still reads as a register.
  return known >= leastRows && rises >= leastRows / 2 && falls * 100 <= rises && first >= 0;
};

type RegisterDifferences = {
  /** Energy between each reading and the next known one; one slot fewer than the readings kept. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly values: Float64Array;
  readonly resets: readonly number[];
  readonly rollovers: readonly number[];
};

/**
 * Energy between readings of a register. A fall from near the top of its digits to near zero, at a pace the meter has,
 * is a roll-over and is counted through; any other fall is a reset or a change of meter, and its interval is left without a value.
 */
export const differences = (instantMs: Float64Array, values: Float64Array): RegisterDifferences => {
  const known: number[] = [];
  for (let index = 0; index < values.length; index++) if (!Number.isNaN(values[index])) known.push(index);
  const count = Math.max(0, known.length - 1);
  const [startMs, endMs, energy] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count),
  ];
  const fastest = fastestRise(instantMs, values, known);
  const resets: number[] = [];
  const rollovers: number[] = [];
  for (let at = 0; at < count; at++) {
    const [here, next] = [known[at], known[at + 1]];
    const [value, after] = [values[here], values[next]];
    startMs[at] = instantMs[here];
    endMs[at] = instantMs[next];
    let gone = after - value;
    if (gone < 0) {
      const full = 10 ** Math.ceil(Math.log10(Math.max(10, value)));
      const through = gone + full;
      const rate = through / (instantMs[next] - instantMs[here]);
      if (value > nearFull * full && after < nearEmpty * full && rate <= fastestRollover * fastest) {
        gone = through;
        rollovers.push(startMs[at]);
      } else {
        gone = Number.NaN;
        resets.push(startMs[at]);
      }
    }
    energy[at] = gone;
  }
  return { startMs, endMs, values: energy, resets, rollovers };
};
