import { expect, it } from 'vitest';
import { unpackEntry, zipEntries } from '../../../src/formats/zip/index.ts';
import { bytesSource } from '#core/byte-source.ts';

const textOf = (bytes: Uint8Array, name: string): string => {
  const entry = zipEntries(bytesSource('x.xlsx', bytes))?.find((one) => one.name === name);
  const unpacked = entry === undefined ? undefined : unpackEntry(entry, 1e6);
  return unpacked?.ok === true ? new TextDecoder().decode(unpacked.value) : '';
};
import { readXlsx, writeXlsx } from '../../../src/formats/xlsx/index.ts';

it('a workbook written reads back cell for cell, and the same content gives the same bytes', async () => {
  const sheets = [
    {
      name: 'Bâtiments',
      rows: [
        ['Nom', 'Coût (€)', 'Fait', 'Note'],
        ['École <A> & « B » "c"', 1234.5, true, '=1+1'],
        ['=cmd|calc', -0.25, false, null],
      ],
    },
    { name: 'Années', rows: [['Année'], [2027]] },
  ];
  const bytes = writeXlsx(sheets);
  const read = await readXlsx('programme.xlsx', bytes);
  if (!read.ok) throw new Error(read.error.message.en);
  expect(read.value.map(({ name }) => name)).toEqual(['Bâtiments', 'Années']);
  expect(read.value[0]?.rows).toEqual(sheets[0]?.rows);
  expect(read.value[1]?.rows).toEqual([['Année'], [2027]]);
  expect(Buffer.compare(Buffer.from(bytes), Buffer.from(writeXlsx(sheets)))).toBe(0);
});

it('what XML or Excel cannot hold is left out: control characters, infinities, long or forbidden sheet names', async () => {
  const read = await readXlsx(
    'x.xlsx',
    writeXlsx([
      {
        name: 'Un nom de feuille: bien/trop long pour un classeur',
        rows: [['a\u0000b\u0007', Number.NaN, 'z']],
      },
    ]),
  );
  if (!read.ok) throw new Error(read.error.message.en);
  expect(read.value[0]?.name).toHaveLength(31);
  expect(read.value[0]?.rows).toEqual([['ab', null, 'z']]);
});

it('a column is as wide as the longest of its cells, up to what a screen reads at once', () => {
  const name = 'Maison commune des Aubiers';
  const bytes = writeXlsx([
    {
      name: 'x',
      rows: [
        ['Nom', 'Coût (€)', 'Pourquoi'],
        [name, null, 'mot '.repeat(50)],
      ],
    },
    { name: 'vide', rows: [] },
  ]);
  const text = textOf(bytes, 'xl/worksheets/sheet1.xml');
  const widths = [...text.matchAll(/<col min="\d+" max="\d+" width="(\d+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths).toHaveLength(3);
  expect(widths[0]).toBeGreaterThanOrEqual(name.length);
  expect(widths[1]).toBeGreaterThanOrEqual('Coût (€)'.length);
  expect(widths[2]).toBeLessThan(100);
  expect(textOf(bytes, 'xl/worksheets/sheet2.xml')).not.toContain('<cols>');
});
