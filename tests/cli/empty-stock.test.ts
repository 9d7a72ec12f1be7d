import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stacoptim } from '../support/stacoptim.ts';

let data = '';
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'stacoptim-empty-'));
});
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

describe('a stock without a building says so', () => {
  it.each([['rank'], ['law'], ['benchmark']])(
    '%s',
    (verb) => {
      const { code, stdout } = stacoptim(verb, '--data', data);
      expect(code).toBe(0);
      expect(stdout).toContain('Aucun bâtiment dans ce parc.');
    },
    120_000,
  );
});
