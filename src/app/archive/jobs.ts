import { Readable } from 'node:stream';
import type { Repositories } from '#store/index.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { AppContext } from '../context.ts';
import { openFileSource } from '../files.ts';
import { keepParts, placeParts, readParts, temporaryFile } from '../job-parts.ts';
import { viewJob } from '../jobs.ts';
import { exportKind, importKind, type JobView } from '../jobs-views.ts';
import { receiveFile } from '../receive-file.ts';
import { writeWhole } from '../write-whole.ts';
import { type ArchiveRun, exportOrganisation } from './export.ts';
import { importOrganisation, type Imported } from './import.ts';
import { openArchive } from './open.ts';

/** An import that stops is tried again, but not for ever. */
const mostAttempts = 3;

const reason = 'asked through the API';

/** Puts the export of the organisation into the queue. Fails as `viewJob`. */
export const startExport = async (context: AppContext, by: string): Promise<Result<JobView>> =>
  viewJob(context, await context.store.jobs.add(exportKind, { by }, { mostAttempts, by }));

/**
 * What an export that has run leaves: kept in the transaction that ends its job. Fails as `exportOrganisation` and
 * `writeWhole`.
 */
export const runExport = async (
  context: AppContext,
  by: string,
  run: ArchiveRun,
): Promise<
  Result<{
    readonly keep: (repositories: Repositories, jobId: number) => Promise<object>;
    readonly drop: () => Promise<void>;
  }>
> => {
  const file = await temporaryFile();
  try {
    const exported = await writeWhole(file.path, (out) =>
      exportOrganisation(context, out, { by, reason }, run),
    );
    if (!exported.ok) {
      await file.close();
      return exported;
    }
    return ok({
      keep: async (repositories, jobId) => ({
        ...exported.value,
        bytes: await keepParts(repositories, jobId, file.path),
      }),
      drop: file.close,
    });
  } catch (error) {
    await file.close();
    throw error;
  }
};

/** The archive that an export left. Fails with `unknown-job`, `job-without-file`. */
export const exportFile = async (context: AppContext, id: number): Promise<Result<Readable>> => {
  const job = await viewJob(context, id);
  if (!job.ok) return job;
  const { kind, state } = job.value;
  const first = kind === exportKind && state === 'done' ? await context.store.jobs.part(id, 0) : undefined;
  if (first !== undefined) return ok(Readable.from(readParts(context.store, id), { objectMode: false }));
  return failure(
    'job-without-file',
    `La tâche ${id} (${state}) n’a pas d’archive : ce n’est pas un export, il n’est pas terminé, ou il a plus de 7 jours.`,
    `Job ${id} (${state}) has no archive: it is no export, it has not ended, or it is over 7 days old.`,
  );
};

/** A ZIP without extensions holds no more. */
const mostUploadBytes = 4 * 1024 ** 3;

const tooLarge = failure(
  'archive-upload-too-large',
  'L’archive dépasse 4 Go : rien n’a été gardé.',
  'The archive is over 4 GB: nothing was kept.',
);

/**
 * Receives an archive and puts its import into the queue. What can be told from its directory and manifest is told at once.
 * Fails with `archive-upload-too-large`, `upload-interrupted` and what `openArchive` fails with.
 */
export const startImport = async (
  context: AppContext,
  body: Readable,
  by: string,
): Promise<Result<JobView>> => {
  const file = await temporaryFile();
  try {
    const received = await receiveFile(body, file.path, mostUploadBytes, tooLarge);
    if (!received.ok) return received;
    const source = openFileSource(file.path);
    if (!source.ok) return source;
    const opened = openArchive(source.value);
    source.value.close();
    if (!opened.ok) return opened;
    const id = await context.store.transaction(async (repositories) => {
      const added = await repositories.jobs.add(importKind, { by }, { mostAttempts, by });
      await keepParts(repositories, added, file.path);
      return added;
    });
    return await viewJob(context, id);
  } finally {
    await file.close();
  }
};

/**
 * Imports the archive that came with a job, once: a worker that takes the job over finds that it was done. Fails as
 * `importOrganisation`.
 */
export const runImport = async (
  context: AppContext,
  { by, jobId }: { readonly by: string; readonly jobId: number },
  run: ArchiveRun,
): Promise<Result<Imported>> => {
  const file = await temporaryFile();
  try {
    await placeParts(context.store, jobId, file.path);
    const source = openFileSource(file.path);
    if (!source.ok) return source;
    try {
      return await importOrganisation(context, source.value, { by, reason, jobId }, run);
    } finally {
      source.value.close();
    }
  } finally {
    await file.close();
  }
};
