import type { EntityManager } from 'typeorm';
import { StationEntity } from '../entities/meters.ts';
import { rowsOf } from '../scope.ts';
import type { WeatherDays, WeatherStation } from '../types.ts';

export type WeatherRepository = {
  saveStation(station: WeatherStation): Promise<void>;
  station(id: string): Promise<WeatherStation | undefined>;
  /** In the order in which they came to the stock; those that came together by their id. */
  stations(): Promise<WeatherStation[]>;
  /** Writes consecutive days; a day written again is replaced; a value that is NaN is kept as unknown. */
  saveDaily(stationId: string, days: WeatherDays): Promise<void>;
  /** The days asked for, both included (days since 1970-01-01); NaN where there is nothing. */
  daily(stationId: string, firstDay: number, lastDay: number): Promise<WeatherDays>;
  /** First and last day held. */
  extent(stationId: string): Promise<{ firstDay: number; lastDay: number } | undefined>;
};

const orNull = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

type Column = readonly (number | null)[] | null;

/**
 * Stations and their days: mean temperature in °C and global horizontal irradiance in W/m2, by day number.
 */
export const weatherRepository = (manager: EntityManager): WeatherRepository => ({
  saveStation: async (station) => {
    await manager.upsert(StationEntity, { ...station }, ['id']);
  },
  station: async (id) => (await manager.findOneBy(StationEntity, { id })) ?? undefined,
  stations: () =>
    rowsOf<WeatherStation>(
      manager,
      `select id, name, latitude_deg as "latitudeDeg", longitude_deg as "longitudeDeg", altitude_m as "altitudeM", source, simulated
       from weather_stations order by added_at, id`,
    ),
  saveDaily: async (stationId, days) => {
    if (days.ghiWm2.length !== days.meanC.length) {
      throw new Error('the columns of daily weather have one length');
    }
    await manager.query(
      `with written as (
         insert into weather_daily as kept (station_id, day, mean_c, ghi_wm2)
         select $1, date '1970-01-01' + $2::int + (n - 1)::int, t, g
         from unnest($3::float8[], $4::float8[]) with ordinality as d (t, g, n)
         on conflict (station_id, day) do update set mean_c = excluded.mean_c, ghi_wm2 = excluded.ghi_wm2
         where (kept.mean_c, kept.ghi_wm2) is distinct from (excluded.mean_c, excluded.ghi_wm2)
         returning 1)
       insert into weather_versions as counted (station_id) select $1 where exists (select from written)
       on conflict (station_id) do update set version = counted.version + 1`,
      [stationId, days.firstDay, orNull(days.meanC), orNull(days.ghiWm2)],
    );
  },
  daily: async (stationId, firstDay, lastDay) => {
    // One row of columns: a row a day makes the driver's work of three years several times that of their days.
    const [held] = await rowsOf<{ offset: number[] | null; t: Column; g: Column }>(
      manager,
      `select json_agg(day - date '1970-01-01' - $2::int) as offset, json_agg(mean_c) as t, json_agg(ghi_wm2) as g
       from weather_daily
       where station_id = $1 and day between date '1970-01-01' + $2::int and date '1970-01-01' + $3::int`,
      [stationId, firstDay, lastDay],
    );
    const length = Math.max(0, lastDay - firstDay + 1);
    const meanC = new Float64Array(length).fill(Number.NaN);
    const ghiWm2 = new Float64Array(length).fill(Number.NaN);
    for (const [i, offset] of (held?.offset ?? []).entries()) {
      meanC[offset] = held?.t?.[i] ?? Number.NaN;
      ghiWm2[offset] = held?.g?.[i] ?? Number.NaN;
    }
    return { firstDay, meanC, ghiWm2 };
  },
  extent: async (stationId) => {
    const [row] = await rowsOf<{ firstDay: number | null; lastDay: number | null }>(
      manager,
      `select min(day) - date '1970-01-01' as "firstDay", max(day) - date '1970-01-01' as "lastDay"
       from weather_daily where station_id = $1`,
      [stationId],
    );
    if (row === undefined || row.firstDay === null || row.lastDay === null) return undefined;
    return { firstDay: row.firstDay, lastDay: row.lastDay };
  },
});
