import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../app/context.ts';
import { isStoreAway } from '../app/open.ts';
import { message, type Message } from '../core/message.ts';
import type { Failure, Result } from '../core/result.ts';
import { type JobEnd, type JobHandler, jobHandlers } from './handlers.ts';

type WorkerOptions = {
  readonly handlers?: Readonly<Record<string, JobHandler>>;
  /** A worker that has said nothing for this long is taken to be dead, s. */
  readonly leaseSeconds?: number;
  /** Wait between two looks when there was nothing to do, ms. */
  readonly everyMs?: number;
  /** Wait after the nth attempt that failed, s. */
  readonly waitSeconds?: (attempt: number) => number;
  readonly onFailure?: (error: unknown) => void;
};

type Repositories = Parameters<Parameters<AppContext['store']['transaction']>[0]>[0];
type Job = NonNullable<Awaited<ReturnType<AppContext['store']['jobs']['get']>>>;

const lost: Failure = {
  code: 'job-worker-lost',
  message: message(
    'Le programme s’est arrêté pendant chaque essai de cette tâche, sans dire pourquoi (mémoire, coupure). Rien n’a été gardé.',
    'The program stopped during every attempt at this job without saying why (memory, power). Nothing was kept.',
  ),
};

const unexpected: Failure = {
  code: 'job-failed',
  message: message(
    'La tâche s’est arrêtée sur une erreur inattendue ; rien n’a été gardé. Le journal du serveur la décrit.',
    'The job stopped on an unexpected error; nothing was kept. The server’s log describes it.',
  ),
};

/** The job is another worker's by now, or was cancelled: what was computed is thrown away. */
class NoLongerOurs extends Error {}

/** Takes what was written by a job that came to nothing back. */
class Undone extends Error {
  readonly end: Result<JobEnd>;
  constructor(end: Result<JobEnd>) {
    super('a job that was not concluded');
    this.end = end;
  }
}

/** 5 s, 20 s, 80 s… at most ten minutes, so that workers that fail together do not come back together. */
const defaultWait = (attempt: number): number =>
  Math.min(600, 5 * 4 ** (attempt - 1)) * (1 + 0.2 * Math.random());

/** Within this time a job that was cancelled is noticed, ms. */
const noticeMs = 2000;

/** Tells the queue how far a job is, and that we live, until `stop`; aborts `ours` once the job is not ours. */
const heartbeat = (
  { store }: AppContext,
  { id, attempts }: Job,
  leaseSeconds: number,
  ours: AbortController,
): {
  readonly tell: (share: number, step: Message) => void;
  readonly keep: (at: object) => void;
  readonly stop: () => Promise<void>;
} => {
  let [share, step]: [number, Message | undefined] = [0, undefined];
  let latest: object | undefined;
  let toldMs = 0;
  let telling: Promise<void> = Promise.resolve();
  const beat = async (): Promise<void> => {
    const said = { attempt: attempts, forSeconds: leaseSeconds, ...(step === undefined ? {} : { step }) };
    try {
      if (!(await store.jobs.progress(id, share, said))) ours.abort(new NoLongerOurs());
    } catch (error) {
      // While the database is away the lease runs on: if it ends, another worker has the job.
      if (!isStoreAway(error)) ours.abort(error);
    }
  };
  const keepLatest = async (): Promise<void> => {
    const at = latest;
    latest = undefined;
    if (at === undefined) return;
    try {
      await store.jobs.saveCheckpoint(id, attempts, at);
    } catch (error) {
      // A checkpoint that is not kept costs time alone.
      if (!isStoreAway(error)) ours.abort(error);
    }
  };
  const queue = (): void => {
    toldMs = Date.now();
    telling = telling.then(beat);
  };
  const timer = setInterval(queue, Math.min(noticeMs, (leaseSeconds * 1000) / 3));
  return {
    tell: (now, what) => {
      [share, step] = [now, what];
      if (Date.now() - toldMs > 500) queue();
    },
    keep: (at) => {
      const asked = latest === undefined;
      latest = at;
      // While one waits its turn, only the newest of those that follow is worth keeping.
      if (asked) telling = telling.then(keepLatest);
    },
    stop: async () => {
      clearInterval(timer);
      await telling;
    },
  };
};

const runJob = async (
  context: AppContext,
  job: Job,
  handler: JobHandler,
  stopping: AbortSignal,
  { leaseSeconds, waitSeconds, onFailure }: Required<Omit<WorkerOptions, 'handlers' | 'everyMs'>>,
): Promise<void> => {
  const { store } = context;
  const { id, attempts: attempt } = job;
  const ours = new AbortController();
  const beats = heartbeat(context, job, leaseSeconds, ours);
  const signal = AbortSignal.any([ours.signal, stopping]);
  const fail = async (failed: Failure, passing: boolean, error: string): Promise<void> => {
    const again = passing && (job.mostAttempts === undefined || attempt < job.mostAttempts);
    await store.jobs.fail(id, error, {
      failure: failed,
      attempt,
      ...(again ? { againInSeconds: waitSeconds(attempt) } : {}),
    });
  };
  let letGo: (() => Promise<void>) | undefined;
  const conclude = async (inside: Repositories, end: JobEnd): Promise<void> => {
    const { refused } = end;
    // The job's row is locked here: who comes second finds it ended.
    const isOurs =
      refused === undefined
        ? await inside.jobs.finish(id, {}, attempt)
        : await inside.jobs.fail(id, refused.message.en, { failure: refused, attempt });
    if (!isOurs) throw new NoLongerOurs();
    await inside.jobs.setResult(id, await end.keep(inside, id));
  };
  /** Works on a store; what it comes to is kept by `concluding`, unless it has been told to stop. */
  const work = async (
    own: AppContext,
    concluding: (end: JobEnd) => Promise<void>,
  ): Promise<Result<JobEnd>> => {
    const from = await store.jobs.checkpoint(id);
    // Who listens to a signal that was given already hears nothing.
    signal.throwIfAborted();
    const end = await handler.run(own, job.input, {
      jobId: id,
      signal,
      ...(from === undefined ? {} : { from }),
      checkpoint: beats.keep,
      onProgress: (done, total, label) => beats.tell(total === 0 ? 0 : done / total, label),
    });
    if (end.ok) letGo = end.value.drop;
    await beats.stop();
    if (end.ok && !stopping.aborted) await concluding(end.value);
    return end;
  };
  /** The same in one transaction, of which nothing is left unless it was concluded. */
  const workInside = (): Promise<Result<JobEnd>> =>
    store
      .within(async (inside) => {
        const end = await work({ ...context, store: inside }, (ended) => conclude(inside, ended));
        if (!end.ok || stopping.aborted) throw new Undone(end);
        return end;
      })
      .catch((error: unknown) => {
        if (error instanceof Undone) return error.end;
        throw error;
      });
  try {
    const end =
      handler.inTransaction?.(job.input) === true
        ? await workInside()
        : await work(context, (ended) => store.transaction((inside) => conclude(inside, ended)));
    if (stopping.aborted) return await store.jobs.release(id, attempt);
    if (!end.ok)
      return await fail(end.error, handler.passing?.includes(end.error.code) ?? false, end.error.message.en);
  } catch (error) {
    await beats.stop();
    if (error instanceof NoLongerOurs || ours.signal.reason instanceof NoLongerOurs) return;
    if (stopping.aborted) return await store.jobs.release(id, attempt);
    onFailure(error);
    await fail(unexpected, true, error instanceof Error ? error.message : String(error));
  } finally {
    await letGo?.();
  }
};

/**
 * Works off the queue, one job after the other, for as long as the process lives; any number of workers on any number
 * of hosts share it. A job whose worker dies is taken over once its lease has passed, and the transaction that ends a
 * job is the one that keeps its work: it counts once. Gives the function that stops the worker; what it was doing goes
 * back into the queue.
 */
export const startWorker = (context: AppContext, options: WorkerOptions = {}): (() => Promise<void>) => {
  const handlers: Readonly<Record<string, JobHandler>> = options.handlers ?? jobHandlers;
  const { leaseSeconds = 60, everyMs = 1000 } = options;
  const { waitSeconds = defaultWait, onFailure = () => undefined } = options;
  const kinds = Object.keys(handlers);
  const stop = new AbortController();
  const workFor = async (organisationId: number): Promise<boolean> => {
    const own = { ...context, store: await context.store.forOrganisation(organisationId) };
    await own.store.jobs.failLost(kinds, lost);
    const job = await own.store.jobs.claim(kinds, leaseSeconds);
    const handler = job === undefined ? undefined : handlers[job.kind];
    if (job === undefined || handler === undefined) return false;
    await runJob(own, job, handler, stop.signal, { leaseSeconds, waitSeconds, onFailure });
    return true;
  };
  const look = async (): Promise<boolean> => {
    let worked = false;
    for (const id of await context.store.identities.organisationsWithJobs(kinds)) {
      if (stop.signal.aborted) return worked;
      worked = (await workFor(id)) || worked;
    }
    return worked;
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let worked = false;
      try {
        worked = await look();
      } catch (error) {
        onFailure(error);
      }
      if (!worked)
        await sleep(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
};
