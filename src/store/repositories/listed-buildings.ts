import type { EntityManager } from 'typeorm';
import type { BuildingRow } from '../entities/buildings.ts';
import type { Listable } from '../page.ts';
import { buildingUseSchema, documentSchema, messageSchema, quantitySchema } from '../schema.ts';
import { preparedRowsOf, rowsOf } from '../scope.ts';
import type { Building, BuildingIdentifiers, ListedBuilding } from '../types.ts';

/** A row of the table as a building: absent facts are left out, never null. */
export const toBuilding = (row: BuildingRow): Building => ({
  id: row.id,
  name: messageSchema.parse(row.name),
  use: buildingUseSchema.parse(row.use),
  ...(row.commune === null ? {} : { commune: row.commune }),
  ...(row.constructionYear === null ? {} : { constructionYear: row.constructionYear }),
  simulated: row.simulated,
  facts: documentSchema.parse(row.facts),
});

export const identifierSchemes = [
  'own',
  'rnb',
  'bdnb',
  'cadastre',
] as const satisfies readonly (keyof BuildingIdentifiers)[];

export const noIdentifiers: BuildingIdentifiers = { own: [], rnb: [], bdnb: [], cadastre: [] };

/** Identifiers by building, in order of value; a building without any has no entry. */
export const identifiersOf = async (
  manager: EntityManager,
  ids: readonly (string | number)[],
): Promise<ReadonlyMap<string, BuildingIdentifiers>> => {
  const rows = await rowsOf<{ id: string; scheme: keyof BuildingIdentifiers; values: string[] }>(
    manager,
    `select building_id as id, scheme, array_agg(value order by value) as values
     from building_identifiers where building_id = any($1::text[]) group by 1, 2`,
    [ids],
  );
  const found = new Map<string, BuildingIdentifiers>();
  for (const { id, scheme, values } of rows)
    found.set(id, { ...(found.get(id) ?? noIdentifiers), [scheme]: values });
  return found;
};

const identifiedBy =
  (scheme: keyof BuildingIdentifiers) =>
  (parameter: string): string =>
    `b.id in (select building_id from building_identifiers where scheme = '${scheme}' and value = any(${parameter}::text[]))`;

const twins = 'left join twins t on t.building_id = b.id and t.current';
const figures = 'left join stock_figures f on f.building_id = b.id';

const figureSort = (column: string, type: 'text' | 'double precision' | 'integer') => ({
  sql: `f.${column}`,
  type,
  id: 'f.building_id',
});

const atLeast = (column: string) => (parameter: string) => `${column} >= ${parameter}::double precision`;
const atMost = (column: string) => (parameter: string) => `${column} <= ${parameter}::double precision`;
const within = (sql: string) => (parameter: string) => `strpos(lower(${sql}), lower(${parameter}::text)) > 0`;

/** How the stock is listed: what it may be ordered and filtered by. */
export const listedBuildings: Listable = {
  from: 'buildings b',
  joined: { t: twins, f: figures },
  id: { sql: 'b.id', type: 'text' },
  sorts: {
    id: { sql: 'b.id', type: 'text' },
    name: { sql: 'b.name_fr', type: 'text' },
    commune: { sql: 'b.commune', type: 'text' },
    constructionYear: { sql: 'b.construction_year', type: 'integer' },
    floorAreaM2: { sql: 't.floor_area_m2', type: 'double precision', id: 't.building_id' },
    heatLossWK: { sql: 't.heat_loss_wk', type: 'double precision', id: 't.building_id' },
    annualKwh: figureSort('annual_kwh', 'double precision'),
    annualEur: figureSort('annual_eur', 'double precision'),
    annualKgCo2e: figureSort('annual_kgco2e', 'double precision'),
    intensityKwhM2: figureSort('intensity_kwh_m2', 'double precision'),
    label: figureSort('label', 'text'),
    legalUntil: figureSort('legal_until', 'text'),
    dataCoverage: figureSort('coverage', 'double precision'),
    urgency: figureSort('urgency_rank', 'integer'),
  },
  filters: {
    id: (parameter) => `b.id = any(${parameter}::text[])`,
    use: (parameter) => `b.use = any(${parameter}::text[])`,
    commune: (parameter) => `b.commune = any(${parameter}::text[])`,
    constructionYearFrom: (parameter) => `b.construction_year >= ${parameter}::integer`,
    constructionYearTo: (parameter) => `b.construction_year <= ${parameter}::integer`,
    floorAreaM2From: atLeast('t.floor_area_m2'),
    floorAreaM2To: atMost('t.floor_area_m2'),
    search: (parameter) => `strpos(b.name_search, lower(${parameter}::text)) > 0`,
    communeSearch: within('b.commune'),
    label: (parameter) => `f.label = any(${parameter}::text[])`,
    legalBefore: (parameter) => `f.legal_until < ${parameter}::text`,
    carrier: (parameter) => `f.carrier = any(${parameter}::text[])`,
    coverageFrom: atLeast('f.coverage'),
    coverageTo: atMost('f.coverage'),
    urgency: (parameter) => `coalesce(f.urgency, 'unknown') = any(${parameter}::text[])`,
    placed: (parameter) =>
      `(b.latitude_deg is not null and b.longitude_deg is not null) = (${parameter}::text = 'true')`,
    own: identifiedBy('own'),
    rnb: identifiedBy('rnb'),
    bdnb: identifiedBy('bdnb'),
    cadastre: identifiedBy('cadastre'),
  },
  narrowing: ['commune', ...identifierSchemes],
};

type Row = BuildingRow & {
  floorArea: unknown;
  heatLoss: unknown;
  figures: unknown;
  computedMs: number | null;
  identifiers: Partial<BuildingIdentifiers> | null;
};

/** Buildings as lists show them, in any order; never opens a twin. */
export const readListed = async (
  manager: EntityManager,
  ids: readonly (string | number)[],
): Promise<ListedBuilding[]> => {
  const rows = await preparedRowsOf<Row>(
    manager,
    'listed-buildings',
    `select b.id, b.name, b.use, b.commune, b.construction_year as "constructionYear", b.simulated, b.facts,
       t.floor_area as "floorArea", t.heat_loss as "heatLoss", f.figures,
       extract(epoch from f.computed_at)::float8 * 1000 as "computedMs",
       (select json_object_agg(i.scheme, i.values) from (
         select scheme, json_agg(value order by value) as values from building_identifiers
         where building_id = b.id group by scheme) i) as identifiers
     from ${listedBuildings.from} ${twins} ${figures} where b.id = any($1::text[])`,
    [ids],
  );
  return rows.map(({ floorArea, heatLoss, figures: kept, computedMs, identifiers, ...row }) => ({
    ...toBuilding(row),
    identifiers: { ...noIdentifiers, ...identifiers },
    ...(floorArea === null ? {} : { floorAreaM2: quantitySchema.parse(floorArea) }),
    ...(heatLoss === null ? {} : { heatLossWK: quantitySchema.parse(heatLoss) }),
    ...(computedMs === null ? {} : { figures: { document: documentSchema.parse(kept), computedMs } }),
  }));
};
