import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Repositories } from '#store/index.ts';

const partBytes = 1024 * 1024;

/** A file that nobody else reads, gone with its folder once `close` is called. */
export const temporaryFile = async (): Promise<{
  readonly path: string;
  readonly close: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'stacoptim-job-'));
  return { path: join(folder, 'file'), close: () => rm(folder, { recursive: true, force: true }) };
};

/** Keeps a file with a job, a part at a time. Gives its size in bytes. */
export const keepParts = async ({ jobs }: Repositories, jobId: number, path: string): Promise<number> => {
  let [part, bytes] = [0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: partBytes })) {
    const body = chunk as Buffer;
    await jobs.savePart(jobId, part, body);
    part += 1;
    bytes += body.length;
  }
  return bytes;
};

/** The same of bytes in memory. */
export const keepBytes = async (
  { jobs }: Repositories,
  jobId: number,
  bytes: Uint8Array,
): Promise<number> => {
  for (let part = 0; part * partBytes < bytes.length; part += 1)
    await jobs.savePart(jobId, part, bytes.subarray(part * partBytes, (part + 1) * partBytes));
  return bytes.length;
};

/** The file that is kept with a job, a part at a time. */
export async function* readParts(
  { jobs }: Pick<Repositories, 'jobs'>,
  jobId: number,
): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const body = await jobs.part(jobId, part);
    if (body === undefined) return;
    yield body;
  }
}

/** Writes the file that is kept with a job where it can be read at any place. */
export const placeParts = (repositories: Repositories, jobId: number, path: string): Promise<void> =>
  pipeline(Readable.from(readParts(repositories, jobId)), createWriteStream(path, { mode: 0o600 }));
