import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPostmaster } from '#store/embedded/postmaster.ts';
import { isRetryable, openStore } from '#store/index.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const writerScript = join(import.meta.dirname, '../support/ingest-holder.ts');
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Five rounds by default; the long campaign sets fifty. */
const rounds = Number(process.env['STACOPTIM_KILL_ROUNDS'] ?? 5);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacoptim-durability-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const postmasterPid = (): number => readPostmaster(join(folder, 'cluster', 'data'))?.pid ?? 0;

/** Runs a writer, kills it and every second time its server too, and gives the batches it had acknowledged. */
const writeUntilKilled = async (
  meterId: string,
  firstDay: number,
  killServer: boolean,
): Promise<{ day: number; days: number }[]> => {
  const writer = spawn(process.execPath, [writerScript, folder, meterId, String(firstDay)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: { day: number; days: number }[] = [];
  const lines = createInterface({ input: writer.stdout });
  lines.on('line', (line) => {
    const [day = 0, days = 0] = line.split(' ').map(Number);
    acknowledged.push({ day, days });
  });
  await once(lines, 'line');
  await sleep(Math.random() * 400);
  const server = postmasterPid();
  writer.kill('SIGKILL');
  if (killServer) process.kill(server, 'SIGKILL');
  await once(writer, 'close');
  return acknowledged;
};

describe('durability', () => {
  it(`keeps every acknowledged reading, once, through ${rounds} kills`, {
    timeout: 20_000 * rounds,
  }, async () => {
    const first = await openStore({ dataDir: folder });
    await first.buildings.save(sampleBuilding('durable'));
    await first.meters.save(sampleMeter('durable-gas', 'durable'));
    await first.close();

    const acknowledged: { day: number; days: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const lastDay = acknowledged.at(-1)?.day ?? -60;
      acknowledged.push(...(await writeUntilKilled('durable-gas', lastDay + 60, round % 2 === 1)));

      const store = await openStore({ dataDir: folder });
      const stored = await store.readings.read('durable-gas');
      await store.close();
      const byInstant = new Map(Array.from(stored.startMs, (start, i) => [start, stored.energyKwh[i]]));
      expect(byInstant.size).toBe(stored.startMs.length);
      const lost = acknowledged
        .flatMap(({ day, days }) =>
          Array.from({ length: days * 24 }, (_, hour) => ({
            start: day * dayMs + hour * hourMs,
            value: day * 24 + hour,
          })),
        )
        .filter(({ start, value }) => byInstant.get(start) !== value);
      expect(lost).toEqual([]);
    }
  });

  it('fails with a retryable error while the server is gone, then works again on the same store', async () => {
    const store = await openStore({ dataDir: folder });
    try {
      await store.buildings.save(sampleBuilding('restart'));
      await store.meters.save(sampleMeter('restart-gas', 'restart'));
      await store.readings.upsert(
        'restart-gas',
        hours(0, 24, () => 1),
      );
      const before = postmasterPid();
      process.kill(before, 'SIGKILL');
      const errors: unknown[] = [];
      const more = hours(0, 48, () => 2);
      const write = (): Promise<unknown> =>
        store.readings.upsert('restart-gas', more).catch((error: unknown) => {
          errors.push(error);
          return undefined;
        });
      // A session may outlive its killed server for a moment, so that the first writes still succeed.
      for (let written = false; !written || errors.length === 0; ) {
        written = (await write()) !== undefined;
        await sleep(20);
      }
      expect(errors.filter((error) => !isRetryable(error))).toEqual([]);
      expect(errors[0]).toMatchObject({ failure: { code: 'database-away' } });
      expect(await store.ping()).toBe(true);
      expect(postmasterPid()).not.toBe(before);
      expect((await store.readings.read('restart-gas')).energyKwh).toEqual(more.energyKwh);
      expect(await store.readings.replaced('restart-gas')).toHaveLength(24);
    } finally {
      await store.close();
    }
  });
});
