import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { answered, type Answers, type Answered, parseAnswers, spacesSaid } from '#create/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { slugOf } from './building-record.ts';
import type { AppContext } from './context.ts';
import {
  type Draft,
  dropDraft,
  holdsDraft,
  loadDraft,
  newDraftId,
  ownsDraft,
  saveDraft,
  unknownDraft,
  uploadPath,
} from './drafts.ts';
import { readSource } from './read-source.ts';
import type { DraftView, PreflightView, SheetView } from './onboarding-views.ts';

const READ_DEADLINE_MS = 120_000;

const readings = new Map<string, AbortController>();

/** The refusal `draft-not-ready`. */
export const notReady = failure(
  'draft-not-ready',
  'Le fichier n’est pas encore lu : attendez la fin de la lecture.',
  'The file is not read yet: wait for the reading to end.',
);

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
};

/** Room for an upload: the caller writes the file there, then calls `startReading`. */
export const openUpload = (context: AppContext): { readonly id: string; readonly path: string } => {
  const id = newDraftId(context.nowMs(), context.store.organisationId);
  return { id, path: uploadPath(id) };
};

/** Uploads are kept beside the database: their organisation is checked here. Fails with `unknown-draft`. */
export const ownsUpload = ({ store }: AppContext, id: string): Result<void> =>
  ownsDraft(id, store.organisationId) ? ok(undefined) : unknownDraft(id);

/** Gives up an upload that did not arrive whole. */
export const abandonUpload = (id: string): void => dropDraft(id);

const read = async (draft: Draft, spaces: Answers['spaces']): Promise<void> => {
  const abort = new AbortController();
  readings.set(draft.id, abort);
  try {
    const result = await readSource(uploadPath(draft.id), {
      name: draft.fileName,
      deadlineMs: READ_DEADLINE_MS,
      signal: abort.signal,
      ...(spaces === undefined ? {} : { spaces: spacesSaid(spaces) }),
    });
    // A draft that was cancelled while it was read is gone.
    if (!holdsDraft(draft.id)) return;
    const { error: _, ...rest } = draft;
    if (!result.ok) saveDraft({ ...rest, state: 'failed', error: result.error });
    else
      saveDraft({
        ...rest,
        state: 'ready',
        ledger: result.value.ledger,
        ...(result.value.kind === 'sheet'
          ? { rows: result.value.rows }
          : {
              described: result.value.described,
              ...(result.value.outlines === undefined ? {} : { outlines: result.value.outlines }),
            }),
      });
  } finally {
    readings.delete(draft.id);
  }
};

/** A reading that ends on a bug fails its draft. Throws where not even that can be kept: a full disk. */
const readTold = (draft: Draft, spaces: Answers['spaces']): Promise<void> =>
  read(draft, spaces).catch((error: unknown) => {
    const detail = (error as Error).message;
    const failed = failure(
      'reading-failed',
      `La lecture s’est arrêtée sur une erreur inattendue (${detail}).`,
      `Reading stopped on an unexpected error (${detail}).`,
      { file: draft.fileName },
    );
    if (holdsDraft(draft.id)) saveDraft({ ...draft, state: 'failed', error: failed.error });
  });

/** Never stops the server: what could not be kept is found to be read by nobody, and told as `reading-stopped`. */
const readInBackground = (draft: Draft, spaces: Answers['spaces']): void => {
  void readTold(draft, spaces).catch(() => undefined);
};

const newDraft = async (context: AppContext, id: string, fileName: string): Promise<Draft> => {
  const draft: Draft = {
    id,
    fileName,
    sha256: await sha256Of(uploadPath(id)),
    state: 'reading',
    startedMs: context.nowMs(),
    answers: {},
  };
  saveDraft(draft);
  return draft;
};

/**
 * Reads an upload in the background; `viewDraft` tells how far it is. Fails as `viewDraft`; a file that cannot be
 * read fails the draft, not the call.
 */
export const startReading = async (
  context: AppContext,
  id: string,
  fileName: string,
): Promise<Result<DraftView>> => {
  readInBackground(await newDraft(context, id, fileName), undefined);
  return viewDraft(context, id);
};

/** Reads an upload to its end; one that is stopped by `signal` is gone, and fails with `unknown-draft`. */
export const readUpload = async (
  context: AppContext,
  id: string,
  fileName: string,
  signal: AbortSignal,
): Promise<Result<DraftView>> => {
  const draft = await newDraft(context, id, fileName);
  const stop = (): void => {
    readings.get(id)?.abort();
    dropDraft(id);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    else await readTold(draft, undefined);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return viewDraft(context, id);
};

/** Names of files that say nothing of the building in them. */
const plainFile = /^(model|modele|maquette|batiment|building|export|projet|project)$/;

/** Id a building is offered: from its file's name, its own, or its model's. */
export const suggestedId = (draft: Draft): string => {
  const ofFile = slugOf(draft.fileName.replace(/\.(ifc|ifczip|gz|xml|json)$/gi, ''));
  const ofName = slugOf(draft.answers.building?.name ?? '');
  const ofModel = plainFile.test(ofFile) ? slugOf(draft.described?.facts.name ?? '') : '';
  return (draft.described?.form?.id ?? (ofName || ofModel || ofFile)) || 'batiment';
};

/** What a person reads before a building is kept, and may answer: losses in W/K, areas in m2. */
export const preflightView = (result: Answered, answers: Answers): PreflightView => ({
  heatLossWK: result.envelope.heatLossCoefficient,
  floorAreaM2: result.twin.floorAreaM2,
  losses: result.twin.losses.map(({ group, h }) => ({ group, h })),
  closed: result.envelope.closed,
  name: result.facts.name,
  found: [...result.report.found],
  assumed: [...result.report.assumed],
  contradictory: [...result.report.contradictory],
  missing: [...result.report.missing],
  questions: result.report.questions.map((question) => ({
    ...question,
    current: question.current ?? null,
    narrowsShare: question.narrowsShare ?? null,
  })),
  answers,
  spaces: result.envelope.cells
    .filter(({ id }) => answers.spaces?.[id] !== undefined)
    .map(({ id, name }) => ({ id, name })),
});

/** The id of a sheet's line in the stock: its own, in small letters and dashes. */
export const lineId = ({
  twin,
  line,
}: {
  readonly twin: { readonly buildingId: string };
  readonly line: number;
}): string => slugOf(twin.buildingId) || `ligne-${line}`;

const sheetView = async (context: AppContext, draft: Draft): Promise<SheetView | null> => {
  const { rows } = draft;
  if (rows === undefined) return null;
  const known = await context.store.buildings.known(rows.twins.map(lineId));
  const taken = new Set<number>();
  const seen = new Set<string>();
  for (const one of rows.twins) {
    const id = lineId(one);
    if (seen.has(id) || known.has(id)) taken.add(one.line);
    seen.add(id);
  }
  return {
    columns: Object.entries(rows.columns).map(([column, field]) => ({ column, field })),
    ignored: [...rows.ignored],
    buildings: rows.twins.map((one) => ({
      line: one.line,
      id: lineId(one),
      name: one.twin.name,
      floorAreaM2: one.twin.floorAreaM2,
      heatLossWK: one.twin.heatLoss,
      taken: taken.has(one.line),
    })),
    refused: rows.refused.map(({ line, code, message }) => ({ line, code, message })),
  };
};

/**
 * Where an upload stands: still read, refused with its reason, or ready with what was found and what is asked. Fails as `loadDraft`.
 */
export const viewDraft = async (context: AppContext, id: string): Promise<Result<DraftView>> => {
  const loaded = loadDraft(id);
  if (!loaded.ok) return loaded;
  const draft = loaded.value;
  const stopped = draft.state === 'reading' && !readings.has(id);
  const reading = draft.state === 'reading' && !stopped;
  const result =
    draft.described === undefined ? undefined : answered(draft.described, draft.answers, suggestedId(draft));
  const error = stopped
    ? {
        code: 'reading-stopped',
        message: {
          fr: 'La lecture n’a rien laissé : le serveur a été arrêté pendant qu’il lisait, ou n’a pas pu écrire sur son disque. Déposez le fichier de nouveau ; si cela se répète, vérifiez la place sur le disque du serveur.',
          en: 'The reading left nothing: the server was stopped while it read, or could not write on its disk. Upload the file again; if it happens again, check the room on the server’s disk.',
        },
      }
    : (draft.error ?? (result?.ok === false ? result.error : undefined));
  return ok({
    id,
    fileName: draft.fileName,
    state: reading ? 'reading' : error === undefined ? 'ready' : 'failed',
    elapsedS: Math.max(0, Math.round((context.nowMs() - draft.startedMs) / 1000)),
    deadlineS: READ_DEADLINE_MS / 1000,
    error: error === undefined ? null : { code: error.code, message: error.message },
    kind: draft.described?.kind ?? (draft.rows === undefined ? null : 'sheet'),
    suggestedId: suggestedId(draft),
    preflight: result?.ok === true ? preflightView(result.value, draft.answers) : null,
    sheet: await sheetView(context, draft),
  });
};

/** Whether two sets of answers say the same of the spaces, so that the cells need not be cut again. */
export const sameSpaces = (a: Answers['spaces'], b: Answers['spaces']): boolean =>
  JSON.stringify(a ?? {}) === JSON.stringify(b ?? {});

/**
 * Replaces the answers of an upload by these; none at all takes every answer back. Answers about spaces cut the cells again, in the background.
 * @returns what `loadDraft` gives, `answers-invalid`, `draft-not-ready`, and what the form or the period gives.
 */
export const answerDraft = async (
  context: AppContext,
  id: string,
  input: unknown,
): Promise<Result<DraftView>> => {
  const loaded = loadDraft(id);
  if (!loaded.ok) return loaded;
  const draft = loaded.value;
  const answers = parseAnswers(input);
  if (!answers.ok) return answers;
  if (draft.described === undefined) return notReady;
  const result = answered(draft.described, answers.value, suggestedId(draft));
  if (!result.ok) return result;
  const kept = { ...draft, answers: answers.value };
  if (sameSpaces(draft.answers.spaces, answers.value.spaces)) saveDraft(kept);
  else {
    const again: Draft = { ...kept, state: 'reading', startedMs: context.nowMs() };
    saveDraft(again);
    readInBackground(again, answers.value.spaces);
  }
  return viewDraft(context, id);
};

/** Stops the reading of an upload and deletes it. Fails with `unknown-draft`. */
export const cancelDraft = (id: string): Result<{ readonly cancelled: true }> => {
  if (!holdsDraft(id)) return unknownDraft(id);
  readings.get(id)?.abort();
  dropDraft(id);
  return ok({ cancelled: true });
};
