import { toSeries } from '#measure/index.ts';
import type { Building, Meter, Store, WeatherStation } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { type Warning, warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import type { DailyWeather } from '../core/weather/weather.ts';
import { buildingClosures } from './closures.ts';
import { meterReadings } from './derived-meters.ts';
import { stationOf } from './weather-station.ts';

const DAY_MS = 86_400_000;

export type DaysRead = { readonly series: DailySeries; readonly warnings: readonly Warning[] };

/** The days of one meter with what they were made of. */
export type MeterSeries = DaysRead & {
  readonly readings: Readings;
  readonly weather?: DailyWeather;
  /** Where that weather was read. */
  readonly station?: WeatherStation;
};

/** The readings of a meter as the stages take them, untouched; undefined while it has none. Fails as `derivedReadings` does. */
export const storedReadings = async (store: Store, meter: Meter): Promise<Result<Readings> | undefined> => {
  const read = await meterReadings(store, meter, false);
  return read?.ok === true ? ok(read.value.readings) : read;
};

type ReadingsWeather = {
  readonly weather: DailyWeather;
  readonly station: WeatherStation;
  readonly told: Warning;
};

/** Days, of the station chosen for a building, that cover its readings, with why that station; undefined without a station. */
export const weatherFor = async (
  store: Store,
  building: Building | undefined,
  readings: Readings,
): Promise<ReadingsWeather | undefined> => {
  const firstDay = Math.floor((readings.startMs[0] ?? 0) / DAY_MS) - 1;
  const lastDay = Math.ceil((readings.endMs.at(-1) ?? 0) / DAY_MS) + 1;
  const chosen = await stationOf(store, building, { firstDay: firstDay + 1, lastDay: lastDay - 2 });
  if (chosen === undefined) return undefined;
  const { firstDay: from, meanC, ghiWm2 } = await store.weather.daily(chosen.station.id, firstDay, lastDay);
  return { weather: { firstDay: from, outdoorC: meanC, ghiWm2 }, ...chosen };
};

const noWeather = warning(
  'weather-unknown',
  'Aucun poste météo dans ce parc : sans température, ni signature ni calage du jumeau. Déposez un fichier de météo du lieu à la page du compteur, ou allez la chercher : npx stacoptim weather --service open-meteo --latitude=… --longitude=… --days=DÉBUT/FIN ; un autre logiciel l’envoie par PUT /v1/weather-stations/{id}.',
  'No weather station in this stock: without temperature, neither a signature nor a calibrated twin. Drop a file of the place’s weather on the page of the meter, or fetch it: npx stacoptim weather --service open-meteo --latitude=… --longitude=… --days=FROM/TO; another program sends it by PUT /v1/weather-stations/{id}.',
);

/**
 * The readings of a meter as local days with the weather of the station, as people have decided about them, bills among them;
 * undefined while it has none. Fails as `meterReadings`, and as the readings' way to days does.
 */
export const meterSeries = async (store: Store, meter: Meter): Promise<Result<MeterSeries> | undefined> => {
  const decided = await meterReadings(store, meter, true);
  if (decided === undefined || !decided.ok) return decided;
  const { readings, confirmedDays } = decided.value;
  const building = await store.buildings.get(meter.buildingId);
  const found = await weatherFor(store, building, readings);
  const daily = toSeries(readings, found === undefined ? {} : { weather: found.weather });
  if (!daily.ok) return daily;
  const { series, warnings } = daily.value;
  const closures = buildingClosures(building);
  const confirmed = Uint8Array.from(series.energyKwh, (_, i) =>
    confirmedDays.has(series.firstDay + i) ? 1 : 0,
  );
  return ok({
    series: {
      ...series,
      ...(confirmedDays.size === 0 ? {} : { confirmed }),
      ...(closures.length === 0 ? {} : { closures }),
    },
    readings,
    ...(found === undefined ? {} : { weather: found.weather, station: found.station }),
    warnings: [...decided.value.warnings, found?.told ?? noWeather, ...warnings],
  });
};

/** First and last day of a series. */
export const rangeOf = (series: DailySeries): DayRange => ({
  from: series.firstDay,
  to: series.firstDay + series.energyKwh.length - 1,
});
