import { answered, type Answers, type Answered } from '#create/index.ts';
import type { Decision } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { formRecord, saveDescribed, slugOf } from './building-record.ts';
import type { AppContext } from './context.ts';
import { type Draft, dropDraft, loadDraft, unknownDraft } from './drafts.ts';
import { lineId, notReady, suggestedId } from './onboarding.ts';

const idTaken = (id: string): Result<never> =>
  failure(
    'id-taken',
    `L’identifiant « ${id} » est déjà celui d’un bâtiment du parc. Choisissez-en un autre.`,
    `The id “${id}” is already that of a building of the stock. Choose another.`,
    { field: 'id' },
  );

type Confirmed = { readonly buildings: readonly string[]; readonly skipped: readonly string[] };

const confirmSheet = async (
  context: AppContext,
  draft: Draft,
  decision: Decision,
): Promise<Result<Confirmed>> => {
  const { rows, ledger, fileName, sha256 } = draft;
  if (rows === undefined || ledger === undefined) return unknownDraft(draft.id);
  const buildings: string[] = [];
  const skipped: string[] = [];
  const share = 1 / Math.max(1, rows.twins.length);
  const each = {
    ...ledger,
    cpuMs: ledger.cpuMs * share,
    wallMs: ledger.wallMs * share,
    energyJ: {
      ...ledger.energyJ,
      value: ledger.energyJ.value * share,
      low: ledger.energyJ.low * share,
      high: ledger.energyJ.high * share,
    },
  };
  await context.store.transaction(async (into) => {
    await into.buildings.addManyAlone();
    for (const one of rows.twins) {
      const id = lineId(one);
      if ((await into.buildings.get(id)) !== undefined) {
        skipped.push(id);
        continue;
      }
      const { commune, department, identifiers = {} } = one.card;
      const result: Answered = {
        envelope: one.envelope,
        facts: { ...one.form, id, ...(department === undefined ? {} : { department }) },
        twin: { ...one.twin, buildingId: id },
        report: { found: [], assumed: [], contradictory: [], missing: [], questions: [] },
      };
      await saveDescribed(into, formRecord(one), result, {
        ledger: each,
        source: { fileName, sha256 },
        ...(commune === undefined ? {} : { commune }),
      });
      await into.buildings.identify(id, identifiers);
      buildings.push(id);
    }
    await into.audit.add({
      ...decision,
      action: 'add-buildings',
      subject: `sheet:${fileName}`,
      detail: { added: buildings.length, skipped: skipped.length, refused: rows.refused.length },
    });
  });
  dropDraft(draft.id);
  return ok({ buildings, skipped });
};

/**
 * Makes the upload a building of the stock (or each good line of a sheet), with its twin; the upload itself is deleted. A building whose id
 * is taken is refused; a line whose id is taken is skipped and named. Fails as `loadDraft`, with `draft-not-ready`, `id-taken` and as the
 * answers do.
 */
export const confirmDraft = async (
  context: AppContext,
  id: string,
  chosen: { readonly id?: string; readonly name?: string } & Decision,
): Promise<Result<Confirmed>> => {
  const loaded = loadDraft(id);
  if (!loaded.ok) return loaded;
  const draft = loaded.value;
  const decision = { by: chosen.by, reason: chosen.reason };
  if (draft.rows !== undefined) return confirmSheet(context, draft, decision);
  const { described, ledger, outlines } = draft;
  if (draft.state !== 'ready' || described === undefined || ledger === undefined) return notReady;
  const buildingId = slugOf(chosen.id ?? '') || suggestedId(draft);
  const answers: Answers =
    chosen.name === undefined
      ? draft.answers
      : { ...draft.answers, building: { ...draft.answers.building, name: chosen.name } };
  const result = answered(described, answers, buildingId);
  if (!result.ok) return result;
  const record = { schema: 'stacoptim.described/1' as const, described, answers };
  const added = await context.store.transaction(async (into) => {
    await into.buildings.addAlone(buildingId);
    if ((await into.buildings.get(buildingId)) !== undefined) return false;
    await saveDescribed(
      into,
      record,
      { ...result.value, facts: { ...result.value.facts, id: buildingId } },
      {
        ledger,
        source: { fileName: draft.fileName, sha256: draft.sha256 },
        ...(outlines === undefined ? {} : { outlines }),
      },
    );
    await into.audit.add({
      ...decision,
      action: 'add-building',
      subject: `building:${buildingId}`,
      detail: { fileName: draft.fileName },
    });
    return true;
  });
  if (!added) return idTaken(buildingId);
  dropDraft(id);
  return ok({ buildings: [buildingId], skipped: [] });
};
