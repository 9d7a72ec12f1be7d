import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from '#core/byte-source.ts';
import { failure, ok, type Result } from '#core/result.ts';

const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 65_535;
const mostEntries = 10_000;

/** A file of an archive as the central directory says it: sizes in bytes, as packed and once unpacked. */
export type ZipEntry = {
  readonly name: string;
  /** 0 stored, 8 Deflate, 9 Deflate64. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** The packed bytes; undefined where the local header is not there. */
  readonly packed: () => ByteSource | undefined;
};

/** Whether the first bytes are those of a ZIP with members. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Part of another source, without copying it. */
const slice = (source: ByteSource, name: string, from: number, size: number): ByteSource => ({
  name,
  size,
  read: (offset, length) => source.read(from + offset, Math.max(0, Math.min(length, size - offset))),
});

const packedOf = (
  source: ByteSource,
  {
    name,
    header,
    packedBytes,
  }: { readonly name: string; readonly header: number; readonly packedBytes: number },
): ByteSource | undefined => {
  const local = source.read(header, LOCAL_LENGTH);
  if (local.length < LOCAL_LENGTH || viewOf(local).getUint32(0, true) !== LOCAL_RECORD) return undefined;
  const start = header + LOCAL_LENGTH + viewOf(local).getUint16(26, true) + viewOf(local).getUint16(28, true);
  return slice(source, name, start, Math.max(0, Math.min(packedBytes, source.size - start)));
};

/**
 * The files of a ZIP archive by its central directory (PKWARE APPNOTE 4.3.12), folders left out; undefined when it has
 * none or a damaged one. Nothing is unpacked.
 */
export const zipEntries = (source: ByteSource): ZipEntry[] | undefined => {
  const tailFrom = Math.max(0, source.size - END_LENGTH - LONGEST_COMMENT);
  const tail = source.read(tailFrom, source.size - tailFrom);
  const tailView = viewOf(tail);
  let end = tail.length - END_LENGTH;
  while (end >= 0 && tailView.getUint32(end, true) !== END_RECORD) end--;
  if (end < 0) return undefined;
  const count = Math.min(mostEntries, tailView.getUint16(end + 10, true));
  const directory = source.read(tailView.getUint32(end + 16, true), tailView.getUint32(end + 12, true));
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + CENTRAL_LENGTH > directory.length || view.getUint32(at, true) !== CENTRAL_RECORD)
      return undefined;
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(
      directory.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength),
    );
    const packedBytes = view.getUint32(at + 20, true);
    const header = view.getUint32(at + 42, true);
    if (!name.endsWith('/'))
      entries.push({
        name,
        method: view.getUint16(at + 10, true),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        packedBytes,
        sizeBytes: view.getUint32(at + 24, true),
        packed: () => packedOf(source, { name, header, packedBytes }),
      });
    at += CENTRAL_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

/** Unpacks a stored or deflated file of at most `maxBytes`. Fails with `archive-damaged`. */
export const unpackEntry = (
  { name, method, encrypted, packed }: ZipEntry,
  maxBytes: number,
): Result<Uint8Array> => {
  const damaged = failure(
    'archive-damaged',
    `« ${name} » ne peut pas être extrait de son archive (abîmé, chiffré ou trop grand). Déposez le fichier lui-même.`,
    `“${name}” cannot be taken out of its archive (damaged, encrypted or too large). Upload the file itself.`,
    { file: name },
  );
  const source = encrypted ? undefined : packed();
  if (source === undefined || maxBytes <= 0) return damaged;
  if (method === 0) return source.size <= maxBytes ? ok(source.read(0, source.size)) : damaged;
  if (method !== 8) return damaged;
  try {
    return ok(inflateRawSync(source.read(0, source.size), { maxOutputLength: maxBytes }));
  } catch {
    return damaged;
  }
};
