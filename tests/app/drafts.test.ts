import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadDraft, newDraftId, ownsDraft } from '#app/drafts.ts';

const here = mkdtempSync(join(tmpdir(), 'drafts-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'drafts-of-others-'));
const root = join(here, `stacoptim-drafts-${userInfo().uid}`);

beforeEach(() => vi.stubEnv('TMPDIR', here));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

it('keeps an upload for the organisation that sent it', () => {
  const id = newDraftId(Date.now(), 3);
  expect([ownsDraft(id, 3), ownsDraft(id, 4), loadDraft(id)]).toEqual([true, false, undefined]);
});

it('puts no upload where another account has led its folder', () => {
  symlinkSync(elsewhere, root);
  expect(() => newDraftId(Date.now(), 3)).toThrow('is no folder of this account');
});
