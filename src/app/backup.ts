import { createReadStream, existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';

export type Kept = {
  readonly file: string;
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
};

const counted = (file: string, tables: Readonly<Record<string, number>>): Result<Kept> =>
  ok({ file, tables, rows: Object.values(tables).reduce((sum, count) => sum + count, 0) });

/**
 * Writes a backup of everything into a file that only its owner may read; under its name there is a whole backup or
 * none. Fails with `file-exists`, `backup-not-written`.
 */
export const backupTo = async ({ store }: AppContext, file: string): Promise<Result<Kept>> => {
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
    const tables = await store.backup(handle.createWriteStream({ flush: true }));
    renameSync(partial, file);
    return counted(file, tables);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !['ENOENT', 'EACCES', 'ENOSPC', 'ENOTDIR', 'EROFS', 'EISDIR'].includes(code))
      throw error;
    return failure(
      'backup-not-written',
      `La sauvegarde n’a pas pu être écrite (${code}). Vérifiez le dossier et la place.`,
      `The backup could not be written (${code}). Check the folder and the room.`,
      { file },
    );
  }
};

/** Brings a backup back into the empty database. Fails with `file-not-found`; throws what the store throws. */
export const restoreFrom = async ({ store }: AppContext, file: string): Promise<Result<Kept>> => {
  if (!existsSync(file))
    return failure('file-not-found', `Il n’y a pas de fichier ${file}.`, `There is no file ${file}.`, {
      file,
    });
  return counted(file, await store.restore(createReadStream(file)));
};
