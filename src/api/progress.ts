import type { Request, Response } from 'express';
import type { Progress, ProgressLine } from '../app/progress.ts';
import type { Failure, Result } from '../core/result.ts';
import { finite } from './respond.ts';

const LINES = 'application/x-ndjson';
/** Progress is for eyes: no more lines than they follow. */
const EVERY_MS = 150;

/** Whether the caller wants to follow a long computation. */
export const wantsProgress = (request: Request): boolean => request.get('accept')?.includes(LINES) === true;

/**
 * Answers with lines of JSON: `{"progress": …}` while it works, then `{"result": …}` or `{"error": …}`. The status is
 * sent before the outcome is known, so it is 200 in both cases.
 */
export const answerWithProgress = async <T>(
  response: Response,
  work: (onProgress: Progress) => Promise<Result<T>>,
): Promise<void> => {
  response.type(LINES).set('Cache-Control', 'no-store, no-transform');
  let next = 0;
  const write = (line: ProgressLine | { readonly result: T } | { readonly error: Failure }): void => {
    if (!response.writableEnded) response.write(`${JSON.stringify(line, finite)}\n`);
  };
  // A bug or a lost database thrown from here ends the connection without a last line, which the caller sees.
  const outcome = await work((done, total, message) => {
    const now = performance.now();
    if (now < next && done < total) return;
    next = now + EVERY_MS;
    write({ progress: { done, total, message } });
  });
  write(outcome.ok ? { result: outcome.value } : { error: outcome.error });
  response.end();
};
