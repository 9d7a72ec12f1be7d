import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Access } from '#api/access.ts';
import { ok } from '#core/result.ts';
import { administrator, type Answer, call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('deleting a building', ({ store }) => {
  let api: TestApi;
  let role = 'manager';
  const access: Access = {
    entryOf: () => Promise.resolve(ok({ ...administrator, role, name: 'Ada' })),
  };
  beforeAll(async () => {
    api = await openApi(store(), undefined, access);
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    role = 'manager';
    await store().buildings.save(sampleBuilding('gone'));
    await store().buildings.identify('gone', { own: ['RES-1'] });
    await store().meters.save(sampleMeter('gone-gas', 'gone'));
    await store().readings.upsert(
      'gone-gas',
      hours(0, 24, () => 5),
    );
  });

  const remove = (body: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    call(`${api.url}v1/buildings/gone`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ reason: 'vendu', ...body }),
    });
  const told = ({ status, body }: Answer): unknown[] => [
    status,
    (body as { error?: { code: string } }).error?.code ?? body,
  ];
  const addWorks = (): Promise<void> =>
    store().works.save({
      id: 'gone-works',
      buildingId: 'gone',
      measures: ['windows'],
      startDay: '2024-01-01',
      endDay: '2024-02-01',
    });

  it('takes its meters and readings along, and keeps the decision', async () => {
    expect(told(await remove())).toEqual([
      200,
      { deleted: true, meters: 1, readings: 24, models: 0, works: 0 },
    ]);
    expect((await call(`${api.url}v1/buildings/gone/identity`)).status).toBe(404);
    expect((await call(`${api.url}v1/meters/gone-gas`)).status).toBe(404);
    expect(told(await remove())).toEqual([404, 'unknown-building']);
    const [line] = await store().audit.list({ limit: 1 });
    expect(line).toMatchObject({
      by: 'Ada',
      action: 'erase-building',
      subject: 'building:gone',
      reason: 'vendu',
    });
  });

  it('comes in the changes under a name that only those who know it recognise', async () => {
    const { latest } = await store().changes.after(0, { limit: 1 });
    await remove();
    const { changes } = await store().changes.after(latest, { limit: 100 });
    const gone = changes.find(({ kind, action }) => kind === 'building' && action === 'deleted');
    expect(gone?.subject).toBe(`sha256:${createHash('sha256').update('gone').digest('hex')}`);
    const all = JSON.stringify(await store().changes.after(0, { limit: 1000 }));
    expect(all).not.toContain('gone');
  });

  it('is refused where works hang on it, unless that is said', async () => {
    await addWorks();
    expect(told(await remove())).toEqual([409, 'building-holds-history']);
    expect((await call(`${api.url}v1/buildings/gone/identity`)).status).toBe(200);
    expect(await remove({ withHistory: true })).toMatchObject({ status: 200, body: { works: 1 } });
  });

  it('is refused where a meter of another building is computed from its own', async () => {
    await store().buildings.save(sampleBuilding('other'));
    await store().meters.save(sampleMeter('other-share', 'other'));
    await store().derivations.save({
      meterId: 'other-share',
      rule: { kind: 'share', of: 'gone-gas', share: 0.5 },
      sources: ['gone-gas'],
      by: 'Ada',
      reason: 'chaufferie commune',
    });
    expect(told(await remove())).toEqual([409, 'building-feeds-others']);
    await store().meters.erase('other-share', { by: 'Ada', reason: 'fini' });
    expect((await remove()).status).toBe(200);
  });

  it('is for the data controller alone where dwellings are metered', async () => {
    await store().meters.save({ ...sampleMeter('gone-flat', 'gone'), personal: true });
    expect(told(await remove())).toEqual([403, 'personal-data']);
    role = 'administrator';
    expect((await remove()).status).toBe(200);
  });

  it('is not for those who only work', async () => {
    for (role of ['viewer', 'engineer', 'integration'])
      expect(told(await remove())).toEqual([403, 'not-allowed']);
    role = 'administrator';
    await remove();
  });

  it('holds to the version that was read', async () => {
    const version = (await call(`${api.url}v1/buildings/gone/identity`)).headers.get('etag') ?? '';
    await store().buildings.identify('gone', { own: ['RES-2'] });
    expect(told(await remove({}, { 'if-match': version }))).toEqual([412, 'precondition-failed']);
    const newer = (await call(`${api.url}v1/buildings/gone/identity`)).headers.get('etag') ?? '';
    expect((await remove({}, { 'if-match': newer })).status).toBe(200);
  });
});
