import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPostmaster } from '#store/embedded/postmaster.ts';
import { openStore, type Store } from '#store/index.ts';
import { type Answer, openApi, postJson, type TestApi } from '../support/api.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const hourMs = 3_600_000;
const writers = 4;

describe('the database restarted under load', () => {
  let folder = '';
  let store: Store;
  let api: TestApi;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stacoptim-restart-'));
    store = await openStore({ dataDir: folder });
    api = await openApi(store);
    await store.buildings.save(sampleBuilding('b'));
  });
  afterAll(async () => {
    await api.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const postmaster = (): number => readPostmaster(join(folder, 'cluster', 'data'))?.pid ?? 0;

  const readingsAt = (hour: number) => ({
    readings: Array.from({ length: 24 }, (_, i) => ({
      start: new Date((hour + i) * hourMs).toISOString(),
      end: new Date((hour + i + 1) * hourMs).toISOString(),
      kwh: hour + i,
    })),
  });

  it.each([
    ['stopped', 'SIGINT'],
    ['killed', 'SIGKILL'],
  ] as const)(
    'answers 503 with a time to try again when it is %s, and loses nothing',
    async (_name, signal) => {
      const refusals: Answer[] = [];
      const acknowledged = new Map<string, number[]>();
      const load = new AbortController();
      const write = async (writer: number): Promise<void> => {
        const id = `gas-${signal}-${writer}`;
        const kept: number[] = [];
        acknowledged.set(id, kept);
        for (let hour = 0; !load.signal.aborted; ) {
          const answer = await postJson(`${api.url}v1/meters/${id}/readings`, readingsAt(hour));
          if (answer.status === 200) {
            kept.push(hour);
            hour += 24;
          } else {
            refusals.push(answer);
            await sleep(20);
          }
        }
      };
      for (let writer = 0; writer < writers; writer += 1)
        await store.meters.save(sampleMeter(`gas-${signal}-${writer}`, 'b'));
      const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
      await expect
        .poll(() => Math.min(...[...acknowledged.values()].map((kept) => kept.length)), { timeout: 20_000 })
        .toBeGreaterThan(2);

      const before = postmaster();
      process.kill(before, signal);
      await expect.poll(() => refusals.length, { timeout: 20_000 }).toBeGreaterThan(0);
      // The server comes back by itself, and the same calls then succeed.
      const done = () => [...acknowledged.values()].map((kept) => kept.length);
      await expect.poll(() => store.ping(), { timeout: 20_000 }).toBe(true);
      const then = done();
      await expect
        .poll(() => done().every((count, writer) => count > (then[writer] ?? 0) + 2), { timeout: 20_000 })
        .toBe(true);
      load.abort();
      await writing;

      expect(postmaster()).not.toBe(before);
      for (const { status, headers, body } of refusals) {
        expect(status).toBe(503);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(body).toMatchObject({ error: { code: 'database-away' } });
      }
      for (const [id, kept] of acknowledged) {
        const { startMs, energyKwh } = await store.readings.read(id);
        expect(new Set(startMs).size).toBe(startMs.length);
        const stored = new Map(Array.from(startMs, (start, i) => [start / hourMs, energyKwh[i]]));
        const lost = kept.flatMap((hour) =>
          Array.from({ length: 24 }, (_, i) => hour + i).filter((at) => stored.get(at) !== at),
        );
        expect(lost).toEqual([]);
      }
    },
    60_000,
  );
});
