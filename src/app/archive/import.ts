import { z } from 'zod';
import { type ArchiveChain, ArchiveNumbers, type Repositories, StoreError } from '#store/index.ts';
import { type ByteSource } from '../../core/byte-source.ts';
import { message } from '../../core/message.ts';
import { fail, failure, type Failure, ok, type Result } from '../../core/result.ts';
import type { AppContext } from '../context.ts';
import type { ArchiveRun } from './export.ts';
import { archiveProgram, isNewerProgram } from './manifest.ts';
import { archiveNewer, openArchive } from './open.ts';
import { type ArchiveRecord, readRecords } from './read-records.ts';

export type Imported = {
  readonly from: { readonly organisation: string; readonly exportedAt: string; readonly program: string };
  readonly records: Readonly<Record<string, number>>;
  /** The audit logs that came along, and where one does not fit its hashes. */
  readonly audit: readonly ArchiveChain[];
};

/** Undoes the transaction. */
class Refused extends Error {
  readonly failure: Failure;

  constructor(refused: Failure) {
    super(refused.code);
    this.failure = refused;
  }
}

const notEmpty = failure(
  'organisation-not-empty',
  'Cette organisation a déjà des données (bâtiments, compteurs, météo, programmes ou taux appris). Un import ne se fait que dans une organisation vide : une installation neuve, ou « stacoptim access organisation NOM ». Rien n’a été importé.',
  'This organisation holds data already (buildings, meters, weather, programmes or rates learnt). An import goes into an empty organisation only: a new installation, or “stacoptim access organisation NAME”. Nothing was imported.',
);

const importAction = 'import-organisation';

/** What an import by the same job has done, where its worker was lost before it could say so. */
const doneBefore = async (
  { audit, archive }: Repositories,
  subject: string,
  jobId: number | undefined,
): Promise<Imported | undefined> => {
  if (jobId === undefined) return undefined;
  const lines = await audit.page({ limit: 20, subject, action: importAction });
  const said = z
    .object({
      jobId: z.literal(jobId),
      from: z.object({ organisation: z.string(), exportedAt: z.string(), program: z.string() }),
      records: z.record(z.string(), z.number()),
    })
    .array()
    .parse(lines.map(({ detail }) => detail).filter((detail) => detail['jobId'] === jobId))[0];
  return said === undefined
    ? undefined
    : { from: said.from, records: said.records, audit: await archive.carriedChains() };
};

/** Readings of a batch, a run of each meter. */
const writeReadings = async (
  { readings }: Repositories,
  records: readonly ArchiveRecord[],
): Promise<void> => {
  for (let from = 0; from < records.length; ) {
    const meterId = records[from]?.['meterId'];
    let to = from + 1;
    while (records[to]?.['meterId'] === meterId) to += 1;
    const run = records.slice(from, to);
    const column = (of: (record: ArchiveRecord) => number): Float64Array => Float64Array.from(run, of);
    await readings.upsert(String(meterId), {
      startMs: column(({ startAt }) => Date.parse(String(startAt))),
      endMs: column(({ endAt }) => Date.parse(String(endAt))),
      energyKwh: column(({ kwh }) => Number(kwh)),
      quality: Int16Array.from(run, ({ quality }) => Number(quality)),
    });
    from = to;
  }
};

/**
 * Brings what `exportOrganisation` wrote into this organisation, which must be empty: all of it or nothing. Identifiers that
 * are numbers are given anew; the audit log comes as a record of its own, with its chain. The import is in the audit log.
 * Fails with `organisation-not-empty`, `archive-id-taken` and what `openArchive` and `readRecords` fail with.
 */
export const importOrganisation = async (
  { store }: AppContext,
  source: ByteSource,
  { by, reason, jobId }: { readonly by: string; readonly reason: string; readonly jobId?: number },
  { onProgress, signal }: ArchiveRun = {},
): Promise<Result<Imported>> => {
  const archive = openArchive(source);
  if (!archive.ok) return archive;
  const { manifest, files } = archive.value;
  const { exportedAt, program } = manifest;
  const from = { organisation: manifest.organisation.name, exportedAt, program };
  const subject = `organisation:${store.organisationId}`;
  try {
    return await store.transaction(async (repositories) => {
      const empty = await repositories.archive.isEmpty();
      const before = await doneBefore(repositories, subject, jobId);
      if (before !== undefined) return ok(before);
      if (!empty) throw new Refused(notEmpty.error);
      const numbers = new ArchiveNumbers();
      const records: Record<string, number> = {};
      for (const [done, { file, entry }] of files.entries()) {
        onProgress?.(done, files.length, message(file.name, file.name));
        const read = await readRecords(file, entry, async (batch) => {
          signal?.throwIfAborted();
          records[file.kind] = (records[file.kind] ?? 0) + batch.length;
          if (file.kind === 'readings') await writeReadings(repositories, batch);
          else await repositories.archive.write(file.kind, batch, numbers);
        });
        if (!read.ok) {
          // A later program's records are not wrong: they hold what this one does not know.
          const isLater = read.error.code === 'archive-record-invalid' && isNewerProgram(program);
          throw new Refused(isLater ? archiveNewer(program, archiveProgram) : read.error);
        }
      }
      await repositories.archive.settle(numbers);
      const audit = await repositories.archive.carriedChains();
      await repositories.audit.add({
        by,
        reason,
        action: importAction,
        subject,
        detail: { from, records, auditHead: manifest.audit.head, ...(jobId === undefined ? {} : { jobId }) },
      });
      return ok({ from, records, audit });
    });
  } catch (error) {
    if (error instanceof Refused) return fail(error.failure);
    if (error instanceof StoreError && !error.retryable) return fail(error.failure);
    throw error;
  }
};
