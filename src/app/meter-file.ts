import { basename } from 'node:path';
import { mappingOf, type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadings, readWeather } from '#formats/registry.ts';
import {
  fitHourly,
  fitJson,
  fitModel,
  type FitOptions,
  type FitOutcome,
  type HourlyFitOutcome,
  type ModelRecord,
  modelRecord,
  measureSavings,
  type ModelJson,
  qualityFindings,
  type QualityJson,
  qualityJson,
  type SavingsJson,
  savingsJson,
  toDaily,
  toHourly,
  type ZeroRule,
} from '#measure/index.ts';
import { type DayRange, type HolidayCountry } from '../core/calendar.ts';
import { type Language, type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { DailySeries, HourlySeries, Readings } from '../core/series.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import type { DailyWeather, HourlyWeather } from '../core/weather/weather.ts';
import { cpuClockMs, startLedger } from './clock.ts';
import { dataHash } from './data-hash.ts';
import { readFileBytes } from './files.ts';
import { fitReport, qualityReport, savingsReport } from './report.ts';
import { programVersion } from './version.ts';

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
  readonly weather?: HourlyWeather;
  readonly warnings: readonly Warning[];
};

const dailyWeather = (
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
    ...(weather === undefined ? {} : { weather: weather.value.hourly }),
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

/** What a fit counts in. Savings are always taken from days (docs/decisions/0160-days-or-hours.md). */
export const resolutions = ['daily', 'hourly'] as const;
export type Resolution = (typeof resolutions)[number];

export type FitPeriods = { readonly baseline: DayRange; readonly predict?: DayRange };

/** A fit with the hash of what it saw. */
type Fitted = { readonly fit: FitOutcome | HourlyFitOutcome; readonly hash: string };

const fitDays = ({ series }: OpenedMeter, periods: FitPeriods, options: MeterFileOptions): Result<Fitted> => {
  const fit = fitModel(series, { ...periods, ...rules(options) });
  const { from, to } = periods.baseline;
  const inWindow = (column: Float64Array): Float64Array =>
    column.filter((_, i) => series.firstDay + i >= from && series.firstDay + i <= to);
  return fit.ok
    ? ok({
        fit: fit.value,
        hash: dataHash(periods.baseline, [inWindow(series.energyKwh), inWindow(series.outdoorC)]),
      })
    : fit;
};

const fitHours = (meter: OpenedMeter, periods: FitPeriods, options: MeterFileOptions): Result<Fitted> => {
  const hourly = toHourly(meter.readings, meter.weather, options.timezone);
  if (!hourly.ok) return hourly;
  const { series, warnings } = hourly.value;
  const fit = fitHourly(series, { ...periods, ...rules(options) });
  const { from, to } = periods.baseline;
  const inWindow = (column: Float64Array): Float64Array =>
    column.filter((_, i) => series.localDay[i] >= from && series.localDay[i] <= to);
  return fit.ok
    ? ok({
        fit: { ...fit.value, warnings: [...warnings, ...fit.value.warnings] },
        hash: dataHash(periods.baseline, [inWindow(series.energyKwh), inWindow(series.outdoorC)]),
      })
    : fit;
};

/** Hours of a file and the options a fit of them takes; for what stands beside a fit (`saveTensorflowNet`). */
export const hoursOfFile = async (
  path: string,
  periods: FitPeriods,
  options: MeterFileOptions,
): Promise<Result<{ readonly series: HourlySeries; readonly options: FitOptions }>> => {
  const meter = await openMeterFile(path, options);
  if (!meter.ok) return meter;
  const hourly = toHourly(meter.value.readings, meter.value.weather, options.timezone);
  return hourly.ok ? ok({ series: hourly.value.series, options: { ...periods, ...rules(options) } }) : hourly;
};

/** Said when an hourly file is fitted on days because nothing else was asked. */
const resolutionChosen = ({ readings }: OpenedMeter, asked: Resolution | undefined): Warning[] =>
  asked === undefined && (readings.resolution === 'hourly' || readings.resolution === 'sub-hourly')
    ? [
        warning(
          'resolution-daily',
          'Les relevés sont horaires ; le modèle est journalier par défaut, celui qui mesure les économies. --resolution hourly apprend un modèle horaire.',
          'The readings are hourly; the model is daily by default, the one that measures savings. --resolution hourly learns an hourly model.',
        ),
      ]
    : [];

/**
 * Fits the smallest good enough model on the baseline of a readings file, on days unless hours are asked for. The answer comes with the
 * record to keep of it (`fit --record`).
 */
export const fitFile = async (
  path: string,
  periods: FitPeriods,
  options: MeterFileOptions,
  language: Language,
  resolution?: Resolution,
): Promise<Result<FileAnswer<ModelJson> & { readonly record: ModelRecord }>> => {
  const end = startLedger('fit');
  const meter = await openMeterFile(path, options);
  if (!meter.ok) return meter;
  const fitted = (resolution === 'hourly' ? fitHours : fitDays)(meter.value, periods, options);
  if (!fitted.ok) return fitted;
  const { fit, hash } = fitted.value;
  const warnings = [...meter.value.warnings, ...resolutionChosen(meter.value, resolution), ...fit.warnings];
  const told = { ...fit, warnings };
  const ledger = end();
  const json = fitJson(told, language, ledger, resolution ?? 'daily');
  const record = modelRecord(told, {
    dataHash: hash,
    readings: basename(path),
    ...(options.weather === undefined ? {} : { weather: basename(options.weather) }),
    version: programVersion,
    ledger,
  });
  return ok({ json, report: fitReport(json, language), record });
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
