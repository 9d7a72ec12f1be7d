import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { centralRecord, dataDescriptor, endRecord, localHeader, type ZipFile } from './records.ts';

/** Sizes and offsets of a plain ZIP have 32 bits. */
const mostBytes = 2 ** 32 - 1;

/** The archive would be larger than a ZIP can be (4 GB). */
export class ZipTooLarge extends Error {}

type Open = {
  readonly name: string;
  readonly offset: number;
  readonly from: number;
  readonly deflate: DeflateRaw;
  /** Ends once everything packed is written. */
  readonly written: Promise<void>;
  crc: number;
  sizeBytes: number;
};

/** Writes a ZIP archive as its content comes, one file after the other: nothing of it is held. */
export class ZipStream {
  readonly #out: Writable;
  readonly #central: Buffer[] = [];
  #offset = 0;
  #open: Open | undefined;

  constructor(out: Writable) {
    this.#out = out;
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#offset += bytes.length;
    if (this.#offset > mostBytes) throw new ZipTooLarge('over 4 GB');
    if (!this.#out.write(bytes)) await once(this.#out, 'drain');
  }

  /** Begins a file; the one before must be closed. */
  async open(name: string): Promise<void> {
    const offset = this.#offset;
    await this.#write(localHeader({ name, crc: 0, packedBytes: 0, sizeBytes: 0 }, true));
    const deflate = createDeflateRaw();
    const written = (async () => {
      for await (const part of deflate) await this.#write(part as Buffer);
    })();
    // Told to whoever puts or closes.
    written.catch(() => undefined);
    this.#open = { name, offset, from: this.#offset, deflate, written, crc: 0, sizeBytes: 0 };
  }

  #opened(): Open {
    if (this.#open === undefined) throw new Error('no file of the archive is open');
    return this.#open;
  }

  async put(bytes: Buffer): Promise<void> {
    const open = this.#opened();
    open.crc = crc32(bytes, open.crc);
    open.sizeBytes += bytes.length;
    if (open.sizeBytes > mostBytes) throw new ZipTooLarge('over 4 GB');
    if (!open.deflate.write(bytes)) await Promise.race([once(open.deflate, 'drain'), open.written]);
  }

  /** Ends the file that is open; gives its size in bytes. */
  async close(): Promise<number> {
    const { deflate, written, name, offset, from, crc, sizeBytes } = this.#opened();
    deflate.end();
    await written;
    const file: ZipFile = { name, crc, packedBytes: this.#offset - from, sizeBytes };
    await this.#write(dataDescriptor(file));
    this.#central.push(centralRecord(file, offset, true));
    this.#open = undefined;
    return sizeBytes;
  }

  /** Writes the directory; the caller ends the stream. */
  async end(): Promise<void> {
    const at = this.#offset;
    const directory = Buffer.concat(this.#central);
    await this.#write(directory);
    await this.#write(endRecord(this.#central.length, directory.length, at));
  }

  /** Lets go of a file that will not be ended. */
  abandon(): void {
    this.#open?.deflate.destroy();
  }
}
