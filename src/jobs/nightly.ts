import type { AppContext } from '../app/context.ts';
import type { Progress } from '../app/progress.ts';
import { type Retrained, retrain } from '../app/train.ts';
import { message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';

const KIND = 'retrain';

/**
 * The nightly job: retrains every meter with new readings, as one job of the queue, so that a second run at the same
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
    await jobs.finish(job.id, { meters: results.map(({ meterId, outcome }) => ({ meterId, outcome })) });
    return ok(results);
  } catch (error) {
    await jobs.fail(job.id, (error as Error).message);
    throw error;
  }
};
