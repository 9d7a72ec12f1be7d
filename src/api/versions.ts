import type { RequestHandler } from 'express';

const encodings = /-(?:gzip|br|deflate)(?=")/g;

/**
 * Keeps versions honest: a compressed answer is another representation, so its strong ETag says so (RFC 9110, 8.8.3.3), and comes
 * back without it; a refusal has no version, nor has the answer of a call that is no state of the address it was sent to.
 */
export const tellVersions: RequestHandler = (request, response, next) => {
  for (const name of ['if-match', 'if-none-match'] as const) {
    const sent = request.headers[name];
    if (sent !== undefined) request.headers[name] = sent.replaceAll(encodings, '');
  }
  // Who asks with a version wants to know whether it still holds; some clients add “no-cache” to that by themselves.
  if (request.headers['if-none-match'] !== undefined) delete request.headers['cache-control'];
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => typeof response;
  response.writeHead = ((...values: unknown[]) => {
    const tag = response.get('etag');
    const encoding = response.get('content-encoding');
    if (tag !== undefined) {
      if (response.statusCode >= 400 || !['GET', 'HEAD', 'PUT', 'PATCH'].includes(request.method))
        response.removeHeader('ETag');
      else if (encoding !== undefined) response.set('ETag', tag.replace(/"$/, `-${encoding}"`));
    }
    return writeHead(...values);
  }) as typeof writeHead;
  next();
};
