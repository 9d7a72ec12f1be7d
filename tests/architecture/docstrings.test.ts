import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folders whose public functions are all documented. */
const documented = [
  'core',
  'formats',
  'create',
  'simulate',
  'target',
  'measure',
  'correct',
  'store',
  'app',
  'jobs',
  'api',
  'cli',
  'client',
];

type Documented = { readonly name: string; readonly answers: string; readonly doc: string | undefined };

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });

type Parsed = ReturnType<typeof parseSync>;

/** The comment that stands right before a position, as an editor would show it. */
const docBefore = ({ comments }: Parsed, text: string, at: number): string | undefined => {
  const last = comments.filter(({ end }) => end <= at).at(-1);
  const isDoc =
    last?.type === 'Block' && last.value.startsWith('*') && text.slice(last.end, at).trim() === '';
  return isDoc ? last.value : undefined;
};

/** The functions that code of a module exports, with what their signature says they answer. */
const functionsOf = (text: string): Documented[] => {
  const parsed = parseSync('module.ts', text);
  const written = (node: { readonly start: number; readonly end: number } | null | undefined): string =>
    node === null || node === undefined ? '' : text.slice(node.start, node.end);
  return parsed.program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration, start } = statement;
    const doc = docBefore(parsed, text, start);
    if (declaration?.type === 'FunctionDeclaration')
      return [{ name: declaration.id?.name ?? '', answers: written(declaration.returnType), doc }];
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations.flatMap(({ id, init }) =>
      init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression'
        ? [{ name: written(id), answers: written(init.returnType), doc }]
        : [],
    );
  });
};

const inFolder = (folder: string): { readonly place: string; readonly one: Documented }[] =>
  sources(join(root, 'src', folder)).flatMap((file) =>
    functionsOf(readFileSync(file, 'utf8')).map((one) => ({
      place: `${relative(root, file)}: ${one.name}`,
      one,
    })),
  );

const tellsFailure = /`[a-z]+(-[a-z0-9]+)+`|\b(fails?|refusals?|refuses|refused|failures?)\b/i;

describe('public functions say what they do', () => {
  it.each(documented)('every function that %s exports has a docstring', (folder) => {
    const found = inFolder(folder);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ one }) => one.doc === undefined).map(({ place }) => place)).toEqual([]);
  });

  it.each(documented)('what can fail in %s names its codes, or the function it fails as', (folder) => {
    const silent = inFolder(folder).filter(
      ({ one }) => /\bResult</.test(one.answers) && !tellsFailure.test(one.doc ?? ''),
    );
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});

describe('the reading of sources', () => {
  it('finds functions of both forms and tells a docstring from any other comment', () => {
    const found = functionsOf(
      [
        '/** Fails with `bad-range`. */',
        'export const first = (a: string): Result<number> => parse(a);',
        '// A remark.',
        'export function second() {}',
        '/** Of the constant. */',
        'export const LIMIT = 3;',
        'export async function third(): Promise<void> {}',
        '/** Not exported. */',
        'const fourth = () => 0;',
      ].join('\n'),
    );
    expect(found.map(({ name, doc }) => [name, doc !== undefined])).toEqual([
      ['first', true],
      ['second', false],
      ['third', false],
    ]);
    expect(found[0]?.answers).toContain('Result<number>');
    expect(tellsFailure.test(found[0]?.doc ?? '')).toBe(true);
  });
});
