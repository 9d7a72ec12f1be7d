import { randomUUID } from 'node:crypto';
import {
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
import type { Answers, Described, FormRows, Outlines } from '#create/index.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { Failure } from '../core/result.ts';

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

/** Keeps the draft whole or not at all. */
export const saveDraft = (draft: Draft): void => {
  const path = join(folderOf(draft.id), 'draft.json');
  writeFileSync(`${path}.new`, JSON.stringify(draft));
  renameSync(`${path}.new`, path);
};

/** The draft of an upload; undefined for an id that is none, or whose draft is gone. */
export const loadDraft = (id: string): Draft | undefined => {
  if (!isId(id)) return undefined;
  try {
    return JSON.parse(readFileSync(join(folderOf(id), 'draft.json'), 'utf8')) as Draft;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Deletes the upload with its draft; nothing where it is gone already. */
export const dropDraft = (id: string): void => {
  if (isId(id)) rmSync(folderOf(id), { recursive: true, force: true });
};
