import { expectedDays, type Fault, findFaults, type ModelRecord } from '#measure/index.ts';
import type { Meter, StoredAlarm } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import type { DailySeries } from '../core/series.ts';
import { type Message, message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { decimalFr } from '../core/wording.ts';
import { alarmEvidenceSchema, type AlarmView } from './gap-views.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';

/** What judges a day was learnt at least this long before it: a model of last week has learnt the fault as well. */
const SEASON_DAYS = 91;

/** A model that was tried on the meter, and the last day it was fitted on. */
type Past = { readonly record: ModelRecord | undefined; readonly to: number };

const newAlarm = (fault: Fault, learntUntil: number) => ({
  code: fault.code,
  fromDay: formatDay(fault.from),
  toDay: formatDay(fault.to),
  message: fault.message,
  evidence: {
    excessKwh: { ...fault.excessKwh },
    excessPercent: { ...fault.excessPercent },
    days: fault.days,
    score: fault.score,
    learntUntil: formatDay(learntUntil),
  },
});

/**
 * The nightly watch of a meter: what it takes too much of against the newest of its models that is a season old, without training
 * anything. Nothing is looked at while works are newer than that model, nor before there is one.
 */
export const watchMeter = async (
  { store }: AppContext,
  meter: Meter,
  series: DailySeries,
  past: readonly Past[],
): Promise<readonly StoredAlarm[]> => {
  const today = series.firstDay + series.energyKwh.findLastIndex((value) => Number.isFinite(value));
  const judge = past.find(({ record, to }) => record?.resolution === 'daily' && to <= today - SEASON_DAYS);
  if (judge?.record === undefined) return [];
  const learntUntil = formatDay(judge.to);
  const works = await store.works.list(meter.buildingId);
  if (works.some(({ endDay }) => endDay >= learntUntil)) return [];
  const days = expectedDays(judge.record, series, { from: judge.to + 1, to: today }) ?? [];
  const faults = findFaults(judge.record, days) ?? [];
  return store.alarms.keep(
    meter.id,
    faults.map((fault) => newAlarm(fault, judge.to)),
  );
};

const proofOf = ({ learntUntil, days, score }: AlarmView['evidence']): Message =>
  message(
    `Jugé par un modèle appris jusqu’au ${learntUntil}, sur ${days} jours : l’excès vaut ${decimalFr(score, 1)} fois son écart type.`,
    `Judged by a model learnt until ${learntUntil}, over ${days} days: the excess is ${score.toFixed(1)} times its standard deviation.`,
  );

/** Alarms of a building, newest first. Fails with `unknown-building`. */
export const listAlarms = async ({ store }: AppContext, buildingId: string): Promise<Result<AlarmView[]>> => {
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  return ok(
    (await store.alarms.list(buildingId)).map(({ fromDay, toDay, evidence, ...alarm }) => {
      const seen = alarmEvidenceSchema.parse(evidence);
      return { ...alarm, from: fromDay, to: toDay, evidence: seen, proof: proofOf(seen) };
    }),
  );
};
