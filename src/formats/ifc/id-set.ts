/** Above this id a bit per possible id would cost more than the ids themselves. */
const BITS_LIMIT = 1 << 26;

/** A set of record ids: one bit per possible id while ids stay dense, a plain set beyond. */
export class IdSet {
  size = 0;
  #words = new Uint32Array(1024);
  readonly #far = new Set<number>();

  /** Adds the id; false when it was there already. */
  add(id: number): boolean {
    if (id >= BITS_LIMIT) {
      if (this.#far.has(id)) return false;
      this.#far.add(id);
      this.size++;
      return true;
    }
    const word = id >>> 5;
    if (word >= this.#words.length) this.#grow(word);
    const bit = 1 << (id & 31);
    if ((this.#words[word] & bit) !== 0) return false;
    this.#words[word] |= bit;
    this.size++;
    return true;
  }

  has(id: number): boolean {
    if (id >= BITS_LIMIT) return this.#far.has(id);
    const word = id >>> 5;
    return word < this.#words.length && (this.#words[word] & (1 << (id & 31))) !== 0;
  }

  #grow(word: number): void {
    const words = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
    words.set(this.#words);
    this.#words = words;
  }
}
