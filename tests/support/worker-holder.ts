import { setTimeout as sleep } from 'node:timers/promises';
import { startLedger } from '#app/clock.ts';
import { message } from '#core/message.ts';
import { ok } from '#core/result.ts';
import type { JobHandler } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { openStore } from '#store/index.ts';

/** A process that works off jobs of kind `try`, each of which keeps one programme, and says what it begins and ends. */
const [, , databaseUrl = '', leaseSeconds = '1'] = process.argv;
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
startWorker(
  { store, nowMs: () => Date.now(), startLedger },
  { handlers: { try: handler }, leaseSeconds: Number(leaseSeconds), everyMs: 50 },
);
process.stdout.write('ready\n');
// The worker's own timers keep no process alive.
setInterval(() => undefined, 60_000);
