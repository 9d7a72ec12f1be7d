import { inflateRawSync } from 'node:zlib';
import { failure, ok, type Result } from '#core/result.ts';

const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
const mostEntries = 1000;

/** A file of an archive, unpacked when asked for. */
export type ZipEntry = { readonly name: string; readonly unpack: (maxBytes: number) => Result<Uint8Array> };

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The files of a ZIP archive by its central directory (PKWARE APPNOTE 4.3.12), folders left out; undefined when it has
 * none. Stored and deflated entries are unpacked up to a size; others fail with `archive-damaged`.
 */
export const zipEntries = (bytes: Uint8Array): ZipEntry[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const earliest = Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT);
  let end = bytes.length - END_LENGTH;
  while (end >= earliest && view.getUint32(end, true) !== END_RECORD) end--;
  if (end < earliest) return undefined;
  const count = Math.min(mostEntries, view.getUint16(end + 10, true));
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL_RECORD) return undefined;
    const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [nameLength, local] = [view.getUint16(at + 28, true), view.getUint32(at + 42, true)];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (!name.endsWith('/'))
      entries.push({ name, unpack: unpacker(bytes, view, name, method, local, packed) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

const unpacker =
  (
    bytes: Uint8Array,
    view: DataView,
    name: string,
    method: number,
    local: number,
    packed: number,
  ): ZipEntry['unpack'] =>
  (maxBytes) => {
    const damaged = failure(
      'archive-damaged',
      `« ${name} » ne peut pas être extrait de son archive (abîmé, chiffré ou trop grand). Déposez le fichier lui-même.`,
      `“${name}” cannot be taken out of its archive (damaged, encrypted or too large). Upload the file itself.`,
      { file: name },
    );
    if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL_RECORD) return damaged;
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = bytes.subarray(from, from + packed);
    if (method === 0) return content.length <= maxBytes ? ok(content) : damaged;
    if (method !== 8) return damaged;
    try {
      return ok(inflateRawSync(content, { maxOutputLength: maxBytes }));
    } catch {
      return damaged;
    }
  };
