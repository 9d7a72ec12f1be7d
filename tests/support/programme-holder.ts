import { setTimeout as sleep } from 'node:timers/promises';
import { withSolverThread } from '#app/solver-thread.ts';
import { startLedger } from '#app/clock.ts';
import { ok } from '#core/result.ts';
import { type JobHandler, searchCheckpointSchema } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { openStore } from '#store/index.ts';
import { optimiseProgramme } from '#target/index.ts';
import { manyRounds } from './many-rounds.ts';

/**
 * A process that works off jobs of kind `plan`: a simulated landlord's programme. With `stall` it says `kept` once a plan is in its
 * checkpoint and then goes no further, for whoever kills it.
 */
const [, , databaseUrl = '', way = ''] = process.argv;
const store = await openStore({ databaseUrl, dataDir: '' });
const problem = manyRounds(200, 21);
const handler: JobHandler = {
  run: async (_context, _input, { from, checkpoint }) => {
    const known = searchCheckpointSchema.safeParse(from).data;
    process.stdout.write(`from ${known?.choices.length ?? 'nothing'}\n`);
    let asked = 0;
    const plan = await withSolverThread(undefined, (solver) =>
      optimiseProgramme(problem, {
        solver: async (model, limits) => {
          asked += 1;
          return solver(model, limits);
        },
        nowMs: () => performance.now(),
        relativeGap: 0.005,
        ...(known === undefined ? {} : { from: known }),
        checkpoint,
      }),
    );
    if (!plan.ok) return plan;
    if (way === 'stall') {
      // What was asked to be kept is on its way to the database.
      await sleep(500);
      process.stdout.write('kept\n');
      await sleep(600_000);
    }
    const { choices, gapPercent } = plan.value;
    return ok({ keep: async () => ({ asked, gapPercent, buildings: choices.length }) });
  },
};
startWorker(
  { store, nowMs: () => Date.now(), startLedger },
  { handlers: { plan: handler }, leaseSeconds: 1, everyMs: 50 },
);
setInterval(() => undefined, 60_000);
