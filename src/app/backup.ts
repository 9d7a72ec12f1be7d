import { createReadStream, existsSync } from 'node:fs';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { writeWhole } from './write-whole.ts';

export type Kept = {
  readonly file: string;
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
};

const counted = (file: string, tables: Readonly<Record<string, number>>): Result<Kept> =>
  ok({ file, tables, rows: Object.values(tables).reduce((sum, count) => sum + count, 0) });

/**
 * Writes a backup of everything into a file that only its owner may read; under its name there is a whole backup or
 * none. Fails with `file-exists`, `file-not-written`.
 */
export const backupTo = ({ store }: AppContext, file: string): Promise<Result<Kept>> =>
  writeWhole(file, async (out) => counted(file, await store.backup(out)));

/** Brings a backup back into the empty database. Fails with `file-not-found`; throws what the store throws. */
export const restoreFrom = async ({ store }: AppContext, file: string): Promise<Result<Kept>> => {
  if (!existsSync(file))
    return failure('file-not-found', `Il n’y a pas de fichier ${file}.`, `There is no file ${file}.`, {
      file,
    });
  return counted(file, await store.restore(createReadStream(file)));
};
