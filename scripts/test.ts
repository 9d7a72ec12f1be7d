/** `npm test`: every test that needs nothing but the clone; it says what it ran and on what. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('vitest/package.json');
const vitest = join(dirname(manifest), 'vitest.mjs');

const run = (label: string, args: readonly string[]): number => {
  process.stdout.write(`\n== ${label}\n`);
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...args], { stdio: 'inherit' });
  return status ?? 1;
};

const filters = process.argv.slice(2);
const given = (process.env['DATABASE_URL'] ?? '') !== '';
const alone = given && process.env['STACOPTIM_TEST_ONLY_GIVEN'] === '1';
const databases = given
  ? `${alone ? '' : 'embedded PostgreSQL and '}the server of DATABASE_URL`
  : 'embedded PostgreSQL; no DATABASE_URL, so no other server';
const parts: readonly (readonly [string, readonly string[]])[] =
  filters.length > 0
    ? [[`filtered: ${filters.join(' ')}, on ${databases}`, filters]]
    : [
        [`unit, law, hostile-input and database tests on ${databases}`, []],
        ['browser journey in the Chromium that npm brings', ['--config', 'vitest.e2e.config.ts']],
      ];

const outcomes = parts.map(([label, args]) => ({ label, status: run(label, args) }));
process.stdout.write('\n== Ran\n');
for (const { label, status } of outcomes)
  process.stdout.write(`${status === 0 ? 'passed' : 'FAILED'}  ${label}\n`);
process.exitCode = outcomes.every(({ status }) => status === 0) ? 0 : 1;
