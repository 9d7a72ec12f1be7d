import type { EntityManager } from 'typeorm';
import { documentSchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
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
  position: string;
  kind: string;
  action: Change['action'];
  subject: string;
  buildingId: string | null;
  meterId: string | null;
  detail: unknown;
  atMs: number;
};

const toChange = ({ position, buildingId, meterId, detail, ...row }: Row): Change => ({
  ...row,
  position: Number(position),
  ...(buildingId === null ? {} : { buildingId }),
  ...(meterId === null ? {} : { meterId }),
  detail: documentSchema.parse(detail),
});

export const changeRepository = (manager: EntityManager): ChangeRepository => ({
  after: async (position, { limit, kinds }) => {
    // A statement of its own: the ones after it see all that it has numbered.
    const [{ latest } = { latest: '0' }] = await rowsOf<{ latest: string }>(
      manager,
      'select number_changes() as latest',
    );
    const rows = await rowsOf<Row>(
      manager,
      `select event_id as id, position, kind, action, subject, building_id as "buildingId", meter_id as "meterId", detail,
         extract(epoch from at)::float8 * 1000 as "atMs"
       from changes where organisation_id = current_organisation() and position > $1 and position <= $2
         and ($3::text[] is null or kind = any ($3)) order by position limit $4`,
      [position, latest, kinds === undefined ? null : [...kinds], limit],
    );
    // Read last: what was forgotten in between is known to be missing.
    const [counter] = await rowsOf<{ forgotten: string }>(
      manager,
      'select forgotten from change_counters where organisation_id = current_organisation()',
    );
    return {
      changes: rows.map(toChange),
      latest: Number(latest),
      forgotten: Number(counter?.forgotten ?? 0),
    };
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
