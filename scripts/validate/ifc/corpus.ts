import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvelopeJson } from '#create/index.ts';
import { createFromFile } from '../../../src/app/create-file.ts';
import type { BuildingModel } from '../../../src/core/building-model.ts';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';

/** What `reference.json` says of one file: nested figures, counts and remarks, whatever their names. */
export type Reference = Readonly<Record<string, unknown>>;

export type Digitised =
  | { readonly json: EnvelopeJson; readonly seconds: number }
  | { readonly refused: string; readonly seconds: number };

export const deadlineS = 5;

/** The figures of the folder, by file; undefined when the folder has none. */
export const openReference = (folder: string): ReadonlyMap<string, Reference> | undefined => {
  const path = join(folder, 'reference.json');
  if (!existsSync(path)) return undefined;
  const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return new Map(
    Object.entries(all).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null ? [[name, value as Reference] as const] : [],
    ),
  );
};

/** The stored copy of a file named in the reference: itself, or packed, in the folder or one below. */
export const findFile = (folder: string, name: string): string | undefined =>
  [folder, join(folder, 'hostile'), join(folder, 'more')]
    .flatMap((place) => ['', '.gz', '.zip'].map((ending) => join(place, name + ending)))
    .find((path) => existsSync(path));

export const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(ifc|ifczip|ifc\.gz|ifc\.zip)$/i.test(name))
        .toSorted()
        .map((name) => join(folder, name))
    : [];

/** One file through the function behind `stacoptim create`, and how long it took. */
export const digitise = async (path: string): Promise<Digitised> => {
  const start = performance.now();
  const created = await createFromFile(path, { deadlineMs: deadlineS * 1000, language: 'en' });
  const seconds = (performance.now() - start) / 1000;
  return created.ok ? { json: created.value.json, seconds } : { refused: created.error.code, seconds };
};

/** What the file itself says, for figures the envelope does not carry (flags, space boundaries). */
export const readModel = async (path: string): Promise<BuildingModel | undefined> => {
  const read = await readIfc(bytesSource(path, readFileSync(path)), { deadlineMs: 60_000 });
  return read.ok ? read.value : undefined;
};
