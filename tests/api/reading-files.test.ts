import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';
import { workbookOf } from '../support/workbook.ts';
import { zipOf } from '../support/zip.ts';

const enedisCsv =
  'Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite\n' +
  '12345678901234;Courbe de charge;01/01/2024;02/01/2024;Energie active;Consommation;Comptage Brut;W\n' +
  'Horodate;Valeur\n2024-01-01T00:30:00+01:00;1000\n2024-01-01T01:00:00+01:00;2000\nhier;3\n';
const r63 = JSON.stringify({
  header: { codeFlux: 'R63' },
  mesures: [
    {
      idPrm: '1',
      grandeur: [
        {
          unite: 'W',
          points: [
            { v: '1000', d: '2024-01-01T00:30:00+01:00', p: 'PT30M', n: 'B' },
            { v: '2000', d: '2024-01-01T01:00:00+01:00', p: 'PT30M', n: 'E' },
            { v: '2000', d: 'demain', p: 'PT30M', n: 'B' },
          ],
        },
      ],
    },
  ],
});
const gas = (day: number, kwh: number, word = 'Mesuré'): string =>
  JSON.stringify({
    pce: { id_pce: 'GI1' },
    consommation: {
      date_debut_consommation: `2024-01-0${day}`,
      date_fin_consommation: `2024-01-0${day + 1}`,
      energie: kwh,
      type_qualif_conso: word,
    },
  });
const greenButton =
  '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/m/1/IntervalBlock/1"/><content>' +
  '<IntervalBlock xmlns="http://naesb.org/espi"><IntervalReading><timePeriod><duration>3600</duration>' +
  '<start>1704067200</start></timePeriod><value>7000</value></IntervalReading></IntervalBlock></content></entry></feed>';
const bills = workbookOf('Factures', [
  ['Du', 'Au', 'kWh', 'Type de relevé'],
  ['01/01/2024', '31/01/2024', 900, 'Réel'],
  ['01/02/2024', '29/02/2024', 800, 'Estimé'],
  ['n’importe quoi', '31/03/2024', 1, 'Réel'],
]);
const operat = "N° EFA;Année;Consommation d'électricité (kWh)\nEFA1;2022;1000\nEFA1;deux mille;5\n";

withStores('files of readings sent to a meter', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(database.store());
    await database.store().buildings.save(sampleBuilding('b'));
  });
  afterAll(() => api.close());

  const send = async (id: string, type: string, body: string | Uint8Array, query = '') => {
    await database.store().meters.save({ ...sampleMeter(id, 'b'), unit: 'MWh', timezone: 'Europe/Paris' });
    return call(`${api.url}v1/meters/${id}/readings${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(Buffer.from(body)),
    });
  };

  it.each<[string, string, string | Uint8Array, number[], number[], number[]]>([
    ['enedis-csv', 'text/csv', enedisCsv, [0.5, 1], [0, 0], [6]],
    ['enedis-json', 'application/json', r63, [0.5, 1], [0, 1], [3]],
    [
      'grdf',
      'application/x-ndjson',
      [gas(1, 11), gas(2, 12, 'Estimé'), '{"pce":1}'].join('\n'),
      [11, 12],
      [0, 1],
      [3],
    ],
    ['green-button', 'application/atom+xml', greenButton, [7], [0], []],
    [
      'bills',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bills,
      [900, 800],
      [0, 1],
      [4],
    ],
    ['operat', 'text/csv', operat, [1000], [0], [3]],
    ['octets', 'application/octet-stream', gzipSync(r63), [0.5, 1], [0, 1], [3]],
    ['zip', 'application/zip', zipOf([{ name: 'R63.json', text: r63 }]), [0.5, 1], [0, 1], [3]],
  ])(
    '%s: values, which were estimated, which rows were left out',
    async (id, type, body, kwh, quality, bad) => {
      const { status, body: answer } = await send(id, type, body);
      expect({ status, answer }).toMatchObject({ status: 200, answer: { inserted: kwh.length } });
      expect((answer as { rejectedRows: { line: number }[] }).rejectedRows.map(({ line }) => line)).toEqual(
        bad,
      );
      const stored = await database.store().readings.read(id);
      expect([...stored.energyKwh]).toEqual(kwh);
      expect([...stored.quality]).toEqual(quality);
      const again = await send(id, type, body);
      expect(again.body).toMatchObject({ inserted: 0, updated: 0, unchanged: kwh.length });
    },
  );

  it('tells the estimated readings that are stored', async () => {
    const { body } = await call(`${api.url}v1/meters/bills/quality`);
    expect(body).toMatchObject({ findings: [{ code: 'estimated', from: '2024-02-01', to: '2024-02-29' }] });
  });

  it('takes the file of a form, by its name', async () => {
    await database.store().meters.save(sampleMeter('form', 'b'));
    const form = new FormData();
    form.set('fichier', new File([r63], 'R63.json'));
    const { body } = await call(`${api.url}v1/meters/form/readings`, { method: 'POST', body: form });
    expect(body).toMatchObject({ inserted: 2 });
    expect(await database.store().imports.list('form')).toMatchObject([{ fileName: 'R63.json' }]);
    const empty = await send('form-empty', 'multipart/form-data; boundary=x', 'nothing');
    expect(empty.body).toMatchObject({ error: { code: 'body-malformed' } });
  });

  it('reads bare values in the unit of the meter, and what a file states before it', async () => {
    const bare = 'date;valeur\n2024-01-01;1\n2024-01-02;2\n';
    await send('bare', 'text/csv', bare, '?valueColumn=valeur');
    expect([...(await database.store().readings.read('bare')).energyKwh]).toEqual([1000, 2000]);
    const stated = await send('stated', 'text/csv', bare.replace('valeur', 'kwh'));
    expect([...(await database.store().readings.read('stated')).energyKwh]).toEqual([1, 2]);
    expect((stated.body as { warnings: { code: string }[] }).warnings.map(({ code }) => code)).toContain(
      'unit-of-file',
    );
  });

  it('takes of several series the one named as the meter, or asked for', async () => {
    const two = 'PCE;Du;Au;kWh\nA;01/01/2024;31/01/2024;1\nB;01/01/2024;31/01/2024;2\n';
    expect((await send('neither', 'text/csv', two)).body).toMatchObject({
      error: { code: 'several-meters' },
    });
    await send('B', 'text/csv', two);
    expect([...(await database.store().readings.read('B')).energyKwh]).toEqual([2]);
    await send('asked', 'text/csv', two, '?series=A');
    expect([...(await database.store().readings.read('asked')).energyKwh]).toEqual([1]);
    expect((await send('none', 'text/csv', two, '?series=C')).body).toMatchObject({
      error: { code: 'meter-not-in-file' },
    });
  });

  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><feed xmlns="http://naesb.org/espi">&b;</feed>';
  it.each<[string, string, string | Uint8Array]>([
    ['an entity bomb', 'application/xml', bomb],
    ['gzip cut short', 'application/octet-stream', gzipSync(r63.repeat(50)).subarray(0, 40)],
    ['a picture', 'application/octet-stream', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0, 0)],
    ['a workbook that is none', 'application/octet-stream', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3)],
    ['a bomb in a zip', 'application/zip', zipOf([{ name: 'a.csv', text: 'a,1\n'.repeat(6_000_000) }])],
    ['HTML', 'text/plain', '<html><body>session expirée</body></html>'],
    ['a flow without measures', 'application/json', '{"header":{"codeFlux":"R63"},"mesures":[]}'],
  ])('refuses %s in words and keeps nothing', async (_name, type, body) => {
    const answer = await send('hostile', type, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({
      error: { message: { fr: expect.any(String), en: expect.any(String) } },
    });
    expect(await database.store().readings.extent('hostile')).toBeUndefined();
  });
});
