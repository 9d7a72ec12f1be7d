/**
 * What was asked for last, at least `size` and at most twice as many values: once a generation is full it becomes the
 * old one, and what is not asked for again goes with it. Dropping the oldest of one map, key by key, costs a walk over
 * the places of those dropped before.
 */
export class Recent<T> {
  readonly #size: number;
  #young = new Map<number, T>();
  #old = new Map<number, T>();

  constructor(size: number) {
    this.#size = size;
  }

  get(key: number): T | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: number, value: T): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
