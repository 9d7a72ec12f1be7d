import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { openApiDocument } from '#api/openapi.ts';
import { type JobView, jobSchema } from '#app/jobs-views.ts';
import { meteringPlanSchema } from '#app/metering-views.ts';
import { keptFrontsSchema } from '#app/programme-views.ts';
import { type JobHandler, jobHandlers } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding } from '../support/samples.ts';

/** However busy the machine is. */
const soon = { timeout: 25_000 };

withStores('jobs', ({ store, url }) => {
  let api: TestApi;
  let jobs = '';
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    api = await openApi(store());
    jobs = `${api.url}v1/jobs`;
    await store().buildings.save(sampleBuilding('b'));
    await store().twins.save('b', sampleTwin('b'));
  });
  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });
  afterAll(() => api.close());
  const work = (handlers: Record<string, JobHandler> = jobHandlers): void => {
    stop = startWorker(
      { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger },
      { handlers, everyMs: 10 },
    );
  };
  const add = async (body: object): Promise<{ job: JobView; location: string }> => {
    const answer = await postJson(jobs, body);
    expect(answer.status).toBe(202);
    const location = answer.headers.get('location') ?? '';
    const job = jobSchema.parse(answer.body);
    expect(location).toBe(`/v1/jobs/${job.id}`);
    return { job, location: api.url + location.slice(1) };
  };
  const ended = async (location: string): Promise<JobView> => {
    const get = async (): Promise<JobView> => jobSchema.parse((await call(location)).body);
    await expect.poll(async () => (await get()).state, soon).toMatch(/^(done|failed|cancelled)$/);
    return get();
  };
  const codeOf = ({ status, body }: Answer): unknown[] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];

  it('say that no worker takes them, and what to start, and no longer once one does', async () => {
    const asOwner = async (statement: string): Promise<void> => {
      const client = new pg.Client({ connectionString: url() });
      await client.connect();
      await client.query(`set stacoptim.organisation = '1'`);
      await client.query(statement).finally(() => client.end());
    };
    const long = `now() - interval '31 seconds'`;
    const noticeOf = async (location: string): Promise<string | undefined> => {
      const one = jobSchema.parse((await call(location)).body);
      const listed = jobSchema.array().parse((await call(jobs)).body);
      expect(listed.find(({ id }) => id === one.id)?.notice).toEqual(one.notice);
      return one.notice?.code;
    };
    const left = await add({ kind: 'stock-report' });
    expect(await noticeOf(left.location)).toBeUndefined();
    await asOwner(`update jobs set run_after = ${long}`);
    expect(await noticeOf(left.location)).toBe('no-worker');
    expect(jobSchema.parse((await call(left.location)).body).notice?.message.fr).toContain('stacoptim work');
    // A server reads uploads where every other job is left to workers: one of those says nothing of them.
    const upload = await store().jobs.add('upload', {});
    await store().jobs.claim(['upload'], 600);
    expect(await noticeOf(left.location)).toBe('no-worker');
    await asOwner(`update jobs set state = 'waiting', run_after = ${long} where id = ${upload}`);
    expect(await noticeOf(`${jobs}/${upload}`)).toBeUndefined();
    // A worker that has other work is one, in whatever organisation, and so is one that has just ended some.
    const elsewhere = await store().forOrganisation(await store().identities.addOrganisation('other'));
    const theirs = await elsewhere.jobs.add('stock-report', {});
    await elsewhere.jobs.claim(['stock-report'], 600);
    expect(await noticeOf(left.location)).toBeUndefined();
    await elsewhere.jobs.finish(theirs, {}, 1);
    expect(await noticeOf(left.location)).toBeUndefined();
    await asOwner(
      `set stacoptim.organisation = '${elsewhere.organisationId}'; update jobs set finished_at = ${long}`,
    );
    expect(await noticeOf(left.location)).toBe('no-worker');
    work();
    expect((await ended(left.location)).notice).toBeNull();
  });

  it('make the report of the stock, to be fetched as a file', async () => {
    const { job, location } = await add({ kind: 'stock-report', input: { lang: 'en' } });
    expect(job).toMatchObject({ state: 'waiting', progress: 0, createdBy: 'test' });
    expect(codeOf(await call(`${location}/file`))).toEqual([404, 'job-without-file']);
    work();
    const done = await ended(location);
    expect(done).toMatchObject({ state: 'done', progress: 1, result: { buildings: 1 } });
    const file = await fetch(`${location}/file`);
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    expect(file.headers.get('content-disposition')).toContain('audit-parc.xlsx');
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.length).toBe(done.result?.['bytes']);
  });

  it('find and keep a programme, or say why there is none', async () => {
    const { location } = await add({ kind: 'programme', input: { budgetEur: 1_000_000 } });
    const front = await add({ kind: 'programme', input: { budgetEur: 1000, budgetsEur: [1, 1] } });
    work();
    const done = await ended(location);
    expect(done.state).toBe('done');
    const kept = await call(`${api.url}v1/programmes/${String(done.result?.['programmeId'])}`);
    expect(kept.body).toMatchObject({ budgetEur: 1_000_000 });
    expect(await store().programmes.list()).toHaveLength(1);
    expect(await ended(front.location)).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { code: 'programme-budgets-differ' },
    });
  });

  it('draw the front of a programme and its metering plan, kept for whoever comes back', async () => {
    const asked = await add({ kind: 'programme', input: { budgetEur: 1_000_000 } });
    work();
    const id = String((await ended(asked.location)).result?.['programmeId']);
    const programme = `${api.url}v1/programmes/${id}`;
    const prefer = { prefer: 'respond-async' };
    const begun = async (path: string, body: object): Promise<JobView> => {
      const answer = await postJson(`${programme}/${path}`, body, prefer);
      expect(answer.status).toBe(202);
      return ended(`${jobs}/${jobSchema.parse(answer.body).id}`);
    };
    const front = await begun('front', { points: 3, times: 1.2 });
    expect(front).toMatchObject({ kind: 'front', state: 'done', result: { programmeId: Number(id) } });
    const [kept, ...others] = keptFrontsSchema.parse((await call(`${programme}/fronts`)).body);
    expect(others).toEqual([]);
    expect(kept?.times).toBe(1.2);
    expect(kept?.sentence.fr).toMatch(/jusqu’à 20 %|Pour .* de plus de travaux/i);
    const metering = await begun('metering-plan', { budgetEur: 10_000 });
    expect(metering).toMatchObject({ kind: 'metering-plan', state: 'done' });
    const plan = meteringPlanSchema.parse(metering.result?.['plan']);
    expect([plan.programme, plan.budgetEur]).toEqual([id, 10_000]);
    expect(plan.buildings.length + plan.notMetered.length).toBe(1);
    const refused = await postJson(`${programme}/front`, { times: 0 }, prefer);
    expect(codeOf(refused)).toEqual([400, 'bad-request']);
    const unknown = await postJson(`${api.url}v1/programmes/9999/front`, {}, prefer);
    expect(await ended(`${jobs}/${jobSchema.parse(unknown.body).id}`)).toMatchObject({
      state: 'failed',
      failure: { code: 'unknown-programme' },
    });
  });

  it('retrain, once a retraining that runs already is over', async () => {
    const running = await store().jobs.add('retrain', {});
    const held = await store().jobs.claim(['retrain']);
    expect(held?.id).toBe(running);
    const { location } = await add({ kind: 'retraining' });
    stop = startWorker(
      { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger },
      { everyMs: 10, waitSeconds: () => 0.05 },
    );
    await expect
      .poll(async () => (await call(location)).body, soon)
      .toMatchObject({ state: 'waiting', failure: { code: 'retrain-running' } });
    await store().jobs.finish(running, {});
    expect(await ended(location)).toMatchObject({ state: 'done', result: { meters: [] } });
  });

  it('are made of other calls by Prefer: respond-async', async () => {
    const prefer = { prefer: 'respond-async, wait=1' };
    const programme = await postJson(`${api.url}v1/programmes`, { budgetEur: 5 }, prefer);
    expect(programme.status).toBe(202);
    expect(programme.headers.get('preference-applied')).toBe('respond-async');
    expect(programme.body).toMatchObject({ kind: 'programme', state: 'waiting' });
    const report = await call(`${api.url}v1/stock/report?lang=en`, { headers: prefer });
    expect([report.status, report.body]).toMatchObject([202, { kind: 'stock-report' }]);
    expect((await postJson(`${api.url}v1/programmes`, { budgetEur: 'x' }, prefer)).status).toBe(400);
    for (const { id } of await store().jobs.list({ state: 'waiting' })) await store().jobs.cancel(id);
  });

  it('tell their progress as events until they end', async () => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { location } = await add({ kind: 'stock-report' });
    const response = await fetch(`${location}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    let text = '';
    const reading = (async () => {
      for await (const part of response.body ?? []) text += Buffer.from(part).toString();
    })();
    await expect.poll(() => text, soon).toContain('"waiting"');
    work({
      'stock-report': {
        run: async (context, input, run) => {
          run.onProgress(1, 2, { fr: 'moitié', en: 'half' });
          await gate;
          return jobHandlers['stock-report'].run(context, input, run);
        },
      },
    });
    await expect.poll(() => text, soon).toContain('"half"');
    go();
    await reading;
    const events = text
      .split('\n\n')
      .filter((block) => block.startsWith('event: '))
      .map((block) => {
        const [event = '', data = ''] = block.split('\n');
        return { event: event.slice(7), job: jobSchema.parse(JSON.parse(data.slice(6))) };
      });
    expect(events[0]).toMatchObject({ event: 'progress', job: { state: 'waiting' } });
    expect(events.at(-1)).toMatchObject({ event: 'end', job: { state: 'done', progress: 1 } });
    expect(events.some(({ job }) => job.progress === 0.5)).toBe(true);
  });

  it('stand in the document with the types that they really answer with', () => {
    const { paths } = openApiDocument() as {
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content: object; headers: object }> }>
      >;
    };
    const told = (path: string): string[] =>
      Object.keys(paths[path]?.['get']?.responses['200']?.content ?? {});
    expect(told('/v1/jobs/{id}/events')).toEqual(['text/event-stream']);
    expect(told('/v1/jobs/{id}/file').join()).toContain('spreadsheetml');
    expect(paths['/v1/jobs']?.['post']?.responses['202']?.headers).toHaveProperty('Location');
  });

  it('are cancelled once, and tried again when asked', async () => {
    const { location } = await add({ kind: 'stock-report' });
    expect((await postJson(`${location}/cancellation`, {})).body).toMatchObject({ state: 'cancelled' });
    expect(codeOf(await postJson(`${location}/cancellation`, {}))).toEqual([409, 'job-ended']);
    expect((await postJson(`${location}/retry`, {})).body).toMatchObject({ state: 'waiting' });
    expect(codeOf(await postJson(`${location}/retry`, {}))).toEqual([409, 'job-not-failed']);
    work();
    expect((await ended(location)).state).toBe('done');
    const list = (await call(`${jobs}?state=done&kind=stock-report`)).body as JobView[];
    expect(list.map(({ id }) => id)).toContain(Number(location.split('/').at(-1)));
  });

  it.each([
    [{ kind: 'format-disk' }, 400],
    [{ kind: 'programme' }, 400],
    [{ kind: 'programme', input: { budgetEur: -1 } }, 400],
    [[], 400],
  ])('refuse %j', async (body, status) => {
    expect((await postJson(jobs, body)).status).toBe(status);
  });

  it.each(['', '/events', '/file'])('say that there is no such job%s', async (path) => {
    for (const id of ['999999', 'x', '-1', '1e30'])
      expect(codeOf(await call(`${jobs}/${id}${path}`))).toEqual([404, 'unknown-job']);
  });
});
