import { dateOf, dayNumber, type DayRange } from '#core/calendar.ts';
import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import { countDays, type DayFeatures } from '#core/regression/index.ts';
import { fail, failure, ok, type Result } from '#core/result.ts';
import type { DailySeries } from '#core/series.ts';
import prior from '../../models/drift-prior.json' with { type: 'json' };
import { avoidedEnergy } from './avoided.ts';
import { readByBills } from './billed-series.ts';
import { fitWithFeatures } from './fit.ts';
import { daysFitted, predictable, predictSum, type SumInterval, withReading } from './interval.ts';
import { meanYearOf, weatherYears } from './mean-year.ts';
import { withoutFactors, withoutSetAside } from './adjustments.ts';
import type { BaselineModel, FitOptions, SavingsOptions } from './types.ts';

export type PeriodSavings = DayRange & {
  readonly validDays: number;
  readonly actualKwh: number;
  readonly savings: Quantity;
  /** Null where next to nothing would have been used without works: a share of it would say nothing. */
  readonly savingsShare: Quantity | null;
};

/** A calendar month, with all that was saved from the first day of the reporting period to its end. */
export type MonthSavings = PeriodSavings & { readonly cumulated: Quantity };

/** The calendar months, or years, that a range touches, cut to it. */
const calendarOf = ({ from, to }: DayRange, unit: 'month' | 'year'): DayRange[] => {
  const periods: DayRange[] = [];
  for (let first = from; first <= to; ) {
    const { year, month } = dateOf(first);
    const next = unit === 'year' || month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
    periods.push({ from: first, to: Math.min(to, next - 1) });
    first = next;
  }
  return periods;
};

const MONTH_DAYS = 365.25 / 12;
/** A share is told of what is no less than this, kWh, and no less than a tenth of itself at the interval's lower end. */
const LEAST_SHARED_KWH = 0.5;
const LEAST_SHARED_PART = 0.1;

/**
 * The interval of a year's sum is multiplicative; that of a summer month, whose scatter may exceed the prediction itself, would then
 * have no upper end: the same half width is added instead. Single months drift beside their year (a boiler stopped early, a kitchen
 * closed), by a share of the baseline's mean month (models/drift-prior.json); over several months that adds in quadrature.
 */
const bounded = ({ value, low, high }: SumInterval, meanKwhDay: number, days: number): SumInterval => {
  if (!(value > 0)) return { value, low, high };
  const ofMonths = prior.month.halfWidthOfMeanMonth * meanKwhDay * Math.sqrt(days * MONTH_DAYS);
  return {
    value,
    low: Math.max(0, value - Math.hypot(value - low, ofMonths)),
    high: value + Math.hypot(value * Math.log(high / value), ofMonths),
  };
};

/** Avoided energy of a period, without a share where there is nothing to share. */
const avoidedPart = (
  interval: SumInterval,
  actualKwh: number,
  basis: string,
): Pick<PeriodSavings, 'savings' | 'savingsShare'> => {
  const { value, low, high } = interval;
  if (value >= LEAST_SHARED_KWH && low >= LEAST_SHARED_PART * value)
    return avoidedEnergy(interval, actualKwh, basis);
  const savings = boundedQuantity(
    value - actualKwh,
    low - actualKwh,
    high - actualKwh,
    'kWh',
    'learnt',
    basis,
  );
  return { savings, savingsShare: null };
};

/** Mean day of the baseline, kWh. */
const meanDayOf = ({ firstDay, energyKwh }: DayFeatures, { from, to }: DayRange): number => {
  const read = energyKwh
    .subarray(Math.max(0, from - firstDay), to - firstDay + 1)
    .filter((value) => Number.isFinite(value));
  return read.reduce((sum, value) => sum + value, 0) / read.length;
};

/** Predicted sum of the masked days, each multiplied as people have decided; the interval keeps its relative width. */
const adjustedSum = (
  model: BaselineModel,
  features: DayFeatures,
  mask: Uint8Array,
  adjustments: SavingsOptions['adjustments'] = [],
): SumInterval => {
  const plain = predictSum(model, features, mask);
  let added = 0;
  for (const { from, to, factor } of adjustments) {
    if (factor === undefined) continue;
    const days = mask.map((flag, i) =>
      features.firstDay + i >= from && features.firstDay + i <= to ? flag : 0,
    );
    if (countDays(days) > 0) added += (factor - 1) * predictSum(model, features, days).value;
  }
  const scale = plain.value > 0 ? 1 + added / plain.value : 1;
  const { value, low, high } = bounded(plain, meanDayOf(features, model.baseline), countDays(mask));
  return { value: value * scale, low: low * scale, high: high * scale };
};

/**
 * Avoided energy of each calendar month and year of the reporting period (IPMVP option C): the plain difference of prediction
 * and reading over its valid days, kWh, with the 90 % interval. One without a valid day is left out. The intervals of months do not
 * add up to that of their year: a restless month is not a restless year. What is saved so far has an interval of its own too.
 * Fails as `fitModel` does, and with `bills-no-months`.
 */
export const calendarSavings = (
  given: DailySeries,
  options: SavingsOptions,
): Result<{ readonly months: MonthSavings[]; readonly years: PeriodSavings[] }> => {
  const { reporting, baseline, holidays, zeros, stockDrift, adjustments = [] } = options;
  if (readByBills(given, baseline) || readByBills(given, reporting))
    return failure(
      'bills-no-months',
      'Les factures couvrent plusieurs mois ou débordent de chacun : l’économie ne se partage pas par mois ni par année civile.',
      'Bills cover several months or reach beyond each: the savings cannot be split by month or calendar year.',
    );
  const series = withoutSetAside(given, adjustments);
  const chosen: FitOptions = {
    baseline,
    predict: reporting,
    ...(holidays === undefined ? {} : { holidays }),
    ...(zeros === undefined ? {} : { zeros }),
    ...(stockDrift === undefined ? {} : { stockDrift }),
  };
  const fitted = fitWithFeatures(series, chosen);
  if (!fitted.ok) return fitted;
  const { outcome, features } = fitted.value;
  const savingsOf = (period: DayRange): PeriodSavings[] => {
    const mask = withReading(features, predictable(features, period.from, period.to));
    const validDays = countDays(mask);
    if (validDays === 0) return [];
    const actualKwh = features.energyKwh.reduce((sum, value, i) => (mask[i] === 1 ? sum + value : sum), 0);
    const basis = `${outcome.model.kind} of the baseline over ${validDays} days of the period, less ${actualKwh.toFixed(0)} kWh read (plain difference, IPMVP option C)`;
    return [
      {
        ...period,
        validDays,
        actualKwh,
        ...avoidedPart(adjustedSum(outcome.model, features, mask, adjustments), actualKwh, basis),
      },
    ];
  };
  const sofar = (to: number): Quantity => {
    const mask = withReading(features, predictable(features, reporting.from, to));
    const actualKwh = features.energyKwh.reduce((sum, value, i) => (mask[i] === 1 ? sum + value : sum), 0);
    const basis = `${outcome.model.kind} of the baseline over the ${countDays(mask)} days since the works, less ${actualKwh.toFixed(0)} kWh read (plain difference, IPMVP option C)`;
    return avoidedPart(adjustedSum(outcome.model, features, mask, adjustments), actualKwh, basis).savings;
  };
  return ok({
    months: calendarOf(reporting, 'month')
      .flatMap(savingsOf)
      .map((month) => ({ ...month, cumulated: sofar(month.to) })),
    years: calendarOf(reporting, 'year').flatMap(savingsOf),
  });
};

/** A model knows a year only when it saw nearly all of one. */
const MODEL_DAYS = 328;

/** Mean year that a model predicts over years of weather. */
const typicalYear = (
  series: DailySeries,
  options: FitOptions,
  years: readonly DayRange[],
): Result<SumInterval> => {
  const first = years.at(-1)?.from ?? 0;
  const fitted = fitWithFeatures(series, { ...options, predict: { from: first, to: years[0]?.to ?? first } });
  if (!fitted.ok) return fitted;
  const { outcome, features } = fitted.value;
  const reason = outcome.disqualified[0];
  if (reason !== undefined) return fail({ code: reason.code, message: reason.message });
  if (daysFitted(outcome.model) < MODEL_DAYS)
    return failure(
      'normalised-needs-year',
      `L’économie normalisée demande une année de relevés avant et après les travaux ; ici ${daysFitted(outcome.model)} jours d’un côté.`,
      `Normalised savings need a year of readings before and after the works; here ${daysFitted(outcome.model)} days on one side.`,
    );
  return ok(meanYearOf(outcome.model, features, years));
};

export type NormalisedSavings = {
  readonly years: number;
  readonly beforeKwh: Quantity;
  readonly afterKwh: Quantity;
  readonly savings: Quantity;
};

/**
 * Normalised savings (IPMVP, normalised to a typical year): the baseline's model and a model of a year after the works,
 * both over the mean of the whole years of weather known, kWh a year. Their errors are taken as independent.
 * Fails as `fitModel` does, and with `normalised-needs-year`.
 */
export const normalisedSavings = (given: DailySeries, options: SavingsOptions): Result<NormalisedSavings> => {
  const { reporting, baseline, holidays, stockDrift, adjustments = [] } = options;
  const series = withoutSetAside(given, adjustments);
  const years = weatherYears(series);
  const common = {
    ...(holidays === undefined ? {} : { holidays }),
    ...(stockDrift === undefined ? {} : { stockDrift }),
  };
  if (years.length === 0)
    return failure(
      'normalised-needs-year',
      'L’économie normalisée demande au moins une année entière de température ; il n’y en a pas.',
      'Normalised savings need at least one whole year of temperature; there is none.',
    );
  const before = typicalYear(series, { ...common, baseline }, years);
  if (!before.ok) return before;
  // A factor decided by a person is undone, so that both models speak of the same use of the building.
  const after = typicalYear(withoutFactors(series, adjustments), { ...common, baseline: reporting }, years);
  if (!after.ok) return after;
  const basis = `mean of ${years.length} whole years of the weather known`;
  const quantity = (name: string, { value, low, high }: SumInterval): Quantity =>
    boundedQuantity(value, low, high, 'kWh', 'learnt', `${name}, ${basis}`);
  const [b, a] = [before.value, after.value];
  const value = b.value - a.value;
  return ok({
    years: years.length,
    beforeKwh: quantity('model before the works', b),
    afterKwh: quantity('model after the works', a),
    savings: boundedQuantity(
      value,
      value - Math.hypot(b.value - b.low, a.high - a.value),
      value + Math.hypot(b.high - b.value, a.value - a.low),
      'kWh',
      'learnt',
      `Model before less model after the works, ${basis}; errors of the two taken as independent (IPMVP, normalised savings)`,
    ),
  });
};
