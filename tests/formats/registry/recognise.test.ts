import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAllReadings, readReadings, recognise } from '../../../src/formats/registry.ts';
import { errorOf, utf8, valueOf } from '../../support/readings.ts';
import { zipOf } from '../../support/zip.ts';
import { workbookOf } from '../../support/workbook.ts';

describe('a dropped file is known', () => {
  it.each([
    ['a.csv', 'datetime,kwh\n2024-01-01T00:00,1\n', 'csv'],
    ['a.csv', 'Identifiant PRM;Type de donnees;Unite\n1;Courbe de charge;W\nHorodate;Valeur\n', 'enedis-csv'],
    ['a.json', '{"header":{"codeFlux":"R63"},"mesures":[]}', 'enedis-json'],
    ['a.json', '{"meter_reading":{"usage_point_id":"1"}}', 'enedis-json'],
    ['a.txt', '{"pce":{"id_pce":"1"},"consommation":{}}\n', 'grdf-adict'],
    ['a.xml', '<?xml version="1.0"?><feed xmlns:espi="http://naesb.org/espi"></feed>', 'green-button'],
    ['a.csv', 'N_EFA;Annee;Conso_gaz_kWh\n1;2022;3\n', 'operat'],
    ['a.csv', 'Facture;Du;Au;kWh\n1;01/01/2024;31/01/2024;5\n', 'bills-csv'],
    ['a.csv', 'start,end,kwh\n2024-01-01T00:00,2024-01-01T01:00,1\n', 'csv'],
    ['a.csv', 'LOCATION,Bordeaux,-,FRA\n', 'epw'],
    ['a.txt', '#1\ndouble data(8760,12) #Columns: Time(s); FDIRN(W/m2)\n', 'rt2012'],
    ['a.csv', 'NUM_POSTE;LAT;LON;ALTI;AAAAMMJJHH;T\n', 'meteo-france'],
    ['a.json', '{"latitude":1,"longitude":2,"hourly_units":{}}', 'open-meteo'],
    ['meteo-2024.csv', 'datetime,T_out_C\n2024-01-01T00:00,1\n', 'weather-csv'],
    ['a.bin', 'ISO-10303-21;\nHEADER;\n', 'ifc'],
  ])('%s %# is %s', (name, text, id) => {
    expect(recognise(name, utf8(text))?.id).toBe(id);
    expect(recognise(name, gzipSync(text))?.id).toBe(id);
  });

  it('knows a workbook by its bytes, and nothing in a picture', () => {
    expect(recognise('x', workbookOf('a', [['du', 'au', 'kWh']]))?.id).toBe('bills-xlsx');
    expect(recognise('x.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0, 0))).toBeUndefined();
  });
});

describe('an archive', () => {
  const flow =
    '{"meter_reading":{"usage_point_id":"1","reading_type":{"unit":"Wh"},"interval_reading":[{"value":"5000","date":"2024-01-01"}]}}';

  it('of one file is that file; of several it is refused', async () => {
    const packed = zipOf([{ name: 'ENEDIS_1.json', text: flow }]);
    expect(recognise('ENEDIS_1.zip', packed)?.id).toBe('enedis-json');
    expect([...valueOf(await readReadings('ENEDIS_1.zip', packed)).energyKwh]).toEqual([5]);
  });

  it('of several files is read file by file, parts of one meter joined, and what is not read is told', async () => {
    const day = (date: string, id = '1'): string =>
      flow.replace('2024-01-01', date).replace('"1"', `"${id}"`);
    const packed = zipOf([
      { name: 'b.json', text: day('2024-01-02') },
      { name: 'LISEZMOI.html', text: '<p>Bonjour</p>' },
      { name: 'a.json', text: day('2024-01-01') },
      { name: 'c.json', text: day('2024-01-01', '2') },
    ]);
    const read = valueOf(await readAllReadings('several.zip', packed));
    expect(read.map(({ source, energyKwh }) => [source?.meterId, [...energyKwh]])).toEqual([
      ['1', [5, 5]],
      ['2', [5]],
    ]);
    expect(read[0]?.warnings.filter(({ code }) => code === 'archive-member').map(({ ref }) => ref)).toEqual([
      'LISEZMOI.html',
    ]);
  });

  it('of too many files, or of none that is read, is refused', async () => {
    const many = zipOf(Array.from({ length: 101 }, (_, n) => ({ name: `${n}.json`, text: flow })));
    expect(errorOf(await readReadings('many.zip', many)).code).toBe('archive-several');
    const none = zipOf([
      { name: 'a.html', text: '<p/>' },
      { name: 'b.html', text: '<p/>' },
    ]);
    expect(errorOf(await readReadings('none.zip', none)).code).toBe('format-unknown');
  });

  it('that grows out of proportion or is cut is refused', async () => {
    const bomb = zipOf([{ name: 'a.csv', text: 'a,1\n'.repeat(6_000_000) }]);
    expect(errorOf(await readReadings('a.zip', bomb)).code).toBe('archive-damaged');
    const cut = zipOf([{ name: 'a.json', text: flow }]).slice(0, 60);
    expect(errorOf(await readReadings('a.zip', cut)).code).toBe('archive-damaged');
    expect(errorOf(await readReadings('a.xlsx', cut)).code).toBe('xlsx-unreadable');
  });
});

describe('the one series of a file', () => {
  const text = 'PCE;Du;Au;kWh\nA;01/01/2024;31/01/2024;1\nB;01/01/2024;31/01/2024;2\n';

  it('names the series when there are several, and reads the one asked for', async () => {
    const failed = errorOf(await readReadings('f.csv', utf8(text)));
    expect(failed.code).toBe('several-meters');
    expect(failed.message.en).toContain('A, B');
    const one = valueOf(await readReadings('f.csv', utf8(text), { meter: 'B' }));
    expect([...one.energyKwh]).toEqual([2]);
    expect(errorOf(await readReadings('f.csv', utf8(text), { meter: 'C' })).code).toBe('meter-not-in-file');
  });

  it('says what is read when nothing is', async () => {
    const failed = errorOf(await readReadings('f.html', utf8('<html></html>')));
    expect(failed.code).toBe('format-unknown');
  });
});
