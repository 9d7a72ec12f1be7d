import type { Request, RequestHandler, Response } from 'express';
import type { AppContext } from '../app/context.ts';
import type { JobView } from '../app/jobs-views.ts';
import { queueRequest } from '../app/request-jobs.ts';
import { entryOf } from './access.ts';
import { bodyLimits } from './body-limits.ts';
import { type Operation, operationOf } from './openapi.ts';
import { answer, fullPath, refuse } from './respond.ts';
import { tooLarge } from './stream-body.ts';

/** The operation that a call asks to be done as a job; undefined for one that is answered at once. */
export const backgroundOf = (request: Request): Operation | undefined => {
  if (!/(^|,)\s*respond-async\s*(;|,|$)/i.test(request.get('prefer') ?? '')) return undefined;
  // HEAD is asked for what stands at an address, not for work.
  const operation = request.method === 'HEAD' ? undefined : operationOf(request.method, fullPath(request));
  return operation?.background === undefined ? undefined : operation;
};

/** Says that a call has become a job, and where it is followed. */
export const accepted = (response: Response, job: JobView): void => {
  response.status(202).location(`/v1/jobs/${job.id}`).json(job);
};

/** What of the head of a call its answer depends on. */
const toldHeaders = ['content-type', 'content-encoding', 'accept', 'accept-language'];

const headersOf = (request: Request): Record<string, string> =>
  Object.fromEntries(
    toldHeaders.flatMap((name) => {
      const value = request.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Makes a call a job where its caller says `Prefer: respond-async` (RFC 7240, 4.1) and the operation has no kind of job of its own. */
export const queueRequests =
  (context: AppContext): RequestHandler =>
  async (request, response, next): Promise<void> => {
    const operation = backgroundOf(request);
    if (operation === undefined || operation.background === 'own') return next();
    const { mostBytes = bodyLimits.json, background = 'request' } = operation;
    response.set('Preference-Applied', 'respond-async');
    const refusal = tooLarge(mostBytes);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) {
      // What says its size is refused by it, and the rest of it is not waited for.
      response.set('Connection', 'close');
      return answer(response, Promise.resolve(refusal));
    }
    const path = fullPath(request);
    const writes = request.method !== 'GET' && operation.writesNothing !== true;
    const queued = await queueRequest(
      context,
      background,
      {
        method: request.method,
        path,
        query: new URL(request.originalUrl, 'http://localhost').search.slice(1),
        headers: headersOf(request),
        writes,
        entry: { ...entryOf(request) },
      },
      { body: request, mostBytes, tooLarge: refusal },
    );
    if (!queued.ok) return refuse(response, queued.error);
    return accepted(response, queued.value);
  };
