/** Slots kept, a power of two: enough for the points around one sample, few enough to weigh nothing. */
const SLOTS = 64;
const PER_M = 1000;

/** Answers for the last points of the plan asked about, so that the questions of one sample share them. */
export class PointCache<T> {
  readonly #make: (x: number, y: number) => T;
  readonly #xs = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #ys = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #values: T[] = [];

  constructor(make: (x: number, y: number) => T) {
    this.#make = make;
  }

  get(x: number, y: number): T {
    const slot = (Math.imul(x * PER_M, 73_856_093) ^ Math.imul(y * PER_M, 19_349_663)) >>> 0;
    const at = (slot ^ (slot >>> 16)) % SLOTS;
    if (this.#xs[at] !== x || this.#ys[at] !== y) {
      this.#values[at] = this.#make(x, y);
      this.#xs[at] = x;
      this.#ys[at] = y;
    }
    return this.#values[at];
  }
}
