import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Draft, loadDraft, newDraftId, ownsDraft, saveDraft } from '#app/drafts.ts';

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
  expect([ownsDraft(id, 3), ownsDraft(id, 4)]).toEqual([true, false]);
  expect(loadDraft(id)).toMatchObject({ ok: false, error: { code: 'unknown-draft' } });
});

it('puts no upload where another account has led its folder', () => {
  symlinkSync(elsewhere, root);
  expect(() => newDraftId(Date.now(), 3)).toThrow('is no folder of this account');
});

const kept = (): { readonly draft: Draft; readonly file: string } => {
  const draft: Draft = {
    id: newDraftId(Date.now(), 3),
    fileName: 'fiche.json',
    sha256: 'f',
    state: 'ready',
    startedMs: 1234,
    answers: { building: { name: 'École' } },
  };
  saveDraft(draft);
  return { draft, file: join(root, draft.id, 'draft.json') };
};

it('gives a draft back as it was kept', () => {
  const { draft } = kept();
  expect(loadDraft(draft.id)).toEqual({ ok: true, value: draft });
});

it.each<[string, string, (text: string) => string]>([
  ['with a figure changed', 'draft-damaged', (text) => text.replace('1234', '1235')],
  ['cut short', 'draft-damaged', (text) => text.slice(0, -10)],
  ['cut in its first line', 'draft-damaged', (text) => text.slice(0, 20)],
  ['empty', 'draft-damaged', () => ''],
  ['without the line before it, as once', 'draft-of-another-version', (text) => text.split('\n')[1] ?? ''],
  [
    'of another program',
    'draft-of-another-version',
    (text) => text.replace(/"program":"[0-9a-f]{4}/, '"program":"0000'),
  ],
])('refuses a draft %s, and says what to do', (_what, code, spoil) => {
  const { draft, file } = kept();
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  const refused = loadDraft(draft.id);
  expect(refused).toMatchObject({ ok: false, error: { code, where: { field: draft.id } } });
  if (refused.ok) return;
  expect(refused.error.message.fr).toContain('déposez le fichier de nouveau');
  expect(refused.error.message.en).toContain('upload the file again');
});
