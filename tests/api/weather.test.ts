import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

const dayMs = 86_400_000;
const firstMs = Date.UTC(2024, 0, 1);
const dayOf = (number: number): string => new Date(firstMs + number * dayMs).toISOString().slice(0, 10);
const degreesOf = (number: number): number =>
  Math.round((11 - 8 * Math.cos((2 * Math.PI * (number - 20)) / 365.25) + 3 * Math.sin(number * 1.7)) * 10) /
  10;

const rennes = { name: 'Rennes', latitudeDeg: 48.07, longitudeDeg: -1.73, altitudeM: 36 };

withStores('weather that another system sends', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  let own: Record<string, string> = {};
  let foreign: Record<string, string> = {};
  beforeAll(async () => {
    api = await openApi(store(), () => Date.UTC(2026, 0, 1), guardedAccess(store().identities));
    v1 = `${api.url}v1`;
    const entry = { role: 'integration', name: 'GMAO', createdBy: 'test' };
    const other = await store().identities.addOrganisation('autre');
    const keyOf = async (organisationId: number): Promise<Record<string, string>> => ({
      authorization: `Bearer ${(await store().identities.addKey({ ...entry, organisationId })).key}`,
    });
    own = await keyOf(1);
    foreign = await keyOf(other);
  });
  afterAll(() => api.close());

  const get = (path: string, headers = own): Promise<Answer> => call(`${v1}/${path}`, { headers });
  const send = (method: string, path: string, body: unknown, headers = own): Promise<Answer> =>
    call(`${v1}/${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const codeOf = ({ status, body }: Answer): [number, string] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];
  const days = (numbers: readonly number[]) =>
    numbers.map((number) => ({ day: dayOf(number), meanC: degreesOf(number), ghiWm2: 120 }));

  it('knows no station before one is declared', async () => {
    expect((await get('weather-stations')).body).toEqual([]);
    expect(codeOf(await get('weather-stations/rennes'))).toEqual([404, 'unknown-station']);
    expect(codeOf(await send('POST', 'weather-stations/rennes/days', { days: days([0]) }))).toEqual([
      404,
      'unknown-station',
    ]);
  });

  it('declares a station, which followers of changes see', async () => {
    const { latest } = (await get('changes?limit=1')).body as { latest: number };
    const saved = await send('PUT', 'weather-stations/rennes', rennes, { ...own, 'if-none-match': '*' });
    expect([saved.status, saved.body]).toEqual([
      200,
      { id: 'rennes', ...rennes, source: 'api', data: 'measured', days: null },
    ]);
    expect((await get(`changes?since=${latest}`)).body).toMatchObject({
      changes: [{ kind: 'weather-station', action: 'created', subject: 'rennes' }],
    });
    expect(codeOf(await send('PUT', 'weather-stations/rennes', { ...rennes, altitude: 3 }))).toEqual([
      400,
      'bad-request',
    ]);
    expect(codeOf(await send('PUT', 'weather-stations/gare%20de%20l’est', rennes))).toEqual([
      400,
      'bad-request',
    ]);
  });

  it('keeps the good days of a call and tells each bad one by its number', async () => {
    const sent = [
      ...days([2, 0]),
      { day: dayOf(1), meanC: 281.5 },
      { day: '2024-02-30', meanC: 4 },
      { day: '2026-01-02', meanC: 4 },
      'froid',
      { day: dayOf(4), meanC: -2.5 },
    ];
    const { status, body } = await send('POST', 'weather-stations/rennes/days', { days: sent });
    expect([status, body]).toMatchObject([
      200,
      {
        written: 3,
        rejected: 4,
        rejectedRows: [
          { line: 3, code: 'bad-weather-day' },
          { line: 4, code: 'bad-weather-day' },
          { line: 5, code: 'weather-day-ahead' },
          { line: 6, code: 'bad-weather-day' },
        ],
      },
    ]);
    const held = (await get('weather-stations/rennes/days')).body;
    expect(held).toEqual({
      stationId: 'rennes',
      days: [
        { day: dayOf(0), meanC: degreesOf(0), ghiWm2: 120 },
        { day: dayOf(2), meanC: degreesOf(2), ghiWm2: 120 },
        { day: dayOf(4), meanC: -2.5, ghiWm2: null },
      ],
    });
    expect((await get('weather-stations')).body).toMatchObject([
      { id: 'rennes', days: { from: dayOf(0), to: dayOf(4) } },
    ]);
  });

  it('a day sent again takes the new temperature, and keeps the sun that is not spoken of', async () => {
    await send('POST', 'weather-stations/rennes/days', {
      days: [
        { day: dayOf(0), meanC: 3 },
        { day: dayOf(2), meanC: 5, ghiWm2: null },
      ],
    });
    const { body } = await get(`weather-stations/rennes/days?from=${dayOf(0)}&to=${dayOf(2)}`);
    expect(body).toMatchObject({
      days: [
        { meanC: 3, ghiWm2: 120 },
        { meanC: 5, ghiWm2: null },
      ],
    });
    expect(codeOf(await get(`weather-stations/rennes/days?from=${dayOf(2)}&to=${dayOf(0)}`))).toEqual([
      422,
      'bad-range',
    ]);
  });

  it('is nothing to another organisation', async () => {
    expect((await get('weather-stations', foreign)).body).toEqual([]);
    expect((await get('weather-stations/rennes/days', foreign)).status).toBe(404);
    expect((await send('POST', 'weather-stations/rennes/days', { days: days([0]) }, foreign)).status).toBe(
      404,
    );
    expect(codeOf(await send('PUT', 'weather-stations/rennes', rennes, foreign))).toEqual([409, 'id-taken']);
  });
});

withStores('works whose weather comes after them', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(store(), () => Date.UTC(2026, 0, 1));
  });
  afterAll(() => api.close());

  const get = (path: string): Promise<Answer> => call(`${api.url}v1/${path}`);
  const send = (method: string, path: string, body: unknown): Promise<Answer> =>
    call(`${api.url}v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('wait for it with their baseline, then are proven', async () => {
    const pushed = { name: 'Lilas', use: 'housing', floorAreaM2: 3000, storeys: 4 };
    await postJson(`${api.url}v1/buildings`, {
      buildings: [{ ...pushed, department: '35', identifiers: { own: ['RES-1'] } }],
    });
    await send('PUT', 'meters/res-1-gaz', {
      buildingId: 'res-1',
      carrier: 'gas',
      use: 'heating',
      timezone: 'UTC',
    });
    const begins = 400;
    const all = Array.from({ length: 720 }, (_, number) => number);
    const readings = all.map((number) => ({
      start: `${dayOf(number)}T00:00:00Z`,
      end: `${dayOf(number + 1)}T00:00:00Z`,
      kwh:
        100 +
        80 * Math.max(0, 16 - degreesOf(number)) * (number < begins ? 1 : 0.7) +
        20 * Math.sin(number * 7.3),
    }));
    const fed = await send('POST', 'meters/res-1-gaz/readings', { readings });
    expect(fed.body).toMatchObject({ inserted: 720, rejected: 0 });
    const works = await send('POST', 'buildings/res-1/works', {
      id: 'w-1',
      measures: ['wall-insulation-outside'],
      start: dayOf(begins),
      end: dayOf(begins + 5),
      reason: 'marché 12',
    });
    expect([works.status, works.body]).toMatchObject([200, { baselines: [] }]);
    const [before] = (await get('buildings/res-1/savings')).body as { warnings: { code: string }[] }[];
    expect(before).toMatchObject({ status: 'disqualified', frozenModel: null });
    expect(before?.warnings.map(({ code }) => code)).toContain('no-temperature');
    expect((await get('buildings/res-1/identity')).body).toMatchObject({ department: '35' });

    await send('PUT', 'weather-stations/rennes', rennes);
    await send('POST', 'weather-stations/rennes/days', {
      days: all.map((number) => ({ day: dayOf(number), meanC: degreesOf(number) })),
    });
    const again = await send('PATCH', 'buildings/res-1/works/w-1', { costEur: 90_000, reason: 'facture' });
    expect(again.body).toMatchObject({ baselines: [{ meterId: 'res-1-gaz', to: dayOf(begins - 1) }] });
    const [proven] = (await get('buildings/res-1/savings')).body as {
      status: string;
      savingsPercent: { low: number; high: number };
    }[];
    expect(proven?.status).not.toBe('disqualified');
    expect(proven?.savingsPercent.low).toBeGreaterThan(10);
    const shown = (await get('buildings/res-1')).body as { fit: { usable: boolean } };
    expect(shown.fit.usable).toBe(true);
  });
});
