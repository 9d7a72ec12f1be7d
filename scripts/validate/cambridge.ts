import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseDay } from '#core/calendar.ts';
import type { DailySeries } from '#core/series.ts';

type HourlyColumns = ReadonlyMap<
  string,
  { readonly sums: Map<number, number>; readonly counts: Map<number, number> }
>;

/** Daily sums and counts of each column of an hourly CSV of the Cambridge archive (first column `YYYY-MM-DDTHH:MM`). */
const readHourly = async (path: string): Promise<HourlyColumns> => {
  const text = gunzipSync(await readFile(path)).toString('utf8');
  const [header = '', ...lines] = text.split('\n');
  const names = header.trim().split(',');
  const columns = new Map(
    names
      .slice(1)
      .map((name) => [name, { sums: new Map<number, number>(), counts: new Map<number, number>() }]),
  );
  let lastText = '';
  let day = 0;
  for (const line of lines) {
    const cells = line.trim().split(',');
    const dayText = (cells[0] ?? '').slice(0, 10);
    if (dayText !== lastText) {
      lastText = dayText;
      day = parseDay(dayText) ?? Number.NaN;
    }
    if (!Number.isFinite(day)) continue;
    names.forEach((name, index) => {
      const cell = cells[index];
      const column = columns.get(name);
      if (column === undefined || cell === undefined || cell === '') return;
      column.sums.set(day, (column.sums.get(day) ?? 0) + Number(cell));
      column.counts.set(day, (column.counts.get(day) ?? 0) + 1);
    });
  }
  return columns;
};

export type Weather = { readonly meanC: Map<number, number>; readonly ghiWm2: Map<number, number> };

const means = (
  column: { sums: Map<number, number>; counts: Map<number, number> } | undefined,
): Map<number, number> =>
  new Map(
    [...(column?.sums ?? [])]
      .filter(([day]) => (column?.counts.get(day) ?? 0) >= 20)
      .map(([day, sum]) => [day, sum / (column?.counts.get(day) ?? 1)]),
  );

export const cambridgeWeather = async (corpus: string): Promise<Weather> => {
  const columns = await readHourly(join(corpus, 'weather', 'cambridge_bedford_hourly_2012_2022.csv.gz'));
  return { meanC: means(columns.get('T_out_C')), ghiWm2: means(columns.get('GHI_Wm2')) };
};

/** Whole days (24 hours present) of one meter with the weather of the station, from 2012 to 2022. */
export const cambridgeMeter = async (
  corpus: string,
  building: string,
  column: 'gas' | 'electricity_kWh',
  weather: Weather,
): Promise<DailySeries | undefined> => {
  const columns = await readHourly(join(corpus, 'meters', 'cambridge', `${building}.csv.gz`));
  const meter = columns.get(column);
  if (meter === undefined) return undefined;
  const firstDay = parseDay('2012-01-01') ?? 0;
  const lastDay = parseDay('2022-12-31') ?? 0;
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i);
  const pick = (values: Map<number, number>): Float64Array =>
    Float64Array.from(days, (day) => values.get(day) ?? Number.NaN);
  return {
    timezone: 'Europe/London',
    firstDay,
    energyKwh: Float64Array.from(days, (day) =>
      meter.counts.get(day) === 24 ? (meter.sums.get(day) ?? Number.NaN) : Number.NaN,
    ),
    outdoorC: pick(weather.meanC),
    ghiWm2: pick(weather.ghiWm2),
  };
};

/** A CSV with a header, as rows by column name. */
export const readTable = async (path: string): Promise<Record<string, string>[]> => {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
};
