import { constants, gunzipSync } from 'node:zlib';
import { failure, ok, type Result } from '#core/result.ts';

/** Bytes of a text file, decompressed and without byte-order mark, with the encoding of what is not ASCII in it. */
export type OpenText = { readonly bytes: Uint8Array; readonly encoding: 'utf-8' | 'windows-1252' };

/** Decompressed bytes accepted from one file unless the caller says otherwise: ten years of one-minute readings. */
export const defaultMaxBytes = 400_000_000;

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  bytes.length >= signature.length && signature.every((byte, index) => bytes[index] === byte);

const binarySignatures: readonly (readonly [string, readonly number[]])[] = [
  ['zip/xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
];

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Readings shrink 5 to 40 times; a file that grows more than this is a bomb. Small files are not judged. */
const mostGrowth = 250;
const alwaysAllowed = 20_000_000;

const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b]);

/** The beginning of a file, decompressed as far as it is whole when it is gzip; empty when it is damaged. */
export const firstInflated = (bytes: Uint8Array, length: number): Uint8Array => {
  if (!isGzip(bytes)) return bytes.subarray(0, length);
  try {
    // A packed part gives all it holds with a flush in place of the end; deflate grows at most 1,032 times.
    const part = bytes.subarray(0, length);
    return gunzipSync(part, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1100 * length }).subarray(
      0,
      length,
    );
  } catch {
    return new Uint8Array(0);
  }
};

const inflate = (name: string, bytes: Uint8Array, most: number): Result<Uint8Array> => {
  const maxBytes = Math.min(most, Math.max(alwaysAllowed, bytes.length * mostGrowth));
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? failure(
          'file-too-large',
          `« ${name} » dépasse ${Math.round(maxBytes / 1e6)} Mo une fois décompressé. Découpez-le par année.`,
          `“${name}” is over ${Math.round(maxBytes / 1e6)} MB once decompressed. Split it by year.`,
          { file: name },
        )
      : failure(
          'file-corrupt',
          `« ${name} » est une archive gzip abîmée. Exportez-la de nouveau.`,
          `“${name}” is a damaged gzip file. Export it again.`,
          { file: name },
        );
  }
};

/**
 * Opens CSV or CSV.gz bytes as text. UTF-16 with its mark is turned into UTF-8; the encoding of the rest is UTF-8, or
 * Windows-1252 where the bytes are not UTF-8. Fails with `file-empty`, `file-too-large`, `file-corrupt` or
 * `file-binary`.
 */
export const openText = (name: string, input: Uint8Array, maxBytes = defaultMaxBytes): Result<OpenText> => {
  let bytes = input;
  if (isGzip(bytes)) {
    const inflated = inflate(name, bytes, maxBytes);
    if (!inflated.ok) return inflated;
    bytes = inflated.value;
  }
  if (bytes.length > maxBytes)
    return failure(
      'file-too-large',
      `« ${name} » dépasse ${Math.round(maxBytes / 1e6)} Mo. Découpez-le par année.`,
      `“${name}” is over ${Math.round(maxBytes / 1e6)} MB. Split it by year.`,
      { file: name },
    );
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
    bytes = new TextEncoder().encode(text);
  } else if (startsWith(bytes, [0xef, 0xbb, 0xbf])) bytes = bytes.subarray(3);
  const head = bytes.subarray(0, 8192);
  const kind = binarySignatures.find(([, signature]) => startsWith(bytes, signature))?.[0];
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  if (kind !== undefined || controls > head.length * 0.05)
    return failure(
      'file-binary',
      `« ${name} » n’est pas un texte${kind === undefined ? '' : ` (${kind})`}. Enregistrez-le en CSV.`,
      `“${name}” is not text${kind === undefined ? '' : ` (${kind})`}. Save it as CSV.`,
      { file: name },
    );
  if (head.every((byte) => byte === 10 || byte === 13 || byte === 32 || byte === 9))
    return failure(
      'file-empty',
      `« ${name} » est vide. Exportez de nouveau la période voulue.`,
      `“${name}” is empty. Export the wanted period again.`,
      { file: name, line: 1 },
    );
  // A cut through a character at the end of the sample would look like Windows-1252: look only up to the last line end.
  const lastLine = head.length < bytes.length ? head.lastIndexOf(10) : head.length;
  const encoding = isUtf8(head.subarray(0, lastLine < 0 ? head.length : lastLine)) ? 'utf-8' : 'windows-1252';
  return ok({ bytes, encoding });
};
