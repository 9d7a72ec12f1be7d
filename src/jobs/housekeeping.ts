import type { AppContext } from '../app/context.ts';
import { applyRetention, RECLAIM, type Retention } from '../app/personal-data.ts';
import { forgetChanges } from '../app/changes.ts';
import { forgetJobFiles } from '../app/jobs.ts';
import { forgetKeptViews } from '../app/kept-view.ts';
import { everyOrganisation } from '../app/organisations.ts';
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

/** Applies the retention period to one organisation, as a job of its queue; says whether tables are to be written anew. */
const keepHouse = async (
  context: AppContext,
  days: number,
): Promise<{ readonly done: Retention; readonly reclaims: readonly number[] }> => {
  const { jobs } = context.store;
  const added = await jobs.add(KIND, { days });
  // A run that died is taken over, and the new one is not needed.
  const job = await jobs.claim([KIND]);
  const id = job?.id ?? added;
  if (id !== added) await jobs.cancel(added);
  try {
    const done = await applyRetention(context, days);
    await forgetChanges(context);
    await forgetJobFiles(context);
    await forgetKeptViews(context);
    await context.store.answers.purge();
    const reclaims: number[] = [];
    for (let asked = await jobs.claim([RECLAIM]); asked !== undefined; asked = await jobs.claim([RECLAIM]))
      reclaims.push(asked.id);
    await jobs.finish(id, done);
    return { done, reclaims };
  } catch (error) {
    await jobs.fail(id, (error as Error).message);
    throw error;
  }
};

/**
 * Applies the retention period to the readings of dwellings in each organisation, then writes the tables anew, once,
 * where something was erased since last time. Running it again changes nothing. Fails with `retention-days`.
 */
export const runHousekeeping = async (
  context: AppContext,
  organisations?: readonly AppContext[],
): Promise<Result<Retention>> => {
  const days = retentionDays(process.env['STACOPTIM_RETENTION_DAYS']);
  if (!days.ok) return days;
  const runs: Retention[] = [];
  const asked: (() => Promise<boolean>)[] = [];
  for (const own of organisations ?? (await everyOrganisation(context))) {
    const { done, reclaims } = await keepHouse(own, days.value);
    runs.push(done);
    asked.push(...reclaims.map((id) => () => own.store.jobs.finish(id, {})));
  }
  if (asked.length > 0) await context.store.reclaim();
  for (const finish of asked) await finish();
  const [first] = runs;
  if (first === undefined) throw new Error('an installation has at least the local organisation');
  return ok({
    before: first.before,
    meters: runs.reduce((sum, { meters }) => sum + meters, 0),
    readings: runs.reduce((sum, { readings }) => sum + readings, 0),
  });
};

/** True when a day has passed since the last housekeeping that came to its end. */
const isDue = async ({ store, nowMs }: AppContext): Promise<boolean> => {
  const [last] = await store.jobs.list({ state: 'done', kind: KIND, limit: 1 });
  return last === undefined || nowMs() - last.createdMs >= DAY_MS;
};

/** The organisations that no housekeeping has come to its end in for a day. */
const dueOrganisations = async (context: AppContext): Promise<AppContext[]> => {
  const due: AppContext[] = [];
  for (const own of await everyOrganisation(context)) if (await isDue(own)) due.push(own);
  return due;
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
      const due = await dueOrganisations(context);
      if (due.length === 0) return;
      const done = await runHousekeeping(context, due);
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
