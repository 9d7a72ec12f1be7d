import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../src/formats/xlsx/index.ts';
import { workbookOf } from '../../support/workbook.ts';
import { zipOf } from '../../support/zip.ts';

const codeOf = async (bytes: Uint8Array): Promise<string> => {
  const read = await readXlsx('classeur.xlsx', bytes);
  return read.ok ? 'ok' : read.error.code;
};

describe('an Excel workbook', () => {
  it('gives its sheets as rows of cells, empty rows kept in their place', async () => {
    const read = await readXlsx(
      'parc.xlsx',
      workbookOf('Parc', [
        ['Code', 'Surface', 'Relevé', 'Vacant'],
        ['R1 & R2', 1250.5, { day: 45_382 }, true],
        [],
        ['R3', null, { day: 45_382.354_166_666_664 }, false],
      ]),
    );
    if (!read.ok) throw new Error(read.error.message.en);
    expect(read.value.map(({ name }) => name)).toEqual(['Parc']);
    // Excel's day 45,382 is 31 March 2024 (day 1 is 1 January 1900, with its 29 February of 1900).
    expect(read.value[0]?.rows).toEqual([
      ['Code', 'Surface', 'Relevé', 'Vacant'],
      ['R1 & R2', 1250.5, '2024-03-31', true],
      [null, null, null, null],
      ['R3', null, '2024-03-31T08:30:00', false],
    ]);
  });

  it('keeps the line numbers of a sheet that starts lower', async () => {
    const read = await readXlsx('parc.xlsx', workbookOf('Parc', [[], [], ['Code'], ['R1']]));
    expect(read.ok && read.value[0]?.rows.map((row) => row[0])).toEqual([null, null, 'Code', 'R1']);
  });

  it('is refused in words when it is none', async () => {
    expect(await codeOf(new Uint8Array())).toBe('xlsx-unreadable');
    expect(await codeOf(Buffer.from('Code;Surface\nR1;3'))).toBe('xlsx-unreadable');
    expect(await codeOf(zipOf([{ name: 'xl/workbook.xml', text: '<workbook' }]))).toBe('xlsx-unreadable');
    expect(await codeOf(workbookOf('Parc', [['a']]).slice(0, 700))).toBe('xlsx-unreadable');
    expect(await codeOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('xlsx-old-format');
  });

  it('is refused before it is unpacked when it would fill the memory', async () => {
    const bomb = zipOf([{ name: 'xl/workbook.xml', text: 'x', declaredSize: 0xf000_0000 }]);
    expect(await codeOf(bomb)).toBe('xlsx-too-large');
  });
});
