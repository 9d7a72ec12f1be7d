import { mappingOf, type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadings, readWeather } from '#formats/registry.ts';
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
  /** What the works aimed at; only `measure` asks. */
  readonly scope?: SavingsScope;
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
  const { weather: _weather, zeros: _zeros, holidays: _holidays, scope: _scope, mapping, ...given } = options;
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  if (mapping === undefined) return readReadings(path, bytes.value, given);
  const text = readFileBytes(mapping);
  if (!text.ok) return text;
  const mapped = mappingOf(mapping, new TextDecoder().decode(text.value));
  return mapped.ok ? readReadings(path, bytes.value, { ...mapped.value, ...given }) : mapped;
};

type ReadFile = {
  readonly readings: Readings;
  readonly weather?: DailyWeather;
  readonly warnings: readonly Warning[];
};

const openReadings = async (path: string, options: MeterFileOptions): Promise<Result<ReadFile>> => {
  const { weather: weatherPath } = options;
  const readings = await readMeter(path, options);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : dailyWeather(weatherPath, readings.value.timezone);
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
export const openMeterFile = async (
  path: string,
  options: MeterFileOptions,
): Promise<Result<OpenedMeter>> => {
  const file = await openReadings(path, options);
  return file.ok ? asDaily(file.value, options) : file;
};

/** Readings of several days each are bills, and take the ladder of bills. */
const isBills = ({ resolution }: Readings): boolean => resolution === 'monthly' || resolution === 'irregular';

/** Runs one of two answers, by what the file holds, and joins the file's warnings to it. */
const byPace = async <T extends { readonly warnings: readonly Warning[] }>(
  path: string,
  options: MeterFileOptions,
  daily: (series: DailySeries) => Result<T>,
  bills: (periods: PeriodSeries) => Result<T>,
): Promise<Result<T>> => {
  const file = await openReadings(path, options);
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
export const fitFile = async (
  path: string,
  periods: { readonly baseline: DayRange; readonly predict?: DayRange },
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<ModelJson>>> => {
  const end = startLedger('fit');
  const fit = await byPace(
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
export const measureFile = async (
  path: string,
  periods: { readonly baseline: DayRange; readonly reporting: DayRange },
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<SavingsJson>>> => {
  const end = startLedger('measure');
  const { scope } = options;
  const savings = await byPace(
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
