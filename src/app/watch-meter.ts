import {
  expectedDays,
  type Fault,
  findFaults,
  findNightFault,
  fitModel,
  type ModelRecord,
  modelRecord,
  nightDays,
} from '#measure/index.ts';
import type { Meter, MeterWatch, NewAlarm, StoredAlarm } from '#store/index.ts';
import { type DayRange, formatDay } from '../core/calendar.ts';
import type { DailySeries } from '../core/series.ts';
import { message } from '../core/message.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';
import type { AppContext } from './context.ts';
import type { MeterSeries } from './daily-series.ts';
import { sourceOf } from './freeze-baseline.ts';
import { hashOfDays } from './data-hash.ts';

const DAY_MS = 86_400_000;
/** What judges a day was learnt at least this long before it: a model of last week has learnt the fault as well. */
const SEASON_DAYS = 91;
const YEAR_DAYS = 365;
/** Readings older than this say nothing of today. */
const LATE_DAYS = 14;

/** A model that was tried on the meter, and the last day it was fitted on. */
type Past = { readonly record: ModelRecord | undefined; readonly to: number };

/** What judges: a model of days, and of a meter read by the hour one of its nights. */
type Judge = { readonly whole: ModelRecord; readonly nights?: { record: ModelRecord; series: DailySeries } };

const newAlarm = (fault: Fault, learntUntil: string) => ({
  code: fault.code,
  fromDay: formatDay(fault.from),
  toDay: formatDay(fault.to),
  message: fault.message,
  evidence: {
    excessKwh: { ...fault.excessKwh },
    excessPercent: { ...fault.excessPercent },
    days: fault.days,
    score: fault.score,
    learntUntil,
  },
});

/** A model of days fitted on the year up to a day; undefined where it cannot be. */
const fitted = async (
  context: AppContext,
  meter: Meter,
  read: Pick<MeterSeries, 'series' | 'station'>,
  baseline: DayRange,
): Promise<ModelRecord | undefined> => {
  const { series } = read;
  const end = context.startLedger('watch');
  const fit = fitModel(series, { baseline, holidays: 'FR' });
  const entry = end();
  if (!fit.ok || fit.value.disqualified.length > 0) return undefined;
  await context.store.ledger.add({ ...entry, buildingId: meter.buildingId });
  return modelRecord(fit.value, sourceOf(meter, read, hashOfDays(series, baseline), entry));
};

/**
 * The models that judge a meter: the newest of its own that is a season old. A model of hours expects schedules, not weather by the day: days
 * and nights of such a meter are judged by models of days, fitted on the year that ended when that one was learnt.
 */
const judgeOf = async (
  context: AppContext,
  meter: Meter,
  read: MeterSeries,
  { record, to }: Past & { record: ModelRecord },
): Promise<Judge | undefined> => {
  const { series, readings } = read;
  const year = { from: Math.max(series.firstDay, to - YEAR_DAYS + 1), to };
  const whole = record.resolution === 'daily' ? record : await fitted(context, meter, read, year);
  if (whole === undefined) return undefined;
  const nights = nightDays(readings, series);
  if (nights === undefined) return { whole };
  const own = await fitted(context, meter, { ...read, series: nights }, year);
  return { whole, ...(own === undefined ? {} : { nights: { record: own, series: nights } }) };
};

type Looked = Pick<MeterWatch, 'watched' | 'nights' | 'learntUntil' | 'reason'> & {
  readonly alarms: readonly NewAlarm[];
};

const notWatched = (fr: string, en: string, learntUntil?: string): Looked => ({
  watched: false,
  nights: false,
  reason: message(fr, en),
  alarms: [],
  ...(learntUntil === undefined ? {} : { learntUntil }),
});

const look = async (
  context: AppContext,
  meter: Meter,
  read: MeterSeries,
  past: readonly Past[],
  today: number,
): Promise<Looked> => {
  const late = Math.floor(context.nowMs() / DAY_MS) - today;
  if (late > LATE_DAYS)
    return notWatched(
      `pas veillé : aucun relevé depuis le ${dayFr(today)} (${late} jours).`,
      `not watched: no reading since ${dayEn(today)} (${late} days).`,
    );
  const known = past.flatMap(({ record, to }) => (record === undefined ? [] : [{ record, to }]));
  const newest = known.find(({ to }) => to <= today - SEASON_DAYS);
  if (newest === undefined)
    return notWatched(
      `pas encore veillé : ce qui juge doit avoir été appris au moins ${SEASON_DAYS} jours plus tôt, et aucun modèle de ce compteur n’est si ancien.`,
      `not watched yet: what judges must have been learnt at least ${SEASON_DAYS} days before, and no model of this meter is that old.`,
    );
  const learntUntil = formatDay(newest.to);
  const works = await context.store.works.list(meter.buildingId);
  const last = works.find(({ endDay }) => endDay >= learntUntil);
  if (last !== undefined)
    return notWatched(
      `pas veillé : les travaux « ${last.id} » (fin le ${dayFr(last.endDay)}) sont plus récents que le modèle qui juge (appris jusqu’au ${dayFr(learntUntil)}).`,
      `not watched: the works “${last.id}” (ended ${dayEn(last.endDay)}) are newer than the model that judges (learnt until ${dayEn(learntUntil)}).`,
      learntUntil,
    );
  const judge = await judgeOf(context, meter, read, newest);
  const range = { from: newest.to + 1, to: today };
  const days = judge === undefined ? undefined : expectedDays(judge.whole, read.series, range);
  const faults = judge === undefined || days === undefined ? undefined : findFaults(judge.whole, days);
  if (judge === undefined || days === undefined || faults === undefined)
    return notWatched(
      'pas veillé : le modèle de ce compteur ne dit rien du chauffage.',
      'not watched: the model of this meter says nothing of heating.',
      learntUntil,
    );
  const nightDaysExpected =
    judge.nights === undefined ? undefined : expectedDays(judge.nights.record, judge.nights.series, range);
  const atNight =
    judge.nights === undefined || nightDaysExpected === undefined
      ? undefined
      : findNightFault(
          { record: judge.nights.record, days: nightDaysExpected },
          { record: judge.whole, days },
        );
  const all = [...faults, ...(atNight ?? [])];
  return {
    watched: true,
    nights: atNight !== undefined,
    learntUntil,
    alarms: all.map((fault) => newAlarm(fault, learntUntil)),
    reason: message(
      `veillé jusqu’au ${dayFr(today)} par un modèle appris jusqu’au ${dayFr(learntUntil)}${atNight === undefined ? '' : ', nuits comprises'} : ${all.length === 0 ? 'rien d’anormal' : countFr(all.length, 'excès', 'excès')}.`,
      `watched until ${dayEn(today)} by a model learnt until ${dayEn(learntUntil)}${atNight === undefined ? '' : ', nights included'}: ${all.length === 0 ? 'nothing unusual' : countEn(all.length, 'excess', 'excesses')}.`,
    ),
  };
};

/**
 * The nightly watch of a meter: what it takes too much of against a model that is a season old. Nothing is looked at while works are newer
 * than that model, nor before there is one; what the night made of the meter is kept with its reason, so that a quiet
 * meter is told from one that nobody watches.
 */
export const watchMeter = async (
  context: AppContext,
  meter: Meter,
  read: MeterSeries,
  past: readonly Past[],
): Promise<readonly StoredAlarm[]> => {
  const { series } = read;
  const today = series.firstDay + series.energyKwh.findLastIndex((value) => Number.isFinite(value));
  const { alarms: found, ...looked } = await look(context, meter, read, past, today);
  const atMs = context.nowMs();
  await context.store.alarms.watched({
    ...looked,
    meterId: meter.id,
    lookedAtMs: atMs,
    ...(today < series.firstDay ? {} : { lastDay: formatDay(today) }),
  });
  return context.store.alarms.keep(meter.id, found, { day: formatDay(today), atMs });
};
