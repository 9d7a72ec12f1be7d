import { mappingOf, type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadings, readWeather } from '#formats/registry.ts';
import {
  fitJson,
  fitModel,
  measureSavings,
  type ModelJson,
  qualityFindings,
  type QualityJson,
  qualityJson,
  type SavingsJson,
  savingsJson,
  toDaily,
  type ZeroRule,
} from '#measure/index.ts';
import { type DayRange, type HolidayCountry } from '../core/calendar.ts';
import type { Language, Warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { DailySeries, Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import type { DailyWeather } from '../core/weather/weather.ts';
import { cpuClockMs, startLedger } from './clock.ts';
import { readFileBytes } from './files.ts';
import { fitReport, qualityReport, savingsReport } from './report.ts';

/** How a readings file is written, and what its zeros and holidays mean. */
export type MeterFileOptions = ReadingsOptions & {
  readonly zeros?: ZeroRule;
  readonly holidays?: HolidayCountry;
  /** Path of a weather file with dates. */
  readonly weather?: string;
  /** Path of a mapping file; what the other options say goes before it. */
  readonly mapping?: string;
};

export type OpenedMeter = {
  readonly readings: Readings;
  readonly series: DailySeries;
  readonly warnings: readonly Warning[];
};

const dailyWeather = (
  path: string,
  timezone: string,
): Result<{ readonly daily: DailyWeather; readonly warnings: readonly Warning[] }> => {
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
  return ok({ daily: toDailyWeather(read.value.weather, zone.value), warnings: read.value.warnings });
};

/** Reads a readings file of any known format as its options and mapping say. */
const readMeter = async (path: string, options: MeterFileOptions): Promise<Result<Readings>> => {
  const { weather: _weather, zeros: _zeros, holidays: _holidays, mapping, ...given } = options;
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  if (mapping === undefined) return readReadings(path, bytes.value, given);
  const text = readFileBytes(mapping);
  if (!text.ok) return text;
  const mapped = mappingOf(mapping, new TextDecoder().decode(text.value));
  return mapped.ok ? readReadings(path, bytes.value, { ...mapped.value, ...given }) : mapped;
};

/** Reads a readings file into local days with their weather; every defect is in `warnings`. */
export const openMeterFile = async (
  path: string,
  options: MeterFileOptions,
): Promise<Result<OpenedMeter>> => {
  const { weather: weatherPath, zeros } = options;
  const readings = await readMeter(path, options);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : dailyWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  const daily = toDaily(readings.value, {
    ...(weather === undefined ? {} : { weather: weather.value.daily }),
    ...(zeros === 'missing' ? { zeros } : {}),
  });
  if (!daily.ok) return daily;
  return ok({
    readings: readings.value,
    series: daily.value.series,
    warnings: [...readings.value.warnings, ...(weather?.value.warnings ?? []), ...daily.value.warnings],
  });
};

const rules = ({ zeros, holidays }: MeterFileOptions) => ({
  ...(zeros === undefined ? {} : { zeros }),
  ...(holidays === undefined ? {} : { holidays }),
  clock: cpuClockMs,
});

/** What a file verb answers: the published JSON, and lines a person reads. */
export type FileAnswer<T> = { readonly json: T; readonly report: readonly string[] };

/** Fits the smallest good enough model on the baseline of a readings file. */
export const fitFile = async (
  path: string,
  periods: { readonly baseline: DayRange; readonly predict?: DayRange },
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<ModelJson>>> => {
  const end = startLedger('fit');
  const meter = await openMeterFile(path, options);
  if (!meter.ok) return meter;
  const fit = fitModel(meter.value.series, { ...periods, ...rules(options) });
  if (!fit.ok) return fit;
  const told = { ...fit.value, warnings: [...meter.value.warnings, ...fit.value.warnings] };
  const json = fitJson(told, language, end());
  return ok({ json, report: fitReport(json, language) });
};

/** Measures what was saved between two periods of a readings file. */
export const measureFile = async (
  path: string,
  periods: { readonly baseline: DayRange; readonly reporting: DayRange },
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<SavingsJson>>> => {
  const end = startLedger('measure');
  const meter = await openMeterFile(path, options);
  if (!meter.ok) return meter;
  const savings = measureSavings(meter.value.series, { ...periods, ...rules(options) });
  if (!savings.ok) return savings;
  const told = { ...savings.value, warnings: [...meter.value.warnings, ...savings.value.warnings] };
  const json = savingsJson(told, language, end());
  return ok({ json, report: savingsReport(json, language) });
};

/** Looks for the defects of a readings file; nothing is repaired. Bills are looked at without daily values. */
export const qualityFile = async (
  path: string,
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<QualityJson>>> => {
  const { weather: weatherPath } = options;
  const readings = await readMeter(path, options);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : dailyWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  const daily = toDaily(readings.value, weather === undefined ? {} : { weather: weather.value.daily });
  if (!daily.ok && daily.error.code !== 'readings-not-daily') return daily;
  const json = qualityJson(
    qualityFindings(readings.value, daily.ok ? daily.value.series : undefined),
    language,
  );
  return ok({ json, report: qualityReport(json, language) });
};
