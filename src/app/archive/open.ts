import { type ByteSource } from '../../core/byte-source.ts';
import { message } from '../../core/message.ts';
import { fail, failure, type Failure, ok, type Result } from '../../core/result.ts';
import { archiveKinds } from '#store/index.ts';
import { unpackEntry, type ZipEntry, zipEntries } from '#formats/zip/index.ts';
import { z } from 'zod';
import {
  archiveProgram,
  archiveVersion,
  fileName,
  isNewerProgram,
  type Manifest,
  type ManifestFile,
  manifestName,
  manifestSchema,
  readmeNames,
} from './manifest.ts';

/** What is exported shrinks 5 to 50 times; what grows more than this when unpacked is a bomb. Small files are not judged. */
const mostRatio = 200;
const alwaysAllowedBytes = 16 * 1024 * 1024;
const mostManifestBytes = 8 * 1024 * 1024;

const notOurs = (fr: string, en: string, file?: string): Result<never> =>
  failure(
    'not-an-organisation-archive',
    `Ce n’est pas une archive d’organisation de Stacoptim : ${fr}. Rien n’a été importé.`,
    `This is no archive of an organisation from Stacoptim: ${en}. Nothing was imported.`,
    file === undefined ? undefined : { file },
  );

/** The refusal `archive-changed` of a file that is not the one the manifest describes. */
export const archiveChanged = (file: string): Result<never> =>
  failure(
    'archive-changed',
    `« ${file} » n’est pas tel que le manifeste de l’archive le décrit (tronqué, modifié, absent ou ajouté). Rien n’a été importé ; reprenez l’archive d’origine.`,
    `“${file}” is not as the archive’s manifest describes it (cut short, changed, missing or added). Nothing was imported; take the original archive.`,
    { file },
  );

/** The refusal `archive-newer`: `made` and `here` say what wrote the archive and what reads it. */
export const archiveNewer = (made: string, here: string): Failure => ({
  code: 'archive-newer',
  message: message(
    `Cette archive a été faite par une version plus récente du programme (${made}, ici ${here}), qui y range ce que celle-ci ne lit pas. Mettez ce programme à jour, puis recommencez. Rien n’a été importé.`,
    `This archive was made by a later version of the program (${made}, here ${here}), which keeps in it what this one does not read. Update this program, then try again. Nothing was imported.`,
  ),
});

const bomb = (file: string): Result<never> =>
  failure(
    'archive-bomb',
    `« ${file} » grossit démesurément à la décompression (plus de ${mostRatio} fois) : l’archive est refusée. Rien n’a été importé.`,
    `“${file}” grows out of proportion when unpacked (over ${mostRatio} times): the archive is refused. Nothing was imported.`,
    { file },
  );

const badName = (file: string): Result<never> =>
  failure(
    'archive-path-refused',
    `L’archive contient un nom de fichier qui n’a rien à y faire (« ${file.slice(0, 100)} »). Rien n’a été importé.`,
    `The archive holds a file name that has no place in it (“${file.slice(0, 100)}”). Nothing was imported.`,
  );

/** An archive whose manifest was read and whose files are all there, in the order to be read in. */
type OpenArchive = {
  readonly manifest: Manifest;
  readonly files: readonly { readonly file: ManifestFile; readonly entry: ZipEntry }[];
};

/** As little as the manifest of any version says of itself. */
const saidSchema = z.looseObject({ schema: z.string(), program: z.string().optional() });

const readManifest = (entries: ReadonlyMap<string, ZipEntry>): Result<Manifest> => {
  const entry = entries.get(manifestName);
  if (entry === undefined) return notOurs(`elle n’a pas de ${manifestName}`, `it has no ${manifestName}`);
  const bytes = unpackEntry(entry, mostManifestBytes);
  if (!bytes.ok) return bytes;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes.value).toString('utf8'));
  } catch {
    return notOurs('son manifeste est illisible', 'its manifest cannot be read', manifestName);
  }
  const { schema: said = '', program = '' } = saidSchema.safeParse(json).data ?? {};
  const version = /^stacoptim\.organisation\/(\d{1,6})$/.exec(said)?.[1];
  if (version !== undefined && Number(version) > archiveVersion)
    return fail(archiveNewer(program === '' ? said : program, archiveProgram));
  const manifest = manifestSchema.safeParse(json);
  if (manifest.success) return ok(manifest.data);
  if (version !== undefined && isNewerProgram(program)) return fail(archiveNewer(program, archiveProgram));
  const [issue] = manifest.error.issues;
  return notOurs(
    `son manifeste est inexact (${issue?.path.join('.') ?? ''})`,
    `its manifest is wrong (${issue?.path.join('.') ?? ''})`,
    manifestName,
  );
};

/** Only as many files as the manifest says, under the names that this program gives. */
const isExpected = ({ files }: Manifest): boolean => {
  const parts = new Map<string, number>();
  return files.every(({ kind, name }) => {
    const part = (parts.get(kind) ?? 0) + 1;
    parts.set(kind, part);
    return name === fileName(kind, part);
  });
};

/**
 * Reads the directory and the manifest of an archive: nothing else is unpacked, and nothing is ever written under a name
 * of the archive's own. Fails with `not-an-organisation-archive`, `archive-newer`, `archive-changed`, `archive-bomb`,
 * `archive-path-refused`, `archive-damaged`.
 */
export const openArchive = (source: ByteSource): Result<OpenArchive> => {
  const listed = zipEntries(source);
  if (listed === undefined) return notOurs('ce n’est pas un fichier ZIP entier', 'it is no whole ZIP file');
  const entries = new Map(listed.map((entry) => [entry.name, entry]));
  const odd = listed.find(({ name }) => !/^[A-Za-z][A-Za-z0-9-]*\.(md|json|ndjson|csv)$/.test(name));
  if (odd !== undefined) return badName(odd.name);
  if (entries.size < listed.length)
    return badName(listed.find((one) => entries.get(one.name) !== one)?.name ?? '');
  const manifest = readManifest(entries);
  if (!manifest.ok) return manifest;
  if (!isExpected(manifest.value)) return archiveChanged(manifestName);
  const known = new Set<string>([
    manifestName,
    ...readmeNames,
    ...manifest.value.files.map(({ name }) => name),
  ]);
  const added = listed.find(({ name }) => !known.has(name));
  if (added !== undefined) return archiveChanged(added.name);
  const files: { file: ManifestFile; entry: ZipEntry }[] = [];
  for (const file of manifest.value.files) {
    const entry = entries.get(file.name);
    if (entry === undefined || entry.sizeBytes !== file.bytes) return archiveChanged(file.name);
    if (file.bytes > Math.max(alwaysAllowedBytes, entry.packedBytes * mostRatio)) return bomb(file.name);
    files.push({ file, entry });
  }
  // What others refer to comes first, whatever the order that the manifest lists.
  files.sort((a, b) => archiveKinds.indexOf(a.file.kind) - archiveKinds.indexOf(b.file.kind));
  return ok({ manifest: manifest.value, files });
};
