import type { EntityManager } from 'typeorm';
import { copyIn, copyOut } from './copy.ts';
import { noteReadings } from './repositories/changes.ts';
import { storeError } from './errors.ts';
import { decodeReadings, encodeReadings } from './readings-wire.ts';
import { clientOf, inTransaction, notFound, rowsOf, withClient } from './scope.ts';
import { markDependantsStale } from './stale.ts';
import type {
  LastReading,
  ReadingBatch,
  ReadingColumns,
  ReadingExtent,
  ReplacedReading,
  UpsertCount,
} from './reading-types.ts';

/** Up to this many rows one statement with arrays is quicker than a temporary table. */
const smallBatch = 1000;

const earliestMs = Date.UTC(1900, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);

const columnNames = 'start_at, end_at, kwh, quality';

/** Rows that have a value, in order of time, one an instant: of two for the same one the later in the batch wins. */
const tidy = (batch: ReadingBatch): ReadingColumns => {
  const { startMs, endMs, energyKwh } = batch;
  if (endMs.length !== startMs.length || energyKwh.length !== startMs.length) {
    throw new Error('the columns of a batch of readings have one length');
  }
  const order: number[] = [];
  let sorted = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < startMs.length; i += 1) {
    if (!Number.isFinite(energyKwh[i])) continue;
    const start = startMs[i] ?? Number.NaN;
    const end = endMs[i] ?? Number.NaN;
    if (!(start >= earliestMs && end > start && end < latestMs)) {
      throw storeError(
        'reading-interval-invalid',
        `Relevé ${i + 1} du lot : intervalle de ${start} à ${end} ms ; il faut un début avant la fin, entre 1900 et 2200.`,
        `Reading ${i + 1} of the batch: interval from ${start} to ${end} ms; the start must come before the end, between 1900 and 2200.`,
      );
    }
    if (start <= previous) sorted = false;
    previous = start;
    order.push(i);
  }
  const kept = sorted ? order : lastOfEach(order, startMs);
  return {
    startMs: Float64Array.from(kept, (i) => startMs[i] ?? 0),
    endMs: Float64Array.from(kept, (i) => endMs[i] ?? 0),
    energyKwh: Float64Array.from(kept, (i) => energyKwh[i] ?? 0),
    quality: Int16Array.from(kept, (i) => batch.quality?.[i] ?? 0),
  };
};

/** The UTC years of ascending instants. */
const yearsOf = (instants: Float64Array): number[] => {
  const years: number[] = [];
  let nextYearMs = Number.NEGATIVE_INFINITY;
  for (const instant of instants) {
    if (instant < nextYearMs) continue;
    const year = new Date(instant).getUTCFullYear();
    years.push(year);
    nextYearMs = Date.UTC(year + 1, 0, 1);
  }
  return years;
};

/** Ascending readings, a part for each UTC year: COPY takes no table with row policies, but each year's partition. */
const byYear = (rows: ReadingColumns): { year: number; part: ReadingColumns }[] => {
  let from = 0;
  return yearsOf(rows.startMs).map((year) => {
    const nextYearMs = Date.UTC(year + 1, 0, 1);
    const end = rows.startMs.findIndex((start, at) => at >= from && start >= nextYearMs);
    const to = end === -1 ? rows.startMs.length : end;
    const part = {
      startMs: rows.startMs.subarray(from, to),
      endMs: rows.endMs.subarray(from, to),
      energyKwh: rows.energyKwh.subarray(from, to),
      quality: rows.quality.subarray(from, to),
    };
    from = to;
    return { year, part };
  });
};

const lastOfEach = (order: readonly number[], startMs: Float64Array): number[] => {
  const byInstant = new Map<number, number>();
  for (const i of order) byInstant.set(startMs[i] ?? 0, i);
  return [...byInstant.values()].sort((a, b) => (startMs[a] ?? 0) - (startMs[b] ?? 0));
};

/**
 * One statement: keeps in the audit each value about to change, then writes what is new or different.
 * `incoming` is the list of rows; $1 the meter, $2 the import.
 */
const upsertSql = (incoming: string): string => `
with incoming as materialized (${incoming}),
replaced as (
  insert into readings_audit (meter_number, ${columnNames}, import_id)
  select r.meter_number, r.start_at, r.end_at, r.kwh, r.quality, $2
  from readings r join incoming i on i.start_at = r.start_at
  where r.meter_number = $1
    and r.start_at between (select min(start_at) from incoming) and (select max(start_at) from incoming)
    and (r.end_at, r.kwh, r.quality) is distinct from (i.end_at, i.kwh, i.quality)
  returning start_at
),
written as (
  insert into readings (meter_number, ${columnNames}) select $1, ${columnNames} from incoming
  on conflict (meter_number, start_at) do update
    set end_at = excluded.end_at, kwh = excluded.kwh, quality = excluded.quality
    where (readings.end_at, readings.kwh, readings.quality)
      is distinct from (excluded.end_at, excluded.kwh, excluded.quality)
  returning start_at
)
select (select count(*)::int from replaced) as updated,
  coalesce((select array_agg(extract(epoch from start_at)::float8 * 1000 order by start_at) from written), '{}') as changed`;

type Written = { readonly updated: number; readonly changed: readonly number[] };

const upsertArrays = async (
  manager: EntityManager,
  meterNumber: number,
  rows: ReadingColumns,
  importId: number | null,
): Promise<Written> => {
  const incoming = `select to_timestamp(s / 1000) as start_at, to_timestamp(e / 1000) as end_at, k as kwh, q as quality
    from unnest($3::float8[], $4::float8[], $5::float8[], $6::smallint[]) as t (s, e, k, q)`;
  const [written] = await rowsOf<Written>(manager, upsertSql(incoming), [
    meterNumber,
    importId,
    ...[rows.startMs, rows.endMs, rows.energyKwh, rows.quality].map((column) => [...column]),
  ]);
  return written ?? { updated: 0, changed: [] };
};

const upsertByCopy = async (
  manager: EntityManager,
  meterNumber: number,
  rows: ReadingColumns,
  importId: number | null,
): Promise<Written> => {
  const client = await clientOf(manager);
  const first = rows.startMs[0] ?? 0;
  const last = rows.startMs.at(-1) ?? 0;
  const [{ taken } = { taken: true }] = await rowsOf<{ taken: boolean }>(
    manager,
    `select exists (select from readings where meter_number = $1
       and start_at between to_timestamp($2::float8 / 1000) and to_timestamp($3::float8 / 1000)) as taken`,
    [meterNumber, first, last],
  );
  const copyInto = (target: string, part: ReadingColumns): Promise<void> =>
    copyIn(
      client,
      `copy ${target} (meter_number, ${columnNames}) from stdin (format binary)`,
      encodeReadings(meterNumber, part),
    );
  // Nothing stands between the first and the last instant, and the meter's row is locked: all of it is new.
  if (!taken) {
    for (const { year, part } of byYear(rows)) await copyInto(`readings_${year}`, part);
    return { updated: 0, changed: [...rows.startMs] };
  }
  await manager.query(
    'create temporary table readings_incoming (like readings including defaults) on commit drop',
  );
  await copyInto('readings_incoming', rows);
  await manager.query('analyze readings_incoming');
  const [written] = await rowsOf<Written>(
    manager,
    upsertSql(`select ${columnNames} from readings_incoming`),
    [meterNumber, importId],
  );
  await manager.query('drop table readings_incoming');
  return written ?? { updated: 0, changed: [] };
};

export type ReadingRepository = {
  /**
   * Writes a batch of one meter, whole or not at all. The newest write of an instant wins and the value it
   * replaces goes to the audit; a value written again is left alone. Models and savings computed from a
   * changed instant become stale. Durable once resolved. Throws `not-found`, `reading-interval-invalid`.
   */
  upsert(meterId: string, batch: ReadingBatch, options?: { importId?: number }): Promise<UpsertCount>;
  /** Readings that start in [fromMs, toMs), in order of time. */
  read(meterId: string, fromMs?: number, toMs?: number, most?: number): Promise<ReadingColumns>;
  extent(meterId: string): Promise<ReadingExtent | undefined>;
  /** By meter; a meter without readings has no entry. */
  extents(meterIds: readonly string[]): Promise<ReadonlyMap<string, ReadingExtent>>;
  /** The last reading of each meter; a meter without readings has no entry. */
  lastOf(meterIds: readonly string[]): Promise<ReadonlyMap<string, LastReading>>;
  /** Values that later writes replaced, latest first. */
  replaced(meterId: string): Promise<ReplacedReading[]>;
  /** Deletes readings that ended before `beforeMs`, and their replaced values; gives how many went. */
  eraseBefore(meterId: string, beforeMs: number): Promise<number>;
};

/**
 * The number that stands for a meter in the tables of readings. Whoever takes it `to-write` is alone to write that meter
 * until the transaction ends, and the transaction is on the disk before it is answered, also where the server was set
 * to answer sooner. Throws `not-found`.
 */
export const meterNumberOf = async (
  manager: EntityManager,
  meterId: string,
  use: 'to-read' | 'to-write',
): Promise<number> => {
  const [meter] = await rowsOf<{ number: number }>(
    manager,
    use === 'to-read'
      ? 'select number from meters where id = $1'
      : `select number, set_config('synchronous_commit', 'on', true), set_config('stacoptim.meter', number::text, true)
         from meters where id = $1 for no key update`,
    [meterId],
  );
  if (meter === undefined) throw notFound({ fr: 'Le compteur', en: 'meter' }, meterId);
  return meter.number;
};

const extentsOf = async (
  manager: EntityManager,
  meterIds: readonly string[],
): Promise<Map<string, ReadingExtent>> => {
  const rows = await rowsOf<ReadingExtent & { id: string }>(
    manager,
    `select m.id, extract(epoch from min(r.start_at))::float8 * 1000 as "fromMs",
       extract(epoch from max(r.end_at))::float8 * 1000 as "toMs", count(*)::int as count
     from meters m join readings r on r.meter_number = m.number where m.id = any ($1) group by m.id`,
    [[...meterIds]],
  );
  return new Map(rows.map(({ id, ...extent }) => [id, extent]));
};

/**
 * Readings of meters: instants in ms since 1970-01-01 UTC, half-open intervals, energy in kWh. Each column
 * holds one slot a reading, in order of time.
 */
export const readingRepository = (manager: EntityManager): ReadingRepository => ({
  upsert: (meterId, batch, options = {}) =>
    inTransaction(manager, async (inside) => {
      const rows = tidy(batch);
      const n = rows.startMs.length;
      const missing = batch.energyKwh.reduce((count, kwh) => count + (Number.isFinite(kwh) ? 0 : 1), 0);
      // One writer a meter at a time: what it decides from what it reads stays true until it commits.
      const meterNumber = await meterNumberOf(inside, meterId, 'to-write');
      if (n === 0) return { inserted: 0, updated: 0, unchanged: 0, missing };
      await inside.query('select make_reading_partitions($1)', [yearsOf(rows.startMs)]);
      const write = n <= smallBatch ? upsertArrays : upsertByCopy;
      const { updated, changed } = await write(inside, meterNumber, rows, options.importId ?? null);
      await markDependantsStale(inside, meterId, changed, updated);
      const [first] = changed;
      if (first !== undefined)
        await noteReadings(inside, meterId, updated > 0 ? 'updated' : 'created', {
          from: new Date(first).toISOString(),
          to: new Date(changed.at(-1) ?? first).toISOString(),
          inserted: changed.length - updated,
          updated,
        });
      return { inserted: changed.length - updated, updated, unchanged: n - changed.length, missing };
    }),

  read: async (meterId, fromMs = earliestMs, toMs = latestMs, most) => {
    const read = await withClient(manager, async (client) => {
      const statement = `select open_meter(${client.escapeLiteral(meterId)});
        copy (select ${columnNames} from readings where meter_number = (select opened_meter())
        and start_at >= to_timestamp(${Number(fromMs)} / 1000.0) and start_at < to_timestamp(${Number(toMs)} / 1000.0)
        order by start_at${most === undefined ? '' : ` limit ${Number(most)}`}) to stdout (format binary)`;
      return decodeReadings(await copyOut(client, statement));
    });
    if (read.startMs.length === 0) await meterNumberOf(manager, meterId, 'to-read');
    return read;
  },

  extent: async (meterId) => (await extentsOf(manager, [meterId])).get(meterId),
  extents: (meterIds) => extentsOf(manager, meterIds),

  lastOf: async (meterIds) => {
    const rows = await rowsOf<LastReading & { id: string }>(
      manager,
      `select m.id, extract(epoch from r.start_at)::float8 * 1000 as "startMs",
         extract(epoch from r.end_at)::float8 * 1000 as "endMs", r.kwh as "energyKwh"
       from meters m cross join lateral (
         select start_at, end_at, kwh from readings where meter_number = m.number
         order by start_at desc limit 1) r
       where m.id = any ($1)`,
      [[...meterIds]],
    );
    return new Map(rows.map(({ id, ...last }) => [id, last]));
  },

  replaced: async (meterId) => {
    const rows = await rowsOf<ReplacedReading & { importId: number | null }>(
      manager,
      `select extract(epoch from start_at)::float8 * 1000 as "startMs", extract(epoch from end_at)::float8 * 1000 as "endMs",
         kwh as "energyKwh", quality, extract(epoch from replaced_at)::float8 * 1000 as "replacedMs", import_id as "importId"
       from readings_audit where meter_number = (select number from meters where id = $1)
       order by replaced_at desc, start_at`,
      [meterId],
    );
    return rows.map(({ importId, ...row }) => (importId === null ? row : { ...row, importId }));
  },

  eraseBefore: (meterId, beforeMs) =>
    inTransaction(manager, async (inside) => {
      const meterNumber = await meterNumberOf(inside, meterId, 'to-write');
      const values = [meterNumber, beforeMs];
      const condition = 'meter_number = $1 and end_at <= to_timestamp($2::float8 / 1000)';
      await inside.query(`delete from readings_audit where ${condition}`, values);
      await inside.query(
        'delete from meter_registers where meter_number = $1 and at <= to_timestamp($2::float8 / 1000)',
        values,
      );
      const [{ count } = { count: 0 }] = await rowsOf<{ count: number }>(
        inside,
        `with gone as (delete from readings where ${condition} returning 1) select count(*)::int as count from gone`,
        values,
      );
      if (count > 0)
        await noteReadings(inside, meterId, 'deleted', { before: new Date(beforeMs).toISOString(), count });
      return count;
    }),
});
