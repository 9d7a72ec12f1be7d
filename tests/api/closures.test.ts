import { afterAll, beforeAll, expect, it } from 'vitest';
import { meterSeries } from '#app/daily-series.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('the closures of a building', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(store());
    await store().buildings.save(sampleBuilding('school'));
    await store().meters.save(sampleMeter('school-gas', 'school'));
    await store().readings.upsert(
      'school-gas',
      hours(Date.UTC(2024, 0, 1), 480, () => 3),
    );
  });
  afterAll(() => api.close());

  const put = (id: string, body: object) =>
    call(`${api.url}v1/buildings/${id}/closures`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const closures = [{ from: '2024-01-08', to: '2024-01-12', name: 'Travaux' }];
  const who = { by: 'A. Martin', reason: 'calendrier du rectorat' };

  it('are given, read back, carried by the series, and taken back; the audit log knows who and why', async () => {
    expect(await put('school', { closures, ...who })).toMatchObject({ status: 200, body: { closures } });
    expect((await call(`${api.url}v1/buildings/school/closures`)).body).toEqual({ closures });
    const meter = await store().meters.get('school-gas');
    if (meter === undefined) throw new Error('no meter');
    const read = await meterSeries(store(), meter);
    expect(read?.ok === true && read.value.series.closures).toEqual([{ from: 19_730, to: 19_734 }]);
    expect((await store().buildings.get('school'))?.facts['dwellings']).toBe(64);
    const [last] = await store().audit.list({ limit: 1 });
    expect(last).toMatchObject({ ...who, action: 'set-closures', subject: 'building:school' });
    expect(await put('school', { closures: [], ...who })).toMatchObject({ status: 200 });
    const again = await meterSeries(store(), meter);
    expect(again?.ok === true && again.value.series.closures).toBeUndefined();
  });

  it.each([
    [422, 'closures-date', 'school', [{ from: '2024-02-30', to: '2024-03-01' }]],
    [422, 'closures-reversed', 'school', [{ from: '2024-03-02', to: '2024-03-01' }]],
    [422, 'closures-overlap', 'school', [...closures, ...closures]],
    [404, 'unknown-building', 'nowhere', closures],
  ])('%i %s', async (status, code, id, given) => {
    const answered = await put(id, { closures: given, ...who });
    expect(answered).toMatchObject({ status, body: { error: { code } } });
  });

  it('refuses an unknown field and an empty name; without one the caller’s is kept', async () => {
    expect(
      (await put('school', { closures: [{ from: '2024-01-01', until: '2024-01-02' }], ...who })).status,
    ).toBe(400);
    expect((await put('school', { closures, by: '' })).status).toBe(400);
    expect((await put('school', { closures })).status).toBe(200);
  });
});
