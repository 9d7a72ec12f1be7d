import { beforeAll, expect, it } from 'vitest';
import { operatSchema } from '#app/operat-views.ts';
import { openApi, postJson, type TestApi } from '../support/api.ts';
import { contextAt, dayAt, saveBuilding, saveStation, sendDays } from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';
import { readTextFile } from '../support/readings.ts';
import { sampleBuilding } from '../support/samples.ts';

const days = dayAt(2023, 6, 1);
const school = {
  buildingId: 'ecole',
  efa: 'EFA-001',
  areaM2: 2400,
  activity: 'Enseignement primaire',
  indicators: { heures_ouverture: 1900 },
  gas: 'PCS',
};

withStores('the OPERAT declaration', ({ store }) => {
  let api: TestApi;
  const declare = (body: object) => postJson(`${api.url}v1/operat`, { year: 2022, ...body });

  beforeAll(async () => {
    await saveStation(store(), days);
    await saveBuilding(store(), 'ecole', [
      { id: 'gaz-ecole' },
      { id: 'elec-ecole', carrier: 'electricity', use: 'all' },
      { id: 'logement', carrier: 'electricity', use: 'all', personal: true },
    ]);
    await saveBuilding(store(), 'musee', [{ id: 'gaz-musee' }]);
    await saveBuilding(store(), 'logements', [{ id: 'gaz-logements' }]);
    for (const [id, use] of [
      ['ecole', 'school'],
      ['musee', 'museum'],
    ] as const)
      await store().buildings.save({ ...sampleBuilding(id), use, name: { fr: `=École ; ${id}`, en: id } });
    // 111 kWh PCS a day, one day more than the year on either side: 100 kWh PCI · 365.
    await sendDays(store(), 'gaz-ecole', dayAt(2021, 12, 31), dayAt(2023, 1, 2), () => 111);
    await sendDays(store(), 'elec-ecole', dayAt(2022, 1, 1), dayAt(2023, 1, 1), () => 40);
    await sendDays(store(), 'logement', dayAt(2022, 1, 1), dayAt(2023, 1, 1), () => 9);
    await sendDays(store(), 'gaz-musee', dayAt(2022, 1, 1), dayAt(2022, 7, 1), () => 50);
    await sendDays(store(), 'gaz-logements', dayAt(2022, 1, 1), dayAt(2023, 1, 1), () => 50);
    api = await openApi(store(), contextAt(store(), () => days).nowMs);
    return () => api.close();
  });

  it('holds the year by energy, without dwellings, and nothing missing where all was given', async () => {
    const { entities, leftOut, due } = operatSchema.parse((await declare({ entities: [school] })).body);
    const [ecole, musee] = entities;
    expect(due).toBe('2023-09-30');
    expect(ecole).toMatchObject({ efa: 'EFA-001', areaM2: 2400, areaFrom: 'declared', reserves: [] });
    expect(ecole?.consumption['gas']?.kwh).toBeCloseTo(36_500, 6);
    expect(ecole?.consumption['electricity']).toMatchObject({ kwh: 14_600, meters: ['elec-ecole'] });
    expect(musee?.consumption['gas']).toMatchObject({ kwh: null, readKwh: 9050, daysRead: 181, days: 365 });
    expect(musee?.reserves.map(({ fr }) => fr).join(' ')).toMatch(
      /EFA manquant.*Surface de la maquette.*activité manquante.*181 des 365 jours.*électricité.*PCS/,
    );
    expect(leftOut.map(({ buildingId }) => buildingId)).toEqual(['logements']);
  });

  it('comes back through our own reader as it was written', async () => {
    const response = await fetch(`${api.url}v1/operat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ year: 2022, entities: [school], format: 'csv' }),
    });
    const series = await readTextFile('operat-2022.csv', Buffer.from(await response.arrayBuffer()));
    expect(series.map(({ source, energyKwh }) => [source?.meterId, [...energyKwh]])).toEqual([
      ['EFA-001/electricity', [14_600]],
      ['EFA-001/gas', [36_500]],
    ]);
    // The museum has no number: its line is told, not added to another entity's.
    expect(series[0]?.warnings.map(({ code }) => code)).toContain('operat-no-entity');
  });

  it.each([
    ['a year that is not over', { year: 2023 }, 422, 'operat-year-open'],
    [
      'an EFA number given twice',
      { entities: [school, { ...school, buildingId: 'musee' }] },
      422,
      'operat-entity-twice',
    ],
    ['a building that is none', { entities: [{ ...school, buildingId: 'x' }] }, 404, 'unknown-building'],
    ['an area below zero', { entities: [{ ...school, areaM2: -1 }] }, 400, 'bad-request'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await declare(body);
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
  });
});
