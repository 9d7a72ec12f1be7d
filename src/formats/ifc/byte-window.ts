import type { ByteSource } from '#core/byte-source.ts';

const PAGE_BYTES = 128 * 1024;
const PAGES_KEPT = 24;

/**
 * The few pages of the file read last, so that neighbouring records cost one read. A view is only good until the
 * next one is asked for: the page under it may be filled with another part of the file.
 */
export class ByteWindow {
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Bytes from `offset`, at most `length` of them (fewer at the end of the file). */
  view(offset: number, length: number): Uint8Array {
    const page = Math.floor(offset / PAGE_BYTES);
    const within = offset - page * PAGE_BYTES;
    if (within + length > PAGE_BYTES) return this.#source.read(offset, length);
    return this.#page(page).subarray(within, within + length);
  }

  #page(page: number): Uint8Array {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    let room: Uint8Array | undefined;
    if (this.#pages.size >= PAGES_KEPT) {
      const [oldest, freed] = this.#pages.entries().next().value ?? [];
      if (oldest !== undefined) this.#pages.delete(oldest);
      room = freed;
    }
    const bytes = this.#read(page * PAGE_BYTES, room);
    this.#pages.set(page, bytes);
    return bytes;
  }

  #read(offset: number, room: Uint8Array | undefined): Uint8Array {
    const source = this.#source;
    if (source.readInto === undefined) return source.read(offset, PAGE_BYTES);
    const length = Math.min(PAGE_BYTES, source.size - offset);
    const target = room?.length === length ? room : new Uint8Array(length);
    return target.subarray(0, source.readInto(offset, target));
  }
}
