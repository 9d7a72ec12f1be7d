import { replayRequest } from '#api/replay.ts';
import { startLedger } from '#app/clock.ts';
import { requestHandlers } from '#jobs/requests.ts';
import { startWorker } from '#jobs/worker.ts';
import { openStore } from '#store/index.ts';

/** A process that makes calls that were put off, says when one has written, and never comes to its end. */
const [, , databaseUrl = ''] = process.argv;
const store = await openStore({ databaseUrl, dataDir: '' });
const handlers = requestHandlers(async (...asked) => {
  await replayRequest(...asked);
  process.stdout.write('written\n');
  return new Promise(() => undefined);
});
startWorker({ store, nowMs: () => Date.now(), startLedger }, { handlers, leaseSeconds: 1, everyMs: 50 });
// The worker's own timers keep no process alive.
setInterval(() => undefined, 60_000);
