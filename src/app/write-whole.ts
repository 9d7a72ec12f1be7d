import { existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { failure, type Result } from '../core/result.ts';

/**
 * Writes a file that only its owner may read as its content comes: under its name there is a whole file or none. Fails with
 * `file-exists`, `file-not-written` and what `fill` fails with.
 */
export const writeWhole = async <T>(
  file: string,
  fill: (out: Writable) => Promise<Result<T>>,
): Promise<Result<T>> => {
  if (existsSync(file))
    return failure(
      'file-exists',
      `Le fichier ${file} existe déjà. Donnez un autre nom.`,
      `The file ${file} exists already. Give another name.`,
      { file },
    );
  const partial = `${file}.partial`;
  try {
    const handle = await open(partial, 'w', 0o600);
    const out = handle.createWriteStream({ flush: true });
    const filled = await fill(out);
    out.end();
    await finished(out);
    if (filled.ok) renameSync(partial, file);
    else rmSync(partial, { force: true });
    return filled;
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !['ENOENT', 'EACCES', 'ENOSPC', 'ENOTDIR', 'EROFS', 'EISDIR'].includes(code))
      throw error;
    return failure(
      'file-not-written',
      `Le fichier n’a pas pu être écrit (${code}). Vérifiez le dossier et la place.`,
      `The file could not be written (${code}). Check the folder and the room.`,
      { file },
    );
  }
};
