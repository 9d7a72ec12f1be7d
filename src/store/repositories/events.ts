import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { messageSchema } from '../schema.ts';
import { type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import type { Decision, EventDecision, NewEvent, StoredEvent } from '../types.ts';
import { appendAudit } from './audit.ts';

const stateSchema = z.enum(['proposed', 'accepted', 'refused']);

type Row = {
  id: number;
  worksId: string;
  meterId: string;
  code: string;
  fromDay: string;
  toDay: string;
  message: unknown;
  state: string;
  factor: number | null;
  by: string | null;
  reason: string | null;
  decidedAt: Date | null;
};

const columns = `id, works_id as "worksId", meter_id as "meterId", code, from_day::text as "fromDay",
  to_day::text as "toDay", message, state, factor, by_whom as by, reason, decided_at as "decidedAt"`;

const toEvent = ({ message, state, factor, by, reason, decidedAt, ...row }: Row): StoredEvent => ({
  ...row,
  message: messageSchema.parse(message),
  state: stateSchema.parse(state),
  ...(factor === null ? {} : { factor }),
  ...(by === null || reason === null || decidedAt === null
    ? {}
    : { decided: { by, reason, atMs: decidedAt.getTime() } }),
});

const listedEvents: Listable = {
  from: 'non_routine_events e join works w on w.id = e.works_id',
  id: { sql: 'e.id', type: 'integer' },
  sorts: { id: { sql: 'e.id', type: 'integer' }, from: { sql: 'e.from_day', type: 'date' } },
  filters: {
    building: (parameter) => `w.building_id = any(${parameter}::text[])`,
    works: (parameter) => `e.works_id = any(${parameter}::text[])`,
    state: (parameter) => `e.state = any(${parameter}::text[])`,
  },
};

export type EventRepository = {
  /** In order of their first day. */
  list(worksId: string): Promise<StoredEvent[]>;
  page(query: PageQuery): Promise<Page<StoredEvent>>;
  get(id: number): Promise<StoredEvent | undefined>;
  /**
   * Replaces what the program proposes for works by what it finds now, apart from what overlaps an event that a
   * person has decided. The same proposal keeps its number.
   */
  propose(worksId: string, found: readonly NewEvent[]): Promise<void>;
  /** Keeps an event that a person declares; gives its id. */
  declare(event: NewEvent, decision: EventDecision & Decision): Promise<number>;
  /** Accepts, refuses, or puts back to a proposal, with a line in the audit log. Throws `not-found`. */
  decide(id: number, decision: EventDecision & Decision): Promise<void>;
};

const overlaps = (one: NewEvent, other: NewEvent): boolean =>
  one.meterId === other.meterId && one.fromDay <= other.toDay && other.fromDay <= one.toDay;

/**
 * Non-routine events after works; days as YYYY-MM-DD, both included. `factor` multiplies the counterfactual.
 */
export const eventRepository = (manager: EntityManager): EventRepository => {
  const listed = async (inside: EntityManager, where: string, values: unknown[]): Promise<StoredEvent[]> =>
    (
      await rowsOf<Row>(
        inside,
        `select ${columns} from non_routine_events where ${where} order by from_day, id`,
        values,
      )
    ).map(toEvent);
  const insert = async (inside: EntityManager, event: NewEvent): Promise<number> => {
    const { worksId, meterId, code, fromDay, toDay, message } = event;
    const [row] = await rowsOf<{ id: number }>(
      inside,
      `insert into non_routine_events (works_id, meter_id, code, from_day, to_day, message, state)
       values ($1, $2, $3, $4, $5, $6, 'proposed') returning id`,
      [worksId, meterId, code, fromDay, toDay, JSON.stringify(message)],
    );
    if (row === undefined) throw new Error('An insert returns its row');
    return row.id;
  };
  const decide = async (
    inside: EntityManager,
    id: number,
    { by, reason, state, fromDay, toDay, factor }: EventDecision & Decision,
  ): Promise<void> => {
    const [before] = await listed(inside, 'id = $1', [id]);
    if (before === undefined) throw notFound({ fr: 'L’évènement', en: 'event' }, id);
    const open = state === 'proposed';
    await inside.query(
      `update non_routine_events set state = $2, from_day = $3, to_day = $4, factor = $5, by_whom = $6, reason = $7,
         decided_at = case when $6::text is null then null else now() end where id = $1`,
      [id, state, fromDay, toDay, factor ?? null, open ? null : by, open ? null : reason],
    );
    await appendAudit(inside, {
      by,
      action: { proposed: 'reopen-event', accepted: 'accept-event', refused: 'refuse-event' }[state],
      subject: `works:${before.worksId}`,
      reason,
      detail: {
        event: id,
        code: before.code,
        before: {
          state: before.state,
          from: before.fromDay,
          to: before.toDay,
          factor: before.factor ?? null,
        },
        after: { state, from: fromDay, to: toDay, factor: factor ?? null },
      },
    });
  };
  return {
    list: (worksId) => listed(manager, 'works_id = $1', [worksId]),
    page: (query) =>
      readPage(manager, listedEvents, query, (ids) => listed(manager, 'id = any($1::int[])', [ids])),
    get: async (id) => (await listed(manager, 'id = $1', [id]))[0],
    propose: (worksId, found) =>
      inTransaction(manager, async (inside) => {
        await inside.query('select pg_advisory_xact_lock(hashtext($1))', [`events:${worksId}`]);
        const known = await listed(inside, 'works_id = $1', [worksId]);
        const decided = known.filter(({ state }) => state !== 'proposed');
        const kept = new Set<number>();
        for (const event of found.filter((one) => !decided.some((other) => overlaps(one, other)))) {
          const same = known.find(
            (one) =>
              one.state === 'proposed' &&
              one.meterId === event.meterId &&
              one.code === event.code &&
              one.fromDay === event.fromDay &&
              one.toDay === event.toDay,
          );
          kept.add(same?.id ?? (await insert(inside, event)));
        }
        await inside.query(
          `delete from non_routine_events where works_id = $1 and state = 'proposed' and not id = any($2::int[])`,
          [worksId, [...kept]],
        );
      }),
    declare: (event, decision) =>
      inTransaction(manager, async (inside) => {
        const id = await insert(inside, event);
        await decide(inside, id, decision);
        return id;
      }),
    decide: (id, decision) => inTransaction(manager, (inside) => decide(inside, id, decision)),
  };
};
