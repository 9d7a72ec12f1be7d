import { crc32, deflateRawSync } from 'node:zlib';

const VERSION = 20;
const DEFLATED = 8;
/** 1 January 1980, the first day a ZIP can write: the same content gives the same bytes. */
const NO_DATE = 0x21;
const UTF8_NAMES = 0x800;

/** A ZIP archive (PKWARE APPNOTE 4.3): each file deflated, names in UTF-8. For archives under 4 GB and 65,535 files. */
export const writeZip = (files: readonly { readonly name: string; readonly text: string }[]): Uint8Array => {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of files) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const nameBytes = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(VERSION, 0);
    head.writeUInt16LE(UTF8_NAMES, 2);
    head.writeUInt16LE(DEFLATED, 4);
    head.writeUInt16LE(NO_DATE, 8);
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(plain.length, 18);
    head.writeUInt16LE(nameBytes.length, 22);
    const record = Buffer.alloc(46);
    record.writeUInt32BE(0x504b0102, 0);
    record.writeUInt16LE(VERSION, 4);
    head.copy(record, 6);
    record.writeUInt32LE(offset, 42);
    parts.push(Buffer.from('PK\u0003\u0004'), head, nameBytes, packed);
    central.push(record, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
};
