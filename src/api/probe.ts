import type { Request, Response, Router } from 'express';
import { alsoCalls } from './access.ts';

/**
 * The version of what an address shows, asked of its own route without sending anything: undefined where it shows nothing (any more). The
 * copies answer for themselves and leave the real request and response as they are.
 */
export const versionAt = (
  routes: Router,
  request: Request,
  response: Response,
  path: string,
): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const headers = new Map<string, string>();
    let status = 200;
    const asked: Request = Object.create(request, {
      method: { value: 'GET' },
      url: { value: path, writable: true },
      // Without a length no parser takes the body that is the real request's.
      headers: { value: {} },
      query: { value: {} },
      params: { value: {}, writable: true },
    }) as Request;
    alsoCalls(asked, request);
    const ended = (): void => resolve(status < 300 ? headers.get('etag') : undefined);
    const answered: Response = Object.create(response, {
      req: { value: asked },
      status: {
        value: (code: number) => {
          status = code;
          return answered;
        },
      },
      set: {
        value: (name: string, value: string) => {
          headers.set(name.toLowerCase(), value);
          return answered;
        },
      },
      type: { value: () => answered },
      send: { value: ended },
      json: { value: ended },
    }) as Response;
    routes(asked, answered, (error?: unknown) => (error === undefined ? resolve(undefined) : reject(error)));
  });
