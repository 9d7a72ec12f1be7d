const VERSION = 20;
const DEFLATED = 8;
/** 1 January 1980, the first day a ZIP can write: the same content gives the same bytes. */
const NO_DATE = 0x21;
const UTF8_NAMES = 0x800;
const SIZES_FOLLOW = 0x8;

/** A file of an archive as its records say it, sizes in bytes. */
export type ZipFile = {
  readonly name: string;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
};

const headOf = ({ name, crc, packedBytes, sizeBytes }: ZipFile, follow: boolean): Buffer => {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(UTF8_NAMES | (follow ? SIZES_FOLLOW : 0), 2);
  head.writeUInt16LE(DEFLATED, 4);
  head.writeUInt16LE(NO_DATE, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packedBytes, 14);
  head.writeUInt32LE(sizeBytes, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
};

/** What stands before the bytes of a file (APPNOTE 4.3.7); where they are not known yet its sizes follow the bytes. */
export const localHeader = (file: ZipFile, follow = false): Buffer =>
  Buffer.concat([Buffer.from('PK\u0003\u0004'), headOf(file, follow), Buffer.from(file.name)]);

/** Sizes that follow the bytes (APPNOTE 4.3.9). */
export const dataDescriptor = ({ crc, packedBytes, sizeBytes }: ZipFile): Buffer => {
  const record = Buffer.alloc(16);
  record.writeUInt32BE(0x504b0708, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packedBytes, 8);
  record.writeUInt32LE(sizeBytes, 12);
  return record;
};

/** The line of a file in the directory (APPNOTE 4.3.12); `offset` is where its local header stands. */
export const centralRecord = (file: ZipFile, offset: number, follow = false): Buffer => {
  const record = Buffer.alloc(46);
  record.writeUInt32BE(0x504b0102, 0);
  record.writeUInt16LE(VERSION, 4);
  headOf(file, follow).copy(record, 6);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, Buffer.from(file.name)]);
};

/** The end of the directory (APPNOTE 4.3.16). */
export const endRecord = (files: number, directoryBytes: number, offset: number): Buffer => {
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
};
