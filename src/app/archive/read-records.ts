import { createHash } from 'node:crypto';
import { unpackedParts, type ZipEntry } from '#formats/zip/index.ts';
import { archiveRecords } from '#store/index.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import { savingsSchema } from '../views.ts';
import { scenarioDocumentSchema } from '../scenario-views.ts';
import { headLine, parserOf } from './lines.ts';
import type { ManifestFile } from './manifest.ts';
import { archiveChanged } from './open.ts';

export type ArchiveRecord = Readonly<Record<string, unknown>>;

/** A record is a line; none that was exported is near this. */
const mostLineBytes = 64 * 1024 * 1024;
/** Records are handed on in batches of this many bytes or records at most. */
const batchBytes = 2 * 1024 * 1024;
const batchRecords = 20_000;

const newLine = 10;

const invalid = (file: string, line: number, what: string): Result<never> =>
  failure(
    'archive-record-invalid',
    `« ${file} », ligne ${line} : l’enregistrement ne suit pas son schéma (${what}). Rien n’a été importé.`,
    `“${file}”, line ${line}: the record does not follow its schema (${what}). Nothing was imported.`,
    { file, line },
  );

/** What the program reads from within a document beside its own schema. */
const inside: Readonly<Record<string, (record: ArchiveRecord) => boolean>> = {
  savings: ({ result }) => savingsSchema.safeParse(result).success,
  scenarios: ({ document }) => scenarioDocumentSchema.safeParse(document).success,
};

const checkLine = (
  file: ManifestFile,
  parse: (line: string) => unknown,
  text: string,
  line: number,
): Result<ArchiveRecord> => {
  let record: unknown;
  try {
    record = parse(text);
  } catch {
    return invalid(file.name, line, 'JSON');
  }
  const parsed = archiveRecords[file.kind].safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(file.name, line, `${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}`);
  }
  // What was sent is kept, not what the schema makes of it: it only checks.
  const kept = record as ArchiveRecord;
  return (inside[file.kind]?.(kept) ?? true) ? ok(kept) : invalid(file.name, line, 'document');
};

/**
 * Reads one file of an archive, a batch of checked records at a time: memory does not grow with it. Its length, number of
 * records and hash must be those of the manifest. Fails with `archive-changed`, `archive-record-invalid`.
 */
export const readRecords = async (
  file: ManifestFile,
  entry: ZipEntry,
  take: (records: readonly ArchiveRecord[]) => Promise<void>,
): Promise<Result<void>> => {
  const parts = unpackedParts(entry);
  if (parts === undefined) return archiveChanged(file.name);
  const hash = createHash('sha256');
  const parse = parserOf(file.kind);
  const head = headLine(file.kind).trim();
  let rest: Buffer[] = [];
  let [restBytes, bytes, line, records, held] = [0, 0, 0, 0, 0];
  let batch: ArchiveRecord[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await take(batch);
    [batch, held] = [[], 0];
  };
  const iterator = parts[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<Buffer>;
    try {
      next = await iterator.next();
    } catch {
      return archiveChanged(file.name);
    }
    if (next.done === true) break;
    let part = next.value;
    hash.update(part);
    bytes += part.length;
    if (bytes > file.bytes) return archiveChanged(file.name);
    for (let at = part.indexOf(newLine); at >= 0; at = part.indexOf(newLine)) {
      const text = Buffer.concat([...rest, part.subarray(0, at)]).toString('utf8');
      part = part.subarray(at + 1);
      [rest, restBytes] = [[], 0];
      line += 1;
      if (line === 1 && head !== '') {
        if (text !== head) return invalid(file.name, line, head);
        continue;
      }
      const record = checkLine(file, parse, text, line);
      if (!record.ok) return record;
      records += 1;
      held += text.length;
      batch.push(record.value);
      if (held > batchBytes || batch.length >= batchRecords) await flush();
    }
    restBytes += part.length;
    if (restBytes > mostLineBytes) return invalid(file.name, line + 1, `> ${mostLineBytes} bytes`);
    if (part.length > 0) rest.push(part);
  }
  if (restBytes > 0 || bytes !== file.bytes || records !== file.records || hash.digest('hex') !== file.sha256)
    return archiveChanged(file.name);
  await flush();
  return ok(undefined);
};
