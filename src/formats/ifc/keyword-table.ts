const INITIAL_SLOTS = 2048;
/** Longest name kept, in four-byte words; the longest of the IFC schemas has 46 letters. */
const WORDS = 16;
const MAX_NAME_BYTES = WORDS * 4;
/** Clearing bit 5 of each byte makes both cases of a letter equal and keeps digits and underscore apart. */
const FOLD = 0xdf_df_df_df | 0;
const FIRST_BYTES = [0, 0xff, 0xff_ff, 0xff_ff_ff];

/**
 * Entity names seen in a file, each with a small code. Names are looked up from bytes, four at a time, without
 * making a string, and without regard to case, because writers of the format use any.
 */
export class KeywordTable {
  /** In upper case; the code is the place. */
  readonly names: string[] = [];
  readonly #lengths: number[] = [];
  #words = new Int32Array(256 * WORDS);
  #slots = new Int32Array(INITIAL_SLOTS).fill(-1);
  readonly #wanted = new Int32Array(WORDS);

  /** Code of the name in `[start, end)` of `view`, at most 64 bytes of it. */
  codeOf(view: DataView, start: number, end: number): number {
    const length = Math.min(end - start, MAX_NAME_BYTES);
    const wanted = this.#wanted;
    let hash = length;
    let count = 0;
    const lastWhole = start + length - 4;
    let p = start;
    for (; p <= lastWhole; p += 4) {
      const word = view.getInt32(p, true) & FOLD;
      wanted[count++] = word;
      hash = Math.imul(hash ^ word, 0x9e_37_79_b1);
    }
    if (p < start + length) {
      let word = 0;
      for (let i = 0; p + i < start + length; i++) word |= view.getUint8(p + i) << (8 * i);
      word &= FOLD & FIRST_BYTES[start + length - p];
      wanted[count++] = word;
      hash = Math.imul(hash ^ word, 0x9e_37_79_b1);
    }
    const mask = this.#slots.length - 1;
    for (let slot = (hash >>> 15) & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot];
      if (code < 0) return this.#add(view, start, length, count, slot);
      if (this.#lengths[code] !== length) continue;
      const words = this.#words;
      const base = code * WORDS;
      let i = 0;
      while (i < count && words[base + i] === wanted[i]) i++;
      if (i === count) return code;
    }
  }

  #add(view: DataView, start: number, length: number, count: number, slot: number): number {
    const code = this.names.length;
    const name = Buffer.from(view.buffer, view.byteOffset + start, length)
      .toString('latin1')
      .toUpperCase();
    // A file of invented names fills the table: they all share the last code, and no reader asks for it.
    if (code * 2 >= this.#slots.length) return code - 1;
    this.names.push(name);
    this.#lengths.push(length);
    if ((code + 1) * WORDS > this.#words.length) {
      const wider = new Int32Array(this.#words.length * 2);
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#words.set(this.#wanted.subarray(0, count), code * WORDS);
    this.#slots[slot] = code;
    return code;
  }
}
