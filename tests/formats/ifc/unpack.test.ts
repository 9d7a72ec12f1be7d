import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { startDeadline } from '../../../src/formats/ifc/deadline.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';
import { inflate64 } from '../../../src/formats/ifc/inflate64.ts';
import { unpack } from '../../../src/formats/ifc/unpack.ts';
import { smallHouse } from './small-house.ts';

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly flags?: number;
};

/** A ZIP archive by the layout of PKWARE's APPNOTE: local headers, central directory, end record. */
const zip = (entries: readonly Entry[]): Buffer => {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, method, packed, size, flags = 0 } of entries) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), Buffer.from(packed));
    central.push(record, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

const house = Buffer.from(smallHouse());
const deflated = deflateRawSync(house);
const model: Entry = { name: 'a/house.ifc', method: 8, packed: deflated, size: house.length };

const outcome = async (bytes: Uint8Array): Promise<string> => {
  const result = await readIfc(bytesSource('upload.ifczip', bytes));
  return result.ok ? `${result.value.elements.length} elements` : result.error.code;
};

/** Writes a Deflate stream bit by bit, least significant bit first; Huffman codes most significant first. */
const bits = (): {
  put: (value: number, count: number) => void;
  code: (value: number, count: number) => void;
  bytes: () => Uint8Array;
} => {
  const all: number[] = [];
  const put = (value: number, count: number): void => {
    for (let i = 0; i < count; i++) all.push((value >> i) & 1);
  };
  const code = (value: number, count: number): void => {
    for (let i = count - 1; i >= 0; i--) all.push((value >> i) & 1);
  };
  const bytes = (): Uint8Array =>
    Uint8Array.from({ length: Math.ceil(all.length / 8) }, (_, at) =>
      all.slice(at * 8, at * 8 + 8).reduce((byte, bit, i) => byte | (bit << i), 0),
    );
  return { put, code, bytes };
};

describe('archives', () => {
  it('reads deflated and stored models and gzip, whatever the file is called', async () => {
    expect(
      await outcome(zip([{ name: 'readme.txt', method: 0, packed: Buffer.from('hi'), size: 2 }, model])),
    ).toBe('8 elements');
    expect(await outcome(zip([{ ...model, method: 0, packed: house }]))).toBe('8 elements');
    expect(await outcome(gzipSync(house))).toBe('8 elements');
    expect(
      await outcome(Buffer.concat([gzipSync(house.subarray(0, 999)), gzipSync(house.subarray(999))])),
    ).toBe('8 elements');
  });

  it('reads Deflate64', async () => {
    // Any Deflate stream without the length 258 means the same in Deflate64; short lines have none.
    const packed = deflateRawSync(house, { level: 1, memLevel: 1 });
    const output = Buffer.alloc(house.length);
    expect(inflate64(packed, output)).toBe(house.length);
    expect(output.equals(house)).toBe(true);
    expect(await outcome(zip([{ ...model, method: 9, packed }]))).toBe('8 elements');
  });

  it('reads what only Deflate64 has: lengths up to 65 538 and distances up to 65 536', () => {
    const out = bits();
    out.put(0b011, 3); // last block, fixed codes
    out.code(0b00110000 + 97, 8); // 'a'
    out.code(0b11000000 + 5, 8); // length code 285
    out.put(65_535, 16); // 3 + 65 535
    out.code(0, 5); // distance 1
    out.code(0b00110000 + 98, 8); // 'b'
    out.code(1, 7); // length code 257: 3
    out.code(31, 5); // distance code 31: 49 153 + 14 bits
    out.put(65_536 - 49_153, 14);
    out.code(0, 7); // end
    const output = new Uint8Array(70_000);
    expect(inflate64(out.bytes(), output)).toBe(1 + 65_538 + 1 + 3);
    expect(Buffer.from(output.subarray(65_537, 65_543)).toString()).toBe('aabaaa');
  });

  it.each([
    ['nothing that is a model', zip([{ ...model, name: 'plan.dwg' }]), 'not-an-ifc-file'],
    ['two models', zip([model, { ...model, name: 'b.ifc' }]), 'several-models'],
    ['an encrypted model', zip([{ ...model, flags: 1 }]), 'not-an-ifc-file'],
    ['a compression nobody uses', zip([{ ...model, method: 14 }]), 'not-an-ifc-file'],
    [
      'damaged bytes',
      zip([{ ...model, packed: deflated.map((byte, i) => (i > 40 ? 0xff : byte)) }]),
      'not-an-ifc-file',
    ],
    ['a directory that lies about the size', zip([{ ...model, size: 100 }]), 'not-an-ifc-file'],
    ['a directory that points nowhere', zip([model]).subarray(10), 'not-an-ifc-file'],
    ['the start of an archive only', zip([model]).subarray(0, 200), 'not-an-ifc-file'],
    ['the start of a gzip only', gzipSync(house).subarray(0, 300), 'not-an-ifc-file'],
    ['four letters', Buffer.from('PK\u0003\u0004'), 'not-an-ifc-file'],
    ['two bytes of gzip', Buffer.from([0x1f, 0x8b]), 'not-an-ifc-file'],
  ])('refuses %s', async (_, bytes, code) => expect(await outcome(bytes)).toBe(code));

  it('refuses bombs before and while they unpack', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const packed = deflateRawSync(zeros);
    const bomb = { name: 'bomb.ifc', method: 8, packed, size: zeros.length };
    expect(await outcome(zip([bomb]))).toBe('archive-too-large');
    expect(await outcome(zip([{ ...bomb, size: 4_000_000_000 }]))).toBe('archive-too-large');
    expect(await outcome(zip([{ ...bomb, size: 1000 }]))).toBe('not-an-ifc-file');
    expect(await outcome(gzipSync(zeros))).toBe('archive-too-large');
    const lying = gzipSync(zeros);
    lying.writeUInt32LE(1000, lying.length - 4);
    expect(await outcome(lying)).toBe('archive-too-large');
  });

  it('gives plain files through untouched', async () => {
    const source = bytesSource('house.ifc', house);
    expect(await unpack(source, startDeadline(1000))).toEqual({ ok: true, value: source });
  });
});
