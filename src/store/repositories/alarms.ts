import type { EntityManager } from 'typeorm';
import { documentSchema, messageSchema } from '../schema.ts';
import { inTransaction, rowsOf } from '../scope.ts';
import type { NewAlarm, StoredAlarm } from '../types.ts';

/** An alarm on the same thing this many days after the last one is a new alarm. */
const SAME_ALARM_DAYS = 28;

type Row = {
  id: number;
  meterId: string;
  code: string;
  fromDay: string;
  toDay: string;
  message: unknown;
  evidence: unknown;
};

const columns = `id, meter_id as "meterId", code, from_day::text as "fromDay", to_day::text as "toDay", message, evidence`;

const toAlarm = ({ message, evidence, ...row }: Row): StoredAlarm => ({
  ...row,
  message: messageSchema.parse(message),
  evidence: documentSchema.parse(evidence),
});

export type AlarmRepository = {
  /** Alarms of the meters of a building, newest first. */
  list(buildingId: string): Promise<StoredAlarm[]>;
  /**
   * Keeps what a night found of a meter: an alarm that goes on keeps its number and first day and gets the newest evidence. Gives
   * those that are new.
   */
  keep(meterId: string, found: readonly NewAlarm[]): Promise<StoredAlarm[]>;
};

export const alarmRepository = (manager: EntityManager): AlarmRepository => ({
  list: async (buildingId) =>
    (
      await rowsOf<Row>(
        manager,
        `select ${columns} from alarms where meter_id in (select id from meters where building_id = $1)
         order by to_day desc, id desc`,
        [buildingId],
      )
    ).map(toAlarm),
  keep: (meterId, found) =>
    inTransaction(manager, async (inside) => {
      const fresh: StoredAlarm[] = [];
      for (const { code, fromDay, toDay, message, evidence } of found) {
        const values = [meterId, code, fromDay, toDay, JSON.stringify(message), JSON.stringify(evidence)];
        const [going] = await rowsOf<{ id: number }>(
          inside,
          `select id from alarms where meter_id = $1 and code = $2 and to_day >= $3::date - ${SAME_ALARM_DAYS}
           order by id desc limit 1`,
          [meterId, code, toDay],
        );
        if (going !== undefined) {
          await inside.query(
            `update alarms set to_day = greatest(to_day, $2), from_day = least(from_day, $3), message = $4, evidence = $5
             where id = $1`,
            [going.id, toDay, fromDay, values[4], values[5]],
          );
          continue;
        }
        const rows = await rowsOf<Row>(
          inside,
          `insert into alarms (meter_id, code, from_day, to_day, message, evidence)
           values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
          values,
        );
        fresh.push(...rows.map(toAlarm));
      }
      return fresh;
    }),
});
