import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const importPattern = /(?:^|\n)\s*(?:import|export)\s+(?!type\s)(?:[^'";]*?from\s*)?'([^']+)'/g;

/** The libraries loaded with some sources, each with the source that asks for it first. What is imported when it is needed stays out. */
const librariesOf = (entries: readonly string[]): ReadonlyMap<string, string> => {
  const libraries = new Map<string, string>();
  const seen = new Set(entries.map((entry) => join(root, entry)));
  for (const file of seen)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(importPattern)) {
      if (name.startsWith('#')) seen.add(join(root, 'src', name.slice(1)));
      else if (name.startsWith('.')) seen.add(resolve(dirname(file), name));
      else if (!name.startsWith('node:') && !libraries.has(name))
        libraries.set(name, file.slice(root.length + 1));
    }
  return libraries;
};

// Half of the time of a small model is the start: schemas, statistics and the database were once loaded by one word of an option.
it('a model is digitised without loading any library', () => {
  const loaded = librariesOf(['src/cli/main.ts', 'src/cli/verbs/create.ts', 'src/app/create-file.ts']);
  expect([...loaded].map(([library, file]) => `${library}, by ${file}`)).toEqual([]);
});

it('what a source imports is found', () => {
  expect([...librariesOf(['src/api/server.ts']).keys()]).toEqual(
    expect.arrayContaining(['express', 'zod', 'pino']),
  );
});
