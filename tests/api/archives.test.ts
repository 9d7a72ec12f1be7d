import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { startLedger } from '#app/clock.ts';
import type { JobView } from '#app/jobs-views.ts';
import { startWorker } from '#jobs/worker.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('an organisation that leaves by the API', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  let stop: () => Promise<void>;
  let archive = new Uint8Array();
  let exportId = 0;
  const keys = new Map<string, Record<string, string>>();
  const headersOf = (who: string): Record<string, string> => keys.get(who) ?? {};
  const ended = async (location: string, who: string): Promise<JobView> => {
    for (;;) {
      const { body } = await call(api.url.slice(0, -1) + location, { headers: headersOf(who) });
      const job = body as JobView;
      if (!['waiting', 'running'].includes(job.state)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  beforeAll(async () => {
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities));
    v1 = `${api.url}v1`;
    stop = startWorker(
      { store: store(), nowMs: () => Date.now(), startLedger },
      { everyMs: 20, waitSeconds: () => 0 },
    );
    const other = await store().identities.addOrganisation('elsewhere');
    for (const [who, organisationId, role] of [
      ['admin', 1, 'administrator'],
      ['manager', 1, 'manager'],
      ['viewer', 1, 'viewer'],
      ['other', other, 'administrator'],
    ] as const) {
      const { key } = await store().identities.addKey({ organisationId, role, name: who, createdBy: 'test' });
      keys.set(who, { authorization: `Bearer ${key}` });
    }
    await store().buildings.save(sampleBuilding('b'));
    await store().meters.save({ ...sampleMeter('flat', 'b'), personal: true });
    await store().readings.upsert(
      'flat',
      hours(Date.UTC(2022, 0, 1), 3000, (hour) => hour / 7),
    );
  });
  afterAll(async () => {
    await stop();
    await api.close();
  });

  const exportFile = (who: string, id = exportId): Promise<Response> =>
    fetch(`${v1}/organisation/exports/${id}/file`, { headers: headersOf(who) });
  const send = (who: string, body: BodyInit, headers = {}): Promise<Response> =>
    fetch(`${v1}/organisation/imports`, {
      method: 'POST',
      body,
      headers: { ...headersOf(who), 'content-type': 'application/zip', ...headers },
    });

  it('is exported by a job whose file an administrator of its own fetches, and nobody else', async () => {
    for (const who of ['manager', 'viewer']) {
      const refused = await fetch(`${v1}/organisation/exports`, { method: 'POST', headers: headersOf(who) });
      expect(refused.status).toBe(403);
    }
    const started = await call(`${v1}/organisation/exports`, { method: 'POST', headers: headersOf('admin') });
    expect(started.status).toBe(202);
    const job = await ended(started.headers.get('location') ?? '', 'admin');
    expect(job).toMatchObject({ state: 'done', kind: 'organisation-export', createdBy: 'admin' });
    expect(job.result).toMatchObject({ records: { readings: 3000, buildings: 1 } });
    exportId = job.id;
    expect((await exportFile('viewer')).status).toBe(403);
    expect((await exportFile('manager')).status).toBe(403);
    expect((await exportFile('other')).status).toBe(404);
    // The file of a job is for any reader: readings of dwellings are not.
    const asJob = await fetch(`${v1}/jobs/${exportId}/file`, { headers: headersOf('viewer') });
    expect(asJob.status).toBe(404);
    const file = await exportFile('admin');
    expect(file.headers.get('content-type')).toBe('application/zip');
    archive = new Uint8Array(await file.arrayBuffer());
    expect(archive.length).toBe(job.result?.['bytes']);
  });

  it('is refused at once where its stock is, or where the archive is none', async () => {
    const started = await send('admin', archive);
    expect(started.status).toBe(202);
    const job = await ended(started.headers.get('location') ?? '', 'admin');
    expect([job.state, job.failure?.code]).toEqual(['failed', 'organisation-not-empty']);
    const none = await send('other', 'no archive');
    expect([none.status, ((await none.json()) as { title: string }).title]).toEqual([
      422,
      'not-an-organisation-archive',
    ]);
    expect((await send('viewer', archive)).status).toBe(403);
  });

  it('arrives whole in another organisation, once for a key that is sent twice', async () => {
    await store().buildings.erase('b', { by: 'Ada', reason: 'moved' });
    const key = { 'idempotency-key': 'import-1' };
    const started = await send('other', archive, key);
    expect(started.status).toBe(202);
    const again = await send('other', archive, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const job = await ended(started.headers.get('location') ?? '', 'other');
    expect(job).toMatchObject({ state: 'done', result: { from: { organisation: 'local' } } });
    const buildings = await call(`${v1}/buildings`, { headers: headersOf('other') });
    expect(JSON.stringify(buildings.body)).toContain('Bâtiment b');
    const jobs = await call(`${v1}/jobs?kind=organisation-import`, { headers: headersOf('other') });
    expect((jobs.body as JobView[]).map(({ state }) => state)).toEqual(['done']);
  });
});
