import { z } from 'zod';
import { type ArchiveKind, archiveKinds, schemaInstant } from '#store/index.ts';
import { programVersion } from '../version.ts';

/** The version of the layout that this program writes and reads. */
export const archiveVersion = 1;

/** What this program calls itself in an archive: its version, and after a plus the instant of the tables that it knows. */
export const archiveProgram = `${programVersion}+${schemaInstant}`;

/** NaN where no instant is told, which comes after nothing. */
const partsOf = (program: string): number[] =>
  (/^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:\+(\d{1,15}))?$/.exec(program) ?? []).slice(1).map(Number);

/** Whether a program that calls itself so came after this one; one that says nothing we understand did not. */
export const isNewerProgram = (program: string): boolean => {
  const own = partsOf(archiveProgram);
  const at = partsOf(program)
    .map((part, i) => part - (own[i] ?? 0))
    .find((difference) => difference !== 0);
  return at !== undefined && at > 0;
};

const kindSchema = z.enum(archiveKinds as [ArchiveKind, ...ArchiveKind[]]);

/** What says of an archive which files it holds; written last, read first. */
export const manifestSchema = z.strictObject({
  schema: z.literal(`stacoptim.organisation/${archiveVersion}`),
  program: z.string(),
  exportedAt: z.iso.datetime(),
  organisation: z.strictObject({ id: z.int32(), name: z.string() }),
  /** The audit log of the organisation as it was: lines, last hash, and the first line that did not fit, if any. */
  audit: z.strictObject({ lines: z.int32(), head: z.string(), brokenAt: z.int32().nullable() }),
  files: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: kindSchema,
        records: z.number().int().nonnegative(),
        bytes: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(9000),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

export const manifestName = 'manifest.json';
export const readmeNames = ['LISEZMOI.md', 'README.md'] as const;

/** Kinds that are tables of figures, and so CSV; the others are a JSON document a line. */
const csvKinds: readonly ArchiveKind[] = ['weather-days', 'readings', 'replaced-readings', 'registers'];

/** Whether a kind is a table of figures, and so CSV in the archive rather than a JSON document a line. */
export const isCsv = (kind: ArchiveKind): boolean => csvKinds.includes(kind);

/** The name of the nth file of a kind, from 1. */
export const fileName = (kind: ArchiveKind, part: number): string =>
  `${kind}${part === 1 ? '' : `-${part}`}.${isCsv(kind) ? 'csv' : 'ndjson'}`;
