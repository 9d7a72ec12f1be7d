import { expect, it } from 'vitest';
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
