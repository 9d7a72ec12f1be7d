import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

type Refused = { readonly error: { readonly code: string; readonly message: { fr: string; en: string } } };

withStores('refusals that say what to do', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  let admin: Record<string, string> = {};
  const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
  beforeAll(async () => {
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities));
    v1 = `${api.url}v1`;
    const entry = { organisationId: 1, role: 'administrator', name: 'Ada', createdBy: 'test' };
    admin = bearer((await store().identities.addKey(entry)).key);
    for (const id of ['b', 'c', 'd']) await store().buildings.save(sampleBuilding(id));
    await store().meters.save(sampleMeter('gas', 'b'));
  });
  afterAll(() => api.close());

  const told = ({ status, body }: Answer): [number, string, string] => {
    const { code, message } = (body as Refused).error;
    expect(message.fr).not.toBe(message.en);
    return [status, code, message.en];
  };
  const get = (path: string): Promise<Answer> => call(`${v1}/${path}`, { headers: admin });
  const post = (path: string, body: object): Promise<Answer> => postJson(`${v1}/${path}`, body, admin);
  const send = (path: string, body: string | Uint8Array<ArrayBuffer>, type: string): Promise<Answer> =>
    call(`${v1}/${path}`, { method: 'POST', headers: { ...admin, 'content-type': type }, body });

  it('name what a field or a parameter should have been, and what is missing', async () => {
    expect(told(await post('keys', { name: 'GMAO' }))[2]).toContain(
      'at “role”: it is missing, a text is expected',
    );
    expect(told(await post('keys', { name: 'GMAO', role: 'viewer', days: 0 }))[2]).toContain(
      'at “days”: at least 1 is expected',
    );
    expect(told(await post('buildings', { buildings: [] }))[2]).toContain('at least 1 items');
    expect(told(await get('buildings?use=castle'))[2]).toContain('not allowed: one of housing, school,');
    expect(told(await get('buildings?sort=foo'))[2]).toContain('one of id, -id,');
    expect(told(await get('buildings?limit=5000'))[2]).toContain('at most 1000 is expected');
    expect(told(await get('meters/gas/readings?from=2024-01-01'))[2]).toContain('an instant with its offset');
    const meter = { buildingId: 'b', use: 'heating' };
    const put = await call(`${v1}/meters/other`, {
      method: 'PUT',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify({ ...meter, carrier: 'gaz' }),
    });
    expect(told(put)[2]).toContain('at “carrier”: one of gas,');
  });

  it('tell each bad building and each bad reading the same way', async () => {
    const { body } = await post('buildings', {
      buildings: [
        { name: 'A', use: 'castle' },
        { name: 'B', use: 'school', floorAreaM2: -5 },
        { name: 'C', use: 'school', surface: 100 },
      ],
    });
    const sentences = (body as { results: Refused[] }).results.map(({ error }) => error.message.en);
    expect(sentences[0]).toContain('at “use”: one of housing, school,');
    expect(sentences[1]).toContain('at “floorAreaM2”: ');
    expect(sentences[2]).toContain('at “surface”: there is no such field');
    const local = { start: '2024-01-01T00:00:00', end: '2024-01-02T00:00:00+01:00', kwh: 5 };
    expect(told(await post('meters/gas/readings', { readings: [local] }))[2]).toContain(
      'field “start”: an instant with its offset, such as 2025-01-31T00:00:00+01:00 is expected',
    );
  });

  it('say which permission is missing, and whether the role or the key lacks it', async () => {
    const made = await post('keys', { name: 'releves', role: 'integration', scopes: ['read', 'ingest'] });
    const { key } = made.body as { key: string };
    const building = { buildings: [{ name: 'A', use: 'school' }] };
    const [status, code, sentence] = told(await postJson(`${v1}/buildings`, building, bearer(key)));
    expect([status, code]).toEqual([403, 'not-allowed']);
    expect(sentence).toContain('“work” is needed; your key was made for less than its role (integration)');
    expect(told(await call(`${v1}/keys`, { headers: bearer(key) }))[2]).toContain(
      '“administer” is needed, which your role (integration) does not have',
    );
  });

  it('ask for JSON where a body comes as something else, and tell a body that is too large as one', async () => {
    const job = '{"kind":"retraining"}';
    for (const type of ['application/x-www-form-urlencoded', 'text/plain'])
      expect(told(await send('jobs', job, type)).slice(0, 2)).toEqual([415, 'body-type']);
    expect(told(await send('jobs', job, 'application/json; charset=koi8-r')).slice(0, 2)).toEqual([
      415,
      'body-type',
    ]);
    const large = JSON.stringify({ buildings: [{ name: 'x'.repeat(1_500_000), use: 'school' }] });
    expect(told(await send('buildings', large, 'application/json'))).toEqual([
      413,
      'body-too-large',
      'What was sent is over the size taken here (1 MB). Nothing was kept; send it in parts.',
    ]);
    expect(told(await send('buildings', '{"buildings":[', 'application/json'))[2]).toContain(
      'not well-formed JSON',
    );
    expect(told(await get('buildings/%E0%A4%A'))[2]).toContain('The address cannot be read');
  });

  it('name the kinds of a job', async () => {
    expect(told(await post('jobs', { kind: 'retrain' }))[2]).toContain('at “kind”: one of programme,');
  });

  it('take the caller’s name where none is given, as for any other decision', async () => {
    const closures = await call(`${v1}/buildings/b/closures`, {
      method: 'PUT',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify({ closures: [] }),
    });
    expect([closures.status, closures.body]).toEqual([200, { closures: [] }]);
    expect((await store().audit.list()).at(-1)).toMatchObject({ by: 'Ada' });
  });

  it('follow the link of a page that was jumped to', async () => {
    const first = await get('buildings?skip=1&limit=1&fields=name');
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call(new URL(next, api.url).href, { headers: admin });
    expect([second.status, second.body]).toMatchObject([200, [{ id: 'd' }]]);
  });

  it('leave out values beyond any measurement, and tell an instant that was sent twice', async () => {
    const day = (from: number, kwh: number) => ({
      start: `2024-02-0${from}T00:00:00+01:00`,
      end: `2024-02-0${from + 1}T00:00:00+01:00`,
      kwh,
    });
    const json = await post('meters/gas/readings', {
      readings: [day(1, 10), day(2, 1e300), day(1, 12), day(3, 5)],
    });
    expect(json.body).toMatchObject({
      inserted: 2,
      rejected: 1,
      rejectedRows: [{ line: 2, code: 'bad-reading' }],
      warnings: [{ code: 'bad-reading' }, { code: 'duplicate-conflict', ref: 'line 3' }],
    });
    const csv = 'date;kWh\n2024-03-01;10\n2024-03-02;1e300\n2024-03-03;11\n';
    expect((await send('meters/gas/readings', csv, 'text/csv')).body).toMatchObject({
      inserted: 2,
      rejectedRows: [{ line: 3, code: 'bad-value' }],
    });
  });

  it('tell intervals of one call that lie over one another', async () => {
    const hours = (from: number, to: number) => ({
      start: `2024-05-01T${String(from).padStart(2, '0')}:00:00+02:00`,
      end: `2024-05-01T${String(to).padStart(2, '0')}:00:00+02:00`,
      kwh: 5,
    });
    const apart = await post('meters/gas/readings', { readings: [hours(6, 12), hours(0, 6)] });
    expect(apart.body).toMatchObject({ inserted: 2, warnings: [] });
    const over = await post('meters/gas/readings', {
      readings: [hours(13, 23), hours(14, 15), hours(16, 17)],
    });
    const { warnings } = over.body as { warnings: { code: string; message: { en: string } }[] };
    expect(warnings).toMatchObject([{ code: 'overlap' }]);
    expect(warnings[0]?.message.en).toContain(
      '2 readings begin before the end of another (the first at 2024-05-01T12:00',
    );
  });

  it('refuse works in the year 9999', async () => {
    const works = { id: 'w', measures: ['windows'], reason: 'essai' };
    const refused = await post('buildings/b/works', { ...works, start: '9999-01-01', end: '9999-02-01' });
    expect(told(refused)).toEqual([422, 'bad-range', expect.stringContaining('not between 1900 and 2200')]);
  });
});
