import type { AppContext } from '../app/context.ts';
import type { Progress } from '../app/progress.ts';
import { correctStock } from '../app/correct-stock.ts';
import { type Retrained, retrain } from '../app/train.ts';
import { message } from '../core/message.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';

const KIND = 'retrain';

/**
 * The nightly job of one organisation: retrains every meter with new readings, measures the works and learns from them, as one job of the queue, so that a second run at the same
 * time is refused and a run that died is taken over once its lease has passed. Running it again changes nothing
 * until readings arrive. Fails with `retrain-running`.
 */
export const runNightly = async (
  context: AppContext,
  progress: Progress,
): Promise<Result<readonly Retrained[]>> => {
  const { jobs } = context.store;
  await jobs.add(KIND, {});
  const job = await jobs.claim([KIND]);
  if (job === undefined) throw new Error('A job just added can be claimed');
  const others = (await jobs.list({ state: 'running' })).filter(
    ({ kind, id }) => kind === KIND && id !== job.id,
  );
  // A dead run is older than ours, so `claim` would have given it first: what still runs is alive.
  if (others.length > 0) {
    await jobs.cancel(job.id);
    return failure(
      'retrain-running',
      'Un réapprentissage est déjà en cours sur cette base. Attendez qu’il finisse.',
      'A retraining is already running on this database. Wait until it ends.',
    );
  }
  try {
    const results = await retrain(context, async (done, total, meterId) => {
      progress(done, total, message(`réapprendre : ${meterId}`, `retrain: ${meterId}`));
      await jobs.progress(job.id, done / total);
    });
    // New readings have moved the savings, and with them what the stock has learnt.
    const corrected = await correctStock(context, undefined, async () => {
      await jobs.progress(job.id, 1);
    });
    if (!corrected.ok) throw new Error(corrected.error.message.en);
    await jobs.finish(job.id, { meters: results.map(({ meterId, outcome }) => ({ meterId, outcome })) });
    return ok(results);
  } catch (error) {
    await jobs.fail(job.id, (error as Error).message);
    throw error;
  }
};

/** One organisation's night. */
export type Night = {
  readonly organisation: string;
  readonly meters: readonly Retrained[];
  /** Why the whole organisation was passed over; absent when it was not. */
  readonly refused?: Failure;
};

/** The night of every organisation of the database, one after the other; one that cannot be done never stops the others. */
export const runNights = async (context: AppContext, progress: Progress): Promise<readonly Night[]> => {
  const nights: Night[] = [];
  for (const { id, name } of await context.store.identities.organisations()) {
    const store = await context.store.forOrganisation(id);
    const run = await runNightly({ ...context, store }, progress);
    nights.push(
      run.ok
        ? { organisation: name, meters: run.value }
        : { organisation: name, meters: [], refused: run.error },
    );
  }
  return nights;
};

/** True when somebody must look at what the night left. */
export const needsLook = ({ meters, refused }: Night): boolean =>
  refused !== undefined || meters.some(({ outcome }) => outcome === 'failed');
