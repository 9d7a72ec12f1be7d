import type { StoredEvent, Works } from '#store/index.ts';
import { message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { buildingState, unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import type { EventDecisionRequest, EventRequest, EventView } from './event-views.ts';
import { type Listed, listed, type ListRequest } from './listing.ts';
import { measureWorks } from './measure-works.ts';
import { dayEn, dayFr } from '../core/wording.ts';

const viewOf = ({ fromDay, toDay, factor, decided, ...event }: StoredEvent): EventView => ({
  ...event,
  from: fromDay,
  to: toDay,
  // Kept as a factor; the per cent that was typed comes back as it was.
  adjustmentPercent: factor === undefined ? null : Number((100 * (factor - 1)).toFixed(6)),
  decided:
    decided === undefined
      ? null
      : { by: decided.by, reason: decided.reason, at: new Date(decided.atMs).toISOString() },
});

const factorOf = (percent: number | undefined) =>
  percent === undefined ? {} : { factor: 1 + percent / 100 };

/** The events of the works of a building, proposed and decided. Fails with `unknown-building`. */
export const listEvents = async (context: AppContext, buildingId: string): Promise<Result<EventView[]>> => {
  const { store } = context;
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const events: EventView[] = [];
  for (const { id } of await store.works.list(buildingId))
    events.push(...(await store.events.list(id)).map(viewOf));
  return ok(events);
};

/** The events of the stock. Never fails. */
export const pageOfEvents = async (
  { store }: AppContext,
  request: ListRequest,
): Promise<Result<Listed<EventView>>> => {
  const page = await store.events.page(request.query);
  return ok(listed(request, page.items.map(viewOf), page));
};

/** One event of a building. Fails with `not-found`. */
export const getEvent = async (
  context: AppContext,
  buildingId: string,
  id: number,
): Promise<Result<EventView>> => {
  const event = await context.store.events.get(id);
  const works = event === undefined ? undefined : await context.store.works.get(event.worksId);
  return event === undefined || works?.buildingId !== buildingId ? unknownEvent(id) : ok(viewOf(event));
};

const unknownEvent = (id: number): Result<never> =>
  failure(
    'not-found',
    `Il n’y a pas d’évènement ${id} sur ce bâtiment.`,
    `There is no event ${id} on this building.`,
  );

/** What a person may not say of an event. */
const refused = (
  works: Works,
  { from, to }: { readonly from: string; readonly to: string },
  adjustmentPercent: number | undefined,
): Result<never> | undefined => {
  if (to < from)
    return failure(
      'bad-range',
      `La période du ${dayFr(from)} au ${dayFr(to)} n’en est pas une.`,
      `The period from ${dayEn(from)} to ${dayEn(to)} is none.`,
      { field: 'to' },
    );
  if (adjustmentPercent !== undefined && from <= works.endDay)
    return failure(
      'event-in-baseline',
      `Une correction de consommation porte sur des jours d’après les travaux (fin : ${dayFr(works.endDay)}) ; la référence gelée ne se corrige pas. Des jours d’avant peuvent seulement être écartés, sans correction.`,
      `A correction of consumption is about days after the works (end: ${dayEn(works.endDay)}); the frozen baseline is not corrected. Days before can only be set aside, without a correction.`,
      { field: 'from' },
    );
  return undefined;
};

/** Measures works at once with what has just been decided or declared; where nothing can be measured yet, nothing changes. */
export const remeasure = async (context: AppContext, works: Works): Promise<void> => {
  const state = await buildingState(context, works.buildingId);
  if (state.ok) await measureWorks(context, state.value, works);
};

const read = async ({ store }: AppContext, id: number): Promise<Result<EventView>> => {
  const event = await store.events.get(id);
  return event === undefined ? unknownEvent(id) : ok(viewOf(event));
};

/**
 * A person declares an event, which counts at once. Fails with `unknown-building`, `unknown-works`, `works-not-measured`,
 * `bad-range`, `event-in-baseline`.
 */
export const declareEvent = async (
  context: AppContext,
  buildingId: string,
  request: EventRequest,
): Promise<Result<EventView>> => {
  const { store } = context;
  const { worksId, from, to, adjustmentPercent, by, reason } = request;
  const state = await buildingState(context, buildingId);
  if (!state.ok) return state;
  const works = state.value.works.find(({ id }) => id === worksId);
  if (works === undefined)
    return failure(
      'unknown-works',
      `Le bâtiment « ${buildingId} » n’a pas de travaux « ${worksId} ».`,
      `The building “${buildingId}” has no works “${worksId}”.`,
      { field: 'worksId' },
    );
  const { meter } = state.value;
  if (meter === undefined)
    return failure(
      'works-not-measured',
      `Le bâtiment « ${buildingId} » n’a pas de compteur qui juge ces travaux.`,
      `The building “${buildingId}” has no meter that judges these works.`,
    );
  const wrong = refused(works, { from, to }, adjustmentPercent);
  if (wrong !== undefined) return wrong;
  const id = await store.events.declare(
    {
      worksId,
      meterId: meter.id,
      code: 'declared',
      fromDay: from,
      toDay: to,
      message: message(
        `Déclaré du ${dayFr(from)} au ${dayFr(to)}.`,
        `Declared from ${dayEn(from)} to ${dayEn(to)}.`,
      ),
    },
    { state: 'accepted', fromDay: from, toDay: to, ...factorOf(adjustmentPercent), by, reason },
  );
  await remeasure(context, works);
  return read(context, id);
};

/**
 * A person accepts an event (as proposed, or with other days or a correction), refuses it, or opens it again; the savings
 * are measured anew, with and without. Fails with `unknown-building`, `not-found`, `bad-range`, `event-in-baseline`.
 */
export const decideEvent = async (
  context: AppContext,
  buildingId: string,
  id: number,
  request: EventDecisionRequest,
): Promise<Result<EventView>> => {
  const { store } = context;
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const event = Number.isSafeInteger(id) ? await store.events.get(id) : undefined;
  const works = event === undefined ? undefined : await store.works.get(event.worksId);
  if (event === undefined || works?.buildingId !== buildingId) return unknownEvent(id);
  const { action, from = event.fromDay, to = event.toDay, adjustmentPercent, by, reason } = request;
  const wrong = refused(works, { from, to }, action === 'accept' ? adjustmentPercent : undefined);
  if (wrong !== undefined) return wrong;
  const state = ({ accept: 'accepted', refuse: 'refused', reopen: 'proposed' } as const)[action];
  await store.events.decide(id, {
    state,
    fromDay: from,
    toDay: to,
    ...(action === 'accept' ? factorOf(adjustmentPercent) : {}),
    by,
    reason,
  });
  await remeasure(context, works);
  // A reopened event that is no longer found is withdrawn by the measurement.
  const after = await read(context, id);
  return after.ok
    ? after
    : ok({ ...viewOf(event), state: 'proposed', adjustmentPercent: null, decided: null });
};
