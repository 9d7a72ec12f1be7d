import type { EntityManager } from 'typeorm';
import { documentSchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
import type { JsonDocument } from '../types.ts';

/** What the works of a building gave when they were last measured, and of what. */
export type KeptMeasurement = {
  readonly key: string;
  /** Of the rest of the stock; null where the works were measured without looking at it. */
  readonly stockKey: string | null;
  readonly program: string;
  /** The day, YYYY-MM-DD, from which the clock alone changes what is told; null where none does. */
  readonly untilDay: string | null;
  readonly document: JsonDocument;
};

export type KeptMeasurementRepository = {
  /**
   * Each thing in the database that the savings of a building rest on, by its name; works announced for after `today` count from their
   * first day.
   */
  stamp(buildingId: string, today: string): Promise<JsonDocument>;
  /** The same as long as nothing has changed in the stock that a comparison with other buildings may rest on. */
  stockStamp(): Promise<string>;
  get(buildingId: string): Promise<KeptMeasurement | undefined>;
  /** Keeps what a building's works gave in place of what was kept. */
  keep(buildingId: string, kept: KeptMeasurement): Promise<void>;
};

/** What a change is of when it may move a comparison with other buildings. */
const moving = ['building', 'twin', 'meter', 'derivation', 'readings', 'reading-decision', 'works'];

/**
 * What the works of each building gave when last measured, so that only what has moved is measured again
 * (docs/decisions/0316).
 */
export const keptMeasurementRepository = (manager: EntityManager): KeptMeasurementRepository => ({
  stamp: async (buildingId, today) => {
    const [row] = await rowsOf<{ stamp: unknown }>(
      manager,
      'select measurement_stamp($1, $2::date) as stamp',
      [buildingId, today],
    );
    return documentSchema.parse(row?.stamp);
  },
  stockStamp: async () => {
    // How many and which, not the last alone: a transaction that began earlier may commit later.
    const [row] = await rowsOf<{ stamp: string }>(
      manager,
      `select count(*) || ':' || coalesce(sum(id), 0) as stamp from changes where kind = any($1)`,
      [moving],
    );
    return row?.stamp ?? '';
  },
  get: async (buildingId) => {
    const [row] = await rowsOf<Omit<KeptMeasurement, 'document'> & { document: unknown }>(
      manager,
      `select key, stock_key as "stockKey", program, until_day::text as "untilDay", document
       from kept_measurements where building_id = $1`,
      [buildingId],
    );
    return row === undefined ? undefined : { ...row, document: documentSchema.parse(row.document) };
  },
  keep: async (buildingId, { key, stockKey, program, untilDay, document }) => {
    // A building that was erased meanwhile is left alone.
    await manager.query(
      `insert into kept_measurements (building_id, key, stock_key, program, until_day, document)
         select id, $2, $3, $4, $5::date, $6 from buildings where id = $1
       on conflict (building_id) do update set key = excluded.key, stock_key = excluded.stock_key,
         program = excluded.program, until_day = excluded.until_day, document = excluded.document`,
      [buildingId, key, stockKey, program, untilDay, JSON.stringify(document)],
    );
  },
});
