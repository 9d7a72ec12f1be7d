import type { ByteSource } from '#core/byte-source.ts';
import type { KeywordTable } from './keyword-table.ts';
import { type Pending, StatementScanner, type StatementSink } from './scan-statements.ts';

/** Chunks double up to the largest: small files cost little, and the compiler meets the end of a chunk early. */
const FIRST_CHUNK_BYTES = 64 * 1024;
const CHUNK_BYTES = 4 * 1024 * 1024;
/** A single record longer than this is refused: no element of a building needs it. */
const MAX_STATEMENT_BYTES = 256 * 1024 * 1024;

export type ScanEnd = {
  /** What was still open when the bytes ran out, and where it began. */
  readonly pending: Pending | 'too-long';
  readonly offset: number;
};

/** Walks the whole source in chunks; a statement that straddles two chunks is read again with the second. */
export const scanSource = (source: ByteSource, keywords: KeywordTable, sink: StatementSink): ScanEnd => {
  const scanner = new StatementScanner(keywords, sink);
  let offset = 0;
  let length = FIRST_CHUNK_BYTES;
  let buffer = source.readInto === undefined ? undefined : new Uint8Array(Math.min(CHUNK_BYTES, source.size));
  while (offset < source.size) {
    if (buffer !== undefined && buffer.length < length) buffer = new Uint8Array(length);
    const chunk =
      buffer === undefined || source.readInto === undefined
        ? source.read(offset, length)
        : buffer.subarray(0, source.readInto(offset, buffer.subarray(0, length)));
    if (chunk.length === 0) break;
    const done = scanner.scan(chunk, offset);
    offset += done;
    if (offset >= source.size) break;
    if (done > 0) length = Math.min(CHUNK_BYTES, length * 2);
    else if (offset + chunk.length >= source.size) return { pending: scanner.pending, offset };
    else if (length >= MAX_STATEMENT_BYTES) return { pending: 'too-long', offset };
    else length *= 2;
  }
  return { pending: 'nothing', offset };
};
