import { describe, expect, it } from 'vitest';
import { readTextFile, shown } from '../../support/readings.ts';
import { workbookOf } from '../../support/workbook.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('bills in delimited text', () => {
  it('reads irregular periods in Windows-1252 with decimal commas, and marks estimated reads', async () => {
    const [series] = await readTextFile(
      'factures.csv',
      latin1(
        'Suivi des factures;;;;\nNuméro facture;Date début;Date fin;Consommation (kWh);Type de relevé\nF1;01/01/2024;31/01/2024;1 234,5;Réel\nF2;01/02/2024;05/03/2024;900;Estimé\nF3;06/03/2024;31/03/2024;700;Relevé\nTotal;;;2834,5;\n',
      ),
    );
    expect(shown(series)).toEqual([
      '2023-12-31T23:00 → 2024-01-31T23:00: 1234.5',
      '2024-01-31T23:00 → 2024-03-05T23:00: 900',
      '2024-03-05T23:00 → 2024-03-31T22:00: 700',
    ]);
    expect([...(series.flags ?? [])]).toEqual([0, 1, 0]);
    expect(series.resolution).toBe('irregular');
  });

  it('does not count a day twice where bills follow each other on the same date', async () => {
    const [series] = await readTextFile(
      'factures.csv',
      'facture;du;au;MWh\nF1;2024-01-01;2024-02-01;1\nF2;2024-02-01;2024-03-01;2\nF3;2024-03-01;2024-04-01;3\n',
    );
    expect(shown(series)).toEqual([
      '2023-12-31T23:00 → 2024-01-31T23:00: 1000',
      '2024-01-31T23:00 → 2024-02-29T23:00: 2000',
      '2024-02-29T23:00 → 2024-03-31T22:00: 3000',
    ]);
  });

  it('gives one series a point of delivery, gas with the factor of each bill, and tells bad rows', async () => {
    const all = await readTextFile(
      'factures.csv',
      'PCE;Du;Au;Volume (m3);Coefficient conversion\nA;01/01/2024;31/01/2024;100;11,2\nB;01/01/2024;31/01/2024;10;11\nA;01/02/2024;29/02/2024;50;11,3\nA;01/03/2024;01/02/2024;50;11,3\n',
    );
    expect(all.map(({ source }) => source?.meterId)).toEqual(['A', 'B']);
    expect([...all[0].energyKwh].map((kwh) => Number(kwh.toFixed(6)))).toEqual([1120, 565]);
    expect(all[0].warnings.find(({ code }) => code === 'bad-row')?.place?.line).toBe(5);
  });
});

describe('bills in a workbook', () => {
  it('reads dates as cells, texts and bare numbers below the header', async () => {
    const bytes = workbookOf('Gaz', [
      ['Résidence', 'Les Tilleuls'],
      [],
      ['Début', 'Fin', 'kWh', 'Estimé'],
      [{ day: 45_292 }, { day: 45_322 }, 1500, ''],
      ['01/02/2024', 45_351, 1200, 'oui'],
    ]);
    const [series] = await readTextFile('factures.xlsx', bytes);
    expect(shown(series)).toEqual([
      '2023-12-31T23:00 → 2024-01-31T23:00: 1500',
      '2024-01-31T23:00 → 2024-02-29T23:00: 1200',
    ]);
    expect([...(series.flags ?? [])]).toEqual([0, 1]);
    expect(series.source?.format).toBe('bills-xlsx');
  });
});
