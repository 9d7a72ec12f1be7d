import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardedAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import { startLedger } from '#app/clock.ts';
import { message } from '#core/message.ts';
import { ok } from '#core/result.ts';
import type { JobHandler } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { openStore } from '#store/index.ts';

/**
 * A host of its own as far as a network sees one: it listens on its address, its connections to the database leave from there, and it works off
 * jobs of kind `try`, each of which keeps one programme; it says what it begins.
 */
const [, , databaseUrl = '', leaseSeconds = '1', address = '127.0.0.1'] = process.argv;
const connect = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => Socket;
Socket.prototype.connect = function leaveFromOwnAddress(this: Socket, ...given: unknown[]) {
  const [port, host, ...rest] = given;
  const to = typeof host === 'string' ? [{ port, host, localAddress: address }, ...rest] : given;
  return Reflect.apply(connect, this, to);
};
const store = await openStore({ databaseUrl, dataDir: '' });
const handler: JobHandler = {
  run: async (_context, input, { onProgress, signal }) => {
    const { n } = input as { n: number };
    process.stdout.write(`begin ${n}\n`);
    for (let step = 0; step < 5; step += 1) {
      await sleep(10, undefined, { signal });
      onProgress(step, 5, message('essai', 'try'));
    }
    return ok({
      keep: async (inside) => {
        const programmeId = await inside.programmes.add({ n });
        // A moment in which to die with the work half kept.
        await sleep(10);
        return { programmeId };
      },
    });
  },
};
const context = { store, nowMs: () => Date.now(), startLedger };
const { url } = await listen(context, address, 0, guardedAccess(store.identities));
startWorker(context, { handlers: { try: handler }, leaseSeconds: Number(leaseSeconds), everyMs: 50 });
process.stdout.write(`listens ${url}\n`);
