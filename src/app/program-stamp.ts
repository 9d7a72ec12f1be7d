import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What figures are computed with; the front doors and the page change none. */
const folders = ['models', 'src/app', 'src/core', 'src/correct', 'src/create', 'src/measure', 'src/simulate'];

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

let stamp: string | undefined;

/** SHA-256 of the code and the tables of this program: what another version has computed is not taken for its own. */
export const programStamp = (): string => {
  if (stamp !== undefined) return stamp;
  const hash = createHash('sha256');
  for (const file of folders.flatMap(filesIn))
    hash.update(file.slice(root.length)).update(readFileSync(file));
  stamp = hash.digest('hex');
  return stamp;
};
