import { z } from 'zod';
import { keepBytes, readParts } from '../app/job-parts.ts';
import type { RequestJobKind } from '../app/jobs-views.ts';
import { keptRequestSchema, type Replay, type RequestAnswer } from '../app/request-jobs.ts';
import { message } from '../core/message.ts';
import { fail, failure, type Failure, ok } from '../core/result.ts';
import type { JobHandler } from './handlers.ts';

const problemSchema = z.object({
  error: z.object({ code: z.string(), message: z.object({ fr: z.string(), en: z.string() }) }),
});

/** Why a call was refused, as its answer says it; undefined for one that was not. */
const refusalOf = ({ status, body }: RequestAnswer): Failure | undefined => {
  if (status < 400) return undefined;
  const { code, message: sentence } = problemSchema.parse(
    JSON.parse(Buffer.from(body).toString('utf8')),
  ).error;
  return { code, message: sentence };
};

const forgotten = failure(
  'job-body-forgotten',
  'Ce qui a été envoyé avec cette demande n’est plus gardé (elle a déjà eu sa réponse, ou date de plus de 7 jours). Envoyez-la de nouveau.',
  'What was sent with this call is no longer kept (it was answered already, or is over 7 days old). Send it again.',
);

const passing = ['readers-busy', 'database-away', 'write-in-progress'];

/**
 * Makes calls that were put off. One that writes is made in the transaction that ends its job, so that it counts once whatever becomes of
 * its worker. A refusal is its answer as any other is, and ends the job as failed under its own code.
 */
const requestHandler = (replay: Replay): JobHandler => ({
  passing,
  inTransaction: (input) => keptRequestSchema.parse(input).writes,
  run: async (context, input, { jobId, onProgress, signal }) => {
    const request = keptRequestSchema.parse(input);
    const { method, path } = request;
    onProgress(0, 1, message(`Demande en cours : ${method} ${path}`, `Being done: ${method} ${path}`));
    if ((await context.store.jobs.partBytes(jobId)) !== request.bytes) return forgotten;
    const answer = await replay(context, request, readParts(context.store, jobId), signal);
    const refused = refusalOf(answer);
    if (refused !== undefined && passing.includes(refused.code)) return fail(refused);
    return ok({
      ...(refused === undefined ? {} : { refused }),
      keep: async (inside) => {
        // What was sent is of no more use, and may be personal.
        await inside.jobs.forgetParts(jobId);
        const { status, headers, body } = answer;
        return { status, headers, bytes: await keepBytes(inside, jobId, body) };
      },
    });
  },
});

/** What does the jobs that are calls put off. */
export const requestHandlers = (replay: Replay): Readonly<Record<RequestJobKind, JobHandler>> => ({
  request: requestHandler(replay),
  upload: requestHandler(replay),
});
