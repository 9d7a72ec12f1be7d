import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A path inside the corpus of real files; fails clearly when the folder is not there. */
export const corpusPath = (...parts: string[]): string => {
  const folder = process.env['STACOPTIM_CORPUS'] ?? join(root, '../shared/corpus');
  if (!existsSync(folder)) throw new Error(`No corpus at ${folder}: set STACOPTIM_CORPUS to its folder.`);
  return join(folder, ...parts);
};
