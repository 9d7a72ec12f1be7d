const IDS_PER_PAGE = 4096;
/** Places that ids may leave empty, for each record and in all, before those further off are kept one by one. */
const PLACES_PER_RECORD = 16;
const FREE_PLACES = 1 << 20;
/** A file below this size has its places in four bytes. */
const FOUR_BYTES = 2 ** 32 - 1;

type Places = Uint32Array | Float64Array;

/** Places of ids that lie too far apart for pages: open addressing, 16 bytes a slot, at most two thirds of them taken. */
class FarPlaces {
  #count = 0;
  #ids = new Float64Array(1024);
  #places = new Float64Array(1024);

  /** The slot of the id, or the one it would take. */
  #slotOf(id: number): number {
    const mask = this.#ids.length - 1;
    // Each half has its own multiplier: ids in even steps of any size part.
    const mixed = Math.imul(id % 2 ** 32, 0x9e_37_79_b1) ^ Math.imul(id / 2 ** 32, 0x85_eb_ca_6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#ids[slot] !== 0 && this.#ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  /** Zero when the id is absent. */
  get(id: number): number {
    return this.#count === 0 ? 0 : this.#places[this.#slotOf(id)];
  }

  set(id: number, place: number): void {
    if (3 * ++this.#count > 2 * this.#ids.length) this.#grow();
    const slot = this.#slotOf(id);
    this.#ids[slot] = id;
    this.#places[slot] = place;
  }

  #grow(): void {
    const [ids, places] = [this.#ids, this.#places];
    this.#ids = new Float64Array(2 * ids.length);
    this.#places = new Float64Array(2 * ids.length);
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] === 0) continue;
      const slot = this.#slotOf(ids[i]);
      this.#ids[slot] = ids[i];
      this.#places[slot] = places[i];
    }
  }
}

/**
 * Where the record of each id begins: pages of 4096 ids, four bytes an id in a file below 4 GB. Ids so far apart that
 * pages would stand empty are kept one by one. What else is asked of a record is read from the file.
 */
export class RecordIndex {
  records = 0;
  /** Records whose id was used before, as (id, offset of the later one). */
  readonly duplicates: { readonly id: number; readonly offset: number }[] = [];
  readonly #isShort: boolean;
  /** Offsets from one on: zero says that there is no such record. */
  readonly #pages: (Places | undefined)[] = [];
  #pageCount = 0;
  readonly #far = new FarPlaces();

  constructor(bytesInFile: number) {
    this.#isShort = bytesInFile < FOUR_BYTES;
  }

  /** Notes the record; false when its id was used before. */
  add(id: number, offset: number): boolean {
    this.records++;
    if (this.offsetOf(id) >= 0) {
      this.duplicates.push({ id, offset });
      return false;
    }
    const page = this.#pageFor(id);
    if (page === undefined) this.#far.set(id, offset + 1);
    else page[id % IDS_PER_PAGE] = offset + 1;
    return true;
  }

  /** First byte of the record; -1 when the id is absent. */
  offsetOf(id: number): number {
    const page = this.#pages[Math.floor(id / IDS_PER_PAGE)];
    const place = page === undefined ? 0 : page[id % IDS_PER_PAGE];
    // An id met before its page was made may be among the far ones.
    return (place === 0 ? this.#far.get(id) : place) - 1;
  }

  #pageFor(id: number): Places | undefined {
    const at = Math.floor(id / IDS_PER_PAGE);
    const known = this.#pages[at];
    if (known !== undefined) return known;
    const room = FREE_PLACES + PLACES_PER_RECORD * this.records;
    if (id > room || (this.#pageCount + 1) * IDS_PER_PAGE > room) return undefined;
    while (this.#pages.length < at) this.#pages.push(undefined);
    this.#pageCount++;
    return (this.#pages[at] = this.#isShort ? new Uint32Array(IDS_PER_PAGE) : new Float64Array(IDS_PER_PAGE));
  }
}
