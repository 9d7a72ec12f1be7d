import { refreshStockFigures } from '../app/stock-figures.ts';
import { wallClockMs } from '../app/clock.ts';
import type { AppContext } from '../app/context.ts';
import { type Correction, correctStock } from '../app/correct-stock.ts';
import { ownFailure } from '../app/own-failure.ts';
import type { Progress } from '../app/progress.ts';
import { type Retrained, retrain } from '../app/train.ts';
import { message } from '../core/message.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';

const KIND = 'retrain';
/** The lease of a job is a minute: a long piece of work says in between that it lives. */
const HEARTBEAT_MS = 15_000;
/** Where it stands is written, and whether it was cancelled asked, this often at most: forty thousand meters would else each write it. */
const TOLD_MS = 500;

type NightDone = { readonly meters: readonly Retrained[]; readonly correction: Correction };

/** Takes the night's lock, as a job of the queue: a run that died is taken over, one that lives is left alone. */
const takeLock = async ({ store: { jobs } }: AppContext): Promise<number | undefined> => {
  const own = await jobs.add(KIND, {});
  const job = await jobs.claim([KIND]);
  if (job === undefined) throw new Error('A job just added can be claimed');
  // A run that died was older, and is the one that was claimed: it is done in its own job, and ours is not needed.
  if (job.id !== own) await jobs.cancel(own);
  const alive = (await jobs.list({ state: 'running', kind: KIND })).some(({ id }) => id < job.id);
  if (!alive) return job.id;
  await jobs.cancel(job.id);
  return undefined;
};

/**
 * The nightly job of one organisation: retrains every meter with new readings, measures the works and learns from them, as one job of the queue, so that a second run at the same
 * time is refused and a run that died is taken over once its lease has passed. Running it again changes nothing
 * until readings arrive. Fails with `retrain-running`, `retrain-cancelled`.
 */
export const runNightly = async (context: AppContext, progress: Progress): Promise<Result<NightDone>> => {
  const { jobs } = context.store;
  const id = await takeLock(context);
  if (id === undefined)
    return failure(
      'retrain-running',
      'Un réapprentissage est déjà en cours sur cette base. Attendez qu’il finisse.',
      'A retraining is already running on this database. Wait until it ends.',
    );
  let share = 0;
  let cancelled = false;
  let toldMs = Number.NEGATIVE_INFINITY;
  const alive = async (): Promise<void> => {
    toldMs = wallClockMs();
    cancelled ||= !(await jobs.progress(id, share));
  };
  const heart = setInterval(() => void alive().catch(() => undefined), HEARTBEAT_MS);
  const stopWhenCancelled = async (): Promise<void> => {
    if (wallClockMs() - toldMs >= TOLD_MS) await alive();
    if (cancelled) throw new Cancelled();
  };
  try {
    const meters = await retrain(context, async (done, total, meterId) => {
      progress(done, total, message(`réapprendre : ${meterId}`, `retrain: ${meterId}`));
      share = done / total;
      await stopWhenCancelled();
    });
    // New readings have moved the savings, and with them what the stock has learnt.
    const corrected = await correctStock(context, undefined, stopWhenCancelled);
    if (!corrected.ok) throw new Error(corrected.error.message.en);
    await refreshStockFigures(context, Number.POSITIVE_INFINITY, stopWhenCancelled);
    await jobs.finish(id, { meters: meters.map(({ meterId, outcome }) => ({ meterId, outcome })) });
    return ok({ meters, correction: corrected.value });
  } catch (error) {
    if (error instanceof Cancelled)
      return failure(
        'retrain-cancelled',
        'Le réapprentissage a été arrêté : ce qui était fait le reste, la prochaine nuit reprend.',
        'The retraining was stopped: what was done stays, the next night goes on.',
      );
    await jobs.fail(id, (error as Error).message);
    throw error;
  } finally {
    clearInterval(heart);
  }
};

class Cancelled extends Error {}

/** One organisation's night: what was done, or why the whole organisation was passed over. */
export type Night = { readonly organisationId: number; readonly organisation: string } & (
  | { readonly done: NightDone }
  | { readonly refused: Failure }
);

/** The night of every organisation of the database, one after the other; one that cannot be done never stops the others. */
export const runNights = async (context: AppContext, progress: Progress): Promise<readonly Night[]> => {
  const nights: Night[] = [];
  for (const { id, name } of await context.store.identities.organisations()) {
    const about = { organisationId: id, organisation: name };
    const tried = await ownFailure(async () =>
      runNightly({ ...context, store: await context.store.forOrganisation(id) }, progress),
    );
    const run = tried.ok ? tried.value : tried;
    nights.push(run.ok ? { ...about, done: run.value } : { ...about, refused: run.error });
  }
  return nights;
};
