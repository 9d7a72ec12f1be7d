import { toDaily } from '#measure/index.ts';
import type { Meter, ReadingColumns, Store } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import type { Warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const resolutionOf = (readings: ReadingColumns): Readings['resolution'] => {
  const spans = readings.startMs.map((start, index) => readings.endMs[index] - start).sort();
  const middle = spans[Math.floor(spans.length / 2)] ?? DAY_MS;
  if (middle < 0.9 * HOUR_MS) return 'sub-hourly';
  if (middle < 3 * HOUR_MS) return 'hourly';
  if (middle < 26 * HOUR_MS) return 'daily';
  return middle < 35 * DAY_MS ? 'monthly' : 'irregular';
};

export type MeterSeries = { readonly series: DailySeries; readonly warnings: readonly Warning[] };

/** The readings of a meter as local days with the weather of the station; undefined while it has none. */
export const meterSeries = async (store: Store, meter: Meter): Promise<Result<MeterSeries> | undefined> => {
  const readings = await store.readings.read(meter.id);
  if (readings.startMs.length === 0) return undefined;
  const [station] = await store.weather.stations();
  const firstDay = Math.floor((readings.startMs[0] ?? 0) / DAY_MS) - 1;
  const lastDay = Math.ceil((readings.endMs.at(-1) ?? 0) / DAY_MS) + 1;
  const weather =
    station === undefined ? undefined : await store.weather.daily(station.id, firstDay, lastDay);
  const daily = toDaily(
    {
      name: meter.name,
      timezone: meter.timezone,
      resolution: resolutionOf(readings),
      startMs: readings.startMs,
      endMs: readings.endMs,
      energyKwh: readings.energyKwh,
      rowsRead: readings.startMs.length,
      rowsRejected: 0,
      warnings: [],
    },
    weather === undefined
      ? {}
      : { weather: { firstDay: weather.firstDay, outdoorC: weather.meanC, ghiWm2: weather.ghiWm2 } },
  );
  return daily.ok ? ok(daily.value) : daily;
};

/** First and last day of a series. */
export const rangeOf = (series: DailySeries): DayRange => ({
  from: series.firstDay,
  to: series.firstDay + series.energyKwh.length - 1,
});
