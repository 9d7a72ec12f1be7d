import type { AppContext } from '../app/context.ts';
import { addJob } from '../app/jobs.ts';
import { everyOrganisation } from '../app/organisations.ts';

const checkMs = 60_000;

/** The last time that it was that time of day, local to this computer. */
const lastDue = (nowMs: number, [hour, minute]: readonly [hour: number, minute: number]): number => {
  const due = new Date(nowMs);
  due.setHours(hour, minute, 0, 0);
  if (due.getTime() > nowMs) due.setDate(due.getDate() - 1);
  return due.getTime();
};

/** Puts the night of each organisation into the queue that has had none since it was due last. */
const queueDue = async (context: AppContext, at: readonly [number, number]): Promise<void> => {
  const due = lastDue(context.nowMs(), at);
  for (const own of await everyOrganisation(context)) {
    const [last] = await own.store.jobs.list({ kind: 'retraining', limit: 1 });
    if (last !== undefined && last.createdMs >= due) continue;
    const added = await addJob(own, { kind: 'retraining', input: {} }, 'stacoptim serve');
    if (!added.ok) throw new Error(added.error.message.en);
  }
};

/**
 * Puts the nightly retraining of every organisation into the queue once a day, at a time of day, for as long as the server lives; gives the
 * function that stops it. A night that was due while no server ran is made up for at the start. What fails is told to `onFailure`
 * and tried again at the next look. Two servers may both ask: the second finds nothing left to do.
 */
export const scheduleNights = (
  context: AppContext,
  at: readonly [hour: number, minute: number],
  onFailure: (error: unknown) => void,
  everyMs = checkMs,
): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  const look = (): void => {
    running = running.then(() => queueDue(context, at)).catch(onFailure);
  };
  look();
  const timer = setInterval(look, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
};
