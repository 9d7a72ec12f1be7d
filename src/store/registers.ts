import type { EntityManager } from 'typeorm';
import { meterNumberOf, readingRepository } from './readings.ts';
import { inTransaction, rowsOf } from './scope.ts';
import type { RegisterCount, RegisterReading } from './reading-types.ts';

type Pair = { readonly startMs: number; readonly endMs: number; readonly kwh: number };

export type RegisterRepository = {
  /**
   * Keeps register readings of one meter (running totals, kWh) and writes as readings the energy between each of
   * them and its neighbours in time, so that a late one splits the interval it falls into. Sent again, nothing
   * changes. Where the register falls (meter changed or reset) the interval gets no reading. Throws `not-found`.
   */
  add(meterId: string, registers: readonly RegisterReading[]): Promise<RegisterCount>;
};

/** Each register sent and the one after each, with the one before: the intervals that may have changed. */
const touchedPairs = `
with sent as (select to_timestamp(a / 1000) as at from unnest($2::float8[]) as t (a)),
neighbours as (
  select at from sent
  union
  select (select min(r.at) from meter_registers r where r.meter_number = $1 and r.at > s.at) from sent s
)
select extract(epoch from before.at)::float8 * 1000 as "startMs", extract(epoch from n.at)::float8 * 1000 as "endMs",
  here.kwh - before.kwh as kwh
from neighbours n
join meter_registers here on here.meter_number = $1 and here.at = n.at
cross join lateral (
  select r.at, r.kwh from meter_registers r
  where r.meter_number = $1 and r.at < n.at order by r.at desc limit 1
) before
order by n.at`;

/**
 * Running totals of meters, kWh, at instants in ms since 1970-01-01 UTC; what they add to the readings goes
 * through `readingRepository`.
 */
export const registerRepository = (manager: EntityManager): RegisterRepository => ({
  add: (meterId, registers) =>
    inTransaction(manager, async (inside) => {
      const meterNumber = await meterNumberOf(inside, meterId, 'to-write');
      const byInstant = new Map(registers.map(({ atMs, kwh }) => [atMs, kwh]));
      const instants = [...byInstant.keys()];
      await inside.query(
        `insert into meter_registers (meter_number, at, kwh)
         select $1, to_timestamp(a / 1000), k from unnest($2::float8[], $3::float8[]) as t (a, k)
         on conflict (meter_number, at) do update set kwh = excluded.kwh`,
        [meterNumber, instants, [...byInstant.values()]],
      );
      const pairs = await rowsOf<Pair>(inside, touchedPairs, [meterNumber, instants]);
      const rising = pairs.filter(({ kwh }) => kwh >= 0);
      const counts = await readingRepository(inside).upsert(meterId, {
        startMs: Float64Array.from(rising, ({ startMs }) => startMs),
        endMs: Float64Array.from(rising, ({ endMs }) => endMs),
        energyKwh: Float64Array.from(rising, ({ kwh }) => kwh),
      });
      return { ...counts, falls: pairs.length - rising.length };
    }),
});
