import { siteSchema } from '#create/index.ts';
import {
  buildingEntity,
  meterEntity,
  type NgsiCondition,
  type NgsiEntity,
  type NgsiShape,
  type NgsiType,
  ngsiTypes,
  readQuery,
  readUrn,
  shaped,
} from '#formats/ngsi-ld/index.ts';
import type { PageQuery, Repositories } from '#store/index.ts';
import { ok, type Result } from '../../core/result.ts';
import type { AppContext } from '../context.ts';
import type { Role } from '../privacy.ts';
import { filtersOf, type StoreFilters } from './filters.ts';
import { badRequest, noEntity, notSupported } from './refusals.ts';
import type { EntitiesQuery, EntityQuery } from './views.ts';

type Reader = Pick<Repositories, 'buildings' | 'meters' | 'readings'>;

type NgsiPage = { readonly entities: readonly NgsiEntity[]; readonly count: number | undefined };

const shapeOf = ({ attrs, options = [] }: EntityQuery): Result<NgsiShape> => {
  const unknown = options.find((option) => !['keyValues', 'simplified', 'normalized'].includes(option));
  if (unknown !== undefined) return notSupported(`options=${unknown}`);
  const keyValues = options.some((option) => option !== 'normalized');
  return ok({ keyValues, ...(attrs === undefined ? {} : { attrs }) });
};

const pageOf = (filters: PageQuery['filters'], limit: number, offset: number): PageQuery => ({
  limit,
  skip: offset,
  filters,
  sort: 'id',
  descending: false,
});

/** The entities of a type in order of their identifiers. */
const read = async (
  { buildings, meters, readings }: Reader,
  type: NgsiType,
  query: PageQuery,
): Promise<NgsiEntity[]> => {
  if (type === 'Building') {
    const { items } = await buildings.page(query);
    return items.map((building) => {
      const site = siteSchema.safeParse(building.facts['site']).data;
      return buildingEntity({ ...building, ...(site === undefined ? {} : { site }) });
    });
  }
  const { items } = await meters.page(query);
  const last = await readings.lastOf(items.map(({ id }) => id));
  return items.map((meter) => meterEntity(meter, last.get(meter.id)));
};

/** Readings of a dwelling are for the controller of the data alone (promise P7). */
const seenBy = (type: NgsiType, role: Role, filters: StoreFilters): StoreFilters =>
  filters !== undefined && type === 'DeviceMeasurement' && role !== 'data-controller'
    ? { ...filters, personal: false }
    : filters;

/** Entities by name, those that the role may see, in any number: for a single one and for notifications. */
export const entitiesNamed = (
  repositories: Reader,
  type: NgsiType,
  ids: readonly string[],
  role: Role,
): Promise<NgsiEntity[]> =>
  read(repositories, type, pageOf(seenBy(type, role, { id: [...ids] }) ?? {}, ids.length, 0));

type Asked = { readonly type: NgsiType; readonly ids?: readonly string[] };

/** The types asked for, each with the identifiers it is asked for. */
const typesAsked = ({ type: types, id: urns }: EntitiesQuery): Result<Asked[]> => {
  const named = urns?.map(readUrn).filter((one) => one !== undefined);
  const known = ngsiTypes.filter((type) =>
    types === undefined ? named?.some((one) => one.type === type) : types.includes(type),
  );
  const idsOf = (type: NgsiType): { ids?: string[] } =>
    named === undefined ? {} : { ids: named.filter((one) => one.type === type).map(({ id }) => id) };
  return ok(known.map((type) => ({ type, ...idsOf(type) })));
};

/**
 * A page of the stock as NGSI-LD entities, in order of type and identifier. Fails with `ngsi-bad-request` where neither type,
 * id nor q says of what, `ngsi-not-supported`.
 */
export const listEntities = async (
  { store }: AppContext,
  query: EntitiesQuery,
  role: Role,
): Promise<Result<NgsiPage>> => {
  const shape = shapeOf(query);
  if (!shape.ok) return shape;
  if (query.type === undefined && query.id === undefined)
    return badRequest(
      'dites de quoi, par « type » (Building, DeviceMeasurement) ou « id ».',
      'say of what, by “type” (Building, DeviceMeasurement) or “id”.',
      'type',
    );
  const conditions: readonly NgsiCondition[] | undefined = query.q === undefined ? [] : readQuery(query.q);
  if (conditions === undefined) return notSupported(`q=${query.q ?? ''}`);
  const asked = typesAsked(query);
  if (!asked.ok) return asked;
  const entities: NgsiEntity[] = [];
  let [before, count] = [query.offset, 0];
  for (const { type, ids } of asked.value) {
    const found = filtersOf(type, conditions, ids);
    if (!found.ok) return found;
    const filters = seenBy(type, role, found.value);
    if (filters === undefined) continue;
    const room = query.limit - entities.length;
    if (room > 0) entities.push(...(await read(store, type, pageOf(filters, room, before))));
    if (query.count !== 'true' && asked.value.length === 1) continue;
    const held =
      type === 'Building' ? await store.buildings.countOf(filters) : await store.meters.countOf(filters);
    before = Math.max(0, before - held);
    count += held;
  }
  return ok({
    entities: entities.map((entity) => shaped(entity, shape.value)),
    count: query.count === 'true' ? count : undefined,
  });
};

/** One entity. Fails with `ngsi-not-found`, `ngsi-not-supported`. */
export const getEntity = async (
  { store }: AppContext,
  urn: string,
  query: EntityQuery,
  role: Role,
): Promise<Result<NgsiEntity>> => {
  const shape = shapeOf(query);
  if (!shape.ok) return shape;
  const named = readUrn(urn);
  if (named === undefined) return noEntity(urn);
  const [entity] = await entitiesNamed(store, named.type, [named.id], role);
  return entity === undefined ? noEntity(urn) : ok(shaped(entity, shape.value));
};
