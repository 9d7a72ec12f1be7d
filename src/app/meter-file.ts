import { extname } from 'node:path';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import { readWeatherCsv } from '#formats/weather-csv/index.ts';
import {
  fitBills,
  fitJson,
  fitModel,
  measureBills,
  measureSavings,
  type ModelJson,
  qualityFindings,
  type QualityJson,
  qualityJson,
  type SavingsJson,
  savingsJson,
  type SavingsScope,
  toDaily,
  toPeriods,
  type ZeroRule,
} from '#measure/index.ts';
import { type DayRange, type HolidayCountry } from '../core/calendar.ts';
import type { Language, Warning } from '../core/message.ts';
import type { PeriodSeries } from '../core/regression/bills/index.ts';
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
  /** What the works aimed at; only `measure` asks. */
  readonly scope?: SavingsScope;
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

type ReadFile = {
  readonly readings: Readings;
  readonly weather?: DailyWeather;
  readonly warnings: readonly Warning[];
};

const openReadings = (path: string, options: MeterFileOptions): Result<ReadFile> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const { weather: weatherPath, zeros: _zeros, holidays: _holidays, scope: _scope, ...csv } = options;
  const readings = readReadingsCsv(path, bytes.value, csv);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : readWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  return ok({
    readings: readings.value,
    ...(weather === undefined ? {} : { weather: weather.value.daily }),
    warnings: [...readings.value.warnings, ...(weather?.value.warnings ?? [])],
  });
};

const asDaily = (
  { readings, weather, warnings }: ReadFile,
  { zeros }: MeterFileOptions,
): Result<OpenedMeter> => {
  const daily = toDaily(readings, {
    ...(weather === undefined ? {} : { weather }),
    ...(zeros === 'missing' ? { zeros } : {}),
  });
  if (!daily.ok) return daily;
  return ok({ readings, series: daily.value.series, warnings: [...warnings, ...daily.value.warnings] });
};

/** Reads a readings file into local days with their weather; every defect is in `warnings`. */
export const openMeterFile = (path: string, options: MeterFileOptions): Result<OpenedMeter> => {
  const file = openReadings(path, options);
  return file.ok ? asDaily(file.value, options) : file;
};

/** Readings of several days each are bills, and take the ladder of bills. */
const isBills = ({ resolution }: Readings): boolean => resolution === 'monthly' || resolution === 'irregular';

/** Runs one of two answers, by what the file holds, and joins the file's warnings to it. */
const byPace = <T extends { readonly warnings: readonly Warning[] }>(
  path: string,
  options: MeterFileOptions,
  daily: (series: DailySeries) => Result<T>,
  bills: (periods: PeriodSeries) => Result<T>,
): Result<T> => {
  const file = openReadings(path, options);
  if (!file.ok) return file;
  if (isBills(file.value.readings)) {
    const periods = toPeriods(file.value.readings, file.value.weather);
    if (!periods.ok) return periods;
    const answer = bills(periods.value);
    return answer.ok
      ? ok({ ...answer.value, warnings: [...file.value.warnings, ...answer.value.warnings] })
      : answer;
  }
  const meter = asDaily(file.value, options);
  if (!meter.ok) return meter;
  const answer = daily(meter.value.series);
  return answer.ok
    ? ok({ ...answer.value, warnings: [...meter.value.warnings, ...answer.value.warnings] })
    : answer;
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
  const fit = byPace(
    path,
    options,
    (series) => fitModel(series, { ...periods, ...rules(options) }),
    (bills) => fitBills(bills, periods),
  );
  if (!fit.ok) return fit;
  const json = fitJson(fit.value, language, end());
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
  const { scope } = options;
  const savings = byPace(
    path,
    options,
    (series) =>
      measureSavings(series, { ...periods, ...rules(options), ...(scope === undefined ? {} : { scope }) }),
    (bills) => measureBills(bills, periods),
  );
  if (!savings.ok) return savings;
  const json = savingsJson(savings.value, language, end());
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
