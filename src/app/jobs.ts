import { z } from 'zod';
import type { Job } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { Download } from './export-building.ts';
import type { JobRequest, JobsQuery, JobView, WorkerJobKind } from './jobs-views.ts';
import { message } from '../core/message.ts';

/** Attempts after which a job fails for good. */
export const mostAttempts = 5;

/** How long the file that a job left can be fetched, days. */
const filesKeptDays = 7;
const DAY_MS = 86_400_000;

const iso = (ms: number): string => new Date(ms).toISOString();

const callSchema = z.object({ method: z.string(), path: z.string() });

const workerKinds = Object.keys({
  programme: true,
  front: true,
  'metering-plan': true,
  'stock-report': true,
  retraining: true,
  'organisation-export': true,
  'organisation-import': true,
  request: true,
} satisfies Readonly<Record<WorkerJobKind, true>>);

/** A worker looks every second, and says within a minute that it lives: a job that is due for longer has none. */
const mostUnseenS = 30;

const noWorker: JobView['notice'] = {
  code: 'no-worker',
  message: message(
    `Personne ne travaille à la file : cette tâche attend depuis plus de ${mostUnseenS} s et ne commencera pas d’elle-même. Sur le serveur, lancez « stacoptim work » à côté de « stacoptim serve », ou relancez « stacoptim serve » sans STACOPTIM_JOBS=off.`,
    `Nobody works off the queue: this job has waited for over ${mostUnseenS} s and will not begin by itself. On the server, start “stacoptim work” beside “stacoptim serve”, or start “stacoptim serve” again without STACOPTIM_JOBS=off.`,
  ),
};

const view = (job: Job, notice: JobView['notice'] = null): JobView => ({
  id: job.id,
  kind: job.kind,
  request: callSchema.safeParse(job.input).data ?? null,
  state: job.state,
  progress: job.progress,
  step: job.step ?? null,
  notice,
  attempts: job.attempts,
  mostAttempts: job.mostAttempts ?? null,
  nextAttemptAt: job.state === 'waiting' && job.attempts > 0 ? iso(job.runAfterMs) : null,
  failure: job.failure ?? null,
  result: job.result === undefined ? null : { ...job.result },
  createdBy: job.by ?? null,
  createdAt: iso(job.createdMs),
  finishedAt: job.finishedMs === undefined ? null : iso(job.finishedMs),
});

/** Jobs as they are shown, with what keeps those from going on that wait in vain. */
const viewAll = async ({ store }: AppContext, jobs: readonly Job[]): Promise<JobView[]> => {
  const waiting = jobs.filter(({ state }) => state === 'waiting').map(({ id }) => id);
  const left = new Set(
    waiting.length === 0 ? [] : await store.identities.jobsNobodyTakes(waiting, workerKinds, mostUnseenS),
  );
  return jobs.map((job) => view(job, left.has(job.id) ? noWorker : null));
};

const unknownJob = (id: number): Result<never> =>
  failure('unknown-job', `La tâche ${id} n’existe pas.`, `There is no job ${id}.`);

/** Puts work into the queue; a worker takes it up. Fails with `unknown-job` should it be gone at once. */
export const addJob = async (
  { store }: AppContext,
  { kind, input }: JobRequest,
  by: string,
): Promise<Result<JobView>> => {
  const id = await store.jobs.add(kind, input, { mostAttempts, by });
  const job = await store.jobs.get(id);
  return job === undefined ? unknownJob(id) : ok(view(job));
};

/** Fails with `unknown-job`. */
export const viewJob = async (context: AppContext, id: number): Promise<Result<JobView>> => {
  const job = await context.store.jobs.get(id);
  if (job === undefined) return unknownJob(id);
  const [shown = view(job)] = await viewAll(context, [job]);
  return ok(shown);
};

/** Newest first. Never fails. */
export const listJobs = async (
  context: AppContext,
  { state, kind, limit }: JobsQuery,
): Promise<Result<JobView[]>> => {
  const filter = {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
  };
  return ok(await viewAll(context, await context.store.jobs.list(filter)));
};

/** Stops a job that has not ended; nothing of it is kept. Fails with `unknown-job`, `job-ended`. */
export const cancelJob = async (context: AppContext, id: number): Promise<Result<JobView>> => {
  const cancelled = await context.store.jobs.cancel(id);
  const job = await viewJob(context, id);
  if (!job.ok || cancelled) return job;
  return failure(
    'job-ended',
    `La tâche ${id} est déjà terminée (${job.value.state}) : elle ne peut plus être annulée.`,
    `Job ${id} has ended already (${job.value.state}) and can no longer be cancelled.`,
  );
};

/** Tries a failed or cancelled job again. Fails with `unknown-job`, `job-not-failed`. */
export const retryJob = async (context: AppContext, id: number): Promise<Result<JobView>> => {
  const retried = await context.store.jobs.retry(id);
  const job = await viewJob(context, id);
  if (!job.ok || retried) return job;
  return failure(
    'job-not-failed',
    `La tâche ${id} n’est ni en échec ni annulée (${job.value.state}).`,
    `Job ${id} has neither failed nor been cancelled (${job.value.state}).`,
  );
};

/** The file that a job left. Fails with `unknown-job`, `job-without-file`. */
export const jobFile = async (context: AppContext, id: number): Promise<Result<Download>> => {
  const job = await viewJob(context, id);
  if (!job.ok) return job;
  const file = await context.store.jobs.file(id);
  if (file !== undefined) return ok(file);
  return failure(
    'job-without-file',
    `La tâche ${id} (${job.value.state}) n’a pas de fichier : elle n’en fait pas, n’est pas terminée, ou il a plus de ${filesKeptDays} jours.`,
    `Job ${id} (${job.value.state}) has no file: it makes none, has not ended, or it is over ${filesKeptDays} days old.`,
  );
};

/** Deletes the files of jobs that are past their time. */
export const forgetJobFiles = ({ store, nowMs }: AppContext): Promise<void> =>
  store.jobs.forgetFiles(nowMs() - filesKeptDays * DAY_MS);
