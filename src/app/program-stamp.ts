import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { AppContext } from './context.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What figures are computed with; the front doors and the page change none. */
const folders = ['models', 'src/app', 'src/core', 'src/correct', 'src/create', 'src/measure', 'src/simulate'];

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

let stamp: string | undefined;

/** SHA-256 of the code and the tables that figures are computed with. */
export const programStamp = (): string => {
  if (stamp !== undefined) return stamp;
  const hash = createHash('sha256');
  for (const file of folders.flatMap(filesIn))
    hash.update(file.slice(root.length)).update(readFileSync(file));
  stamp = hash.digest('hex');
  return stamp;
};

const catalogues = new WeakMap<Catalogue, string>();

/**
 * SHA-256 of the code and the tables of this program and of the catalogue and prices it is run with: what another version has computed, or
 * this one at other prices, is not taken for its own.
 */
export const computedBy = (context: Pick<AppContext, 'catalogue'>): string => {
  const catalogue = catalogueOf(context);
  const known = catalogues.get(catalogue);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(programStamp()).update(JSON.stringify(catalogue)).digest('hex');
  catalogues.set(catalogue, hash);
  return hash;
};
