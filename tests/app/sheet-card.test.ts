import { describe, expect, it } from 'vitest';
import { sheetCard } from '#app/sheet-card.ts';
import { twinsFromRows } from '#create/index.ts';

const header = ['Code', 'Surface', 'Niveaux', 'Ville', 'Département', 'RNB', 'Parcelles'];
const read = (...rows: readonly (readonly string[])[]) => {
  const result = twinsFromRows([header, ...rows], sheetCard);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

describe('the card of a line of a sheet', () => {
  it('says where a building stands and by what registers know it, as a spreadsheet writes them', () => {
    const { twins, refused, ignored } = read(
      ['R1', '900', '3', 'Mérignac', '33', '1gc3-87fw-hrt4', '33281000AB0012; 33281000AB0013'],
      ['R2', '900', '3', '', '2a', '', ''],
      ['R3', '900', '3', '', '', '', ''],
    );
    expect(refused).toEqual([]);
    expect(ignored).toEqual([]);
    expect(twins.map(({ card }) => card)).toEqual([
      {
        commune: 'Mérignac',
        department: '33',
        identifiers: { rnb: ['1GC387FWHRT4'], cadastre: ['33281000AB0012', '33281000AB0013'] },
      },
      { commune: undefined, department: '2A', identifiers: {} },
      { commune: undefined, department: undefined, identifiers: {} },
    ]);
  });

  it('refuses its line where a cell is not what its register gives, in the words of the sheet', () => {
    const { twins, refused } = read(
      ['R1', '900', '3', 'Mérignac', '33', 'OIL', ''],
      ['R2', '900', '3', 'Mérignac', '33', '', '33281000AB0012, ici'],
      ['R3', '900', '3', 'Mérignac', '971', '', ''],
      ['R4', '900', '3', 'x'.repeat(201), '33', '', ''],
      ['R5', '900', '3', 'Mérignac', '33', '', ''],
    );
    expect(twins.map(({ line }) => line)).toEqual([6]);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'form-invalid'],
      [3, 'form-invalid'],
      [4, 'unknown-department'],
      [5, 'form-invalid'],
    ]);
    expect(refused[0]?.message.fr).toContain('« RNB » dit « OIL »');
    expect(refused[1]?.message.fr).toContain('« Parcelles » dit');
  });
});
