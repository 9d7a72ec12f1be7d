import type { RequestHandler } from 'express';
import type { Traces } from '../app/traces.ts';
import { routeOf } from './metrics.ts';

/**
 * A span for each request, under the trace of its caller: named by its route, so that no identifier of a building or of a person leaves
 * the installation.
 */
export const traceRequests =
  (traces: Traces | undefined): RequestHandler =>
  (request, response, next) => {
    if (traces === undefined) return next();
    const { method, path } = request;
    const route = routeOf(method, path);
    const span = traces.start('server', `${method} ${route}`, request.get('traceparent'));
    response.once('close', () => {
      const { statusCode } = response;
      span.end(
        { 'http.request.method': method, 'http.route': route, 'http.response.status_code': statusCode },
        statusCode >= 500,
      );
    });
    return next();
  };
