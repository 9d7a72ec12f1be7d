import { describe, expect, it } from 'vitest';
import { type CheckCard, twinsFromRows } from '../../src/create/form-rows.ts';

const header = [
  'Code',
  'Résidence',
  'Usage',
  'Surface (m²)',
  'Nombre de niveaux',
  'Année',
  'Chauffage',
  'Gardien',
];
/** Cards as they are written. */
const bare: CheckCard = ({ commune, department }) => ({ ok: true, value: { commune, department } });
const read = (...rows: readonly (readonly string[])[]) => {
  const result = twinsFromRows([header, ...rows], bare);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

describe('a spreadsheet of buildings', () => {
  it('French columns, words and numbers are understood; unknown columns are named', () => {
    const sheet = read([
      'R1',
      'Les Lilas',
      'Logements',
      '1 250,5',
      '4',
      '1962',
      'Chaudière à condensation',
      'M. X',
    ]);
    expect(sheet.refused).toEqual([]);
    expect(sheet.ignored).toEqual(['Gardien']);
    expect(sheet.twins[0]?.twin).toMatchObject({
      buildingId: 'R1',
      name: 'Les Lilas',
      use: 'housing',
      constructionYear: 1962,
      system: { kind: 'boiler-condensing', carrier: 'gas' },
    });
    expect(sheet.twins[0]?.twin.floorAreaM2.value).toBe(1250.5);
  });

  it('good rows stand, each bad one is told by its line and field', () => {
    const sheet = read(
      ['R1', 'A', 'Logement', '900', '3', '1970', '', ''],
      ['R2', 'B', 'Logement', 'beaucoup', '3', '1970', '', ''],
      ['R3', 'C', 'Château', '900', '3', '1970', '', ''],
      ['', '', '', '', '', '', '', ''],
      ['R1', 'D', 'Logement', '900', '3', '1970', '', ''],
      ['R6', 'E', 'École', '900', '2', '', '', ''],
    );
    expect(sheet.twins.map((one) => [one.line, one.twin.use])).toEqual([
      [2, 'housing'],
      [7, 'school'],
    ]);
    expect(sheet.refused.map((one) => [one.line, one.code, one.where?.field])).toEqual([
      [3, 'form-invalid', 'floorAreaM2'],
      [4, 'form-invalid', 'use'],
      [6, 'id-taken', undefined],
    ]);
    expect(sheet.refused[0]?.message.fr).toContain('« Surface (m²) » dit « beaucoup »');
  });

  it('a sheet without the columns it takes is refused, naming them', () => {
    const result = twinsFromRows([['Code', 'Couleur']], bare);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message.fr).toMatch(/surface|floor area/);
    expect(twinsFromRows([], bare).ok).toBe(false);
  });

  it('a title above the table is passed over, and past works are read by their year', () => {
    const result = twinsFromRows(
      [
        ['Parc au 1er janvier'],
        [],
        [...header, 'Remplacement des fenêtres'],
        ['R1', 'A', 'Logement', '900', '3', '1970', '', '', '2015'],
        ['R2', 'B', 'Logement', '900', '3', '1970', '', '', 'oui'],
      ],
      bare,
    );
    if (!result.ok) throw new Error(result.error.message.en);
    const [twin] = result.value.twins;
    expect(twin?.line).toBe(4);
    expect(twin?.twin.elements.find((one) => one.group === 'windows')?.u.basis).toContain(
      'Renovated in 2015',
    );
    expect(result.value.refused.map((one) => [one.line, one.where?.field])).toEqual([[5, 'works.0.year']]);
  });

  it('a thousand rows are a thousand twins', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [
      `R${index}`,
      `Résidence ${index}`,
      'Logement',
      String(300 + index),
      '4',
      String(1930 + (index % 90)),
      'gaz',
      '',
    ]);
    const sheet = read(...rows.map((row) => row.with(6, 'Chaudière')));
    expect(sheet.twins).toHaveLength(1000);
    expect(new Set(sheet.twins.map((one) => one.twin.buildingId)).size).toBe(1000);
  });
});
