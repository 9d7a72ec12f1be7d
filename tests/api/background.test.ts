import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withStores } from '../support/database.ts';
import { putOffCalls, later, readings, told } from '../support/put-off.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

withStores('calls put off', ({ store }) => {
  const { api, keys, stops, work, send, begin, jobOf, ended, answerOf, heldKwh } = putOffCalls(store);
  const comparison = { options: [{ measures: ['roof-insulation'] }], summer: false };

  describe('are answered as they would have been at once', () => {
    it('a comparison', async () => {
      const id = await begin('POST', 'buildings/c/comparisons', comparison);
      expect(await jobOf(id)).toMatchObject({
        kind: 'request',
        state: 'waiting',
        request: { method: 'POST', path: '/v1/buildings/c/comparisons' },
      });
      expect(told(await answerOf(id))).toEqual([404, 'job-without-answer']);
      work();
      expect(await ended(id)).toMatchObject({ state: 'done', failure: null, result: { status: 200 } });
      const now = await send('POST', 'buildings/c/comparisons', comparison);
      const late = await answerOf(id);
      expect([late.status, late.body]).toEqual([200, now.body]);
      expect(late.headers.get('content-type')).toBe(now.headers.get('content-type'));
      const tag = late.headers.get('etag') ?? '';
      const again = await fetch(`${api().url}v1/jobs/${id}/answer`, {
        headers: { authorization: `Bearer ${keys.get('administrator')}`, 'if-none-match': tag },
      });
      expect([again.status, await again.text()]).toEqual([304, '']);
    });

    it('a compressed file of readings, which is stored once and then no longer kept with its job', async () => {
      const body = new Uint8Array(gzipSync(JSON.stringify(readings(50))));
      const id = await begin('POST', 'meters/gas/readings', body, { 'content-encoding': 'gzip' });
      expect(await store().jobs.partBytes(id)).toBe(body.length);
      expect(await heldKwh()).toEqual([]);
      work();
      expect((await ended(id)).state).toBe('done');
      expect((await answerOf(id)).body).toMatchObject({ inserted: 1, rejected: 0 });
      expect(await heldKwh()).toEqual([50]);
      expect((await send('POST', 'meters/gas/readings', readings(50))).body).toMatchObject({ unchanged: 1 });
      const [part] = [await store().jobs.part(id, 0)];
      expect(Buffer.from(part ?? []).toString()).toContain('"inserted":1');
    });

    it('a report as a file, with its type and its name', async () => {
      const id = await begin('GET', 'buildings/c/report?format=pdf&lang=en');
      work();
      expect(await ended(id)).toMatchObject({ state: 'done', result: { status: 200 } });
      const file = await fetch(`${api().url}v1/jobs/${id}/answer`, {
        headers: { authorization: `Bearer ${keys.get('administrator')}` },
      });
      expect(file.headers.get('content-type')).toContain('application/pdf');
      expect(file.headers.get('content-disposition')).toContain('attachment');
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    });

    it('a model, which has been read when its job ends', async () => {
      const id = await begin('POST', 'onboarding?name=maison.ifc', smallHouse(), {
        'content-type': 'application/octet-stream',
      });
      expect((await jobOf(id)).kind).toBe('upload');
      work();
      const { state, result } = await ended(id);
      expect([state, result?.['status']]).toEqual(['done', 202]);
      const late = await answerOf(id);
      const draft = late.body as { id: string };
      expect([late.status, late.body]).toMatchObject([202, { state: 'ready', kind: 'ifc', error: null }]);
      expect(late.headers.get('location')).toBe(`/v1/onboarding/${draft.id}`);
      const confirmed = await begin('POST', `onboarding/${draft.id}/confirm`, { by: 'A. Martin' });
      await ended(confirmed);
      expect((await answerOf(confirmed)).body).toEqual({ buildings: ['maison'], skipped: [] });
      expect((await send('GET', 'buildings/maison/identity')).status).toBe(200);
    });

    it('a refusal, which is the failure of its job and leaves nothing', async () => {
      const id = await begin('POST', 'meters/nowhere/readings', readings(1));
      const bad = await begin('POST', 'buildings/c/comparisons', '{"options":');
      work();
      expect(await ended(id)).toMatchObject({
        state: 'failed',
        attempts: 1,
        failure: { code: 'unknown-meter' },
        result: { status: 404 },
      });
      const late = await answerOf(id);
      expect(told(late)).toEqual([404, 'unknown-meter']);
      expect(late.headers.get('content-type')).toContain('application/problem+json');
      await ended(bad);
      expect(told(await answerOf(bad))).toEqual([400, 'bad-request']);
      // What was sent is gone with its answer.
      expect((await send('POST', `jobs/${id}/retry`)).status).toBe(200);
      expect(await ended(id)).toMatchObject({ state: 'failed', failure: { code: 'job-body-forgotten' } });
    });
  });

  describe('under an idempotency key', () => {
    it.each<[string, string, unknown]>([
      ['POST', 'meters/gas/readings', readings(60, '02')],
      ['POST', 'buildings/c/comparisons', comparison],
      ['GET', 'buildings/c/report?format=html', undefined],
    ])('%s %s is begun once', async (method, path, body) => {
      const key = { ...later, 'idempotency-key': `once-${path.length}` };
      const first = await send(method, path, body, key);
      const again = await send(method, path, body, key);
      expect([first.status, again.status]).toEqual([202, 202]);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.headers.get('preference-applied')).toBe('respond-async');
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      const other = await send(method, `${path}${path.includes('?') ? '&' : '?'}lang=en`, body, key);
      expect(told(other)).toEqual([422, 'idempotency-key-reused']);
      await send('POST', `jobs/${(first.body as { id: number }).id}/cancellation`);
    });

    it('is done once, whether it was put off or not', async () => {
      const key = { 'idempotency-key': 'both-ways' };
      const id = await begin('POST', 'meters/gas/readings', readings(70, '03'), key);
      const now = await send('POST', 'meters/gas/readings', readings(70, '03'), key);
      expect([now.status, now.body]).toMatchObject([202, { id }]);
      await send('POST', `jobs/${id}/cancellation`);
    });
  });

  describe('keep to who may see what', () => {
    it('another organisation finds neither the job nor its answer', async () => {
      const id = await begin('POST', 'buildings/c/comparisons', comparison);
      work();
      await ended(id);
      for (const path of [`jobs/${id}`, `jobs/${id}/answer`, `jobs/${id}/events`])
        expect(told(await send('GET', path, undefined, {}, 'foreigner'))).toEqual([404, 'unknown-job']);
      for (const path of [`jobs/${id}/cancellation`, `jobs/${id}/retry`])
        expect(told(await send('POST', path, undefined, {}, 'foreigner'))).toEqual([404, 'unknown-job']);
      const own = await send('GET', 'jobs', undefined, {}, 'foreigner');
      expect(own.body).toEqual([]);
    });

    it('an answer is read by who may do all that its caller could', async () => {
      const ids = new Map<string, number>();
      for (const as of ['viewer', 'engineer', 'administrator'])
        ids.set(as, await begin('POST', 'buildings/c/comparisons', comparison, {}, as));
      work();
      for (const id of ids.values()) expect((await ended(id)).state).toBe('done');
      const seen = async (asker: string): Promise<number[]> =>
        Promise.all(
          ['viewer', 'engineer', 'administrator'].map(
            async (as) => (await answerOf(ids.get(asker) ?? 0, as)).status,
          ),
        );
      expect(await seen('viewer')).toEqual([200, 200, 200]);
      expect(await seen('engineer')).toEqual([403, 200, 200]);
      expect(await seen('administrator')).toEqual([403, 403, 200]);
    });

    it('a job is tried again by who may do all that it may', async () => {
      const cancelled = async (as: string): Promise<number> => {
        const id = await begin('POST', 'meters/gas/readings', readings(120, '08'), {}, as);
        expect((await send('POST', `jobs/${id}/cancellation`, undefined, {}, as)).status).toBe(200);
        return id;
      };
      const [theirs, own] = [await cancelled('administrator'), await cancelled('engineer')];
      const all = await send('POST', 'organisation/exports');
      const { id: archive } = all.body as { id: number };
      await send('POST', `jobs/${archive}/cancellation`);
      for (const id of [theirs, archive]) {
        expect(told(await send('POST', `jobs/${id}/retry`, undefined, {}, 'engineer'))).toEqual([
          403,
          'not-allowed',
        ]);
        expect((await jobOf(id)).state).toBe('cancelled');
      }
      for (const as of ['engineer', 'administrator']) {
        const id = as === 'engineer' ? own : theirs;
        expect((await send('POST', `jobs/${id}/retry`, undefined, {}, as)).status).toBe(200);
        await send('POST', `jobs/${id}/cancellation`);
      }
    });

    it('the door is the same, and so is what a role may do inside', async () => {
      const refused = await send('POST', 'meters/gas/readings', readings(1), later, 'viewer');
      expect(told(refused)).toEqual([403, 'not-allowed']);
      const file = 'date;kWh\n2025-01-01;10\n2025-01-02;11\n2025-01-03;12\n';
      const csv = { 'content-type': 'text/csv' };
      const id = await begin('POST', 'meters/flat/readings/preflight', file, csv, 'engineer');
      work();
      await ended(id);
      expect(told(await answerOf(id, 'engineer'))).toEqual([403, 'personal-data']);
    });

    it('a meter that is erased takes the calls about it away', async () => {
      const id = await begin('POST', 'meters/flat/readings', readings(1));
      const report = await begin('GET', 'buildings/c/report?format=html');
      work();
      await ended(id);
      await ended(report);
      for (const stop of stops.splice(0)) await stop();
      const waiting = await begin('POST', 'meters/flat/readings', readings(2));
      const erased = await send('DELETE', 'meters/flat', { reason: 'asked for' });
      expect(erased.status).toBe(200);
      for (const gone of [id, waiting]) expect((await send('GET', `jobs/${gone}`)).status).toBe(404);
      expect(told(await answerOf(report))).toEqual([404, 'job-without-answer']);
    });
  });
});
