import type { StoredProgramme } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { type Listed, listed, type ListRequest } from './listing.ts';
import { compareViews } from './programme-changes.ts';
import {
  type ProgrammeComparison,
  type ProgrammeSummary,
  type ProgrammeView,
  programmeSchema,
} from './programme-views.ts';

/** The view of a stored programme; undefined for one of an earlier version. */
export const readable = (stored: StoredProgramme): ProgrammeView | undefined =>
  programmeSchema.safeParse({ ...stored.document, id: String(stored.id), stale: stored.stale ?? null }).data;

/** The programme of a number. Fails with `unknown-programme`, or `not-evaluated` for one of an earlier version. */
export const programmeOf = async ({ store }: AppContext, id: number): Promise<Result<ProgrammeView>> => {
  const stored =
    Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? await store.programmes.get(id) : undefined;
  if (stored === undefined)
    return failure(
      'unknown-programme',
      `Il n’y a pas de programme n° ${id}. « npx stacoptim programme » les liste.`,
      `There is no programme number ${id}. “npx stacoptim programme” lists them.`,
    );
  const view = readable(stored);
  return view === undefined
    ? failure(
        'not-evaluated',
        `Le programme n° ${id} vient d’une version antérieure : calculez-le de nouveau.`,
        `Programme number ${id} comes from an earlier version: compute it again.`,
      )
    : ok(view);
};

const summaryOf = (stored: StoredProgramme): ProgrammeSummary[] => {
  const view = readable(stored);
  if (view === undefined) return [];
  const { id, budgetEur, costEur, savingKwh, chosen, stale, withoutMeter } = view;
  const { acceptedBy, acceptedMs } = stored;
  return [
    {
      id,
      at: new Date(stored.createdMs).toISOString(),
      budgetEur,
      costEur,
      savingKwh,
      buildings: chosen.length,
      ...(withoutMeter === undefined ? {} : { withoutMeter }),
      stale,
      accepted:
        acceptedBy === undefined || acceptedMs === undefined
          ? null
          : { by: acceptedBy, at: new Date(acceptedMs).toISOString() },
    },
  ];
};

/**
 * Every programme kept, newest first; those of an earlier version that can no longer be read are left out. Never
 * fails.
 */
export const listProgrammes = async ({ store }: AppContext): Promise<Result<ProgrammeSummary[]>> =>
  ok((await store.programmes.list()).flatMap(summaryOf));

/** A page of the programmes kept; those that can no longer be read are left out. Never fails. */
export const pageOfProgrammes = async (
  { store }: AppContext,
  request: ListRequest,
): Promise<Result<Listed<ProgrammeSummary>>> => {
  const page = await store.programmes.page(request.query);
  return ok(listed(request, page.items.flatMap(summaryOf), page));
};

/**
 * A named person takes a programme as the stock's plan; who, when and why stay in the audit. Fails with `unknown-programme` or
 * `programme-not-open` when it was accepted before.
 */
export const acceptProgramme = async (
  context: AppContext,
  id: number,
  decision: { readonly by: string; readonly reason: string },
): Promise<Result<ProgrammeSummary>> => {
  const { store } = context;
  const known = await programmeOf(context, id);
  if (!known.ok) return known;
  const before = await store.programmes.get(id);
  if (before?.acceptedBy !== undefined)
    return failure(
      'programme-not-open',
      `Le programme n° ${id} a déjà été accepté par ${before.acceptedBy}.`,
      `Programme number ${id} was accepted already, by ${before.acceptedBy}.`,
    );
  await store.programmes.accept(id, decision);
  const kept = await store.programmes.get(id);
  const [summary] = kept === undefined ? [] : summaryOf(kept);
  if (summary === undefined) throw new Error(`programme ${id} left the store while it was accepted`);
  return ok(summary);
};

/** `compareViews` of two stored programmes. Fails as `programmeOf` does. */
export const compareProgrammes = async (
  context: AppContext,
  fromId: number,
  toId: number,
): Promise<Result<ProgrammeComparison>> => {
  const [from, to] = [await programmeOf(context, fromId), await programmeOf(context, toId)];
  if (!from.ok) return from;
  return to.ok ? ok(compareViews(from.value, to.value)) : to;
};
