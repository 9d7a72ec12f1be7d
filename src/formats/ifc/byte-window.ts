import type { ByteSource } from '#core/byte-source.ts';

const PAGE_BYTES = 16 * 1024;
const PAGES_KEPT = 256;

/** Some bytes of the file, from `offset` on. */
export type Page = { readonly offset: number; readonly bytes: Uint8Array; readonly view: DataView };

const pageOf = (offset: number, bytes: Uint8Array): Page => ({
  offset,
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
});

/**
 * The few pages of the file read last, so that neighbouring records cost one read. A page is only good until the next
 * one is asked for: it may be filled with another part of the file.
 */
export class ByteWindow {
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Page>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** A page that holds the byte at `offset` and, unless the file ends, at least `length` bytes from there. */
  page(offset: number, length: number): Page {
    const number = Math.floor(offset / PAGE_BYTES);
    const start = number * PAGE_BYTES;
    if (offset + length > start + PAGE_BYTES) return pageOf(offset, this.#source.read(offset, length));
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    let room: Uint8Array | undefined;
    if (this.#pages.size >= PAGES_KEPT) {
      const [oldest, freed] = this.#pages.entries().next().value ?? [];
      if (oldest !== undefined) this.#pages.delete(oldest);
      room = freed?.bytes;
    }
    const page = pageOf(start, this.#read(start, room));
    this.#pages.set(number, page);
    return page;
  }

  #read(offset: number, room: Uint8Array | undefined): Uint8Array {
    const source = this.#source;
    if (source.readInto === undefined) return source.read(offset, PAGE_BYTES);
    const length = Math.min(PAGE_BYTES, source.size - offset);
    const target = room?.length === length ? room : new Uint8Array(length);
    return target.subarray(0, source.readInto(offset, target));
  }
}
