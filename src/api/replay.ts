import { type IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { AppContext } from '../app/context.ts';
import type { KeptRequest, Replay } from '../app/request-jobs.ts';
import { finite } from '../core/finite-json.ts';
import { entersAs } from './access.ts';
import { headersToKeep, writeCarefully } from './careful-writes.ts';
import { holdBack } from './held-response.ts';
import { refuseTold } from './respond.ts';
import { createRoutes } from './routes.ts';

/** A kept call as one that has just come: express makes a request of any stream that has the members of one. */
const requestOf = (
  { method, path, query, headers, bytes }: KeptRequest,
  body: AsyncIterable<Uint8Array>,
): IncomingMessage => {
  const sent = Readable.from(body, { objectMode: false });
  Object.defineProperties(sent, {
    method: { value: method },
    url: { value: query === '' ? path : `${path}?${query}`, writable: true },
    headers: { value: { ...headers, ...(bytes === 0 ? {} : { 'content-length': String(bytes) }) } },
    socket: { value: new Socket() },
    complete: { get: () => sent.readableEnded },
  });
  return sent as unknown as IncomingMessage;
};

/** What a route sees of a caller who goes away. */
const goAway = (request: IncomingMessage, response: ServerResponse): void => {
  response.emit('close');
  request.emit('aborted');
  request.destroy();
};

/**
 * Makes calls that were put off, by the routes that would have answered them at once: as who was let through then, on the versions that
 * they name, all of what they write undone where they are refused.
 */
export const replayRequest: Replay = async (context, kept, body, signal) => {
  const request = requestOf(kept, body);
  const response = new ServerResponse(request);
  const held = holdBack(response as Response);
  const stop = (): void => goAway(request, response);
  signal.addEventListener('abort', stop, { once: true });
  const routesOf = (own: AppContext): express.Router => createRoutes(own, () => undefined);
  try {
    const answer = await new Promise<Awaited<typeof held.ended>>((resolve, reject) => {
      const app = express();
      app.disable('x-powered-by');
      app.set('json replacer', finite);
      app.set('etag', 'strong');
      app.use('/v1', async (asked: Request, answered: Response, next: NextFunction): Promise<void> => {
        entersAs(asked, kept.entry, signal);
        if (kept.writes) return writeCarefully(context, routesOf, asked, answered, next);
        routesOf(context)(asked, answered, next);
        return undefined;
      });
      app.use((error: unknown, _asked: Request, answered: Response, _next: NextFunction) => {
        if (!refuseTold(answered, error)) reject(error instanceof Error ? error : new Error(String(error)));
      });
      held.ended.then(resolve, reject);
      app(request, response);
    });
    const { etag: _, ...headers } = headersToKeep(response as Response);
    return { status: answer.status, headers, body: answer.body };
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
