import type { EntityManager } from 'typeorm';
import { documentSchema } from '../schema.ts';
import { preparedRowsOf, rowsOf } from '../scope.ts';
import type { Change, ChangePage } from '../integration-types.ts';

/** Notes what was done to the readings of a meter, a line a batch: a trigger on each of them would cost the bulk path. */
export const noteReadings = async (
  manager: EntityManager,
  meterId: string,
  action: Change['action'],
  detail: object,
): Promise<void> => {
  await manager.query(
    `insert into changes (kind, action, subject, meter_id, detail) values ('readings', $2, $1, $1, $3)`,
    [meterId, action, JSON.stringify(detail)],
  );
};

export type ChangeRepository = {
  /**
   * The changes after a position, in order, up to `limit` of those of the kinds asked. Complete: a change that is not
   * committed when they are read comes after all of them.
   */
  after(position: number, options: { limit: number; kinds?: readonly string[] }): Promise<ChangePage>;
  /** Forgets changes older than an instant; gives how many. */
  forget(beforeMs: number): Promise<number>;
};

type Row = {
  id: string;
  position: number;
  kind: string;
  action: Change['action'];
  subject: string;
  buildingId: string | null;
  meterId: string | null;
  detail: unknown;
  atMs: number;
};

type Read = { latest: number; forgotten: number; waiting: boolean; rows: readonly Row[] };

const toChange = ({ buildingId, meterId, detail, ...row }: Row): Change => ({
  ...row,
  ...(buildingId === null ? {} : { buildingId }),
  ...(meterId === null ? {} : { meterId }),
  detail: documentSchema.parse(detail),
});

/**
 * The journal of changes that others follow (docs/decisions/0200): positions are given when it is read, so
 * that they have the order of the commits.
 */
export const changeRepository = (manager: EntityManager): ChangeRepository => ({
  after: async (position, { limit, kinds }) => {
    // One statement sees one instant: the changes, the last one numbered, and what was forgotten agree.
    const read = async (): Promise<Read> => {
      const [row] = await preparedRowsOf<Read>(
        manager,
        'changes-after',
        `select coalesce(max(n.last), 0)::float8 as latest, coalesce(max(n.forgotten), 0)::float8 as forgotten,
           changes_wait() as waiting,
           (select coalesce(json_agg(c), '[]') from (
             select event_id as id, position, kind, action, subject, building_id as "buildingId", meter_id as "meterId",
               detail, extract(epoch from at)::float8 * 1000 as "atMs"
             from changes where organisation_id = current_organisation() and position > $1
               and ($2::text[] is null or kind = any ($2)) order by position limit $3) c) as rows
         from change_counters n where n.organisation_id = current_organisation()`,
        [position, kinds === undefined ? null : [...kinds], limit],
      );
      if (row === undefined) throw new Error('an aggregate has a row');
      return row;
    };
    let now = await read();
    if (now.waiting) {
      // A statement of its own: the one after it sees all that it has numbered.
      await manager.query('select number_changes()');
      now = await read();
    }
    return { changes: now.rows.map(toChange), latest: now.latest, forgotten: now.forgotten };
  },
  forget: async (beforeMs) => {
    const [row] = await rowsOf<{ count: number }>(
      manager,
      `with gone as (
         delete from changes where organisation_id = current_organisation() and position <= (
           select max(position) from changes
           where organisation_id = current_organisation() and at < to_timestamp($1::float8 / 1000))
         returning position),
       noted as (
         update change_counters set forgotten = greatest(forgotten, (select max(position) from gone))
         where organisation_id = current_organisation() and exists (select from gone))
       select count(*)::int as count from gone`,
      [beforeMs],
    );
    return row?.count ?? 0;
  },
});
