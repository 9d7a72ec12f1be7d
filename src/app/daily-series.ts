import { toDaily } from '#measure/index.ts';
import type { Meter, Store } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import type { Warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import type { DailyWeather } from '../core/weather/weather.ts';
import { meterReadings } from './derived-meters.ts';

const DAY_MS = 86_400_000;

export type MeterSeries = { readonly series: DailySeries; readonly warnings: readonly Warning[] };

/** The readings of a meter as the stages take them, untouched; undefined while it has none. Fails as `derivedReadings` does. */
export const storedReadings = async (store: Store, meter: Meter): Promise<Result<Readings> | undefined> => {
  const read = await meterReadings(store, meter, false);
  return read?.ok === true ? ok(read.value.readings) : read;
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
  const decided = await meterReadings(store, meter, true);
  if (decided === undefined || !decided.ok) return decided;
  const { readings, confirmedDays } = decided.value;
  const weather = await weatherFor(store, readings);
  const daily = toDaily(readings, weather === undefined ? {} : { weather });
  if (!daily.ok) return daily;
  const { series, warnings } = daily.value;
  const confirmed = Uint8Array.from(series.energyKwh, (_, i) =>
    confirmedDays.has(series.firstDay + i) ? 1 : 0,
  );
  return ok({
    series: confirmedDays.size === 0 ? series : { ...series, confirmed },
    warnings: [...decided.value.warnings, ...warnings],
  });
};

/** First and last day of a series. */
export const rangeOf = (series: DailySeries): DayRange => ({
  from: series.firstDay,
  to: series.firstDay + series.energyKwh.length - 1,
});
