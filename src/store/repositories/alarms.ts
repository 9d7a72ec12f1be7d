import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { documentSchema, messageSchema } from '../schema.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import type { AlarmState, Decision, MeterWatch, NewAlarm, StoredAlarm } from '../types.ts';
import { appendAudit } from './audit.ts';

/** An alarm on the same thing this many days after the last one is a new alarm; one not seen for as long is over. */
const SAME_ALARM_DAYS = 28;

const stateSchema = z.enum(['open', 'acknowledged', 'refused', 'closed']);

type Row = {
  id: number;
  meterId: string;
  code: string;
  fromDay: string;
  toDay: string;
  message: unknown;
  evidence: unknown;
  state: string;
  by: string | null;
  reason: string | null;
  decidedAt: Date | null;
};

const columns = `id, meter_id as "meterId", code, from_day::text as "fromDay", to_day::text as "toDay", message, evidence,
  state, by_whom as by, reason, decided_at as "decidedAt"`;

const toAlarm = ({ message, evidence, state, by, reason, decidedAt, ...row }: Row): StoredAlarm => ({
  ...row,
  message: messageSchema.parse(message),
  evidence: documentSchema.parse(evidence),
  state: stateSchema.parse(state),
  ...(by === null || reason === null || decidedAt === null
    ? {}
    : { decided: { by, reason, atMs: decidedAt.getTime() } }),
});

const listedAlarms: Listable = {
  from: 'alarms a join meters m on m.id = a.meter_id',
  id: { sql: 'a.id', type: 'integer' },
  sorts: { id: { sql: 'a.id', type: 'integer' }, to: { sql: 'a.to_day', type: 'date' } },
  filters: {
    building: (parameter) => `m.building_id = any(${parameter}::text[])`,
    meter: (parameter) => `a.meter_id = any(${parameter}::text[])`,
    code: (parameter) => `a.code = any(${parameter}::text[])`,
    state: (parameter) => `a.state = any(${parameter}::text[])`,
  },
};

const verbs: Readonly<Record<AlarmState, string>> = {
  open: 'reopen-alarm',
  acknowledged: 'acknowledge-alarm',
  refused: 'refuse-alarm',
  closed: 'close-alarm',
};

/** The night that closes an alarm by itself signs so. */
const WATCH = 'stacoptim retrain';

export type AlarmRepository = {
  /** Alarms of the meters of a building, newest first. */
  list(buildingId: string): Promise<StoredAlarm[]>;
  page(query: PageQuery): Promise<Page<StoredAlarm>>;
  get(id: number): Promise<StoredAlarm | undefined>;
  /**
   * Keeps what a night found of a meter: an alarm that goes on keeps its number, first day and what was decided, and gets the newest
   * evidence; one found on days that all follow its closing is a new one. Those not seen for four weeks are closed by the watch. Gives
   * those that are new.
   */
  keep(
    meterId: string,
    found: readonly NewAlarm[],
    night: { day: string; atMs: number },
  ): Promise<StoredAlarm[]>;
  /** Acknowledges, refuses, closes or opens again, with a line in the audit log. Throws `not-found`. */
  decide(id: number, decision: Decision & { state: AlarmState; atMs: number }): Promise<void>;
  /** Keeps what the last night made of a meter. */
  watched(watch: MeterWatch): Promise<void>;
  /** What the last night made of the meters of a building; nothing of those no night has seen. */
  watches(buildingId: string): Promise<MeterWatch[]>;
};

type WatchRow = Omit<MeterWatch, 'lastDay' | 'learntUntil' | 'reason' | 'lookedAtMs'> & {
  lastDay: string | null;
  learntUntil: string | null;
  reason: unknown;
  lookedAt: Date;
};

const toWatch = ({ lastDay, learntUntil, reason, lookedAt, ...row }: WatchRow): MeterWatch => ({
  ...row,
  ...(lastDay === null ? {} : { lastDay }),
  ...(learntUntil === null ? {} : { learntUntil }),
  reason: messageSchema.parse(reason),
  lookedAtMs: lookedAt.getTime(),
});

/** Alarms and watches of meters; days as YYYY-MM-DD, local to the meter. */
export const alarmRepository = (manager: EntityManager): AlarmRepository => {
  const listed = async (inside: EntityManager, where: string, values: unknown[]): Promise<StoredAlarm[]> =>
    (
      await rowsOf<Row>(
        inside,
        `select ${columns} from alarms where ${where} order by to_day desc, id desc`,
        values,
      )
    ).map(toAlarm);
  const decide = async (
    inside: EntityManager,
    id: number,
    { by, reason, state, atMs }: Decision & { state: AlarmState; atMs: number },
  ): Promise<void> => {
    const [before] = await listed(inside, 'id = $1', [id]);
    if (before === undefined) throw notFound({ fr: 'L’alerte', en: 'alarm' }, id);
    const open = state === 'open';
    await inside.query(
      'update alarms set state = $2, by_whom = $3, reason = $4, decided_at = $5 where id = $1',
      [id, state, open ? null : by, open ? null : reason, open ? null : new Date(atMs)],
    );
    await appendAudit(inside, {
      by,
      action: verbs[state],
      subject: `alarm:${id}`,
      reason,
      detail: { meter: before.meterId, code: before.code, before: before.state, after: state },
    });
  };
  const insert = async (inside: EntityManager, meterId: string, one: NewAlarm): Promise<StoredAlarm[]> =>
    (
      await rowsOf<Row>(
        inside,
        `insert into alarms (meter_id, code, from_day, to_day, message, evidence)
         values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
        [
          meterId,
          one.code,
          one.fromDay,
          one.toDay,
          JSON.stringify(one.message),
          JSON.stringify(one.evidence),
        ],
      )
    ).map(toAlarm);
  /** The alarm that a finding goes on with. */
  const goingOn = async (inside: EntityManager, meterId: string, { code, fromDay, toDay }: NewAlarm) => {
    const [last] = await listed(
      inside,
      `id = (select max(id) from alarms where meter_id = $1 and code = $2 and to_day >= $3::date - ${SAME_ALARM_DAYS})`,
      [meterId, code, toDay],
    );
    const closedOn =
      last?.state === 'closed' && last.decided !== undefined
        ? new Date(last.decided.atMs).toISOString().slice(0, 10)
        : undefined;
    return closedOn !== undefined && fromDay > closedOn ? undefined : last;
  };
  /** Alarms in force that were not seen for so long that they are over. */
  const overOn = (inside: EntityManager, meterId: string, day: string): Promise<StoredAlarm[]> =>
    listed(
      inside,
      `meter_id = $1 and state in ('open', 'acknowledged') and to_day < $2::date - ${SAME_ALARM_DAYS}`,
      [meterId, day],
    );
  return {
    list: (buildingId) =>
      listed(manager, 'meter_id in (select id from meters where building_id = $1)', [buildingId]),
    page: (query) =>
      readPage(manager, listedAlarms, query, (ids) => listed(manager, 'id = any($1::int[])', [ids])),
    get: async (id) => (await listed(manager, 'id = $1', [id]))[0],
    keep: async (meterId, found, { day, atMs }) => {
      // Most nights of most meters neither find an alarm nor end one: that is one question, and no transaction.
      if (found.length === 0 && (await overOn(manager, meterId, day)).length === 0) return [];
      return inTransaction(manager, async (inside) => {
        const fresh: StoredAlarm[] = [];
        for (const one of found) {
          const going = await goingOn(inside, meterId, one);
          if (going === undefined) {
            fresh.push(...(await insert(inside, meterId, one)));
            continue;
          }
          await inside.query(
            `update alarms set to_day = greatest(to_day, $2), from_day = least(from_day, $3), message = $4, evidence = $5
             where id = $1`,
            [going.id, one.toDay, one.fromDay, JSON.stringify(one.message), JSON.stringify(one.evidence)],
          );
        }
        for (const { id } of await overOn(inside, meterId, day))
          await decide(inside, id, {
            by: WATCH,
            reason: `not seen for ${SAME_ALARM_DAYS} days`,
            state: 'closed',
            atMs,
          });
        return fresh;
      });
    },
    decide: (id, decision) => inTransaction(manager, (inside) => decide(inside, id, decision)),
    watched: async ({ meterId, watched, nights, lastDay, learntUntil, reason, lookedAtMs }) => {
      await manager.query(
        `insert into meter_watches (meter_id, watched, nights, last_day, learnt_until, reason, looked_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (meter_id) do update set watched = excluded.watched, nights = excluded.nights,
           last_day = excluded.last_day, learnt_until = excluded.learnt_until, reason = excluded.reason,
           looked_at = excluded.looked_at`,
        [
          meterId,
          watched,
          nights,
          lastDay ?? null,
          learntUntil ?? null,
          JSON.stringify(reason),
          new Date(lookedAtMs),
        ],
      );
    },
    watches: async (buildingId) =>
      (
        await rowsOf<WatchRow>(
          manager,
          `select meter_id as "meterId", watched, nights, last_day::text as "lastDay", learnt_until::text as "learntUntil",
             reason, looked_at as "lookedAt"
           from meter_watches where meter_id in (select id from meters where building_id = $1) order by meter_id`,
          [buildingId],
        )
      ).map(toWatch),
  };
};
