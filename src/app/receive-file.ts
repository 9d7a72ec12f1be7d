import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure, ok, type Result } from '../core/result.ts';

class TooLarge extends Error {}

/** What comes through, until it is over the limit; `passed` hears of each piece. */
const capped = (mostBytes: number, passed: (bytes: number) => void) =>
  async function* (body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const part of body) {
      bytes += part.length;
      if (bytes > mostBytes) throw new TooLarge();
      passed(part.length);
      yield part;
    }
  };

const interrupted = failure(
  'upload-interrupted',
  'L’envoi a été interrompu : rien n’a été gardé. Recommencez.',
  'The upload was interrupted: nothing was kept. Start again.',
);

/**
 * Writes what is sent to a file that only its owner may read, as it comes: a large one never stands in memory. What is left at `path` of a
 * refused one is the caller's to delete. Gives its size in bytes. Fails with `tooLarge` beyond `mostBytes`, and with `upload-interrupted`.
 */
export const receiveFile = async (
  body: Readable,
  path: string,
  mostBytes: number,
  tooLarge: Result<never>,
): Promise<Result<number>> => {
  let bytes = 0;
  const count = (more: number): void => {
    bytes += more;
  };
  try {
    await pipeline(body, capped(mostBytes, count), createWriteStream(path, { mode: 0o600 }));
    return ok(bytes);
  } catch (error) {
    return error instanceof TooLarge ? tooLarge : interrupted;
  }
};
