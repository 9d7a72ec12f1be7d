import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { conditionsOf, type PageQuery, tablesOf } from '../page.ts';
import { messageSchema } from '../schema.ts';
import { inTransaction, rowsOf } from '../scope.ts';
import type { JsonDocument } from '../types.ts';
import type { LegalCount, MapBox, MapCell, StockCounts, SummedFigure } from '../stock-counts.ts';
import { listedBuildings } from './listed-buildings.ts';

/** Buildings of a cell of the map that are named; the others are counted. */
const NAMED = 8;

const namedSchema = z.array(z.object({ id: z.string(), name: messageSchema }));

type Filters = PageQuery['filters'];

/** A building whose figures are to be computed, and the notes that say they may have moved. */
type MovedBuilding = { readonly buildingId: string; readonly notes: readonly string[] };

export type StockFigureRepository = {
  /** Buildings whose figures are to be computed: none yet, another program's, moved since, or older than `beforeMs`. */
  waiting(program: string, beforeMs: number, limit: number): Promise<MovedBuilding[]>;
  /** Keeps the figures of a building and forgets the notes that were seen before they were computed. */
  save(
    moved: MovedBuilding,
    figures: JsonDocument,
    by: { readonly program: string; readonly computedMs: number },
  ): Promise<void>;
  /** Counts and sums of what the filters leave. */
  counts(filters: Filters, program: string): Promise<StockCounts>;
  /** What each date of the law finds of what the filters leave; a date binds above the chance. */
  legalDates(filters: Filters, bindsAbove: number): Promise<LegalCount[]>;
  /** How many of what the filters leave have a place, and of how many. */
  placed(filters: Filters): Promise<{ readonly buildings: number; readonly placed: number }>;
  /** Distinct communes of the stock in order, the first `limit`. */
  communes(limit: number): Promise<string[]>;
  /** The box of the placed buildings that the filters leave; undefined without any. */
  extent(filters: Filters): Promise<MapBox | undefined>;
  /** Placed buildings in a box, gathered in cells of it, at most `across` by `across`. */
  cells(filters: Filters, box: MapBox, across: number): Promise<MapCell[]>;
};

const stock = (filters: Filters, values: unknown[], spoken: readonly string[]) => {
  const where = ['true', ...conditionsOf(listedBuildings, filters, values)];
  return { from: tablesOf(listedBuildings, [...spoken, ...where]), where: where.join(' and ') };
};

const tally = (rows: readonly { readonly key: string | null; readonly count: number }[]) =>
  Object.fromEntries(rows.map(({ key, count }) => [key ?? 'unknown', count]));

const urgency = `coalesce(f.urgency, 'unknown')`;

/** What lists, totals and the map of the stock are made of without opening a building. */
export const stockFigureRepository = (manager: EntityManager): StockFigureRepository => ({
  waiting: (program, beforeMs, limit) =>
    rowsOf<MovedBuilding>(
      manager,
      `select b.id as "buildingId", array(select m.id::text from stock_figures_moved m where m.building_id = b.id) as notes
       from buildings b left join stock_figures f on f.building_id = b.id
       where f.building_id is null or f.program <> $1 or f.computed_at < to_timestamp($2::float8 / 1000)
         or exists (select from stock_figures_moved m where m.building_id = b.id)
       order by f.building_id is not null, b.id limit $3`,
      [program, beforeMs, limit],
    ),
  save: ({ buildingId, notes }, figures, { program, computedMs }) =>
    inTransaction(manager, async (inside) => {
      await inside.query(
        `insert into stock_figures (building_id, figures, program, computed_at)
           select id, $2, $3, to_timestamp($4::float8 / 1000) from buildings where id = $1
         on conflict (building_id) do update
           set figures = excluded.figures, program = excluded.program, computed_at = excluded.computed_at`,
        [buildingId, JSON.stringify(figures), program, computedMs],
      );
      // Those seen before the figures were read, and no others: a note committed since, whatever its number, stands.
      await inside.query('delete from stock_figures_moved where id = any($1::bigint[])', [[...notes]]);
    }),
  counts: async (filters, program) => {
    const values: unknown[] = [];
    const { from, where } = stock(filters, values, ['f.']);
    const [row] = await rowsOf<Omit<StockCounts, 'labels' | 'urgencies' | 'energies'>>(
      manager,
      `select count(*)::int as buildings, count(*) filter (where b.simulated)::int as simulated,
         count(*) filter (where b.latitude_deg is not null and b.longitude_deg is not null)::int as placed,
         count(*) filter (where f.program is distinct from $${values.length + 1}
           or b.id in (select building_id from stock_figures_moved))::int as waiting,
         count(*) filter (where f.program is null)::int as uncomputed
       from ${from} where ${where}`,
      [...values, program],
    );
    if (row === undefined) throw new Error('an aggregate has one row');
    const energies = await rowsOf<SummedFigure & { carrier: string | null }>(
      manager,
      `select carrier, count(*)::int as count, sum(kwh)::float8 as value, sum(kwh - low)::float8 as below,
         sum((kwh - low) ^ 2)::float8 as "belowSquares", sum(high - kwh)::float8 as above, sum((high - kwh) ^ 2)::float8 as "aboveSquares"
       from (select f.carrier, f.annual_kwh as kwh, f.annual_kwh_low as low, f.annual_kwh_high as high
             from ${from} where ${where} and f.annual_kwh is not null) as each_building
       group by 1 order by 1`,
      values,
    );
    const by = async (sql: string) =>
      tally(
        await rowsOf<{ key: string | null; count: number }>(
          manager,
          `select ${sql} as key, count(*)::int as count from ${from} where ${where} group by 1 order by 1`,
          values,
        ),
      );
    return {
      ...row,
      energies: energies.map(({ carrier, ...annualKwh }) => ({ carrier, annualKwh })),
      labels: await by('f.label'),
      urgencies: await by(urgency),
    };
  },
  legalDates: (filters, bindsAbove) => {
    const values: unknown[] = [bindsAbove];
    const { from, where } = stock(filters, values, ['f.']);
    return rowsOf<LegalCount>(
      manager,
      `select d ->> 'law' as law, d ->> 'step' as step, d ->> 'from' as from,
         count(*) filter (where chance > $1)::int as buildings,
         coalesce(sum(dwellings) filter (where chance > $1), 0)::float8 as dwellings,
         sum(chance)::float8 as "expectedBuildings", sum(chance * dwellings)::float8 as "expectedDwellings"
       from (select d, (d ->> 'chanceOutside')::float8 as chance, coalesce(f.dwellings, 0) as dwellings
             from ${from} cross join lateral jsonb_array_elements(f.dates) d where ${where}) as each_date
       group by 1, 2, 3 order by 3, 1, 2`,
      values,
    );
  },
  placed: async (filters) => {
    const values: unknown[] = [];
    const { from, where } = stock(filters, values, []);
    const [row] = await rowsOf<{ buildings: number; placed: number }>(
      manager,
      `select count(*)::int as buildings,
         count(*) filter (where b.latitude_deg is not null and b.longitude_deg is not null)::int as placed from ${from} where ${where}`,
      values,
    );
    if (row === undefined) throw new Error('an aggregate has one row');
    return row;
  },
  communes: async (limit) =>
    (
      await rowsOf<{ commune: string }>(
        manager,
        'select distinct commune from buildings where commune is not null order by 1 limit $1',
        [limit],
      )
    ).map(({ commune }) => commune),
  extent: async (filters) => {
    const values: unknown[] = [];
    const { from, where } = stock(filters, values, []);
    const [box] = await rowsOf<{ [side in keyof MapBox]: number | null }>(
      manager,
      `select min(b.longitude_deg) as west, min(b.latitude_deg) as south, max(b.longitude_deg) as east,
         max(b.latitude_deg) as north from ${from}
       where ${where} and b.latitude_deg is not null and b.longitude_deg is not null`,
      values,
    );
    if (box === undefined) return undefined;
    const { west, south, east, north } = box;
    return west === null || south === null || east === null || north === null
      ? undefined
      : { west, south, east, north };
  },
  cells: async (filters, { west, south, east, north }, across) => {
    const values: unknown[] = [west, south, east, north, across];
    const { from, where } = stock(filters, values, ['f.']);
    const place = (value: string, low: string, high: string): string =>
      `least($5::int - 1, floor((${value} - ${low}) / greatest(${high} - ${low}, 1e-9) * $5::int))::int`;
    const rows = await rowsOf<
      Omit<MapCell, 'buildings' | 'intensityKwhM2'> & { named: unknown; intensity: number | null }
    >(
      manager,
      `with v as materialized (
         select b.id, b.name, b.longitude_deg as lon, b.latitude_deg as lat, coalesce(f.label, 'unknown') as label,
           ${urgency} as urgency, f.intensity_kwh_m2 as intensity,
           ${place('b.longitude_deg', '$1::float8', '$3::float8')} as x, ${place('b.latitude_deg', '$2::float8', '$4::float8')} as y
         from ${from} where ${where} and b.longitude_deg between $1 and $3 and b.latitude_deg between $2 and $4),
       ranked as (select *, row_number() over (partition by x, y order by id) as rank from v),
       labelled as (select x, y, jsonb_object_agg(label, n) as labels
         from (select x, y, label, count(*)::int as n from v group by 1, 2, 3) each_label group by 1, 2),
       urged as (select x, y, jsonb_object_agg(urgency, n) as urgencies
         from (select x, y, urgency, count(*)::int as n from v group by 1, 2, 3) each_urgency group by 1, 2),
       gathered as (select x, y, avg(lon)::float8 as "longitudeDeg", avg(lat)::float8 as "latitudeDeg", count(*)::int as count,
         jsonb_agg(jsonb_build_object('id', id, 'name', name) order by id) filter (where rank <= ${NAMED}) as named,
         avg(intensity)::float8 as intensity, min(id) as first from ranked group by 1, 2)
       select "longitudeDeg", "latitudeDeg", count, named, intensity, labels, urgencies
       from gathered join labelled using (x, y) join urged using (x, y) order by count desc, first`,
      values,
    );
    return rows.map(({ named, intensity, ...cell }) => ({
      ...cell,
      buildings: namedSchema.parse(named),
      ...(intensity === null ? {} : { intensityKwhM2: intensity }),
    }));
  },
});
