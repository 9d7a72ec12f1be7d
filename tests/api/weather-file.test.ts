import { beforeAll, expect, it } from 'vitest';
import { addedWeatherSchema } from '#app/add-weather-views.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { saveBuilding } from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';

/** Two stations of a department as Météo-France lists them: one beside Bordeaux, one a hundred kilometres away. */
const department = (days: number): string => {
  const lines = ['NUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJ;TN;QTN;TX;QTX;TM;QTM'];
  for (const [id, latitude, degrees] of [
    ['33281001', '44.83', 10],
    ['33999001', '45.73', 20],
  ] as const)
    for (let day = 0; day < days; day++) {
      const date = new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '');
      lines.push(
        `${id};POSTE;${latitude};-0.69;47;${date};${degrees - 5};1;${degrees + 5};1;${degrees + (day % 3)};1`,
      );
    }
  return lines.join('\n');
};

withStores('the weather of a place from a file', ({ store }) => {
  let api: TestApi;
  const send = (building: string, query: string, body: string) =>
    call(`${api.url}v1/buildings/${building}/weather?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
  beforeAll(async () => {
    await saveBuilding(store(), 'lilas', [{ id: 'pce-lilas' }]);
    api = await openApi(store());
    return () => api.close();
  });

  it('asks for the place where neither the file nor the building says it, and keeps nothing', async () => {
    const several = await send('lilas', 'name=Q_33.csv', department(40));
    expect(several.status).toBe(422);
    expect(several.body).toMatchObject({ error: { code: 'station-needed' } });
    const plain = await send('lilas', 'name=meteo.csv', 'date;temperature\n2023-01-01;4,5\n2023-01-02;5,5\n');
    expect(plain.body).toMatchObject({ error: { code: 'place-needed' } });
    expect(await store().weather.stations()).toEqual([]);
  });

  it('takes the station nearest to the place, day by day, and sending it again changes nothing', async () => {
    const place = 'name=Q_33.csv&latitude=44.84&longitude=-0.58';
    const { status, body } = await send('lilas', place, department(40));
    expect(status).toBe(200);
    const told = addedWeatherSchema.parse(body);
    expect(told).toMatchObject({
      station: { id: '33281001' },
      firstDay: '2023-01-01',
      lastDay: '2023-02-09',
      knownDays: 40,
    });
    expect(told.warnings.map(({ code }) => code)).toContain('station-chosen');
    const { meanC } = await store().weather.daily(
      '33281001',
      Date.UTC(2023, 0, 1) / 86_400_000,
      Date.UTC(2023, 0, 4) / 86_400_000,
    );
    expect([...meanC]).toEqual([10, 11, 12, 10]);
    await send('lilas', place, department(40));
    expect(await store().weather.stations()).toHaveLength(1);
  });

  it('keeps a plain table under the name of its file, at the place that was given', async () => {
    const { body } = await send(
      'lilas',
      'name=meteo.csv&latitude=44.84&longitude=-0.58',
      'date;temperature\n2023-01-01;4,5\n2023-01-02;5,5\n2023-01-03;6,5\n',
    );
    expect(addedWeatherSchema.parse(body)).toMatchObject({ station: { name: 'meteo.csv' }, knownDays: 3 });
    expect((await store().weather.station('fichier-lilas'))?.latitudeDeg).toBe(44.84);
  });

  it('refuses what is no weather, and a building that there is not', async () => {
    expect(
      (await send('lilas', 'name=a.csv&latitude=44&longitude=0', 'date;kWh\n2023-01-01;4\n')).body,
    ).toMatchObject({
      error: { code: 'weather-header' },
    });
    expect((await send('personne', 'name=a.csv', department(2))).body).toMatchObject({
      error: { code: 'unknown-building' },
    });
  });
});
