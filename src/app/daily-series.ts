import { applyDecisions, type DecidedDays, toDaily } from '#measure/index.ts';
import type { Meter, ReadingColumns, Store } from '#store/index.ts';
import { type DayRange, parseDay } from '../core/calendar.ts';
import type { Warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';
import type { DailyWeather } from '../core/weather/weather.ts';

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

/** The decisions of a meter that hold. */
const decisionsOf = async (store: Store, meterId: string): Promise<DecidedDays[]> => {
  const decisions = await store.decisions.list(meterId);
  return decisions.flatMap(({ id, fromDay, toDay, action, factor, by, reversed }) => {
    const [from, to] = [parseDay(fromDay), parseDay(toDay)];
    if (reversed !== undefined || from === undefined || to === undefined) return [];
    return [{ id, from, to, action, by, ...(factor === undefined ? {} : { factor }) }];
  });
};

/** The stored readings of a meter as the stages take them, untouched; undefined while it has none. */
export const storedReadings = async (store: Store, meter: Meter): Promise<Readings | undefined> => {
  const readings = await store.readings.read(meter.id);
  if (readings.startMs.length === 0) return undefined;
  return {
    name: meter.name,
    timezone: meter.timezone,
    resolution: resolutionOf(readings),
    startMs: readings.startMs,
    endMs: readings.endMs,
    energyKwh: readings.energyKwh,
    ...(readings.quality.some((one) => one !== 0) ? { flags: Uint16Array.from(readings.quality) } : {}),
    rowsRead: readings.startMs.length,
    rowsRejected: 0,
    warnings: [],
  };
};

/** Days of the first station of the stock that cover the readings; undefined without a station. */
export const weatherFor = async (store: Store, readings: Readings): Promise<DailyWeather | undefined> => {
  const [station] = await store.weather.stations();
  if (station === undefined) return undefined;
  const firstDay = Math.floor((readings.startMs[0] ?? 0) / DAY_MS) - 1;
  const lastDay = Math.ceil((readings.endMs.at(-1) ?? 0) / DAY_MS) + 1;
  const weather = await store.weather.daily(station.id, firstDay, lastDay);
  return { firstDay: weather.firstDay, outdoorC: weather.meanC, ghiWm2: weather.ghiWm2 };
};

/**
 * The readings of a meter as local days with the weather of the station, as people have decided about them;
 * undefined while it has none.
 */
export const meterSeries = async (store: Store, meter: Meter): Promise<Result<MeterSeries> | undefined> => {
  const readings = await storedReadings(store, meter);
  if (readings === undefined) return undefined;
  const zone = openZone(meter.timezone);
  if (!zone.ok) return zone;
  const decided = applyDecisions(readings, await decisionsOf(store, meter.id), zone.value);
  const weather = await weatherFor(store, readings);
  const daily = toDaily(
    { ...readings, energyKwh: decided.energyKwh },
    weather === undefined ? {} : { weather },
  );
  if (!daily.ok) return daily;
  const { series, warnings } = daily.value;
  const { confirmedDays } = decided;
  const confirmed = Uint8Array.from(series.energyKwh, (_, i) =>
    confirmedDays.has(series.firstDay + i) ? 1 : 0,
  );
  return ok({
    series: confirmedDays.size === 0 ? series : { ...series, confirmed },
    warnings: [...decided.warnings, ...warnings],
  });
};

/** First and last day of a series. */
export const rangeOf = (series: DailySeries): DayRange => ({
  from: series.firstDay,
  to: series.firstDay + series.energyKwh.length - 1,
});
