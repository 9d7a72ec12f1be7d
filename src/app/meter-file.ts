import { extname } from 'node:path';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import { readWeatherCsv } from '#formats/weather-csv/index.ts';
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
import type { DailySeries, EnergyUnit, Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import type { DailyWeather } from '../core/weather/weather.ts';
import { cpuClockMs, startLedger } from './clock.ts';
import { readFileBytes } from './files.ts';
import { fitReport, qualityReport, savingsReport } from './report.ts';

/** How a readings file is written, and what its zeros and holidays mean. */
export type MeterFileOptions = {
  readonly timeColumn?: string;
  readonly valueColumn?: string;
  readonly temperatureColumn?: string;
  readonly unit?: EnergyUnit;
  readonly kwhPerM3?: number;
  readonly timezone?: string;
  readonly zeros?: ZeroRule;
  readonly holidays?: HolidayCountry;
  /** Path of a weather file: CSV or EPW. */
  readonly weather?: string;
  readonly register?: boolean;
};

export type OpenedMeter = {
  readonly readings: Readings;
  readonly series: DailySeries;
  readonly warnings: readonly Warning[];
};

const readWeather = (
  path: string,
  timezone: string,
): Result<{ readonly daily: DailyWeather; readonly warnings: readonly Warning[] }> => {
  const zone = openZone(timezone);
  if (!zone.ok) return zone;
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  if (extname(path).toLowerCase() === '.epw')
    return failure(
      'weather-typical-year',
      'Un fichier EPW est une année type, sans dates réelles : donnez une météo mesurée en CSV (instant, T_out_C).',
      'An EPW file is a typical year without real dates: give measured weather as CSV (instant, T_out_C).',
      { file: path },
    );
  const csv = readWeatherCsv(path, bytes.value, { timezone });
  return csv.ok
    ? ok({ daily: toDailyWeather(csv.value.weather, zone.value), warnings: csv.value.warnings })
    : csv;
};

/** Reads a readings file into local days with their weather; every defect is in `warnings`. */
export const openMeterFile = (path: string, options: MeterFileOptions): Result<OpenedMeter> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const { weather: weatherPath, zeros, holidays: _holidays, ...csv } = options;
  const readings = readReadingsCsv(path, bytes.value, csv);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : readWeather(weatherPath, readings.value.timezone);
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
export const fitFile = (
  path: string,
  periods: { readonly baseline: DayRange; readonly predict?: DayRange },
  options: MeterFileOptions,
  language: Language,
): Result<FileAnswer<ModelJson>> => {
  const end = startLedger('fit');
  const meter = openMeterFile(path, options);
  if (!meter.ok) return meter;
  const fit = fitModel(meter.value.series, { ...periods, ...rules(options) });
  if (!fit.ok) return fit;
  const told = { ...fit.value, warnings: [...meter.value.warnings, ...fit.value.warnings] };
  const json = fitJson(told, language, end());
  return ok({ json, report: fitReport(json, language) });
};

/** Measures what was saved between two periods of a readings file. */
export const measureFile = (
  path: string,
  periods: { readonly baseline: DayRange; readonly reporting: DayRange },
  options: MeterFileOptions,
  language: Language,
): Result<FileAnswer<SavingsJson>> => {
  const end = startLedger('measure');
  const meter = openMeterFile(path, options);
  if (!meter.ok) return meter;
  const savings = measureSavings(meter.value.series, { ...periods, ...rules(options) });
  if (!savings.ok) return savings;
  const told = { ...savings.value, warnings: [...meter.value.warnings, ...savings.value.warnings] };
  const json = savingsJson(told, language, end());
  return ok({ json, report: savingsReport(json, language) });
};

/** Looks for the defects of a readings file; nothing is repaired. Bills are looked at without daily values. */
export const qualityFile = (
  path: string,
  options: MeterFileOptions,
  language: Language,
): Result<FileAnswer<QualityJson>> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const { weather: weatherPath, zeros: _zeros, holidays: _holidays, ...csv } = options;
  const readings = readReadingsCsv(path, bytes.value, csv);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : readWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  const daily = toDaily(readings.value, weather === undefined ? {} : { weather: weather.value.daily });
  if (!daily.ok && daily.error.code !== 'readings-not-daily') return daily;
  const json = qualityJson(
    qualityFindings(readings.value, daily.ok ? daily.value.series : undefined),
    language,
  );
  return ok({ json, report: qualityReport(json, language) });
};
