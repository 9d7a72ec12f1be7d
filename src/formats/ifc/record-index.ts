import { IdSet } from './id-set.ts';

const RECORDS_PER_BLOCK = 32;
const BYTES_PER_BLOCK = 64 * 1024;
const IDS_PER_BUCKET = 64;
/** A bucket spread over more blocks than this is looked up exactly instead of by searching its blocks. */
const MAX_BLOCKS_SEARCHED = 24;
/** Ids below this, or below this many times the number of records, are dense enough for buckets. */
const DENSE_IDS = 1 << 24;
const DENSE_RATIO = 32;

const grown = <T extends Float64Array | Uint32Array>(
  old: T,
  make: (length: number) => T,
  atLeast: number,
): T => {
  const wider = make(Math.max(atLeast, old.length * 2));
  wider.set(old);
  return wider;
};

/**
 * Where records lie, at about a byte a record: records are taken in blocks of 32 in file order, and each bucket of
 * 64 ids has a chain of the blocks that hold one of them. Files written in the order of their ids, or nearly so, have
 * three blocks in a chain, and a record is found by reading them again.
 */
export class BlockIndex {
  blocks = 0;
  records = 0;
  readonly ids = new IdSet();
  /** Records whose id was used before, as (id, offset of the later one). */
  readonly duplicates: { readonly id: number; readonly offset: number }[] = [];
  /** False once an id was met that is too large for buckets; those ids need the exact index. */
  dense = true;
  #offsets = new Float64Array(1024);
  /** Per bucket, the newest link of its chain plus one; zero says that there is none yet. */
  #heads = new Uint32Array(1024);
  /** Links as pairs: the block, then the link before it as in `#heads`. */
  #links = new Uint32Array(4096);
  #linkCount = 0;
  #inBlock = RECORDS_PER_BLOCK;

  /** Notes the record; false when its id was used before. */
  add(id: number, offset: number): boolean {
    this.records++;
    if (++this.#inBlock > RECORDS_PER_BLOCK || offset - this.#offsets[this.blocks - 1] > BYTES_PER_BLOCK) {
      if (this.blocks === this.#offsets.length) {
        this.#offsets = grown(this.#offsets, (n) => new Float64Array(n), 0);
      }
      this.#offsets[this.blocks++] = offset;
      this.#inBlock = 1;
    }
    if (!this.ids.add(id)) {
      this.duplicates.push({ id, offset });
      return false;
    }
    if (id >= DENSE_IDS && id > this.records * DENSE_RATIO) {
      this.dense = false;
      return true;
    }
    const bucket = Math.floor(id / IDS_PER_BUCKET);
    if (bucket >= this.#heads.length) {
      this.#heads = grown(this.#heads, (n) => new Uint32Array(n), bucket + 1);
    }
    const head = this.#heads[bucket];
    const block = this.blocks - 1;
    if (head !== 0 && this.#links[head * 2 - 2] === block) return true;
    if (this.#linkCount * 2 >= this.#links.length) {
      this.#links = grown(this.#links, (n) => new Uint32Array(n), 0);
    }
    this.#links[this.#linkCount * 2] = block;
    this.#links[this.#linkCount * 2 + 1] = head;
    this.#heads[bucket] = ++this.#linkCount;
    return true;
  }

  /** Blocks to search, newest first; 'exact' when they are too many; undefined when the id is absent. */
  blocksOf(id: number): number[] | 'exact' | undefined {
    if (!this.ids.has(id)) return undefined;
    if (this.isExact(id)) return 'exact';
    const blocks: number[] = [];
    for (
      let link = this.#heads[Math.floor(id / IDS_PER_BUCKET)];
      link !== 0;
      link = this.#links[link * 2 - 1]
    )
      blocks.push(this.#links[link * 2 - 2]);
    return blocks;
  }

  /** Whether blocks do not serve for a record of the file. */
  isExact(id: number): boolean {
    if (!this.dense) return true;
    let link = this.#heads[Math.floor(id / IDS_PER_BUCKET)];
    let searched = 0;
    for (; link !== 0 && searched <= MAX_BLOCKS_SEARCHED; searched++) link = this.#links[link * 2 - 1];
    return searched > MAX_BLOCKS_SEARCHED;
  }

  blockStart(block: number): number {
    return block < this.blocks ? this.#offsets[block] : Number.POSITIVE_INFINITY;
  }
}

/** Where a record lies, from its first byte to its semicolon, and the code of its type. */
export type Located = { readonly offset: number; readonly end: number; readonly code: number };

/** Exact places of some ids, sorted by id: for what blocks do not serve. Some 24 bytes a record. */
export class SortedIndex {
  readonly #ids: Float64Array;
  readonly #offsets: Float64Array;
  readonly #lengths: Uint32Array;
  readonly #codes: Uint32Array;

  /** Record `i` has the id `ids[i]` and three numbers in `places`; of equal ids the earliest is kept. */
  constructor(ids: readonly number[], places: readonly number[]) {
    const count = ids.length;
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    order.sort((a, b) => ids[a] - ids[b] || a - b);
    this.#ids = new Float64Array(count);
    this.#offsets = new Float64Array(count);
    this.#lengths = new Uint32Array(count);
    this.#codes = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const from = order[i];
      this.#ids[i] = ids[from];
      this.#offsets[i] = places[3 * from];
      this.#lengths[i] = places[3 * from + 1];
      this.#codes[i] = places[3 * from + 2];
    }
  }

  locate(id: number): Located | undefined {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    if (this.#ids[low] !== id) return undefined;
    const offset = this.#offsets[low];
    return { offset, end: offset + this.#lengths[low], code: this.#codes[low] };
  }
}
