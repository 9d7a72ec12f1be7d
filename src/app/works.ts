import { shippedCatalogue } from '#simulate/index.ts';
import type { Works } from '#store/index.ts';
import { formatDay, parseDay } from '../core/calendar.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import { freezeBaselines } from './freeze-baseline.ts';
import { type Listed, listed, type ListRequest } from './listing.ts';
import { remeasure } from './non-routine.ts';
import { stockDriftWithout } from './stock-drift.ts';
import type { WorksPatch, WorksRecord, WorksRequest } from './works-views.ts';
import { dayEn, dayFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;

type Frozen = WorksRecord['baselines'][number] & { readonly worksId: string | undefined };

/** The frozen baselines of a building's meters, dwellings apart. */
const frozenOf = async ({ store }: AppContext, buildingId: string): Promise<Frozen[]> => {
  const found: Frozen[] = [];
  for (const { id, personal } of await store.meters.list(buildingId)) {
    if (personal) continue;
    for (const model of await store.models.history(id, 'baseline')) {
      const evidence = await store.models.evidence(model.id);
      found.push({
        meterId: id,
        model: model.id,
        to: formatDay(model.window.toMs / DAY_MS - 1),
        dataHash: model.dataHash,
        readingsKept: evidence !== undefined,
        worksId: evidence?.worksId,
      });
    }
  }
  return found;
};

/** The line of the audit log by which works came in. */
const declaredOf = async ({ store }: AppContext, { id }: Works): Promise<WorksRecord['declared']> => {
  const lines = await store.audit.list({ subject: `works:${id}` });
  const first = lines.findLast(({ action }) => action === 'add-works');
  return first === undefined
    ? null
    : { by: first.by, reason: first.reason, at: new Date(first.atMs).toISOString() };
};

const recordOf = async (
  context: AppContext,
  works: Works,
  frozen: readonly Frozen[],
): Promise<WorksRecord> => {
  const { startDay, endDay, measures, planned, ...rest } = works;
  return {
    declared: await declaredOf(context, works),
    ...rest,
    measures: [...measures],
    ...(planned === undefined ? {} : { planned: [...planned] }),
    start: startDay,
    end: endDay,
    baselines: frozen
      .filter(({ worksId }) => worksId === works.id)
      .map(({ meterId, model, to, dataHash, readingsKept }) => ({
        meterId,
        model,
        to,
        dataHash,
        readingsKept,
      })),
  };
};

const unknownMeasure = (works: Works): Result<never> | undefined => {
  const known = new Set(shippedCatalogue.map(({ id }) => id));
  const unknown = [...works.measures, ...(works.planned ?? [])].find((id) => !known.has(id));
  return unknown === undefined
    ? undefined
    : failure(
        'unknown-measure',
        `Geste « ${unknown} » hors catalogue. Voyez /v1/buildings/{id}/measures.`,
        `Measure “${unknown}” is not in the catalogue. See /v1/buildings/{id}/measures.`,
        { field: 'measures' },
      );
};

const unknownWorks = (buildingId: string, worksId: string): Result<never> =>
  failure(
    'unknown-works',
    `Le bâtiment « ${buildingId} » n’a pas de travaux « ${worksId} ».`,
    `The building “${buildingId}” has no works “${worksId}”.`,
  );

const earliestDay = '1900-01-01';
const latestDay = '2200-01-01';

const badDates = ({ startDay, endDay, accepted }: Works): Result<never> | undefined => {
  if (startDay < earliestDay || endDay >= latestDay)
    return failure(
      'bad-range',
      `La période du ${dayFr(startDay)} au ${dayFr(endDay)} n’est pas entre 1900 et 2200.`,
      `The period from ${dayEn(startDay)} to ${dayEn(endDay)} is not between 1900 and 2200.`,
      { field: startDay < earliestDay ? 'start' : 'end' },
    );
  if (endDay < startDay)
    return failure(
      'bad-range',
      `La période du ${dayFr(startDay)} au ${dayFr(endDay)} n’en est pas une.`,
      `The period from ${dayEn(startDay)} to ${dayEn(endDay)} is none.`,
      { field: 'end' },
    );
  if (accepted !== undefined && accepted.day < endDay)
    return failure(
      'acceptance-before-end',
      `Réception le ${dayFr(accepted.day)}, avant la fin des travaux (${dayFr(endDay)}). Corrigez l’une des deux dates.`,
      `Accepted on ${dayEn(accepted.day)}, before the works end (${dayEn(endDay)}). Correct one of the two dates.`,
      { field: 'accepted' },
    );
  return undefined;
};

/** Works that cannot be told apart by any meter, or on a building that stands no more. */
const against = (works: Works, others: readonly Works[]): Result<never> | undefined => {
  const demolished = others.find(
    ({ endedBy, startDay }) => endedBy === 'demolition' && works.endDay >= startDay,
  );
  if (demolished !== undefined)
    return failure(
      'building-demolished',
      `Le bâtiment est démoli depuis le ${dayFr(demolished.startDay)} (« ${demolished.id} ») : des travaux ultérieurs n’y sont pas possibles.`,
      `The building is demolished since ${dayEn(demolished.startDay)} (“${demolished.id}”): no later works are possible.`,
      { field: 'start' },
    );
  const overlapping = others.find(
    ({ startDay, endDay }) => works.startDay <= endDay && startDay <= works.endDay,
  );
  return overlapping === undefined
    ? undefined
    : failure(
        'works-overlap',
        `Ces travaux chevauchent « ${overlapping.id} » (${dayFr(overlapping.startDay)} à ${dayFr(overlapping.endDay)}) : un compteur ne peut pas les séparer. Réunissez-les en une seule opération, ou corrigez les dates.`,
        `These works overlap “${overlapping.id}” (${dayEn(overlapping.startDay)} to ${dayEn(overlapping.endDay)}): a meter cannot tell them apart. Join them into one, or correct the dates.`,
        { field: 'start' },
      );
};

/** Works inside the days a frozen baseline was fitted on would make that baseline judge itself. */
const insideBaseline = async (
  { store }: AppContext,
  works: Works,
  frozen: readonly Frozen[],
): Promise<Result<never> | undefined> => {
  for (const { model, to, worksId } of frozen) {
    if (worksId === works.id) continue;
    const window = (await store.models.get(model))?.window;
    if (window === undefined) continue;
    const from = formatDay(window.fromMs / DAY_MS);
    if (works.startDay <= to && works.endDay >= from)
      return failure(
        'works-in-baseline',
        `Ces travaux tombent dans la référence gelée du ${dayFr(from)} au ${dayFr(to)} (modèle ${model}) : elle jugerait des jours déjà changés. Corrigez les dates ; une référence gelée ne bouge pas.`,
        `These works fall inside the baseline frozen from ${dayEn(from)} to ${dayEn(to)} (model ${model}): it would judge days already changed. Correct the dates; a frozen baseline never moves.`,
        { field: 'start' },
      );
  }
  return undefined;
};

/** Checks works, keeps them with who said so, and freezes the baselines of those that have begun. */
const keep = async (
  context: AppContext,
  works: Works,
  who: { readonly by: string; readonly reason: string },
  action: 'add-works' | 'correct-works',
): Promise<Result<WorksRecord>> => {
  const { store } = context;
  const others = (await store.works.list(works.buildingId)).filter(({ id }) => id !== works.id);
  const frozen = await frozenOf(context, works.buildingId);
  const refused =
    unknownMeasure(works) ??
    badDates(works) ??
    against(works, others) ??
    (await insideBaseline(context, works, frozen));
  if (refused !== undefined) return refused;
  await store.transaction(async (into) => {
    await into.works.save(works);
    await into.audit.add({ ...who, action, subject: `works:${works.id}`, detail: works });
  });
  for (const meter of await store.meters.list(works.buildingId)) {
    if (meter.personal) continue;
    const read = await meterSeries(store, meter);
    if (read?.ok !== true) continue;
    await freezeBaselines(context, meter, read.value, {
      frozen: await store.models.history(meter.id, 'baseline'),
      stockDrift: await stockDriftWithout(context, works.buildingId),
    });
  }
  await remeasure(context, works);
  return getWorks(context, works.buildingId, works.id);
};

/** The works of a building in order of their first day. Fails with `unknown-building`. */
export const listWorks = async (context: AppContext, buildingId: string): Promise<Result<WorksRecord[]>> => {
  const { store } = context;
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const frozen = await frozenOf(context, buildingId);
  const works = await store.works.list(buildingId);
  return ok(await Promise.all(works.map((one) => recordOf(context, one, frozen))));
};

/** Works of the stock, each with the baselines frozen for it. Never fails. */
export const pageOfWorks = async (
  context: AppContext,
  request: ListRequest,
): Promise<Result<Listed<WorksRecord>>> => {
  const page = await context.store.works.page(request.query);
  const frozen = new Map<string, readonly Frozen[]>();
  for (const { buildingId } of page.items)
    if (!frozen.has(buildingId)) frozen.set(buildingId, await frozenOf(context, buildingId));
  const records = await Promise.all(
    page.items.map((works) => recordOf(context, works, frozen.get(works.buildingId) ?? [])),
  );
  return ok(listed(request, records, page));
};

/** One of the works of a building. Fails with `unknown-works`. */
export const getWorks = async (
  context: AppContext,
  buildingId: string,
  worksId: string,
): Promise<Result<WorksRecord>> => {
  const works = await context.store.works.get(worksId);
  return works === undefined || works.buildingId !== buildingId
    ? unknownWorks(buildingId, worksId)
    : ok(await recordOf(context, works, await frozenOf(context, buildingId)));
};

/** The fields as a person sends them to the record's: absent ones are left out. */
const fieldsOf = ({ start, end, ...given }: WorksPatch) => {
  const { by: _by, reason: _reason, ...rest } = given;
  const present = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(present as Partial<Omit<Works, 'id' | 'buildingId' | 'startDay' | 'endDay'>>),
    ...(start === undefined ? {} : { startDay: start }),
    ...(end === undefined ? {} : { endDay: end }),
  };
};

/**
 * Adds works to a building. Fails with `unknown-building`, `id-taken`, `unknown-measure`, `bad-range`,
 * `acceptance-before-end`, `building-demolished`, `works-overlap`, `works-in-baseline`.
 */
export const addWorks = async (
  context: AppContext,
  buildingId: string,
  request: WorksRequest,
): Promise<Result<WorksRecord>> => {
  const { store } = context;
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const { id, by, reason, measures, start, end } = request;
  if ((await store.works.get(id)) !== undefined)
    return failure(
      'id-taken',
      `L’identifiant « ${id} » est déjà celui d’autres travaux.`,
      `The id “${id}” is already that of other works.`,
      { field: 'id' },
    );
  const { id: _id, ...given } = request;
  const works: Works = { ...fieldsOf(given), id, buildingId, measures, startDay: start, endDay: end };
  return keep(context, works, { by, reason }, 'add-works');
};

/**
 * Corrects works. Their first day stays once a baseline was frozen for it. Fails as `addWorks` does, and with
 * `unknown-works`, `works-baseline-frozen`.
 */
export const correctWorks = async (
  context: AppContext,
  buildingId: string,
  worksId: string,
  patch: WorksPatch,
): Promise<Result<WorksRecord>> => {
  const { store } = context;
  const works = await store.works.get(worksId);
  if (works === undefined || works.buildingId !== buildingId) return unknownWorks(buildingId, worksId);
  const changed: Works = { ...works, ...fieldsOf(patch) };
  const frozen = await frozenOf(context, buildingId);
  const lastDay = formatDay((parseDay(works.startDay) ?? 0) - 1);
  if (changed.startDay !== works.startDay && frozen.some(({ to }) => to === lastDay))
    return failure(
      'works-baseline-frozen',
      `La référence de « ${worksId} » est gelée à la veille du ${dayFr(works.startDay)} : cette date ne change plus. Si elle est fausse, déclarez des travaux corrigés sous un autre identifiant.`,
      `The baseline of “${worksId}” is frozen on the eve of ${dayEn(works.startDay)}: that day no longer changes. If it is wrong, declare corrected works under another id.`,
      { field: 'start' },
    );
  return keep(context, changed, { by: patch.by, reason: patch.reason }, 'correct-works');
};
