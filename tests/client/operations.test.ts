import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientTypes } from '../../scripts/write-client.ts';

it('src/client/operations.ts is what the document of the API says today (node scripts/write-client.ts)', () => {
  const kept = readFileSync(join(import.meta.dirname, '../../src/client/operations.ts'), 'utf8');
  expect(kept).toBe(clientTypes());
});
