import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { ImportEntity, MeterEntity, type MeterRow } from '../entities/meters.ts';
import { countRows, type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { meterCarrierSchema, warningsSchema } from '../schema.ts';
import { inTransaction, notFound } from '../scope.ts';
import type { ReadingImport } from '../reading-types.ts';
import type { Decision, Meter } from '../types.ts';
import { appendAudit } from './audit.ts';
import { forgetWhatJobsWrote } from './jobs.ts';

const toMeter = (row: MeterRow): Meter => ({
  id: row.id,
  buildingId: row.buildingId,
  name: row.name,
  use: row.use,
  unit: row.unit,
  timezone: row.timezone,
  personal: row.personal,
  carrier: meterCarrierSchema.parse(row.carrier),
});

/** How the audit log names a meter: a personal one by its number alone, since the log can never be erased. */
export const auditSubject = ({ id, number, personal }: MeterRow): string =>
  personal ? `personal-meter:${number}` : `meter:${id}`;

const id = { sql: 'm.id', type: 'text' } as const;

const listedMeters: Listable = {
  from: 'meters m',
  id,
  sorts: { id },
  filters: {
    id: (parameter) => `m.id = any(${parameter}::text[])`,
    building: (parameter) => `m.building_id = any(${parameter}::text[])`,
    carrier: (parameter) => `m.carrier = any(${parameter}::text[])`,
    use: (parameter) => `m.use = any(${parameter}::text[])`,
    personal: (parameter) => `m.personal = ${parameter}::boolean`,
  },
};

export type MeterRepository = {
  /** Adds the meter, or replaces what was known of it; its readings stay. */
  save(meter: Meter): Promise<void>;
  get(id: string): Promise<Meter | undefined>;
  /** In order of id; all of the stock without a building. */
  list(buildingId?: string): Promise<Meter[]>;
  ofBuildings(buildingIds: readonly string[]): Promise<Meter[]>;
  page(query: PageQuery): Promise<Page<Meter>>;
  countOf(filters: PageQuery['filters']): Promise<number>;
  /**
   * Deletes the meter with its readings, replaced values, registers, imports, decisions, models and savings, and the
   * results of ended jobs that name it. The audit log keeps that it was done; of a personal meter it knows only the
   * number, which then leads nowhere.
   */
  erase(id: string, decision: Decision): Promise<void>;
};

/** Meters of the organisation. `erase` throws `not-found`. */
export const meterRepository = (manager: EntityManager): MeterRepository => ({
  save: async (meter) => {
    await manager.upsert(MeterEntity, { ...meter }, ['id']);
  },
  get: async (id) => {
    const row = await manager.findOneBy(MeterEntity, { id });
    return row === null ? undefined : toMeter(row);
  },
  list: async (buildingId) => {
    const rows = await manager.find(MeterEntity, {
      where: buildingId === undefined ? {} : { buildingId },
      order: { id: 'ASC' },
    });
    return rows.map(toMeter);
  },
  ofBuildings: async (buildingIds) => {
    const where = { buildingId: In([...buildingIds]) };
    return (await manager.find(MeterEntity, { where, order: { id: 'ASC' } })).map(toMeter);
  },
  countOf: (filters) => countRows(manager, listedMeters, filters),
  page: (query) =>
    readPage(manager, listedMeters, query, async (ids) =>
      (await manager.findBy(MeterEntity, { id: In([...ids]) })).map(toMeter),
    ),
  erase: (id, decision) =>
    inTransaction(manager, async (inside) => {
      const meter = await inside.findOneBy(MeterEntity, { id });
      if (meter === null) throw notFound({ fr: 'Le compteur', en: 'meter' }, id);
      await inside.delete(MeterEntity, { id });
      await inside.query(
        `delete from jobs where strpos(input ->> 'path', concat('/v1/meters/', $1::text, '/')) = 1
           or state in ('done', 'failed', 'cancelled')
           and strpos(concat(input::text, result::text, error, step::text, failure::text), $1) > 0`,
        [id],
      );
      await forgetWhatJobsWrote(inside);
      await appendAudit(inside, {
        by: decision.by,
        action: 'erase-meter',
        subject: auditSubject(meter),
        reason: meter.personal ? 'erasure of personal data' : decision.reason,
      });
    }),
});

export type ImportRepository = {
  /** Records a file that was read; gives the id to write its readings with. */
  add(entry: Omit<ReadingImport, 'id' | 'createdMs'>): Promise<number>;
  /** Newest first. */
  list(meterId: string): Promise<ReadingImport[]>;
};

/** Files that readings came from, so that each can be traced to its file. */
export const importRepository = (manager: EntityManager): ImportRepository => ({
  add: async (entry) => {
    const inserted = await manager.insert(ImportEntity, { ...entry, warnings: [...entry.warnings] });
    return Number(inserted.identifiers[0]?.['id']);
  },
  list: async (meterId) => {
    const rows = await manager.find(ImportEntity, { where: { meterId }, order: { id: 'DESC' } });
    return rows.map(({ createdAt, warnings, ...row }) => ({
      ...row,
      warnings: warningsSchema.parse(warnings),
      createdMs: createdAt.getTime(),
    }));
  },
});
