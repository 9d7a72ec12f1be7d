import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sheetRows } from '../../../src/formats/csv/index.ts';

const rows = (bytes: Uint8Array) => {
  const read = sheetRows('parc.csv', bytes);
  return read.ok ? read.value : read.error.code;
};

describe('a delimited sheet', () => {
  it('is cut by its own delimiter, quotes and line numbers kept', () => {
    expect(rows(Buffer.from('Code;Nom\r\n\r\nR1;"Les Lilas; bât. A"\r\n\r\n'))).toEqual([
      ['Code', 'Nom'],
      [''],
      ['R1', 'Les Lilas; bât. A'],
    ]);
    expect(rows(Buffer.from('id,area\na,1.5'))).toEqual([
      ['id', 'area'],
      ['a', '1.5'],
    ]);
  });

  it('is read whatever its encoding and compression', () => {
    const windows = Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('Année;b\n1;2')]);
    expect(rows(windows)).toEqual([
      ['Année', 'b'],
      ['1', '2'],
    ]);
    expect(rows(Buffer.from('Ann\u00e9e;b\n1;2', 'latin1'))).toEqual([
      ['Année', 'b'],
      ['1', '2'],
    ]);
    expect(rows(gzipSync('a;b'))).toEqual([['a', 'b']]);
  });

  it('an unclosed quote costs its line, not the sheet', () => {
    expect(rows(Buffer.from('a;b\n"x;1\ny;2'))).toEqual([['a', 'b'], ['x;1'], ['y', '2']]);
    expect(rows(Buffer.from('%PDF-1.7'))).not.toBeInstanceOf(Array);
  });
});
