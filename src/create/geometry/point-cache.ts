type Known<T> = { readonly x: number; readonly y: number; readonly value: T };

/** Slots kept, a power of two: enough for the points around one sample, few enough to weigh nothing. */
const SLOTS = 64;
const PER_M = 1000;

/** Answers for the last points of the plan asked about, so that the questions of one sample share them. */
export class PointCache<T> {
  readonly #slots: (Known<T> | undefined)[] = Array.from({ length: SLOTS });

  get(x: number, y: number, make: (x: number, y: number) => T): T {
    const slot = (Math.imul(x * PER_M, 73_856_093) ^ Math.imul(y * PER_M, 19_349_663)) >>> 0;
    const at = (slot ^ (slot >>> 16)) % SLOTS;
    let known = this.#slots[at];
    if (known?.x !== x || known.y !== y) {
      known = { x, y, value: make(x, y) };
      this.#slots[at] = known;
    }
    return known.value;
  }
}
