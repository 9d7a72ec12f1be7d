import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { type ByteSource, bytesSource } from '#core/byte-source.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { feed, zipEntries } from '../zip/index.ts';
import { type Deadline, DeadlinePassed } from './deadline.ts';
import { type InflateFault, inflate64 } from './inflate64.ts';

/** No model met is near this once unpacked; what is larger is refused before memory is spent on it. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
/** STEP text shrinks 5 to 20 times; an archive that grows more than this is a bomb. Small files are not judged. */
const MAX_RATIO = 200;
const ALWAYS_ALLOWED_BYTES = 16 * 1024 * 1024;

const refusedSize = (file: string): Result<never> =>
  failure(
    'archive-too-large',
    'L’archive grossit démesurément à la décompression (plus de 200 fois, ou plus de 1 Go) : elle est refusée. Déposez le fichier .ifc lui-même.',
    'The archive grows out of proportion when unpacked (over 200 times, or over 1 GB): it is refused. Upload the .ifc file itself.',
    { file },
  );

const refusedContent = (file: string, whyFr: string, whyEn: string): Result<never> =>
  failure(
    'not-an-ifc-file',
    `Ce n’est pas un fichier IFC : ${whyFr}. Déposez le fichier .ifc lui-même.`,
    `This is not an IFC file: ${whyEn}. Upload the .ifc file itself.`,
    { file },
  );

const damaged = (file: string): Result<never> =>
  refusedContent(
    file,
    'il ressemble à une archive compressée, mais elle est abîmée',
    'it looks like a compressed archive, but a damaged one',
  );

const allowedBytes = (packed: number): number =>
  Math.min(MAX_UNPACKED_BYTES, Math.max(ALWAYS_ALLOWED_BYTES, packed * MAX_RATIO));

/** Inflates into one buffer of at most `size` bytes: pages are only taken as they are written. */
const inflate = async (
  packed: ByteSource,
  method: 'gzip' | 'deflate',
  size: number,
  deadline: Deadline,
): Promise<Uint8Array | InflateFault> => {
  const output = Buffer.allocUnsafe(size);
  let filled = 0;
  let tooLarge = false;
  const inflater = method === 'gzip' ? createGunzip() : createInflateRaw();
  try {
    await pipeline(Readable.from(feed(packed)), inflater, async (parts: AsyncIterable<Buffer>) => {
      for await (const part of parts) {
        if (filled + part.length > size) {
          tooLarge = true;
          throw new RangeError('larger than declared');
        }
        if (deadline.leftMs() <= 0) throw new DeadlinePassed();
        output.set(part, filled);
        filled += part.length;
      }
    });
  } catch (error) {
    if (error instanceof DeadlinePassed) throw error;
    // zlib says in many ways that a stream is damaged; which one helps nobody.
    return tooLarge ? 'too-large' : 'damaged';
  }
  return output.subarray(0, filled);
};

const unpacked = (
  file: string,
  name: string,
  bytes: Uint8Array | InflateFault,
  whenTooLarge: Result<never>,
): Result<ByteSource> => {
  if (bytes === 'too-large') return whenTooLarge;
  if (bytes === 'damaged') return damaged(file);
  return ok(bytesSource(name, bytes));
};

/** The one member of a gzip file. Fails with `archive-too-large` or `not-an-ifc-file`. */
export const gunzip = async (source: ByteSource, deadline: Deadline): Promise<Result<ByteSource>> => {
  const trailer = source.read(source.size - 4, 4);
  if (source.size < 18 || trailer.length < 4) return damaged(source.name);
  const declared = new DataView(trailer.buffer, trailer.byteOffset).getUint32(0, true);
  const allowed = allowedBytes(source.size);
  // The trailer may lie, be cut off, or belong to the last of several members: then the allowance is the limit.
  const first = await inflate(source, 'gzip', Math.min(declared, allowed), deadline);
  const bytes =
    first === 'too-large' && declared < allowed ? await inflate(source, 'gzip', allowed, deadline) : first;
  return unpacked(source.name, source.name.replace(/\.gz$/i, ''), bytes, refusedSize(source.name));
};

/**
 * The one model of a ZIP archive: stored, Deflate or Deflate64. Fails with `several-models`, `archive-too-large` or
 * `not-an-ifc-file`.
 */
export const unzip = async (source: ByteSource, deadline: Deadline): Promise<Result<ByteSource>> => {
  const entries = zipEntries(source);
  if (entries === undefined) return damaged(source.name);
  const models = entries.filter((entry) => /\.ifc$/i.test(entry.name));
  const entry = models[0];
  if (entry === undefined) {
    return refusedContent(source.name, 'l’archive ne contient aucun .ifc', 'the archive holds no .ifc');
  }
  if (models.length > 1) {
    return failure(
      'several-models',
      `L’archive contient ${models.length} fichiers .ifc. Déposez-les un par un.`,
      `The archive holds ${models.length} .ifc files. Upload them one by one.`,
      { file: source.name },
    );
  }
  if (entry.encrypted) {
    return refusedContent(
      source.name,
      'l’archive est protégée par un mot de passe',
      'the archive is protected by a password',
    );
  }
  if (entry.sizeBytes > allowedBytes(entry.packedBytes)) return refusedSize(source.name);
  const packed = entry.packed();
  if (packed === undefined) return damaged(source.name);
  if (entry.method === 0) return ok(packed);
  if (entry.method === 8) {
    const bytes = await inflate(packed, 'deflate', entry.sizeBytes, deadline);
    return unpacked(source.name, entry.name, bytes, damaged(source.name));
  }
  if (entry.method === 9) {
    const output = Buffer.allocUnsafe(entry.sizeBytes);
    const filled = deadline.run(() => inflate64(packed.read(0, packed.size), output));
    const bytes = typeof filled === 'number' ? output.subarray(0, filled) : filled;
    return unpacked(source.name, entry.name, bytes, damaged(source.name));
  }
  return refusedContent(
    source.name,
    `l’archive emploie une compression non gérée (méthode ${entry.method}) ; utilisez Deflate`,
    `the archive uses a compression that is not supported (method ${entry.method}); use Deflate`,
  );
};
