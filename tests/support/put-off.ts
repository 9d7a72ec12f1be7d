import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { replayRequest } from '#api/replay.ts';
import { startLedger } from '#app/clock.ts';
import { type JobView, jobSchema } from '#app/jobs-views.ts';
import type { Replay } from '#app/request-jobs.ts';
import { requestHandlers } from '#jobs/requests.ts';
import { startWorker } from '#jobs/worker.ts';
import type { Store } from '#store/index.ts';
import { type Answer, call, openApi, type TestApi } from './api.ts';
import { sampleTwin } from './sample-twin.ts';
import { sampleBuilding, sampleMeter } from './samples.ts';

/** However busy the machine is. */
export const soon = { timeout: 30_000, interval: 20 };
export const later = { prefer: 'respond-async' };

/** A reading of a day of January 2025 as a call sends it. */
export const readings = (kwh: number, day = '01') => ({
  readings: [{ start: `2025-01-${day}T00:00:00+01:00`, end: `2025-01-${day}T23:00:00+01:00`, kwh }],
});

/** The status and the code of a refusal. */
export const told = ({ status, body }: Answer): [number, string | undefined] => [
  status,
  (body as { error?: { code: string } }).error?.code,
];

/** A guarded API over a store with two buildings, and what calls that are put off need: there before the first test, gone after the last. */
export const putOffCalls = (store: () => Store) => {
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
  const heldKwh = async (): Promise<number[]> => [...(await store().readings.read('gas')).energyKwh];

  return {
    api: () => api,
    elsewhere: () => elsewhere,
    keys,
    stops,
    work,
    send,
    begin,
    jobOf,
    ended,
    answerOf,
    heldKwh,
  };
};
