import type { StoredProgramme } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
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
  const { id, budgetEur, costEur, savingKwh, chosen, stale } = view;
  const { acceptedBy, acceptedMs } = stored;
  return [
    {
      id,
      at: new Date(stored.createdMs).toISOString(),
      budgetEur,
      costEur,
      savingKwh,
      buildings: chosen.length,
      stale,
      accepted:
        acceptedBy === undefined || acceptedMs === undefined
          ? null
          : { by: acceptedBy, at: new Date(acceptedMs).toISOString() },
    },
  ];
};

/** Every programme kept, newest first; those of an earlier version that can no longer be read are left out. */
export const listProgrammes = async ({ store }: AppContext): Promise<Result<ProgrammeSummary[]>> =>
  ok((await store.programmes.list()).flatMap(summaryOf));

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
  const [summary] = (await store.programmes.list()).filter((one) => one.id === id).flatMap(summaryOf);
  if (summary === undefined) throw new Error(`programme ${id} left the store while it was accepted`);
  return ok(summary);
};

type Chosen = ProgrammeView['chosen'][number];

const thousands = (euros: number): number => Math.round(euros / 1000);
const worksOf = ({ measures }: Chosen): Message =>
  message(measures.map(({ name }) => name.fr).join(' + '), measures.map(({ name }) => name.en).join(' + '));
const keyOf = ({ measures }: Chosen): string => measures.map(({ id }) => id).join('+');

const changeOf = (
  from: Chosen | undefined,
  to: Chosen | undefined,
  whyOut: Message | undefined,
): ProgrammeComparison['changes'] => {
  const one = to ?? from;
  if (one === undefined) return [];
  const { buildingId, name } = one;
  const change = (kind: ProgrammeComparison['changes'][number]['kind'], fr: string, en: string) => ({
    buildingId,
    kind,
    message: message(`${name.fr} : ${fr}`, `${name.en}: ${en}`),
  });
  if (from === undefined) {
    const works = worksOf(one);
    const cost = thousands(one.costEur);
    return [
      change(
        'enters',
        `entre en ${one.year} (${works.fr}, ${cost} k€).`,
        `enters in ${one.year} (${works.en}, ${cost} k€).`,
      ),
    ];
  }
  if (to === undefined)
    return [
      change(
        'leaves',
        `n’est plus retenu${whyOut === undefined ? '.' : ` : ${whyOut.fr}`}`,
        `is no longer chosen${whyOut === undefined ? '.' : `: ${whyOut.en}`}`,
      ),
    ];
  const changes: ProgrammeComparison['changes'] = [];
  if (from.year !== to.year)
    changes.push(
      change(
        to.year < from.year ? 'sooner' : 'later',
        `passe de ${from.year} à ${to.year}.`,
        `moves from ${from.year} to ${to.year}.`,
      ),
    );
  if (keyOf(from) !== keyOf(to)) {
    const [old, now] = [worksOf(from), worksOf(to)];
    const [was, is] = [thousands(from.costEur), thousands(to.costEur)];
    changes.push(
      change(
        'other-works',
        `change de travaux : ${now.fr} (${is} k€) au lieu de ${old.fr} (${was} k€).`,
        `changes its works: ${now.en} (${is} k€) instead of ${old.en} (${was} k€).`,
      ),
    );
  } else if (from.costEur !== to.costEur)
    changes.push(
      change(
        'other-cost',
        `les mêmes travaux sont comptés ${Math.round(to.costEur)} € au lieu de ${Math.round(from.costEur)} €.`,
        `the same works are counted at ${Math.round(to.costEur)} € instead of ${Math.round(from.costEur)} €.`,
      ),
    );
  return changes;
};

/** What changes from one programme to another, building by building, in words. Pure. */
export const compareViews = (from: ProgrammeView, to: ProgrammeView): ProgrammeComparison => {
  const before = new Map(from.chosen.map((one) => [one.buildingId, one]));
  const after = new Map(to.chosen.map((one) => [one.buildingId, one]));
  const reasons = new Map(to.notChosen.map(({ buildingId, reason }) => [buildingId, reason]));
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return {
    from: from.id,
    to: to.id,
    costEur: to.costEur - from.costEur,
    savingKwh: to.savingKwh.value - from.savingKwh.value,
    changes: ids.flatMap((id) => changeOf(before.get(id), after.get(id), reasons.get(id))),
  };
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
