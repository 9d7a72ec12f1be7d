import { basename } from 'node:path';
import {
  fitBills,
  fitHourly,
  fitJson,
  fitModel,
  type FitOptions,
  type FitOutcome,
  type HourlyFitOutcome,
  measureBills,
  measureSavings,
  type ModelJson,
  type ModelRecord,
  modelRecord,
  qualityFindings,
  type QualityJson,
  qualityJson,
  type SavingsJson,
  savingsJson,
  type SavingsOutcome,
  toDaily,
  toHourly,
  toPeriods,
} from '#measure/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { type Language, type Warning, warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { HourlySeries } from '../core/series.ts';
import { cpuClockMs, startLedger } from './clock.ts';
import { dataHash, hashOfDays, hashOfHours } from './data-hash.ts';
import {
  asDaily,
  isBills,
  type MeterFileOptions,
  openMeterFile,
  openReadings,
  openWeather,
  type OpenedMeter,
  type ReadFile,
  readMeter,
} from './open-meter.ts';
import { fitReport, qualityReport, savingsReport } from './report.ts';
import { programVersion } from './version.ts';

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
  return fit.ok ? ok({ fit: fit.value, hash: hashOfDays(series, periods.baseline) }) : fit;
};

const fitHours = (meter: OpenedMeter, periods: FitPeriods, options: MeterFileOptions): Result<Fitted> => {
  const hourly = toHourly(meter.readings, meter.weather, options.timezone);
  if (!hourly.ok) return hourly;
  const { warnings } = hourly.value;
  const { closures } = meter.series;
  const series = closures === undefined ? hourly.value.series : { ...hourly.value.series, closures };
  const fit = fitHourly(series, { ...periods, ...rules(options) });
  return fit.ok
    ? ok({
        fit: { ...fit.value, warnings: [...warnings, ...fit.value.warnings] },
        hash: hashOfHours(series, periods.baseline),
      })
    : fit;
};

/**
 * Hours of a file and the options a fit of them takes; for what stands beside a fit (`saveTensorflowNet`). Fails as
 * `openMeterFile`, and as the readings' way to hours does.
 */
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

const fitMeterFile = (
  file: ReadFile,
  periods: FitPeriods,
  options: MeterFileOptions,
  resolution: Resolution | undefined,
): Result<Fitted> => {
  const meter = asDaily(file, options);
  if (!meter.ok) return meter;
  const fitted = (resolution === 'hourly' ? fitHours : fitDays)(meter.value, periods, options);
  if (!fitted.ok) return fitted;
  const { fit, hash } = fitted.value;
  const warnings = [...meter.value.warnings, ...resolutionChosen(meter.value, resolution), ...fit.warnings];
  return ok({ fit: { ...fit, warnings }, hash });
};

const fitBillFile = ({ readings, weather, warnings }: ReadFile, periods: FitPeriods): Result<Fitted> => {
  const bills = toPeriods(readings, weather?.daily);
  if (!bills.ok) return bills;
  const fit = fitBills(bills.value, periods);
  if (!fit.ok) return fit;
  const { from, to } = periods.baseline;
  const within = (column: ArrayLike<number>): Float64Array =>
    Float64Array.from(column).filter((_, i) => bills.value.from[i] >= from && bills.value.to[i] <= to);
  return ok({
    fit: { ...fit.value, warnings: [...warnings, ...fit.value.warnings] },
    hash: dataHash(periods.baseline, [within(bills.value.from), within(bills.value.energyKwh)]),
  });
};

/**
 * Fits the smallest good enough model on the baseline of a readings file, on days unless hours are asked for, on whole
 * bills where the file holds bills. The answer comes with the
 * record to keep of it (`fit --record`). Fails as `openReadings` and the fit of its kind.
 */
export const fitFile = async (
  path: string,
  periods: FitPeriods,
  options: MeterFileOptions,
  language: Language,
  resolution?: Resolution,
): Promise<Result<FileAnswer<ModelJson> & { readonly record: ModelRecord }>> => {
  const end = startLedger('fit');
  const file = await openReadings(path, options);
  if (!file.ok) return file;
  const fitted = isBills(file.value.readings)
    ? fitBillFile(file.value, periods)
    : fitMeterFile(file.value, periods, options, resolution);
  if (!fitted.ok) return fitted;
  const { fit: told, hash } = fitted.value;
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

/**
 * Measures what was saved between two periods of a readings file. Fails as `openReadings` and the measurement of its
 * kind.
 */
export const measureFile = async (
  path: string,
  periods: { readonly baseline: DayRange; readonly reporting: DayRange },
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<SavingsJson>>> => {
  const end = startLedger('measure');
  const file = await openReadings(path, options);
  if (!file.ok) return file;
  const savings = isBills(file.value.readings)
    ? savingsOfBills(file.value, periods)
    : savingsOfMeter(file.value, periods, options);
  if (!savings.ok) return savings;
  const json = savingsJson(savings.value, language, end());
  return ok({ json, report: savingsReport(json, language) });
};

type MeasurePeriods = { readonly baseline: DayRange; readonly reporting: DayRange };

const savingsOfMeter = (
  file: ReadFile,
  periods: MeasurePeriods,
  options: MeterFileOptions,
): Result<SavingsOutcome> => {
  const meter = asDaily(file, options);
  if (!meter.ok) return meter;
  const { scope } = options;
  const savings = measureSavings(meter.value.series, {
    ...periods,
    ...rules(options),
    ...(scope === undefined ? {} : { scope }),
  });
  return savings.ok
    ? ok({ ...savings.value, warnings: [...meter.value.warnings, ...savings.value.warnings] })
    : savings;
};

const savingsOfBills = (
  { readings, weather, warnings }: ReadFile,
  periods: MeasurePeriods,
): Result<SavingsOutcome> => {
  const bills = toPeriods(readings, weather?.daily);
  if (!bills.ok) return bills;
  const savings = measureBills(bills.value, periods);
  return savings.ok ? ok({ ...savings.value, warnings: [...warnings, ...savings.value.warnings] }) : savings;
};

/**
 * Looks for the defects of a readings file; nothing is repaired. Bills are looked at without daily values. Fails as
 * `readMeter`, and as the search for defects does.
 */
export const qualityFile = async (
  path: string,
  options: MeterFileOptions,
  language: Language,
): Promise<Result<FileAnswer<QualityJson>>> => {
  const { weather: weatherPath } = options;
  const readings = await readMeter(path, options);
  if (!readings.ok) return readings;
  const weather = weatherPath === undefined ? undefined : openWeather(weatherPath, readings.value.timezone);
  if (weather?.ok === false) return weather;
  const daily = toDaily(readings.value, weather === undefined ? {} : { weather: weather.value.daily });
  if (!daily.ok && daily.error.code !== 'readings-not-daily') return daily;
  const json = qualityJson(
    qualityFindings(readings.value, daily.ok ? daily.value.series : undefined),
    language,
  );
  return ok({ json, report: qualityReport(json, language) });
};
