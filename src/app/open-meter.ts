import { mappingOf, type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadings, readWeather } from '#formats/registry.ts';
import { toDaily } from '#measure/index.ts';
import type { HolidayCountry } from '../core/calendar.ts';
import type { SavingsScope, ZeroRule } from '../core/meter-rules.ts';
import type { Warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import type { DailyWeather, HourlyWeather } from '../core/weather/weather.ts';
import { closuresWithin, openClosures } from './closures.ts';
import { rangeOf } from './daily-series.ts';
import { readFileBytes } from './files.ts';

/** How a readings file is written, and what its zeros and holidays mean. */
export type MeterFileOptions = ReadingsOptions & {
  readonly zeros?: ZeroRule;
  readonly holidays?: HolidayCountry;
  /** Path of a file of the days on which the building is closed. */
  readonly closures?: string;
  /** Path of a weather file with dates. */
  readonly weather?: string;
  /** What the works aimed at; only `measure` asks. */
  readonly scope?: SavingsScope;
  /** Path of a mapping file; what the other options say goes before it. */
  readonly mapping?: string;
};

export type OpenedMeter = {
  readonly readings: Readings;
  readonly series: DailySeries;
  readonly weather?: HourlyWeather;
  readonly warnings: readonly Warning[];
};

/**
 * Weather of a file by hours and by local days. Fails with `bad-timezone`, `weather-typical-year`, and as
 * `readFileBytes` and `readWeather`.
 */
export const openWeather = (
  path: string,
  timezone: string,
): Result<{
  readonly hourly: HourlyWeather;
  readonly daily: DailyWeather;
  readonly warnings: readonly Warning[];
}> => {
  const zone = openZone(timezone);
  if (!zone.ok) return zone;
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const read = readWeather(path, bytes.value, { timezone });
  if (!read.ok) return read;
  if (read.value.kind === 'typical')
    return failure(
      'weather-typical-year',
      `« ${path} » est une année type, sans dates réelles : donnez une météo mesurée (CSV avec instant et T_out_C, Météo-France ou Open-Meteo).`,
      `“${path}” is a typical year without real dates: give measured weather (CSV with instant and T_out_C, Météo-France or Open-Meteo).`,
      { file: path },
    );
  const { weather, warnings } = read.value;
  return ok({ hourly: weather, daily: toDailyWeather(weather, zone.value), warnings });
};

/**
 * Reads a readings file of any known format as its options and mapping say. Fails as `readFileBytes`, `readReadings`
 * and `mappingOf`.
 */
export const readMeter = async (path: string, options: MeterFileOptions): Promise<Result<Readings>> => {
  const {
    weather: _weather,
    zeros: _zeros,
    holidays: _holidays,
    closures: _closures,
    scope: _scope,
    mapping,
    ...given
  } = options;
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  if (mapping === undefined) return readReadings(path, bytes.value, given);
  const text = readFileBytes(mapping);
  if (!text.ok) return text;
  const mapped = mappingOf(mapping, new TextDecoder().decode(text.value));
  return mapped.ok ? readReadings(path, bytes.value, { ...mapped.value, ...given }) : mapped;
};

/** A readings file as it came, with the weather given beside it. */
export type ReadFile = {
  readonly readings: Readings;
  readonly weather?: { readonly hourly: HourlyWeather; readonly daily: DailyWeather };
  readonly warnings: readonly Warning[];
};

/**
 * Reads a readings file and the weather file named beside it. Fails as `readMeter` and `openWeather`, and
 * with `closures-need-days` for closures asked of bills.
 */
export const openReadings = async (path: string, options: MeterFileOptions): Promise<Result<ReadFile>> => {
  const { weather: weatherPath, closures } = options;
  const readings = await readMeter(path, options);
  if (!readings.ok) return readings;
  if (closures !== undefined && isBills(readings.value))
    return failure(
      'closures-need-days',
      `« ${path} » contient des factures : des jours de fermeture n’y sont pas lisibles. Enlevez --closures, ou donnez des relevés journaliers.`,
      `“${path}” holds bills: days of closure cannot be told in them. Leave --closures out, or give daily readings.`,
      { file: path },
    );
  const weather = weatherPath === undefined ? undefined : openWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  return ok({
    readings: readings.value,
    ...(weather === undefined ? {} : { weather: weather.value }),
    warnings: [...readings.value.warnings, ...(weather?.value.warnings ?? [])],
  });
};

/** A file's readings as local days. Fails with `readings-not-daily` where they cover several days each. */
export const asDaily = (
  { readings, weather, warnings }: ReadFile,
  { zeros, closures: closuresPath }: MeterFileOptions,
): Result<OpenedMeter> => {
  const daily = toDaily(readings, {
    ...(weather === undefined ? {} : { weather: weather.daily }),
    ...(zeros === 'missing' ? { zeros } : {}),
  });
  if (!daily.ok) return daily;
  const common = { readings, ...(weather === undefined ? {} : { weather: weather.hourly }) };
  const { series, warnings: told } = daily.value;
  if (closuresPath === undefined) return ok({ ...common, series, warnings: [...warnings, ...told] });
  const closures = openClosures(closuresPath);
  if (!closures.ok) return closures;
  const within = closuresWithin(closures.value, rangeOf(series), closuresPath);
  if (!within.ok) return within;
  return ok({
    ...common,
    series: { ...series, closures: closures.value },
    warnings: [...warnings, ...told, ...within.value],
  });
};

/**
 * Reads a readings file into local days with their weather; every defect is in `warnings`. Fails as `openReadings`
 * and `asDaily`.
 */
export const openMeterFile = async (
  path: string,
  options: MeterFileOptions,
): Promise<Result<OpenedMeter>> => {
  const file = await openReadings(path, options);
  return file.ok ? asDaily(file.value, options) : file;
};

/** Readings of several days each are bills, and take the ladder of bills. */
export const isBills = ({ resolution }: Readings): boolean =>
  resolution === 'monthly' || resolution === 'irregular';
