/**
 * Random access to the bytes of a file without holding them: formats read through it, so that a 340 MB model
 * needs no 340 MB of memory. `read` returns at most `length` bytes from `offset` (fewer at the end).
 */
export type ByteSource = {
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` from `offset` and says how many bytes it got: a scan in chunks then leaves no garbage behind. */
  readInto?(offset: number, target: Uint8Array): number;
};

/** A source over bytes already in memory (uploads under the cap, tests). */
export const bytesSource = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
});
