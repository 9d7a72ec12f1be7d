import type { Response } from 'express';

/** An answer that was written and not yet sent. */
export type HeldAnswer = {
  readonly status: number;
  readonly body: Buffer;
  /** Sends it. */
  readonly release: () => void;
  /** Forgets it, so that another one can be written. */
  readonly drop: () => void;
};

const bytesOf = (chunk: unknown, encoding: unknown): Buffer => {
  if (chunk === undefined || chunk === null || typeof chunk === 'function') return Buffer.alloc(0);
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return Buffer.from(chunk as Uint8Array);
};

/**
 * Keeps back what is written to a response until it is released: what it says is only true once the transaction that made it has been
 * committed.
 */
export const holdBack = (
  response: Response,
): { readonly ended: Promise<HeldAnswer>; readonly undo: () => void } => {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const chunks: Buffer[] = [];
  const undo = (): void => {
    response.write = write;
    response.end = end;
  };
  const ended = new Promise<HeldAnswer>((resolve) => {
    response.write = ((chunk: unknown, encoding?: unknown) => {
      chunks.push(bytesOf(chunk, encoding));
      return true;
    }) as typeof write;
    response.end = ((chunk?: unknown, encoding?: unknown) => {
      chunks.push(bytesOf(chunk, encoding));
      const body = Buffer.concat(chunks);
      resolve({
        status: response.statusCode,
        body,
        release: () => {
          undo();
          response.end(body);
        },
        drop: () => {
          undo();
          for (const name of response.getHeaderNames())
            if (/^(content-|etag$|link$|location$|allow$)/.test(name)) response.removeHeader(name);
        },
      });
      return response;
    }) as typeof end;
  });
  return { ended, undo };
};
