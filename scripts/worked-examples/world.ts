import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { guardedAccess } from '#api/access.ts';
import { replayRequest } from '#api/replay.ts';
import { listen } from '#api/server.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { correctStock } from '#app/correct-stock.ts';
import { loadNewReadings, loadStock } from '#app/load-stock.ts';
import { defaultSettings } from '#app/settings.ts';
import { refreshStockFigures } from '#app/stock-figures.ts';
import { retrain } from '#app/train.ts';
import { startWebhooks } from '#jobs/deliver-webhooks.ts';
import { jobHandlers } from '#jobs/handlers.ts';
import { requestHandlers } from '#jobs/requests.ts';
import { startWorker } from '#jobs/worker.ts';
import type { Store } from '#store/index.ts';

const sample = join(import.meta.dirname, '../../buildings');
/** A block of flats and a gymnasium: readings by days, so that every model of theirs is quick to fit. */
const chosen = ['residence-1972', 'gymnase-1978'] as const;
const FIRST_UNTIL_MS = Date.UTC(2024, 8, 30, 22);
/** From here on the gymnasium is made to take twice what it did, so that the night has something to tell. */
const FAULT_FROM_MS = Date.UTC(2024, 10, 14, 23);
const CLOCK_MS = Date.UTC(2025, 0, 2, 3);

/** Where the examples happen: two buildings of the sample stock behind a server, an empty organisation, and a receiver of changes. */
export type World = {
  readonly url: string;
  /** The same with the clock of today: keys and links end by the clock of the database. */
  readonly urlToday: string;
  /** The key of an administrator of the stock, and of one of an organisation that holds nothing. */
  readonly key: string;
  readonly emptyKey: string;
  /** Where a receiver of changes listens. */
  readonly hook: string;
  /** The model that a building of the sample stock was read from. */
  readonly modelOf: (building: string) => Uint8Array<ArrayBuffer>;
  /** Keeps a model of a meter that the gate has not let in, as a night does: the one in force, fitted again. Gives its number. */
  readonly addCandidate: (meterId: string) => Promise<number>;
  /** Works until `done`: nothing works in between, so that a job is still waiting when an example says so. */
  readonly workUntil: (done: () => Promise<boolean>) => Promise<void>;
  /** Sends changes to receivers until one has come. */
  readonly deliver: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const openReceiver = async () => {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      received += 1;
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: () => received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The sample buildings once round the loop, with what `run` gives of the demo and a fault in the last weeks. */
const fill = async (context: AppContext): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-examples-'));
  try {
    cpSync(sample, folder, { recursive: true });
    const file = join(folder, 'stock.json');
    const stock = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify({ ...stock, buildings: chosen }));
    const loaded = await loadStock(context, folder, { untilMs: FIRST_UNTIL_MS, progress: () => undefined });
    if (!loaded.ok) throw new Error(loaded.error.message.en);
    await retrain(context);
    const arrived = await loadNewReadings(context, folder, loaded.value.stock);
    if (!arrived.ok) throw new Error(arrived.error.message.en);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const meter = 'gymnase-1978-gas';
  const { startMs, endMs, energyKwh } = await context.store.readings.read(meter, FAULT_FROM_MS, CLOCK_MS);
  await context.store.readings.upsert(meter, { startMs, endMs, energyKwh: energyKwh.map((kwh) => 2 * kwh) });
  await retrain(context);
  const corrected = await correctStock(context);
  if (!corrected.ok) throw new Error(corrected.error.message.en);
  await refreshStockFigures(context, Number.POSITIVE_INFINITY);
};

/** Fills an empty store and opens the API over it. */
export const openWorld = async (store: Store): Promise<World> => {
  const began = Date.now();
  const nowMs = (): number => CLOCK_MS + Date.now() - began;
  const settings = { ...defaultSettings, webhookNetworks: ['127.0.0.1'] };
  const context: AppContext = { store, nowMs, startLedger, settings };
  await fill(context);
  const keyOf = async (organisationId: number): Promise<string> =>
    (
      await store.identities.addKey({
        organisationId,
        role: 'administrator',
        name: 'C. Martin',
        createdBy: 'stacoptim',
      })
    ).key;
  const receiver = await openReceiver();
  const access = guardedAccess(store.identities);
  const then = await listen(context, '127.0.0.1', 0, access);
  const today = await listen({ ...context, nowMs: () => Date.now() }, '127.0.0.1', 0, access);
  return {
    url: then.url,
    urlToday: today.url,
    key: await keyOf(1),
    emptyKey: await keyOf(await store.identities.addOrganisation('elsewhere')),
    hook: receiver.url,
    modelOf: (building) => new Uint8Array(readFileSync(join(sample, building, 'model.ifc'))),
    addCandidate: async (meterId) => {
      const inForce = await store.models.current(meterId);
      if (inForce?.window === undefined) throw new Error(`no live model of ${meterId}`);
      const { record, dataHash, window } = inForce;
      return store.models.add({ meterId, role: 'live', record, dataHash, window });
    },
    workUntil: async (done) => {
      const stop = startWorker(context, {
        handlers: { ...jobHandlers, ...requestHandlers(replayRequest) },
        everyMs: 20,
      });
      await until(done);
      await stop();
    },
    deliver: async () => {
      const before = receiver.received();
      const stop = startWebhooks(context, (error) => Promise.reject(error), { everyMs: 20 });
      await until(() => receiver.received() > before);
      await stop();
    },
    close: async () => {
      receiver.close();
      for (const { server } of [then, today]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
};
