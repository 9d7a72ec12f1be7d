import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorsDocument } from '../../scripts/errors-document.ts';

it('docs/errors.md has every code of the sources (node scripts/errors-document.ts writes it)', () => {
  const document = errorsDocument();
  expect(document.split('\n').length).toBeGreaterThan(60);
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(document);
});
