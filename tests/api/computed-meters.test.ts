import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const hourMs = 3_600_000;
const first = Date.UTC(2024, 0, 1);
const iso = (hour: number): string => new Date(first + hour * hourMs).toISOString();

withStores('meters computed from others', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(database.store());
    await database.store().buildings.save(sampleBuilding('a'));
    await database.store().buildings.save(sampleBuilding('b'));
    for (const [id, kwh] of [
      ['boiler', [10, 20, 4]],
      ['shop', [1, 2, 3]],
      ['produced', [0, 8, 2]],
      ['exported', [0, 3, 0]],
    ] as const) {
      await database.store().meters.save(sampleMeter(id, 'a'));
      await postJson(`${api.url}v1/meters/${id}/readings`, {
        readings: kwh.map((one, hour) => ({ start: iso(hour), end: iso(hour + 1), kwh: one })),
      });
    }
  });
  afterAll(() => api.close());

  const put = (id: string, derivation: unknown, more: Record<string, unknown> = {}) =>
    call(`${api.url}v1/meters/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        buildingId: 'b',
        carrier: 'gas',
        use: 'heating',
        timezone: 'UTC',
        derivation,
        by: 'A. Martin',
        reason: 'règlement de copropriété',
        ...more,
      }),
    });

  const kwhOf = async (id: string): Promise<number[]> => {
    const { body } = await call(`${api.url}v1/meters/${id}/readings`);
    return (body as { readings: { kwh: number }[] }).readings.map(({ kwh }) => kwh);
  };

  const weights = { kind: 'weights', weights: { A: 3000, B: 1000 } };

  it('gives the share of a building by its key, a formula, a base load and own panels', async () => {
    const share = { kind: 'share', of: 'boiler', recipient: 'B', key: 'surface chauffée', rule: weights };
    expect((await put('share-b', share)).status).toBe(200);
    expect(await kwhOf('share-b')).toEqual([2.5, 5, 1]);
    await put('rest', { kind: 'formula', formula: 'boiler - shop' });
    expect(await kwhOf('rest')).toEqual([9, 18, 1]);
    await put('hot-water', {
      kind: 'share',
      of: 'boiler',
      recipient: 'eau',
      key: 'relevé d’été',
      rule: { kind: 'base-load', base: 'eau', rest: 'chauffage', kwhDay: 120 },
    });
    expect(await kwhOf('hot-water')).toEqual([5, 5, 4]);
    await put(
      'own-sun',
      {
        kind: 'self-consumption',
        imported: 'shop',
        produced: 'produced',
        exported: 'exported',
        gives: 'used',
      },
      { carrier: 'solar', use: 'self-consumption' },
    );
    expect(await kwhOf('own-sun')).toEqual([0, 5, 2]);
    const audit = await database.store().audit.list({ subject: 'meter:share-b' });
    expect(audit).toMatchObject([{ by: 'A. Martin', action: 'derive-meter', detail: { kind: 'share' } }]);
  });

  it('follows its sources, over a second storey too, and makes stale what was computed of it', async () => {
    await put('twice', { kind: 'formula', formula: '2 * [share-b]' });
    const { models } = database.store();
    const id = await models.add({
      meterId: 'twice',
      role: 'live',
      record: { schema: 'x' },
      dataHash: 'h',
      window: { fromMs: first, toMs: first + 10 * hourMs },
    });
    await models.promote(id, { by: 'x', reason: 'y' });
    expect(await models.stale()).toEqual([]);
    await postJson(`${api.url}v1/meters/boiler/readings`, {
      readings: [{ start: iso(0), end: iso(1), kwh: 40 }],
    });
    expect((await kwhOf('twice'))[0]).toBe(20);
    expect((await models.stale()).map(({ meterId }) => meterId)).toEqual(['twice']);
  });

  it('applies the decisions taken about a source', async () => {
    await postJson(`${api.url}v1/meters/shop/decisions`, {
      from: '2024-01-01',
      to: '2024-01-01',
      action: 'correct',
      factor: 2,
      by: 'A. Martin',
      reason: 'transformateur',
    });
    // What is shown of a meter is what came; the series of a building is what was decided.
    expect((await kwhOf('rest'))[1]).toBe(18);
  });

  it.each([
    ['circle', 'meter-cycle', { kind: 'formula', formula: 'circle + boiler' }],
    ['lost', 'unknown-meter', { kind: 'formula', formula: 'nowhere * 2' }],
    ['wrong', 'bad-formula', { kind: 'formula', formula: 'boiler +' }],
    ['nobody', 'bad-allocation', { kind: 'share', of: 'boiler', recipient: 'C', key: 'k', rule: weights }],
    ['shop', 'derived-has-readings', { kind: 'formula', formula: 'boiler / 2' }],
    ['kind', 'bad-request', { kind: 'magic' }],
  ])('refuses %s with %s and keeps nothing', async (id, code, derivation) => {
    const answer = await put(id, derivation);
    expect(answer.body).toMatchObject({ error: { code, message: { fr: expect.any(String) } } });
    expect(await database.store().derivations.get(id)).toBeUndefined();
  });

  it('finds a circle over two meters', async () => {
    await put('left', { kind: 'formula', formula: 'boiler * 1' });
    await put('right', { kind: 'formula', formula: 'left * 1' });
    expect((await put('left', { kind: 'formula', formula: 'right * 1' })).body).toMatchObject({
      error: { code: 'meter-cycle' },
    });
  });

  it('takes no readings, and reads no dwelling through a meter that is not personal', async () => {
    const sent = await postJson(`${api.url}v1/meters/rest/readings`, {
      readings: [{ start: iso(0), end: iso(1), kwh: 40 }],
    });
    expect(sent.body).toMatchObject({ error: { code: 'derived-meter' } });
    await database.store().meters.save({ ...sampleMeter('flat', 'a'), personal: true });
    expect((await put('peep', { kind: 'formula', formula: 'flat * 1' })).body).toMatchObject({
      error: { code: 'derived-personal' },
    });
  });

  it('lets no meter become a dwelling’s while one open to all is computed from it, nor the other way round', async () => {
    const plain = { buildingId: 'a', carrier: 'gas', use: 'heating', timezone: 'UTC' };
    const send = (id: string, more: Record<string, unknown>) =>
      call(`${api.url}v1/meters/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...plain, ...more }),
      });
    await send('studio', {});
    await put('over-studio', { kind: 'formula', formula: 'studio * 1' });
    expect((await send('studio', { personal: true })).body).toMatchObject({
      error: { code: 'derived-personal', message: { en: expect.stringContaining('over-studio') } },
    });
    expect((await database.store().meters.get('studio'))?.personal).toBe(false);
    await put('own', { kind: 'formula', formula: 'flat * 1' }, { personal: true });
    expect((await send('own', { personal: false })).body).toMatchObject({
      error: { code: 'derived-personal' },
    });
    // Whatever wrote the source anew: nothing of it is read through the other.
    await database.store().meters.save({ ...sampleMeter('studio', 'a'), personal: true });
    const { body } = await call(`${api.url}v1/meters/over-studio/readings`);
    expect(body).toMatchObject({ error: { code: 'derived-personal' } });
  });

  it('keeps its rule when only its account changes, and loses it when a person says so', async () => {
    const formula = { kind: 'formula', formula: '2 * boiler' };
    await put('fleeting', formula);
    const kept = await put('fleeting', undefined, { name: 'Other name' });
    expect(kept.body).toMatchObject({ name: 'Other name', derivation: formula });
    expect((await put('fleeting', null, { by: undefined })).body).toMatchObject({
      error: { code: 'bad-request', where: 'by' },
    });
    expect((await put('fleeting', null)).body).toMatchObject({ derivation: null });
    const sent = await postJson(`${api.url}v1/meters/fleeting/readings`, {
      readings: [{ start: iso(0), end: iso(1), kwh: 40 }],
    });
    expect(sent.status).toBe(200);
    const [last] = await database.store().audit.list({ subject: 'meter:fleeting' });
    expect(last).toMatchObject({ by: 'A. Martin', action: 'underive-meter' });
  });

  it('goes with its rule when a source is erased: it says which meter it lacks', async () => {
    await put('orphan', { kind: 'formula', formula: 'shop * 2' });
    await database.store().meters.erase('shop', { by: 'x', reason: 'y' });
    const { body } = await call(`${api.url}v1/meters/orphan/readings`);
    expect(body).toMatchObject({ error: { code: 'unknown-meter', where: 'shop' } });
  });
});
