import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorsDocument } from '../../scripts/errors-document.ts';

it('docs/errors.md has every code of the sources (node scripts/errors-document.ts writes it)', () => {
  const document = errorsDocument();
  expect(document.split('\n').length).toBeGreaterThan(60);
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(document);
});

it.each([
  ['bad-range', 'failure', 'a refusal'],
  ['model-no-previous', 'failure', 'a refusal of the store'],
  ['wrong-system', 'failure', 'a refusal that a stage words by a helper of its own'],
  ['port-taken', 'failure', 'a refusal that a door makes as an object'],
  ['too-short', 'warning', 'a warning'],
  ['weather-filled', 'finding', 'what is found in data'],
  ['bad-value', 'finding', 'what is found in a row, worded by a function'],
])('knows %s, %s: %s', (code, kind) => {
  expect(errorsDocument()).toContain(`| \`${code}\` | ${kind} | `);
});
