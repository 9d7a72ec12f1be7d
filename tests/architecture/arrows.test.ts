import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const sourceRoot = join(root, 'src');

/** What each folder may import of ours besides itself (docs/architecture.md). The stages go one way round the loop. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  formats: ['core'],
  create: ['core'],
  simulate: ['core', 'create'],
  target: ['core', 'create', 'simulate'],
  measure: ['core', 'create', 'simulate', 'target'],
  correct: ['core', 'create', 'simulate', 'target', 'measure'],
  store: ['core'],
  app: ['core', 'formats', 'create', 'simulate', 'target', 'measure', 'correct', 'store'],
  api: ['core', 'app'],
  cli: ['core', 'app', 'api', 'jobs'],
  jobs: ['core', 'app'],
  client: [],
  web: ['client'],
};

/** What the page and the documents must write alike; it imports nothing itself (docs/decisions/0386). */
const sharedWithPage = join(sourceRoot, 'core/figure-scale.ts');

const pureFolders = ['core', 'create', 'simulate', 'target', 'measure', 'correct'];
const impureModules = /^(node:(?!util$|buffer$)|express|pg$|typeorm|pino|web-ifc)/;
const impureGlobals = /\b(Date\.now\(|new Date\(\)|performance\.|process\.|console\.|fetch\(|Math\.random\()/;

type Import = { readonly file: string; readonly specifier: string; readonly typeOnly: boolean };

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s*'([^']+)'/g;

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => ({
    file,
    specifier: match[2] ?? match[3] ?? match[4],
    typeOnly: match[1] !== undefined,
  }));

const folderOf = (path: string): string | undefined => {
  const inside = relative(sourceRoot, path);
  return inside.startsWith('..') ? undefined : inside.split(sep)[0];
};

const targetOf = (one: Import): string | undefined => {
  if (one.specifier.startsWith('#')) return one.specifier.slice(1).split('/')[0];
  return one.specifier.startsWith('.') ? folderOf(resolve(dirname(one.file), one.specifier)) : undefined;
};

const isSharedWithPage = (one: Import): boolean =>
  resolve(dirname(one.file), one.specifier) === sharedWithPage;

const folders = Object.keys(allowed);
const imports = sources(sourceRoot).flatMap(importsOf);

describe('imports follow the arrows', () => {
  it.each(folders)('%s imports only what lies before it', (folder) => {
    const wrong = imports
      .filter((one) => folderOf(one.file) === folder)
      .map((one) => ({ one, target: targetOf(one) }))
      .filter(({ target }) => target !== undefined && target !== folder && !allowed[folder]?.includes(target))
      .filter(({ one }) => folder !== 'web' || !isSharedWithPage(one))
      .map(({ one }) => `${relative(root, one.file)} imports ${one.specifier}`);
    expect(wrong).toEqual([]);
  });

  it('what the page shares with the documents brings nothing else along', () => {
    expect(importsOf(sharedWithPage)).toEqual([]);
  });

  it('every folder of the source has its rule', () => {
    const present = readdirSync(sourceRoot, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(present.filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});

describe('the stages are pure', () => {
  it.each(pureFolders)('%s touches no disk, clock, network or logger', (folder) => {
    const files = sources(join(sourceRoot, folder));
    const wrong = files.flatMap((file) => {
      const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
      const modules = importsOf(file).filter((one) => impureModules.test(one.specifier));
      const globals = impureGlobals.exec(code);
      return [
        ...modules.map((one) => `${relative(root, file)} imports ${one.specifier}`),
        ...(globals === null ? [] : [`${relative(root, file)} uses ${globals[0]}`]),
      ];
    });
    expect(wrong).toEqual([]);
  });
});
