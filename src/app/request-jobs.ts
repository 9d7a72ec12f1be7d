import { Readable } from 'node:stream';
import { z } from 'zod';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { keepParts, readParts, temporaryFile } from './job-parts.ts';
import { mostAttempts, viewJob } from './jobs.ts';
import { requestJobKinds, type RequestJobKind, type JobView } from './jobs-views.ts';
import { receiveFile } from './receive-file.ts';

/** A call that was let through at the door and is made later, as it is kept with its job; its body stands in the parts of the job. */
export const keptRequestSchema = z.object({
  method: z.string(),
  /** With the root of the API before it, without the query. */
  path: z.string(),
  /** What stands behind the question mark. */
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  /** False for one that only reads or computes. */
  writes: z.boolean(),
  /** Of the body, as it was sent. */
  bytes: z.number(),
  entry: z.object({
    organisationId: z.number(),
    role: z.string(),
    name: z.string(),
    scopes: z.array(z.string()).readonly().exactOptional(),
  }),
});
export type KeptRequest = z.infer<typeof keptRequestSchema>;

/** What a call was answered. */
export type RequestAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** Makes a kept call on the store of the context. Throws on a bug and while the database is away. */
export type Replay = (
  context: AppContext,
  request: KeptRequest,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
) => Promise<RequestAnswer>;

/** What is kept of the answer beside its body. */
const keptAnswerSchema = z.object({ status: z.number(), headers: z.record(z.string(), z.string()) });

/** Calls of one organisation that wait or run at a time, and the bytes that came with them. */
const mostPending = { jobs: 500, bytes: 4 * 1024 ** 3 };

const queueFull = failure(
  'job-queue-full',
  `La file de votre organisation est pleine (${mostPending.jobs} demandes ou ${mostPending.bytes / 1024 ** 3} Go en attente) : rien n’a été gardé. Recommencez quand des tâches sont finies, ou annulez-en.`,
  `The queue of your organisation is full (${mostPending.jobs} calls or ${mostPending.bytes / 1024 ** 3} GB waiting): nothing was kept. Try again once jobs have ended, or cancel some.`,
);

/**
 * Puts a call into the queue with its body: both are kept in one transaction, or nothing is. Fails with `tooLarge` beyond `mostBytes`,
 * `upload-interrupted`, `job-queue-full`.
 */
export const queueRequest = async (
  context: AppContext,
  kind: RequestJobKind,
  request: Omit<KeptRequest, 'bytes'>,
  sent: { readonly body: Readable; readonly mostBytes: number; readonly tooLarge: Result<never> },
): Promise<Result<JobView>> => {
  const pending = await context.store.jobs.pending(requestJobKinds);
  if (pending.jobs >= mostPending.jobs || pending.bytes >= mostPending.bytes) return queueFull;
  const file = await temporaryFile();
  try {
    const received = await receiveFile(sent.body, file.path, sent.mostBytes, sent.tooLarge);
    if (!received.ok) return received;
    const id = await context.store.transaction(async (inside) => {
      const { name: by } = request.entry;
      const added = await inside.jobs.add(kind, { ...request, bytes: received.value }, { mostAttempts, by });
      await keepParts(inside, added, file.path);
      return added;
    });
    return await viewJob(context, id);
  } finally {
    await file.close();
  }
};

const withoutAnswer = ({ id, state }: JobView): Result<never> =>
  failure(
    'job-without-answer',
    `La tâche ${id} (${state}) n’a pas de réponse à relire : ce n’est pas une demande différée, elle n’est pas terminée, s’est arrêtée sans réponse, ou elle a plus de 7 jours.`,
    `Job ${id} (${state}) has no answer to read: it is no call put off, has not ended, stopped without one, or is over 7 days old.`,
  );

/** What a job is and who let it be put off, where it is a call. Fails with `unknown-job`. */
export const jobAsked = async (
  context: AppContext,
  id: number,
): Promise<Result<{ readonly kind: string; readonly asker: KeptRequest['entry'] | undefined }>> => {
  const view = await viewJob(context, id);
  if (!view.ok) return view;
  const job = await context.store.jobs.get(id);
  return ok({ kind: view.value.kind, asker: keptRequestSchema.safeParse(job?.input).data?.entry });
};

/** The answer of a call that a job has made, and who asked for it. Fails with `unknown-job`, `job-without-answer`. */
export const answerOfRequest = async (
  context: AppContext,
  id: number,
): Promise<
  Result<{
    readonly asker: KeptRequest['entry'];
    readonly answer: z.infer<typeof keptAnswerSchema>;
    /** A strong ETag. */
    readonly version: string;
    readonly body: Readable;
  }>
> => {
  const view = await viewJob(context, id);
  if (!view.ok) return view;
  const job = await context.store.jobs.get(id);
  const request = keptRequestSchema.safeParse(job?.input).data;
  const kept = keptAnswerSchema.extend({ bytes: z.number() }).safeParse(job?.result).data;
  if (request === undefined || kept === undefined || !['done', 'failed'].includes(view.value.state))
    return withoutAnswer(view.value);
  if ((await context.store.jobs.partBytes(id)) !== kept.bytes) return withoutAnswer(view.value);
  return ok({
    asker: request.entry,
    answer: kept,
    version: `"job-${id}-${view.value.attempts}-${kept.bytes}"`,
    body: Readable.from(readParts(context.store, id), { objectMode: false }),
  });
};
