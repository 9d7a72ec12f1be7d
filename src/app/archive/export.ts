import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { ZipStream, ZipTooLarge } from '#formats/zip/index.ts';
import { type ArchiveKind, archiveKinds, type Repositories } from '#store/index.ts';
import { message, type Message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { AppContext } from '../context.ts';
import { csvLine, headLine } from './lines.ts';
import {
  archiveProgram,
  archiveVersion,
  fileName,
  isCsv,
  type Manifest,
  manifestName,
  type ManifestFile,
} from './manifest.ts';
import { readmeOf } from './readme.ts';

/** How an export or an import is followed and stopped. */
export type ArchiveRun = {
  readonly onProgress?: (done: number, total: number, label: Message) => void;
  readonly signal?: AbortSignal;
};

export type Exported = {
  readonly files: number;
  readonly records: Readonly<Record<string, number>>;
  readonly auditHead: string;
};

/** A file goes on in another after this many bytes, so that each can be opened by common tools. */
const mostFileBytes = 256 * 1024 * 1024;
/** Readings of one meter that are held at once. */
const pageOfReadings = 20_000;

type Take = (lines: readonly string[]) => Promise<void>;

/** Readings in the order of their meters, a page of one meter at a time. */
const eachReading = async ({ archive, readings }: Repositories, take: Take): Promise<void> => {
  const meters: string[] = [];
  await archive.each('meters', async (lines) => {
    for (const line of lines) meters.push((JSON.parse(line) as { id: string }).id);
    return Promise.resolve();
  });
  const iso = (ms = 0): string => new Date(ms).toISOString();
  for (const meterId of meters) {
    let fromMs: number | undefined;
    for (;;) {
      const page = await readings.read(meterId, fromMs, undefined, pageOfReadings);
      const count = page.startMs.length;
      const lines = Array.from({ length: count }, (_, at) =>
        csvLine('readings', {
          meterId,
          startAt: iso(page.startMs[at]),
          endAt: iso(page.endMs[at]),
          kwh: page.energyKwh[at],
          quality: page.quality[at],
        }),
      );
      if (count > 0) await take(lines);
      if (count < pageOfReadings) break;
      fromMs = (page.startMs.at(-1) ?? 0) + 1;
    }
  }
};

const eachLine = (repositories: Repositories, kind: ArchiveKind, take: Take): Promise<void> =>
  kind === 'readings'
    ? eachReading(repositories, take)
    : repositories.archive.each(kind, (lines) =>
        take(
          isCsv(kind)
            ? lines.map((line) => csvLine(kind, JSON.parse(line) as Record<string, unknown>))
            : lines.map((line) => `${line}\n`),
        ),
      );

/** The files of a kind: what does not fit into one goes on in the next. */
const writeKind = async (
  repositories: Repositories,
  zip: ZipStream,
  kind: ArchiveKind,
  signal: AbortSignal | undefined,
): Promise<ManifestFile[]> => {
  const files: ManifestFile[] = [];
  let hash = createHash('sha256');
  let [records, bytes] = [0, 0];
  const put = async (text: string): Promise<void> => {
    const part = Buffer.from(text);
    hash.update(part);
    bytes += part.length;
    if (part.length > 0) await zip.put(part);
  };
  const open = async (): Promise<void> => {
    hash = createHash('sha256');
    [records, bytes] = [0, 0];
    await zip.open(fileName(kind, files.length + 1));
    await put(headLine(kind));
  };
  const close = async (): Promise<void> => {
    await zip.close();
    files.push({
      name: fileName(kind, files.length + 1),
      kind,
      records,
      bytes,
      sha256: hash.digest('hex'),
    });
  };
  await open();
  await eachLine(repositories, kind, async (lines) => {
    signal?.throwIfAborted();
    if (bytes > mostFileBytes) {
      await close();
      await open();
    }
    records += lines.length;
    await put(lines.join(''));
  });
  await close();
  return files;
};

const tooLarge = failure(
  'archive-over-limit',
  'Les données de cette organisation dépassent ce qu’une archive ZIP peut tenir (4 Go compressés). Faites une sauvegarde (stacoptim backup), ou raccourcissez la durée de conservation des relevés.',
  'The data of this organisation are more than a ZIP archive can hold (4 GB compressed). Make a backup (stacoptim backup), or shorten the retention of readings.',
);

/**
 * Writes all that is held of the organisation into a ZIP of open formats (docs/operation.md), as of one instant; memory
 * does not grow with it. That it was made, and by whom, is in the audit log before. The caller ends the stream.
 * Fails with `archive-over-limit`.
 */
export const exportOrganisation = async (
  { store, nowMs }: AppContext,
  out: Writable,
  by: { readonly by: string; readonly reason: string },
  { onProgress, signal }: ArchiveRun = {},
): Promise<Result<Exported>> => {
  const subject = `organisation:${store.organisationId}`;
  await store.audit.add({ ...by, action: 'export-organisation', subject, detail: {} });
  const known = (await store.identities.organisations()).find(({ id }) => id === store.organisationId);
  const zip = new ZipStream(out);
  const put = async (name: string, text: string): Promise<void> => {
    await zip.open(name);
    await zip.put(Buffer.from(text));
    await zip.close();
  };
  try {
    return await store.snapshot(async (repositories) => {
      await put('LISEZMOI.md', readmeOf('fr'));
      await put('README.md', readmeOf('en'));
      const files: ManifestFile[] = [];
      for (const [done, kind] of archiveKinds.entries()) {
        onProgress?.(done, archiveKinds.length, message(fileName(kind, 1), fileName(kind, 1)));
        files.push(...(await writeKind(repositories, zip, kind, signal)));
      }
      const { lines, head, brokenAt } = await repositories.audit.verify();
      const manifest: Manifest = {
        schema: `stacoptim.organisation/${archiveVersion}`,
        program: archiveProgram,
        exportedAt: new Date(nowMs()).toISOString(),
        organisation: { id: store.organisationId, name: known?.name ?? '' },
        audit: { lines, head, brokenAt: brokenAt ?? null },
        files,
      };
      await put(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
      await zip.end();
      const records: Record<string, number> = {};
      for (const { kind, records: count } of files) records[kind] = (records[kind] ?? 0) + count;
      return ok({ files: files.length, records, auditHead: head });
    });
  } catch (error) {
    zip.abandon();
    if (error instanceof ZipTooLarge) return tooLarge;
    throw error;
  }
};
