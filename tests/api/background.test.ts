import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { replayRequest } from '#api/replay.ts';
import { startLedger } from '#app/clock.ts';
import { type JobView, jobSchema } from '#app/jobs-views.ts';
import type { Replay } from '#app/request-jobs.ts';
import { requestHandlers } from '#jobs/requests.ts';
import { startWorker } from '#jobs/worker.ts';
import { type Answer, call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

/** However busy the machine is. */
const soon = { timeout: 30_000, interval: 20 };
const holder = join(import.meta.dirname, '../support/request-holder.ts');
const later = { prefer: 'respond-async' };

withStores('calls put off', ({ store, url }) => {
  let elsewhere = 0;
  let api: TestApi;
  let v1 = '';
  const keys = new Map<string, string>();
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const { identities } = store();
    api = await openApi(store(), () => Date.now(), guardedAccess(identities));
    v1 = `${api.url}v1`;
    await store().buildings.save(sampleBuilding('b'));
    await store().twins.save('b', sampleTwin('b'));
    await store().meters.save(sampleMeter('gas', 'b'));
    await store().meters.save({ ...sampleMeter('flat', 'b'), personal: true });
    elsewhere = await identities.addOrganisation('elsewhere');
    for (const [name, organisationId, role] of [
      ['administrator', 1, 'administrator'],
      ['engineer', 1, 'engineer'],
      ['viewer', 1, 'viewer'],
      ['foreigner', elsewhere, 'administrator'],
    ] as const)
      keys.set(name, (await identities.addKey({ organisationId, role, name, createdBy: 'test' })).key);
    await send('POST', 'buildings', {
      buildings: [
        { id: 'c', name: 'C', use: 'housing', constructionYear: 1972, floorAreaM2: 4200, storeys: 6 },
      ],
    });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(() => api.close());

  const work = (replay: Replay = replayRequest): void => {
    const context = { store: store(), nowMs: () => Date.now(), startLedger };
    stops.push(
      startWorker(context, { handlers: requestHandlers(replay), everyMs: 10, waitSeconds: () => 0.05 }),
    );
  };
  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    as = 'administrator',
  ): Promise<Answer> =>
    call(path.startsWith('/') ? api.url + path.slice(1) : `${v1}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${keys.get(as)}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body:
              body instanceof Uint8Array || typeof body === 'string'
                ? (body as BodyInit)
                : JSON.stringify(body),
          }),
    });
  const begin = async (...[method, path, body, headers, as]: Parameters<typeof send>): Promise<number> => {
    const {
      status,
      headers: sent,
      body: told,
    } = await send(method, path, body, { ...later, ...headers }, as);
    expect([status, told]).toEqual([202, expect.anything()]);
    expect(sent.get('preference-applied')).toBe('respond-async');
    const { id } = jobSchema.parse(told);
    expect(sent.get('location')).toBe(`/v1/jobs/${id}`);
    return id;
  };
  const jobOf = async (id: number): Promise<JobView> =>
    jobSchema.parse((await send('GET', `jobs/${id}`)).body);
  const ended = async (id: number): Promise<JobView> => {
    await expect.poll(async () => (await jobOf(id)).state, soon).toMatch(/^(done|failed|cancelled)$/);
    return jobOf(id);
  };
  const answerOf = (id: number, as?: string): Promise<Answer> =>
    send('GET', `jobs/${id}/answer`, undefined, {}, as);
  const told = ({ status, body }: Answer): [number, string | undefined] => [
    status,
    (body as { error?: { code: string } }).error?.code,
  ];
  const comparison = { options: [{ measures: ['roof-insulation'] }], summer: false };
  const readings = (kwh: number, day = '01') => ({
    readings: [{ start: `2025-01-${day}T00:00:00+01:00`, end: `2025-01-${day}T23:00:00+01:00`, kwh }],
  });
  const heldKwh = async (): Promise<number[]> => [...(await store().readings.read('gas')).energyKwh];

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
      const again = await fetch(`${v1}/jobs/${id}/answer`, {
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
      const file = await fetch(`${v1}/jobs/${id}/answer`, {
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

  describe('are refused before they wait', () => {
    const queued = async (): Promise<number> => (await store().jobs.pending(['request', 'upload'])).jobs;
    const long = 'x'.repeat(1_100_000);

    it('with a body over the limit of their operation, told or not', async () => {
      const before = await queued();
      const path = 'weather-stations/s/days';
      expect(told(await send('POST', path, long, later))).toEqual([413, 'body-too-large']);
      const dribbled = await call(`${v1}/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${keys.get('administrator')}`,
          'content-type': 'application/json',
          ...later,
        },
        body: new Blob([long]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect(told(dribbled)).toEqual([413, 'body-too-large']);
      // A file of readings may be longer.
      const id = await begin('POST', 'meters/gas/readings', long, { 'content-type': 'text/csv' });
      await send('POST', `jobs/${id}/cancellation`);
      expect(await queued()).toBe(before);
    });

    it('when their sender goes away in the middle', async () => {
      const before = await store().jobs.list();
      const { port } = new URL(api.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST /v1/meters/gas/readings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${keys.get('administrator')}\r\n` +
          'prefer: respond-async\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"readings":',
      );
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      await send('GET', 'caller');
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.destroy();
      await closed;
      await send('GET', 'caller');
      expect(await store().jobs.list()).toEqual(before);
    });

    it('when too many wait already', async () => {
      const own = await store().forOrganisation(elsewhere);
      for (let at = 0; at < 500; at += 1) await own.jobs.add('request', { bytes: 0 });
      const full = await send('GET', 'ranking', undefined, later, 'foreigner');
      expect(told(full)).toEqual([429, 'job-queue-full']);
      expect((await send('GET', 'stock/law', undefined, {}, 'foreigner')).status).toBe(200);
      await begin('GET', 'stock/law');
    });
  });

  describe('count once or not at all', () => {
    it('cancelled while they wait', async () => {
      const id = await begin('POST', 'meters/gas/readings', readings(80, '04'));
      expect((await send('POST', `jobs/${id}/cancellation`)).body).toMatchObject({ state: 'cancelled' });
      work();
      // The queue is worked off in order: what was begun later ends later.
      await ended(await begin('GET', 'stock/law'));
      expect(await heldKwh()).not.toContain(80);
      expect(told(await answerOf(id))).toEqual([404, 'job-without-answer']);
      expect((await send('POST', `jobs/${id}/retry`)).status).toBe(200);
      expect((await ended(id)).state).toBe('done');
      expect(await heldKwh()).toContain(80);
    });

    it('cancelled when they have written already', async () => {
      let written = false;
      let go = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      work(async (...asked) => {
        const answer = await replayRequest(...asked);
        written = true;
        await gate;
        return answer;
      });
      const id = await begin('POST', 'meters/gas/readings', readings(90, '05'));
      await expect.poll(() => written, soon).toBe(true);
      expect((await send('POST', `jobs/${id}/cancellation`)).body).toMatchObject({ state: 'cancelled' });
      go();
      await stops.pop()?.();
      expect((await jobOf(id)).state).toBe('cancelled');
      expect(await heldKwh()).not.toContain(90);
    });

    it('with a worker killed in the middle of its writing', async () => {
      const id = await begin('POST', 'meters/gas/readings', readings(100, '06'));
      const child = spawn(process.execPath, [holder, url()], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await expect.poll(() => said, { timeout: 120_000 }).toContain('written');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await heldKwh()).not.toContain(100);
      expect((await jobOf(id)).state).toBe('running');
      work();
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 2 });
      expect((await answerOf(id)).body).toMatchObject({ inserted: 1 });
      expect((await heldKwh()).filter((kwh) => kwh === 100)).toEqual([100]);
    }, 180_000);

    it('with a reader that is busy for a while', async () => {
      let times = 0;
      work(async (...asked) => {
        times += 1;
        if (times > 1) return replayRequest(...asked);
        const busy = { error: { code: 'readers-busy', message: { fr: 'occupé', en: 'busy' } } };
        return { status: 503, headers: {}, body: Buffer.from(JSON.stringify(busy)) };
      });
      const id = await begin('POST', 'meters/gas/readings', readings(110, '07'));
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 2 });
      expect(await heldKwh()).toContain(110);
    });
  });
});
