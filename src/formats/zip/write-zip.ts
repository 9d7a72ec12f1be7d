import { crc32, deflateRawSync } from 'node:zlib';
import { centralRecord, endRecord, localHeader } from './records.ts';

/** A ZIP archive (PKWARE APPNOTE 4.3): each file deflated, names in UTF-8. For archives under 4 GB and 65,535 files. */
export const writeZip = (files: readonly { readonly name: string; readonly text: string }[]): Uint8Array => {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of files) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const file = { name, crc: crc32(plain), packedBytes: packed.length, sizeBytes: plain.length };
    const header = localHeader(file);
    parts.push(header, packed);
    central.push(centralRecord(file, offset));
    offset += header.length + packed.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, endRecord(files.length, directory.length, offset)]);
};
