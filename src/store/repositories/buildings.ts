import type { EntityManager, EntitySchema } from 'typeorm';
import { Any, In, MoreThan } from 'typeorm';
import type { Twin } from '#core/twin.ts';
import { BuildingEntity, type DocumentRow, TwinEntity, type TwinRow } from '../entities/buildings.ts';
import { countRows, type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { documentSchema, twinSchema } from '../schema.ts';
import { storeError } from '../errors.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import type {
  Building,
  BuildingIdentifiers,
  Decision,
  ListedBuilding,
  Source,
  StoredDocument,
  StoredTwin,
} from '../types.ts';
import { appendAudit } from './audit.ts';
import { forgetWhatJobsWrote } from './jobs.ts';
import {
  identifiersOf,
  identifierSchemes,
  listedBuildings,
  noIdentifiers,
  readListed,
  toBuilding,
} from './listed-buildings.ts';

type ErasedCount = {
  readonly meters: number;
  readonly readings: number;
  readonly models: number;
  readonly works: number;
};

/** What hangs on a building that its deletion would take along or break. */
type BuildingHolds = {
  readonly works: number;
  readonly frozenBaselines: number;
  readonly personalMeters: number;
  /** Computed meters of other buildings that read a meter of this one. */
  readonly readBy: readonly string[];
};

export type BuildingRepository = {
  /** Adds the building, or replaces what was known of it. */
  save(building: Building): Promise<void>;
  get(id: string): Promise<Building | undefined>;
  /** Those of the buildings that are there, in order of id. */
  many(ids: readonly string[]): Promise<Building[]>;
  /** Whether one building of the stock or more is simulated. */
  holdsSimulated(): Promise<boolean>;
  /** Those of the ids that a building has. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** In order of id, at most `limit`, after the id `after`: page by the last id of the page before. */
  list(page?: { after?: string; limit?: number }): Promise<Building[]>;
  /** A page of the stock, filtered and ordered by the database; never opens a twin. */
  page(query: PageQuery): Promise<Page<ListedBuilding>>;
  /** As the list shows it. */
  listed(id: string): Promise<ListedBuilding | undefined>;
  /** How many buildings the filters of a page let through. */
  countOf(filters: PageQuery['filters']): Promise<number>;
  /**
   * Makes whoever else adds a building of that id, or known by one of those identifiers of the owner's, wait until this transaction ends:
   * what is not there yet cannot be locked itself.
   */
  addAlone(id: string, own?: readonly string[]): Promise<void>;
  /** The same for whoever adds any building of the organisation: many buildings would be as many locks. */
  addManyAlone(): Promise<void>;
  /** By what others know the building. */
  identifiers(id: string): Promise<BuildingIdentifiers>;
  /** Replaces the identifiers of those schemes that are given. Throws `identifier-taken` for an owner's one that names another building. */
  identify(id: string, identifiers: Partial<BuildingIdentifiers>): Promise<void>;
  count(): Promise<number>;
  holds(id: string): Promise<BuildingHolds>;
  /** Deletes the building and all that is held about it; the decision stays in the audit log. */
  erase(id: string, decision: Decision): Promise<ErasedCount>;
};

/** Held alone by who adds many buildings, together by those who add one. */
const addingAny = `hashtextextended('add-buildings', current_organisation())`;

/**
 * Buildings of the organisation, and by what others know them. Throws `identifier-taken` and, from `erase`,
 * `not-found`.
 */
export const buildingRepository = (manager: EntityManager): BuildingRepository => ({
  save: async (building) => {
    const row = {
      ...building,
      commune: building.commune ?? null,
      constructionYear: building.constructionYear ?? null,
    };
    await manager.upsert(BuildingEntity, row, ['id']);
  },
  get: async (id) => {
    const row = await manager.findOneBy(BuildingEntity, { id });
    return row === null ? undefined : toBuilding(row);
  },
  many: async (ids) => {
    const rows = await manager.find(BuildingEntity, { where: { id: Any([...ids]) }, order: { id: 'ASC' } });
    return rows.map(toBuilding);
  },
  holdsSimulated: () => manager.existsBy(BuildingEntity, { simulated: true }),
  known: async (ids) => {
    const rows = await rowsOf<{ id: string }>(manager, 'select id from buildings where id = any ($1)', [
      [...ids],
    ]);
    return new Set(rows.map(({ id }) => id));
  },
  list: async ({ after = '', limit = 1000 } = {}) => {
    const rows = await manager.find(BuildingEntity, {
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toBuilding);
  },
  page: (query) => readPage(manager, listedBuildings, query, (ids) => readListed(manager, ids)),
  addManyAlone: async () => {
    await manager.query(`select pg_advisory_xact_lock(${addingAny})`);
  },
  addAlone: async (id, own = []) => {
    // In one order, so that of two who name the same ones neither waits for what the other waits for.
    await manager.query(
      `select pg_advisory_xact_lock_shared(${addingAny}) union all select pg_advisory_xact_lock(key) from (
         select distinct hashtextextended(name, current_organisation()) as key from unnest($1::text[]) as name
         order by key) keys`,
      [[`building:${id}`, ...own.map((value) => `own:${value}`)]],
    );
  },
  listed: async (id) => (await readListed(manager, [id]))[0],
  countOf: (filters) => countRows(manager, listedBuildings, filters),
  identifiers: async (id) => (await identifiersOf(manager, [id])).get(id) ?? noIdentifiers,
  identify: (id, identifiers) =>
    inTransaction(manager, async (inside) => {
      for (const scheme of identifierSchemes) {
        const values = identifiers[scheme];
        if (values === undefined) continue;
        await inside.query('delete from building_identifiers where building_id = $1 and scheme = $2', [
          id,
          scheme,
        ]);
        const kept = await rowsOf<{ value: string }>(
          inside,
          `insert into building_identifiers (building_id, scheme, value)
           select $1, $2, unnest($3::text[]) on conflict do nothing returning value`,
          [id, scheme, [...new Set(values)]],
        );
        const taken = values.find((value) => !kept.some((one) => one.value === value));
        if (taken !== undefined)
          throw storeError(
            'identifier-taken',
            `L’identifiant « ${taken} » désigne déjà un autre bâtiment du parc.`,
            `The identifier “${taken}” names another building of the stock already.`,
          );
      }
    }),
  count: () => manager.count(BuildingEntity),
  holds: async (id) => {
    const [row] = await rowsOf<BuildingHolds>(
      manager,
      `with own as (select id, personal from meters where building_id = $1)
       select (select count(*)::int from works where building_id = $1) as works,
         (select count(*)::int from models where role = 'baseline' and meter_id in (select id from own)) as "frozenBaselines",
         (select count(*)::int from own where personal) as "personalMeters",
         coalesce((select json_agg(distinct s.meter_id) from meter_sources s
           where s.source_id in (select id from own) and s.meter_id not in (select id from own)), '[]') as "readBy"`,
      [id],
    );
    if (row === undefined) throw new Error('an aggregate has a row');
    return row;
  },
  erase: (id, decision) =>
    inTransaction(manager, async (inside) => {
      const [counted] = await rowsOf<ErasedCount>(
        inside,
        `with own as (select number, id from meters where building_id = $1)
         select (select count(*)::int from own) as meters,
           (select count(*)::int from readings where meter_number in (select number from own)) as readings,
           (select count(*)::int from models where meter_id in (select id from own)) as models,
           (select count(*)::int from works where building_id = $1) as works`,
        [id],
      );
      await inside.query(
        `delete from jobs where input ->> 'buildingId' = $1
           or strpos(input ->> 'path', '/v1/buildings/' || $1 || '/') = 1`,
        [id],
      );
      await forgetWhatJobsWrote(inside);
      const gone = await inside.delete(BuildingEntity, { id });
      if (gone.affected !== 1 || counted === undefined)
        throw notFound({ fr: 'Le bâtiment', en: 'building' }, id);
      await appendAudit(inside, {
        ...decision,
        action: 'erase-building',
        subject: `building:${id}`,
        detail: counted,
      });
      return counted;
    }),
});

const sourceOf = (row: { fileName: string | null; sha256: string | null }): Source => ({
  ...(row.fileName === null ? {} : { fileName: row.fileName }),
  ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
});

const toTwin = (row: TwinRow): StoredTwin => ({
  buildingId: row.buildingId,
  version: row.version,
  current: row.current,
  twin: twinSchema.parse(row.twin),
  source: sourceOf(row),
  createdMs: row.createdAt.getTime(),
});

export type TwinRepository = {
  /** Keeps the twin as the building's newest version and makes it the current one; gives its version. */
  save(buildingId: string, twin: Twin, source?: Source): Promise<number>;
  current(buildingId: string): Promise<StoredTwin | undefined>;
  /** The current twins of those of the buildings that have one, in order of building. */
  currentOf(buildingIds: readonly string[]): Promise<StoredTwin[]>;
  get(buildingId: string, version: number): Promise<StoredTwin | undefined>;
  /** Every version, newest first. */
  history(buildingId: string): Promise<StoredTwin[]>;
};

/**
 * Versions of the digital twins: none is ever changed, and one a building is current. `save` throws
 * `not-found`.
 */
export const twinRepository = (manager: EntityManager): TwinRepository => ({
  save: (buildingId, twin, source = {}) =>
    inTransaction(manager, async (inside) => {
      const building = await rowsOf(inside, 'select from buildings where id = $1 for no key update', [
        buildingId,
      ]);
      if (building.length === 0) throw notFound({ fr: 'Le bâtiment', en: 'building' }, buildingId);
      await inside.update(TwinEntity, { buildingId, current: true }, { current: false });
      const last = (await inside.maximum(TwinEntity, 'version', { buildingId })) ?? 0;
      await inside.insert(TwinEntity, { buildingId, version: last + 1, current: true, twin, ...source });
      return last + 1;
    }),
  current: async (buildingId) => {
    const row = await manager.findOneBy(TwinEntity, { buildingId, current: true });
    return row === null ? undefined : toTwin(row);
  },
  currentOf: async (buildingIds) => {
    const where = { buildingId: In([...buildingIds]), current: true };
    return (await manager.find(TwinEntity, { where, order: { buildingId: 'ASC' } })).map(toTwin);
  },
  get: async (buildingId, version) => {
    const row = await manager.findOneBy(TwinEntity, { buildingId, version });
    return row === null ? undefined : toTwin(row);
  },
  history: async (buildingId) => {
    const rows = await manager.find(TwinEntity, { where: { buildingId }, order: { version: 'DESC' } });
    return rows.map(toTwin);
  },
});

export type DocumentRepository = {
  /** Keeps a document of the building beside the earlier ones; gives its id. */
  add(buildingId: string, document: object, source?: Source): Promise<number>;
  get(id: number): Promise<StoredDocument | undefined>;
  latest(buildingId: string): Promise<StoredDocument | undefined>;
  /** Newest first. */
  list(buildingId: string): Promise<StoredDocument[]>;
  /** Filtered by `building`, in order of id. */
  page(query: PageQuery): Promise<Page<StoredDocument>>;
  remove(id: number): Promise<void>;
};

const documentsOf = ({ options }: EntitySchema<DocumentRow>): Listable => {
  const id = { sql: 'd.id', type: 'integer' } as const;
  return {
    from: `${options.tableName} d`,
    id,
    sorts: { id },
    filters: { building: (parameter) => `d.building_id = ${parameter}::text` },
  };
};

/** Envelopes and scenarios: documents of a building, kept as the stage that wrote them gave them. */
export const documentRepository = (
  manager: EntityManager,
  entity: EntitySchema<DocumentRow>,
): DocumentRepository => {
  const toDocument = (row: DocumentRow): StoredDocument => ({
    id: row.id,
    buildingId: row.buildingId,
    document: documentSchema.parse(row.document),
    source: sourceOf(row),
    createdMs: row.createdAt.getTime(),
  });
  const newestFirst = (buildingId: string, take?: number): Promise<DocumentRow[]> =>
    manager.find(entity, {
      where: { buildingId },
      order: { id: 'DESC' },
      ...(take === undefined ? {} : { take }),
    });
  return {
    add: async (buildingId, document, source = {}) => {
      const inserted = await manager.insert(entity, { buildingId, document, ...source });
      return Number(inserted.identifiers[0]?.['id']);
    },
    get: async (id) => {
      const row = await manager.findOneBy(entity, { id });
      return row === null ? undefined : toDocument(row);
    },
    latest: async (buildingId) => (await newestFirst(buildingId, 1)).map(toDocument)[0],
    list: async (buildingId) => (await newestFirst(buildingId)).map(toDocument),
    page: (query) =>
      readPage(manager, documentsOf(entity), query, async (ids) =>
        (await manager.findBy(entity, { id: In([...ids]) })).map(toDocument),
      ),
    remove: async (id) => {
      await manager.delete(entity, { id });
    },
  };
};
