import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { retrain } from '#app/train.ts';
import { startLedger } from '#app/clock.ts';
import { ok } from '#core/result.ts';
import { fitModel } from '#measure/index.ts';
import { administrator, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 900;
const who = { by: 'A. Martin', reason: 'déclaration' };

/** A heating line in the cold half of a plain yearly wave, with a scatter that repeats every week. */
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
const kwh = (i: number, cut = 0): number =>
  (50 + 20 * Math.max(0, 16 - outdoorC(i)) * (1 - cut)) * (1 + 0.02 * ((i % 5) - 2));

withStores('works and live models', ({ store, url }) => {
  let api: TestApi;
  const context = () => ({ store: store(), nowMs: () => (firstDay + days) * dayMs, startLedger });
  const works = (id: string, changed: object = {}) => ({
    id,
    measures: ['roof-insulation'],
    start: '2023-05-01',
    end: '2023-06-30',
    ...who,
    ...changed,
  });
  const post = (body: object) => postJson(`${api.url}v1/buildings/ecole/works`, body);
  const patch = (id: string, body: object) =>
    call(`${api.url}v1/buildings/ecole/works/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...who, ...body }),
    });
  const sendReadings = (from: number, to: number, cut: number) => {
    const count = to - from;
    const startMs = Float64Array.from({ length: count }, (_, i) => (firstDay + from + i) * dayMs);
    return store().readings.upsert('ecole-gaz', {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: Float64Array.from({ length: count }, (_, i) => kwh(from + i, cut)),
    });
  };

  beforeAll(async () => {
    await store().buildings.save(sampleBuilding('ecole'));
    await store().meters.save({ ...sampleMeter('ecole-gaz', 'ecole'), timezone: 'UTC' });
    await store().weather.saveStation({
      id: 'mto',
      name: 'Station',
      latitudeDeg: 45,
      longitudeDeg: 0,
      altitudeM: 50,
      source: 'test',
      simulated: true,
    });
    await store().weather.saveDaily('mto', {
      firstDay: firstDay - 2,
      meanC: Float64Array.from({ length: days + 4 }, (_, i) => outdoorC(i - 2)),
      ghiWm2: new Float64Array(days + 4).fill(Number.NaN),
    });
    await sendReadings(0, days - 30, 0);
    api = await openApi(store(), context().nowMs, {
      entryOf: (request) =>
        Promise.resolve(
          ok({ ...administrator, name: who.by, role: request.get('x-test-role') ?? 'administrator' }),
        ),
    });
    return () => api.close();
  });

  it('adds works with what is known of them, and freezes their baseline with its readings', async () => {
    const added = await post(
      works('toit-2023', {
        planned: ['roof-insulation', 'windows'].slice(0, 1),
        contractor: 'Couvreurs réunis',
        costEur: 120_000,
        accepted: { day: '2023-07-10', by: 'B. Petit' },
      }),
    );
    expect(added.status).toBe(200);
    expect(added.body).toMatchObject({
      id: 'toit-2023',
      contractor: 'Couvreurs réunis',
      accepted: { day: '2023-07-10', by: 'B. Petit' },
      baselines: [{ meterId: 'ecole-gaz', to: '2023-04-30', readingsKept: true }],
    });
    const listed = await call(`${api.url}v1/buildings/ecole/works`);
    expect(listed.body).toEqual([added.body]);
  });

  it('computes the frozen baseline again from what is kept with it alone', async () => {
    const frozen = await store().models.baseline('ecole-gaz');
    const kept = await store().models.evidence(frozen?.id ?? 0);
    const document = kept?.document as unknown as {
      energyKwh: (number | null)[];
      outdoorC: (number | null)[];
    };
    const column = (values: (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);
    const refitted = fitModel(
      {
        timezone: 'UTC',
        firstDay,
        energyKwh: column(document.energyKwh),
        outdoorC: column(document.outdoorC),
      },
      {
        baseline: { from: Date.UTC(2022, 4, 1) / dayMs, to: Date.UTC(2023, 3, 30) / dayMs },
        holidays: 'FR',
      },
    );
    expect(refitted.ok && refitted.value.model.coefficients).toEqual(
      (frozen?.record as { model: { coefficients: number[] } } | undefined)?.model.coefficients,
    );
  });

  it.each([
    ['overlapping works', works('b', { start: '2023-06-15', end: '2023-08-01' }), 'works-overlap'],
    [
      'works inside a frozen baseline',
      works('c', { start: '2022-09-01', end: '2022-10-01' }),
      'works-in-baseline',
    ],
    [
      'a measure nobody knows',
      works('d', { measures: ['magic'], start: '2024-01-01', end: '2024-01-02' }),
      'unknown-measure',
    ],
    ['an end before the start', works('e', { start: '2024-02-01', end: '2024-01-02' }), 'bad-range'],
    [
      'an acceptance before the end',
      works('f', { start: '2024-01-01', end: '2024-02-01', accepted: { day: '2024-01-15', by: 'X' } }),
      'acceptance-before-end',
    ],
    ['an id in use', works('toit-2023'), 'id-taken'],
    ['no name behind it', { ...works('g'), by: '' }, 'bad-request'],
    [
      'an acceptance that another is made to sign',
      works('h', { accepted: { day: '2023-07-10', by: 'B. Petit' }, by: 'Eve' }),
      'signed-by-another',
    ],
  ])('refuses %s', async (_what, body, code) => {
    const { body: answer } = await post(body);
    expect(answer).toMatchObject({ error: { code } });
  });

  it('corrects what was done, and not the day a baseline was frozen for', async () => {
    const corrected = await patch('toit-2023', { costEur: 131_000, end: '2023-07-05' });
    expect(corrected.body).toMatchObject({
      costEur: 131_000,
      end: '2023-07-05',
      contractor: 'Couvreurs réunis',
    });
    expect((await patch('toit-2023', { start: '2023-05-02' })).body).toMatchObject({
      error: { code: 'works-baseline-frozen' },
    });
    expect((await patch('nothing', { costEur: 1 })).status).toBe(404);
  });

  it('knows a demolished building', async () => {
    const gone = works('demolition', {
      measures: [],
      start: '2029-01-01',
      end: '2029-06-01',
      endedBy: 'demolition',
    });
    expect((await post(gone)).status).toBe(200);
    expect((await post(works('after', { start: '2030-01-01', end: '2030-02-01' }))).body).toMatchObject({
      error: { code: 'building-demolished' },
    });
  });

  it('keeps a frozen baseline where it is, whoever writes to the database', async () => {
    const before = await store().models.baseline('ecole-gaz');
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    try {
      for (const sql of [
        `update models set record = '{}' where id = ${before?.id}`,
        `update models set status = 'current', role = 'live' where id = ${before?.id}`,
        `delete from models where id = ${before?.id}`,
        `update baseline_evidence set document = '{}' where model_id = ${before?.id}`,
      ])
        await expect(client.query(sql)).rejects.toThrow(/frozen baseline/);
    } finally {
      await client.end();
    }
    await sendReadings(200, 210, 0.5);
    await retrain(context());
    const after = await store().models.baseline('ecole-gaz');
    expect({ ...after, stale: undefined }).toEqual({ ...before, stale: undefined });
    expect(after?.stale).toBeDefined();
  });

  it('rolls a live model back, and refuses forged promotions', async () => {
    const models = async () =>
      (await call(`${api.url}v1/meters/ecole-gaz/models`)).body as {
        models: { id: number; status: string }[];
      };
    await sendReadings(days - 30, days - 1, 0);
    await retrain(context());
    const all = (await models()).models;
    const ofStatus = (status: string) => all.find((one) => one.status === status)?.id ?? 0;
    const [current, retired, frozen] = [ofStatus('current'), ofStatus('retired'), ofStatus('frozen')];
    expect([current, retired, frozen].every((id) => id > 0)).toBe(true);
    const promote = (id: number | string, body: object = {}) =>
      postJson(`${api.url}v1/meters/ecole-gaz/models/${id}/promotion`, { ...who, ...body });
    for (const id of [frozen, current, retired])
      expect((await promote(id, { outsideGate: true })).body).toMatchObject({
        error: { code: 'model-not-candidate' },
      });
    expect((await promote(999_999)).body).toMatchObject({ error: { code: 'not-found' } });
    expect((await promote('1 or 1')).body).toMatchObject({ error: { code: 'not-found' } });

    const { dataHash, record, window } = (await store().models.current('ecole-gaz')) ?? {};
    if (dataHash === undefined || record === undefined || window === undefined)
      throw new Error('no live model');
    const candidate = await store().models.add({
      meterId: 'ecole-gaz',
      role: 'live',
      record,
      dataHash,
      window,
    });
    expect((await promote(candidate)).body).toMatchObject({ error: { code: 'promotion-refused' } });
    expect((await promote(candidate, { outsideGate: true })).status).toBe(200);
    expect((await store().models.current('ecole-gaz'))?.id).toBe(candidate);

    const rolled = await postJson(`${api.url}v1/meters/ecole-gaz/models/rollback`, who);
    expect(rolled.status).toBe(200);
    expect((await store().models.current('ecole-gaz'))?.id).toBe(current);
    const [line] = await store().audit.list({ subject: `model:${current}`, limit: 1 });
    expect(line).toMatchObject({ by: 'A. Martin', action: 'rollback-model' });
  });

  it('leaves decisions to those whose role allows them', async () => {
    const as = (role: string, path: string, body: object) =>
      postJson(`${api.url}v1/${path}`, { ...who, ...body }, { 'x-test-role': role });
    const refused = { status: 403, body: { error: { code: 'not-allowed' } } };
    const accepted = works('accepted', { accepted: { day: '2023-07-10', by: 'B. Petit' } });
    for (const role of ['engineer', 'integration']) {
      expect(await as(role, 'meters/ecole-gaz/models/rollback', {})).toMatchObject(refused);
      expect(await as(role, 'meters/ecole-gaz/models/1/promotion', {})).toMatchObject(refused);
      expect(await as(role, 'programmes/1/acceptance', {})).toMatchObject(refused);
      expect(await as(role, 'buildings/ecole/works', accepted)).toMatchObject(refused);
    }
    expect((await as('manager', 'programmes/1/acceptance', {})).status).toBe(404);
  });

  it('still erases a meter with its frozen baseline', async () => {
    await store().buildings.erase('ecole', who);
    expect(await store().models.history('ecole-gaz')).toEqual([]);
  });
});
