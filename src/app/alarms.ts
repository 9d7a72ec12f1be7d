import type { StoredAlarm } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { dayEn, dayFr, decimalFr } from '../core/wording.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { mainMeter } from './derived-meters.ts';
import {
  type AlarmDecisionRequest,
  alarmEvidenceSchema,
  type AlarmView,
  type MeterWatchView,
} from './gap-views.ts';
import { type Listed, listed, type ListRequest } from './listing.ts';

const proofOf = ({ learntUntil, days, score }: AlarmView['evidence']): Message =>
  message(
    `Jugé par un modèle appris jusqu’au ${dayFr(learntUntil)}, sur ${days} jours : l’excès vaut ${decimalFr(score, 1)} fois son écart type.`,
    `Judged by a model learnt until ${dayEn(learntUntil)}, over ${days} days: the excess is ${score.toFixed(1)} times its standard deviation.`,
  );

const viewOf = ({ fromDay, toDay, evidence, decided, ...alarm }: StoredAlarm): AlarmView => {
  const seen = alarmEvidenceSchema.parse(evidence);
  return {
    ...alarm,
    from: fromDay,
    to: toDay,
    evidence: seen,
    proof: proofOf(seen),
    decided:
      decided === undefined
        ? null
        : { by: decided.by, reason: decided.reason, at: new Date(decided.atMs).toISOString() },
  };
};

/** Alarms of a building, newest first. Fails with `unknown-building`. */
export const listAlarms = async ({ store }: AppContext, buildingId: string): Promise<Result<AlarmView[]>> => {
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  return ok((await store.alarms.list(buildingId)).map(viewOf));
};

/** The alarms of the stock. Never fails. */
export const pageOfAlarms = async (
  { store }: AppContext,
  request: ListRequest,
): Promise<Result<Listed<AlarmView>>> => {
  const page = await store.alarms.page(request.query);
  return ok(listed(request, page.items.map(viewOf), page));
};

/** One alarm of a building. Fails with `not-found`. */
export const getAlarm = async (
  { store }: AppContext,
  buildingId: string,
  id: number,
): Promise<Result<AlarmView>> => {
  const alarm = await store.alarms.get(id);
  const meter = alarm === undefined ? undefined : await store.meters.get(alarm.meterId);
  return alarm === undefined || meter?.buildingId !== buildingId
    ? failure(
        'not-found',
        `Il n’y a pas d’alerte ${id} sur ce bâtiment.`,
        `There is no alarm ${id} on this building.`,
      )
    : ok(viewOf(alarm));
};

const states = {
  acknowledge: 'acknowledged',
  refuse: 'refused',
  close: 'closed',
  reopen: 'open',
} as const;

/**
 * A named person acknowledges an alarm (it is known and in hand), refuses it (there is nothing wrong), closes it (it is mended) or opens it
 * again, with a line in the audit log; what is decided stands while the alarm goes on. Fails with `not-found`.
 */
export const decideAlarm = async (
  context: AppContext,
  buildingId: string,
  id: number,
  { action, by, reason }: AlarmDecisionRequest,
): Promise<Result<AlarmView>> => {
  const known = await getAlarm(context, buildingId, id);
  if (!known.ok) return known;
  await context.store.alarms.decide(id, { state: states[action], by, reason, atMs: context.nowMs() });
  return getAlarm(context, buildingId, id);
};

const notYet = message(
  'pas encore veillé : aucune nuit n’a encore regardé ce compteur.',
  'not watched yet: no night has looked at this meter.',
);

/**
 * What the last night made of the meters of a building, the one that judges it first; meters of dwellings are not watched and not told. Fails
 * with `unknown-building`.
 */
export const watchOf = async (
  { store }: AppContext,
  buildingId: string,
): Promise<Result<MeterWatchView[]>> => {
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const meters = (await store.meters.list(buildingId)).filter(({ personal }) => !personal);
  const main = mainMeter(meters, await store.derivations.list(buildingId))?.id;
  const watches = new Map((await store.alarms.watches(buildingId)).map((one) => [one.meterId, one]));
  return ok(
    meters
      .toSorted((one, other) => Number(other.id === main) - Number(one.id === main))
      .map(({ id }): MeterWatchView => {
        const watch = watches.get(id);
        if (watch === undefined)
          return {
            meterId: id,
            watched: false,
            nights: false,
            lastDay: null,
            learntUntil: null,
            reason: notYet,
            lookedAt: null,
          };
        const { lookedAtMs, lastDay = null, learntUntil = null, ...rest } = watch;
        return { ...rest, lastDay, learntUntil, lookedAt: new Date(lookedAtMs).toISOString() };
      }),
  );
};
