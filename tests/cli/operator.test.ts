import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { unknownSettings } from '#app/settings.ts';
import { stacoptim } from '../support/stacoptim.ts';

const folder = mkdtempSync(join(tmpdir(), 'stacoptim-operator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what every command takes may stand before it, and the version is told', () => {
  expect(stacoptim('--lang', 'en', 'retrain', '--help').stdout).toContain('(a nightly job)');
  expect(stacoptim('--lang=en', '--help').stdout).toContain('the digital twin of a building stock');
  expect(stacoptim('-h').code).toBe(0);
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  expect(stacoptim('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('the help of access names the roles', () => {
  expect(stacoptim('access', '--help').stdout).toContain('viewer|engineer|manager|administrator|integration');
});

it('a backup and a refusal are one line each, for a log of one answer a line', () => {
  const data = join(folder, 'data');
  const file = join(folder, 'all.backup');
  const lines = (...words: readonly string[]): unknown[] => {
    const { stdout } = stacoptim(...words, '--data', data, '--json');
    return stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  };
  expect(lines('backup', file)).toMatchObject([{ file }]);
  expect(lines('backup', file)).toMatchObject([{ error: { code: expect.any(String) } }]);
  // A database that was there before a refused restore stays.
  expect(lines('restore', join(folder, 'absent'))).toMatchObject([{ error: { code: 'file-not-found' } }]);
  expect(readdirSync(data)).toEqual(['pg']);
});

it.each<[string, string, string | undefined]>([
  ['restore', 'backup-unreadable', 'no backup'],
  ['restore', 'file-not-found', undefined],
  ['import-organisation', 'not-an-organisation-archive', 'no archive'],
])(
  'a refused %s (%s) leaves no database that it made',
  (verb, code, text) => {
    const file = join(folder, 'given');
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    const [fresh, own] = [join(folder, 'fresh'), join(folder, 'own')];
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'notes.txt'), 'mine');
    for (const data of [fresh, own]) {
      const { code: exit, stdout } = stacoptim(verb, file, '--data', data, '--json');
      expect([exit, JSON.parse(stdout)]).toMatchObject([1, { error: { code } }]);
    }
    expect(existsSync(fresh)).toBe(false);
    expect(readdirSync(own)).toEqual(['notes.txt']);
  },
  120_000,
);

it('a database of another kind is refused for what it is', () => {
  process.env['DATABASE_URL'] = 'mysql://base/parc';
  try {
    const { code, stderr } = stacoptim('retrain', '--lang', 'en');
    expect([code, stderr]).toEqual([1, 'stacoptim: DATABASE_URL takes an address postgres://….\n']);
  } finally {
    delete process.env['DATABASE_URL'];
  }
});

it('a misspelt setting is told', () => {
  const told = unknownSettings({
    STACOPTIM_NIHGT: '02:15',
    STACOPTIM_NIGHT: '02:15',
    STACOPTIM_KEY: 'stk',
    HOME: '/',
  });
  expect(told.map(({ en }) => en)).toEqual([
    'Warning: STACOPTIM_NIHGT is no setting and changes nothing. The settings: docs/operation.md.',
  ]);
});
