import type { EntityManager } from 'typeorm';
import { Any, type FindOptionsWhere, In } from 'typeorm';
import { z } from 'zod';
import { savingsScopes } from '#core/meter-rules.ts';
import { SavingsEntity, type SavingsRow, WorksEntity, type WorksRow } from '../entities/loop.ts';
import { type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { codesSchema, documentSchema, messageSchema, meterCarrierSchema } from '../schema.ts';
import type { NewSavings, StoredSavings, Works } from '../types.ts';

const toWorks = (row: WorksRow): Works => ({
  id: row.id,
  buildingId: row.buildingId,
  measures: codesSchema.parse(row.measures),
  startDay: row.startDay,
  endDay: row.endDay,
  ...(row.costEur === null ? {} : { costEur: row.costEur }),
  ...(row.note === null ? {} : { note: row.note }),
  ...(row.planned === null ? {} : { planned: codesSchema.parse(row.planned) }),
  ...(row.contractor === null ? {} : { contractor: row.contractor }),
  ...(row.acceptedDay === null || row.acceptedBy === null
    ? {}
    : { accepted: { day: row.acceptedDay, by: row.acceptedBy } }),
  ...(row.carrierAfter === null ? {} : { carrierAfter: meterCarrierSchema.parse(row.carrierAfter) }),
  ...(row.scope === null ? {} : { scope: z.enum(savingsScopes).parse(row.scope) }),
  ...(row.endedBy === null ? {} : { endedBy: z.literal('demolition').parse(row.endedBy) }),
});

const listedWorks: Listable = {
  from: 'works w',
  id: { sql: 'w.id', type: 'text' },
  sorts: {
    id: { sql: 'w.id', type: 'text' },
    start: { sql: 'w.start_day', type: 'date' },
    end: { sql: 'w.end_day', type: 'date' },
  },
  filters: {
    building: (parameter) => `w.building_id = any(${parameter}::text[])`,
    measure: (parameter) => `w.measures ?| ${parameter}::text[]`,
    startFrom: (parameter) => `w.start_day >= ${parameter}::date`,
    startTo: (parameter) => `w.start_day <= ${parameter}::date`,
    accepted: (parameter) => `(w.accepted_day is not null) = ${parameter}::boolean`,
  },
};

export type WorksRepository = {
  save(works: Works): Promise<void>;
  get(id: string): Promise<Works | undefined>;
  /** In order of their first day; all of the stock without a building. */
  list(buildingId?: string): Promise<Works[]>;
  /** Of some buildings, in order of their first day. */
  listOf(buildingIds: readonly string[]): Promise<Works[]>;
  page(query: PageQuery): Promise<Page<Works>>;
};

/** Works on buildings, announced or done; days as YYYY-MM-DD, costs in EUR. */
export const worksRepository = (manager: EntityManager): WorksRepository => {
  const inOrder = async (where: FindOptionsWhere<WorksRow>): Promise<Works[]> =>
    (await manager.find(WorksEntity, { where, order: { startDay: 'ASC', id: 'ASC' } })).map(toWorks);
  return {
    save: async ({ accepted, ...works }) => {
      const row = {
        ...works,
        measures: [...works.measures],
        costEur: works.costEur ?? null,
        note: works.note ?? null,
        planned: works.planned === undefined ? null : [...works.planned],
        contractor: works.contractor ?? null,
        acceptedDay: accepted?.day ?? null,
        acceptedBy: accepted?.by ?? null,
        carrierAfter: works.carrierAfter ?? null,
        scope: works.scope ?? null,
        endedBy: works.endedBy ?? null,
      };
      await manager.upsert(WorksEntity, row, ['id']);
    },
    get: async (id) => {
      const row = await manager.findOneBy(WorksEntity, { id });
      return row === null ? undefined : toWorks(row);
    },
    list: (buildingId) => inOrder(buildingId === undefined ? {} : { buildingId }),
    listOf: (buildingIds) => inOrder({ buildingId: Any([...buildingIds]) }),
    page: (query) =>
      readPage(manager, listedWorks, query, async (ids) =>
        (await manager.findBy(WorksEntity, { id: In([...ids]) })).map(toWorks),
      ),
  };
};

const toSavings = (row: SavingsRow): StoredSavings => ({
  id: row.id,
  worksId: row.worksId,
  meterId: row.meterId,
  window: { fromMs: row.fromAt.getTime(), toMs: row.toAt.getTime() },
  result: documentSchema.parse(row.result),
  ...(row.stale === null ? {} : { stale: messageSchema.parse(row.stale) }),
  createdMs: row.createdAt.getTime(),
});

export type SavingsRepository = {
  /** Keeps a measurement of the savings of works on a meter, beside the earlier ones; gives its id. */
  add(savings: NewSavings): Promise<number>;
  latest(worksId: string): Promise<StoredSavings | undefined>;
  /** The newest measurement of those of the works that have one. */
  latestOf(worksIds: readonly string[]): Promise<StoredSavings[]>;
  /** Newest first, of all of the stock. */
  list(): Promise<StoredSavings[]>;
  /** Every measurement that a meter judged, newest first. */
  ofMeter(meterId: string): Promise<StoredSavings[]>;
};

/** What works have saved, as measured; an earlier measurement is kept beside a later one. */
export const savingsRepository = (manager: EntityManager): SavingsRepository => {
  const newestFirst = async (
    where: FindOptionsWhere<SavingsRow>,
    take?: number,
  ): Promise<StoredSavings[]> => {
    const rows = await manager.find(SavingsEntity, {
      where,
      order: { id: 'DESC' },
      ...(take === undefined ? {} : { take }),
    });
    return rows.map(toSavings);
  };
  return {
    add: async ({ window, ...savings }) => {
      const inserted = await manager.insert(SavingsEntity, {
        ...savings,
        fromAt: new Date(window.fromMs),
        toAt: new Date(window.toMs),
      });
      return Number(inserted.identifiers[0]?.['id']);
    },
    latest: async (worksId) => (await newestFirst({ worksId }, 1))[0],
    latestOf: async (worksIds) => {
      const rows = await manager
        .createQueryBuilder(SavingsEntity, 's')
        .distinctOn(['s.worksId'])
        .where('s.worksId = any (:ids)', { ids: [...worksIds] })
        .orderBy({ 's.worksId': 'ASC', 's.id': 'DESC' })
        .getMany();
      return rows.map(toSavings);
    },
    list: () => newestFirst({}),
    ofMeter: (meterId) => newestFirst({ meterId }),
  };
};
