import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { ByteSource } from '#core/byte-source.ts';
import type { ZipEntry } from './zip-entries.ts';

const FEED_BYTES = 1024 * 1024;

/** The bytes of a source, a megabyte at a time. */
export function* feed(source: ByteSource): Generator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += FEED_BYTES) yield source.read(offset, FEED_BYTES);
}

/**
 * The bytes of a stored or deflated file of an archive as they are unpacked: undefined where it cannot be. What comes
 * out is not held; who reads it counts it. Throws what zlib throws of a damaged file.
 */
export const unpackedParts = ({ method, encrypted, packed }: ZipEntry): AsyncIterable<Buffer> | undefined => {
  const source = encrypted || ![0, 8].includes(method) ? undefined : packed();
  if (source === undefined) return undefined;
  const parts = Readable.from(feed(source), { objectMode: false });
  if (method === 0) return parts;
  const inflate = createInflateRaw();
  parts.once('error', (error) => inflate.destroy(error));
  return parts.pipe(inflate);
};
