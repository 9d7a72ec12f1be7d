import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Answers, Described, FormRows, Outlines } from '#create/index.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import { failure, type Failure, ok, type Result } from '../core/result.ts';
import { programStamp } from './program-stamp.ts';

/** A building or a stock on its way in: read, not yet confirmed. */
export type Draft = {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly state: 'reading' | 'ready' | 'failed';
  readonly startedMs: number;
  readonly error?: Failure;
  readonly described?: Described;
  readonly outlines?: Outlines;
  readonly rows?: FormRows;
  readonly ledger?: LedgerEntry;
  readonly answers: Answers;
};

/** Uploads that nobody confirmed are deleted after a day. */
const KEPT_MS = 24 * 3_600_000;

/** Throws where the folder is another account's: its name is known, and whoever made it first would read each upload. */
const root = (): string => {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `stacoptim-drafts-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid)
    throw new Error(`${folder} is no folder of this account: delete it, or set TMPDIR to another folder`);
  return folder;
};

const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);

const folderOf = (id: string): string => join(root(), id);

/** Where the file of an upload lies; `id` must be one that `newDraftId` gave. */
export const uploadPath = (id: string): string => join(folderOf(id), 'upload');

const ownerPath = (id: string): string => join(folderOf(id), 'organisation');

/** True when the upload is there and was sent by the organisation. */
export const ownsDraft = (id: string, organisationId: number): boolean => {
  if (!isId(id)) return false;
  try {
    return readFileSync(ownerPath(id), 'utf8') === String(organisationId);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};

/** A folder for a new upload; those left for over a day are gone first. */
export const newDraftId = (nowMs: number, organisationId: number): string => {
  for (const name of readdirSync(root())) {
    const age = nowMs - statSync(join(root(), name)).mtimeMs;
    if (isId(name) && age > KEPT_MS) rmSync(join(root(), name), { recursive: true, force: true });
  }
  const id = randomUUID();
  mkdirSync(folderOf(id), { mode: 0o700 });
  writeFileSync(ownerPath(id), String(organisationId));
  return id;
};

/** The first line of a kept draft; the second is the draft itself. */
const headSchema = z.object({
  schema: z.literal('stacoptim.draft/1'),
  /** As `programStamp` gives it. */
  program: z.string(),
  /** Of the second line. */
  sha256: z.string(),
});

const draftPath = (id: string): string => join(folderOf(id), 'draft.json');

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keeps the draft whole or not at all. */
export const saveDraft = (draft: Draft): void => {
  const path = draftPath(draft.id);
  const body = JSON.stringify(draft);
  const head: z.infer<typeof headSchema> = {
    schema: 'stacoptim.draft/1',
    program: programStamp(),
    sha256: sumOf(body),
  };
  writeFileSync(`${path}.new`, `${JSON.stringify(head)}\n${body}`);
  renameSync(`${path}.new`, path);
};

/** True while the draft of an upload is there, whatever stands in it. */
export const holdsDraft = (id: string): boolean => isId(id) && existsSync(draftPath(id));

/** The refusal `unknown-draft`. */
export const unknownDraft = (id: string): Result<never> =>
  failure(
    'unknown-draft',
    'Ce dépôt n’existe plus : il a été confirmé, annulé, ou il date de plus d’un jour. Déposez le fichier de nouveau.',
    'This upload is no longer there: it was confirmed, cancelled, or is over a day old. Upload the file again.',
    { field: id },
  );

const damaged = (id: string): Result<never> =>
  failure(
    'draft-damaged',
    'Ce qui avait été lu de ce dépôt est abîmé sur le disque du serveur : rien n’en est repris, rien n’a changé dans le parc. Annulez ce dépôt et déposez le fichier de nouveau ; vérifiez la place et l’état de ce disque si cela se répète.',
    'What had been read of this upload is damaged on the server’s disk: nothing of it is used, and nothing changed in the stock. Cancel this upload and upload the file again; check the room and the state of that disk if it happens again.',
    { field: id },
  );

const ofAnotherVersion = (id: string): Result<never> =>
  failure(
    'draft-of-another-version',
    'Ce dépôt a été lu par une autre version du programme, qui ne le lisait pas comme celle-ci : rien n’en est repris, rien n’a changé dans le parc. Annulez ce dépôt et déposez le fichier de nouveau.',
    'This upload was read by another version of the program, which did not read it as this one does: nothing of it is used, and nothing changed in the stock. Cancel this upload and upload the file again.',
    { field: id },
  );

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The draft of an upload. Fails with `unknown-draft` for an id that is none or whose draft is gone, `draft-damaged`, `draft-of-another-version`. */
export const loadDraft = (id: string): Result<Draft> => {
  if (!holdsDraft(id)) return unknownDraft(id);
  const text = readFileSync(draftPath(id), 'utf8');
  const end = text.indexOf('\n');
  const first = jsonOf(end < 0 ? text : text.slice(0, end));
  if (first === undefined) return damaged(id);
  const head = headSchema.safeParse(first);
  if (!head.success || head.data.program !== programStamp()) return ofAnotherVersion(id);
  const body = text.slice(end + 1);
  // What this very program wrote, to the letter, is a draft: its shape needs no second description.
  return sumOf(body) === head.data.sha256 ? ok(JSON.parse(body) as Draft) : damaged(id);
};

/** Deletes the upload with its draft; nothing where it is gone already. */
export const dropDraft = (id: string): void => {
  if (isId(id)) rmSync(folderOf(id), { recursive: true, force: true });
};
