import type { AppContext } from '../app/context.ts';
import { applyRetention, RECLAIM, type Retention } from '../app/personal-data.ts';
import { defaultRetentionDays } from '../app/privacy.ts';
import { failure, ok, type Result } from '../core/result.ts';

const KIND = 'housekeeping';
const DAY_MS = 86_400_000;
const checkMs = 600_000;

/** The retention period of this installation, days. Fails with `retention-days` when the setting is none. */
const retentionDays = (text: string | undefined): Result<number> => {
  if (text === undefined || text === '') return ok(defaultRetentionDays);
  const days = Number(text);
  return Number.isInteger(days) && days > 0
    ? ok(days)
    : failure(
        'retention-days',
        `STACOPTIM_RETENTION_DAYS attend un nombre entier de jours ; reçu « ${text} ».`,
        `STACOPTIM_RETENTION_DAYS takes a whole number of days; got “${text}”.`,
      );
};

/**
 * Applies the retention period to the readings of dwellings, then writes the tables anew where something was erased
 * since last time. Running it again changes nothing. Fails with `retention-days`.
 */
export const runHousekeeping = async (context: AppContext): Promise<Result<Retention>> => {
  const days = retentionDays(process.env['STACOPTIM_RETENTION_DAYS']);
  if (!days.ok) return days;
  const { store } = context;
  const added = await store.jobs.add(KIND, { days: days.value });
  // A run that died is taken over, and the new one is not needed.
  const job = await store.jobs.claim([KIND]);
  const id = job?.id ?? added;
  if (id !== added) await store.jobs.cancel(added);
  try {
    const done = await applyRetention(context, days.value);
    let asked = await store.jobs.claim([RECLAIM]);
    if (asked !== undefined) await store.reclaim();
    for (; asked !== undefined; asked = await store.jobs.claim([RECLAIM]))
      await store.jobs.finish(asked.id, {});
    await store.jobs.finish(id, done);
    return ok(done);
  } catch (error) {
    await store.jobs.fail(id, (error as Error).message);
    throw error;
  }
};

/** True when a day has passed since the last housekeeping that came to its end. */
const isDue = async ({ store, nowMs }: AppContext): Promise<boolean> => {
  const [last] = await store.jobs.list({ state: 'done', kind: KIND, limit: 1 });
  return last === undefined || nowMs() - last.createdMs >= DAY_MS;
};

/**
 * Runs the housekeeping once a day for as long as the server lives, by itself; gives the function that stops it. What
 * fails is told to `onFailure` and tried again at the next look, ten minutes later.
 */
export const scheduleHousekeeping = (
  context: AppContext,
  onFailure: (error: unknown) => void,
  everyMs = checkMs,
): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      if (!(await isDue(context))) return;
      const done = await runHousekeeping(context);
      if (!done.ok) onFailure(new Error(done.error.message.en));
    } catch (error) {
      onFailure(error);
    }
  };
  const start = (): void => {
    running = running.then(look);
  };
  start();
  const timer = setInterval(start, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
};
