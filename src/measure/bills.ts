import { type DayRange, formatDay, formatRange } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import { boundedQuantity, Z90 } from '#core/quantity.ts';
import {
  billKinds,
  fitPeriods,
  lengthOf,
  type PeriodFit,
  type PeriodSeries,
  predictPeriods,
  usablePeriods,
} from '#core/regression/bills/index.ts';
import { countDays } from '#core/regression/index.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { Readings } from '#core/series.ts';
import {
  fractionalSavingsUncertainty,
  type Goodness,
  goodness,
  studentQuantile,
} from '#core/statistics/index.ts';
import { openZone } from '#core/timezone.ts';
import type { DailyWeather } from '#core/weather/weather.ts';
import { meanFactor } from './adjustments.ts';
import { avoidedEnergy } from './avoided.ts';
import { findRise } from './events.ts';
import { ownDrift, sumInterval, sumQuantity, yearHalfWidthLn } from './interval.ts';
import type { StockDrift } from './stock-drift.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';
import { disqualify } from './sufficiency.ts';
import type {
  Adjustment,
  BaselineModel,
  FitOutcome,
  ReadableParameters,
  SavingsOutcome,
  Signature,
} from './types.ts';

const HALF_DAY_MS = 43_200_000;
/** Below six bills not even a 3P line has anything left to judge it by. */
const MINIMUM_BILLS = 6;
const CONFIDENCE = 0.9;
/** Days from which a figure is final, on both sides, as for daily meters. */
const FINAL_DAYS = 328;

export type BillOptions = {
  readonly baseline: DayRange;
  readonly predict?: DayRange;
  readonly stockDrift?: StockDrift;
  /** The rungs to try; all that bills can carry when left out, and where none of these is one. */
  readonly kinds?: readonly string[];
};

/**
 * Bills as local days. A bill starts and ends at midnight give or take half a day; its temperatures are those of its days
 * where `weather` is given, else its own mean. Fails with `bad-timezone`.
 */
export const toPeriods = (readings: Readings, weather?: DailyWeather): Result<PeriodSeries> => {
  const zone = openZone(readings.timezone);
  if (!zone.ok) return zone;
  const { startMs, endMs, energyKwh, outdoorC } = readings;
  return ok({
    from: Int32Array.from(startMs, (instant) => zone.value.localDay(instant + HALF_DAY_MS)),
    to: Int32Array.from(endMs, (instant) => zone.value.localDay(instant - HALF_DAY_MS)),
    energyKwh,
    ...(weather === undefined ? {} : { weather: { firstDay: weather.firstDay, outdoorC: weather.outdoorC } }),
    ...(outdoorC === undefined ? {} : { meanC: outdoorC }),
  });
};

const within = (periods: PeriodSeries, range: DayRange, usable: Uint8Array): Uint8Array =>
  usable.map((flag, i) => (periods.from[i] >= range.from && periods.to[i] <= range.to ? flag : 0));

/** Bills that lie across the edge of a range belong to neither side. */
const acrossTold = (periods: PeriodSeries, range: DayRange): Warning[] => {
  const across = [...periods.from.keys()].filter(
    (i) =>
      periods.from[i] <= range.to &&
      periods.to[i] >= range.from &&
      (periods.from[i] < range.from || periods.to[i] > range.to),
  );
  if (across.length === 0) return [];
  const list = across.map((i) => `${formatDay(periods.from[i])}/${formatDay(periods.to[i])}`).join(', ');
  return [
    warning(
      'bill-across',
      `Les factures ${list} débordent de la période ${formatRange(range)} et sont laissées de côté.`,
      `The bills ${list} reach beyond the period ${formatRange(range)} and are left out.`,
    ),
  ];
};

const daysIn = (periods: PeriodSeries, mask: Uint8Array): number =>
  mask.reduce((sum, flag, i) => (flag === 1 ? sum + lengthOf(periods, i) : sum), 0);

const parametersOf = ({ model, covariance }: PeriodFit, bills: number): ReadableParameters => {
  const basis = `${model.kind} line on ${bills} bills, each weighing as many days as it covers`;
  const names: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    mean: [['baseLoad', 'kWh/d']],
    '3p-heating': [
      ['baseLoad', 'kWh/d'],
      ['heatingSlope', 'kWh/(K·d)'],
      ['balancePoint', '°C'],
    ],
    '3p-cooling': [
      ['baseLoad', 'kWh/d'],
      ['coolingSlope', 'kWh/(K·d)'],
      ['coolingBalancePoint', '°C'],
    ],
    '5p': [
      ['baseLoad', 'kWh/d'],
      ['heatingSlope', 'kWh/(K·d)'],
      ['balancePoint', '°C'],
      ['coolingSlope', 'kWh/(K·d)'],
      ['coolingBalancePoint', '°C'],
    ],
  };
  return Object.fromEntries(
    (names[model.kind] ?? []).map(([name, unit], a) => {
      const half = Z90 * Math.sqrt(Math.max(0, covariance[a][a]));
      const value = model.coefficients[a];
      return [name, boundedQuantity(value, value - half, value + half, unit, 'learnt', basis)];
    }),
  );
};

/** Days of the chosen bills as a mask of days, for the checks that ask which seasons a baseline holds. */
const asDays = (periods: PeriodSeries, mask: Uint8Array) => {
  const firstDay = Math.min(...periods.from);
  const days = Math.max(...periods.to) - firstDay + 1;
  const dayMask = new Uint8Array(days);
  mask.forEach((flag, i) => {
    if (flag === 1) dayMask.fill(1, periods.from[i] - firstDay, periods.to[i] - firstDay + 1);
  });
  return { features: { days, firstDay, outdoorC: new Float64Array(1) }, dayMask };
};

/** The rungs asked for that bills can carry; undefined for all of them. */
const kindsOf = (asked: readonly string[] | undefined) => {
  const kinds = billKinds.filter((kind) => asked?.includes(kind));
  return kinds.length === 0 ? undefined : kinds;
};

/**
 * The scatter of a handful of bills is itself hardly known: variances are widened so that the normal quantile at 90 % becomes Student's
 * of the bills left over.
 */
const widened = (fit: PeriodFit, bills: number): PeriodFit => {
  const factor = (studentQuantile((1 + CONFIDENCE) / 2, Math.max(1, bills - fit.parameters)) / Z90) ** 2;
  return {
    ...fit,
    dayVariance: fit.dayVariance * factor,
    covariance: fit.covariance.map((row) => row.map((value) => value * factor)),
  };
};

/** The 3P heating line of the bills, whichever rung won. */
const signatureOf = (
  fits: readonly PeriodFit[],
  judge: (fit: PeriodFit) => Goodness,
): Signature | undefined => {
  const line = fits.find(({ model }) => model.kind === '3p-heating');
  if (line === undefined) return undefined;
  const [baseKwhDay, slopeKwhKDay, balancePointC] = line.model.coefficients;
  return { baseKwhDay, slopeKwhKDay, balancePointC, covariance: line.covariance, metrics: judge(line) };
};

const tooFew = (periods: PeriodSeries, { baseline }: BillOptions, usable: number): Result<never> => {
  const all = within(periods, baseline, new Uint8Array(periods.from.length).fill(1));
  const stated = countDays(all);
  if (stated > usable)
    return failure(
      'too-few-bills',
      `${countFr(stated, 'facture', 'factures')} dans la période de référence (du ${dayFr(baseline.from)} au ${dayFr(baseline.to)}), dont ${usable} avec une énergie et la température de leurs jours ; il en faut au moins ${MINIMUM_BILLS}. Ajoutez la météo de ces jours : un fichier à la page du compteur, ou --weather en ligne de commande.`,
      `${countEn(stated, 'bill', 'bills')} in the baseline (${dayEn(baseline.from)} to ${dayEn(baseline.to)}), of which ${usable} with an energy and the temperature of their days; at least ${MINIMUM_BILLS} are needed. Add the weather of these days: a file on the page of the meter, or --weather on the command line.`,
      { field: 'baseline' },
    );
  return failure(
    'too-few-bills',
    `${countFr(usable, 'facture', 'factures')} dans la période de référence (du ${dayFr(baseline.from)} au ${dayFr(baseline.to)}) ; il en faut au moins ${MINIMUM_BILLS}, hiver et été compris. Ajoutez des factures plus anciennes, ou élargissez la période.`,
    `${countEn(usable, 'bill', 'bills')} in the baseline (${dayEn(baseline.from)} to ${dayEn(baseline.to)}); at least ${MINIMUM_BILLS} are needed, winter and summer among them. Add older bills, or widen the period.`,
    { field: 'baseline' },
  );
};

type FittedBills = { readonly outcome: FitOutcome; readonly fit: PeriodFit; readonly usable: Uint8Array };

const fitted = (periods: PeriodSeries, options: BillOptions): Result<FittedBills> => {
  const { baseline, predict } = options;
  const usable = usablePeriods(periods);
  const mask = within(periods, baseline, usable);
  const n = countDays(mask);
  if (n < MINIMUM_BILLS) return tooFew(periods, options, n);
  const totalKwh = mask.reduce((sum, flag, i) => (flag === 1 ? sum + periods.energyKwh[i] : sum), 0);
  if (!(totalKwh > 0))
    return failure(
      'no-consumption',
      'Les factures de la période de référence ne comptent aucune consommation nette : rien à modéliser. Vérifiez le compteur et l’unité.',
      'The bills of the baseline hold no net consumption: nothing to model. Check the meter and the unit.',
    );
  const found = fitPeriods(periods, mask, kindsOf(options.kinds));
  // The rungs asked for may be none that these bills carry: their mean always is.
  const fits = found ?? fitPeriods(periods, mask);
  if (fits === undefined) throw new Error('Six bills have at least their mean');
  const all = fits.all.map((fit) => widened(fit, n));
  const best = all[fits.all.indexOf(fits.best)];
  const perDay = (values: Float64Array): Float64Array =>
    values.map((value, i) => value / lengthOf(periods, i));
  const judge = ({ each }: { readonly each: Float64Array }, p: number) =>
    goodness(perDay(periods.energyKwh), perDay(each), p);
  const metrics = judge(predictPeriods(best, periods, mask), best.parameters);
  const scatter = Math.sqrt(best.dayVariance);
  const drift = ownDrift([], options.stockDrift);
  const model: BaselineModel = {
    ...best.model,
    baseline,
    holidays: 'none',
    noise: {
      rmseKwhDay: scatter,
      floorKwhDay: scatter,
      shareOfPrediction: 0,
      autocorrelation: 0,
      memory: 1,
    },
    covariance: best.covariance,
    drift,
    metrics,
    bills: { count: n, days: daysIn(periods, mask) },
  };
  const signature = signatureOf(all, (line) => judge(predictPeriods(line, periods, mask), line.parameters));
  const asked = predict === undefined ? mask : within(periods, predict, usable);
  const predicted = predictPeriods(best, periods, asked);
  const { features, dayMask } = asDays(periods, mask);
  const interval = sumInterval(predicted.totalKwh, predicted.spreadKwh, drift, daysIn(periods, mask), 'sum');
  const out = judge(predicted, 0);
  return ok({
    fit: best,
    usable,
    outcome: {
      model,
      parameters: parametersOf(best, n),
      candidates: all.map((candidate) => ({
        kind: candidate.model.kind,
        score: judge(predictPeriods(candidate, periods, mask), candidate.parameters).cvRmse,
        cpuMs: Number.NaN,
        chosen: candidate === best,
      })),
      ...(signature === undefined ? {} : { signature }),
      warnings: [
        ...acrossTold(periods, baseline),
        ...(predict === undefined ? [] : acrossTold(periods, predict)),
      ],
      disqualified: disqualify(features, dayMask, metrics),
      ...(predict === undefined || out.n === 0
        ? {}
        : { outOfSample: { n: out.n, cvRmse: out.cvRmse, nmbe: out.nmbe } }),
      predicted: sumQuantity(model, interval, daysIn(periods, asked), 'learnt'),
      rows: [...asked.keys()]
        .filter((i) => asked[i] === 1)
        .map((i) => {
          const value = predicted.each[i];
          const noise = (scatter * Math.sqrt(lengthOf(periods, i))) / Math.max(value, 1e-9);
          const half = value * yearHalfWidthLn('sum', noise, drift.factor);
          return {
            day: periods.from[i],
            days: lengthOf(periods, i),
            actual: periods.energyKwh[i],
            predicted: value,
            low: model.nonNegative ? Math.max(0, value - half) : value - half,
            high: value + half,
          };
        }),
    },
  });
};

/**
 * `fitModel` for bills of uneven length: kWh a bill, days it covers, °C. Fails with `too-few-bills` (under six) or `no-consumption`;
 * metrics are on average days, one value a bill.
 */
export const fitBills = (periods: PeriodSeries, options: BillOptions): Result<FitOutcome> => {
  const result = fitted(periods, options);
  return result.ok ? ok(result.value.outcome) : result;
};

export type BillSavingsOptions = Omit<BillOptions, 'predict'> & {
  readonly reporting: DayRange;
  /** Factors that people have decided; a bill with a day set aside must be out of the periods already. */
  readonly adjustments?: readonly Adjustment[];
  /** Days on which a person has decided: no event is proposed there again. */
  readonly settled?: readonly DayRange[];
};

/**
 * `measureSavings` for bills: plain difference of prediction and bills of the reporting period, kWh (IPMVP option C). Fails as
 * `fitBills` does, and with `periods-overlap` or `no-reporting-days`.
 */
export const measureBills = (periods: PeriodSeries, options: BillSavingsOptions): Result<SavingsOutcome> => {
  const { baseline, reporting, adjustments = [], settled = [], ...rest } = options;
  if (reporting.from <= baseline.to && baseline.from <= reporting.to)
    return failure(
      'periods-overlap',
      'La période de référence et la période de suivi se chevauchent : une référence ne juge pas ses propres jours. Séparez-les.',
      'The baseline and the reporting period overlap: a baseline cannot judge its own days. Separate them.',
    );
  const result = fitted(periods, { ...rest, baseline, predict: reporting });
  if (!result.ok) return result;
  const { outcome, fit, usable } = result.value;
  const judged = within(periods, reporting, usable);
  const bills = countDays(judged);
  if (bills === 0)
    return failure(
      'no-reporting-days',
      'Aucune facture ne tient dans la période de suivi avec une énergie et une température. Vérifiez les dates.',
      'No bill lies within the reporting period with an energy and a temperature. Check the dates.',
    );
  const actualKwh = judged.reduce((sum, flag, i) => (flag === 1 ? sum + periods.energyKwh[i] : sum), 0);
  const days = daysIn(periods, judged);
  const baselineDays = daysIn(periods, within(periods, baseline, usable));
  const routine = predictPeriods(fit, periods, judged);
  const each = routine.each.map(
    (value, i) => value * meanFactor({ from: periods.from[i], to: periods.to[i] }, adjustments),
  );
  const totalKwh = each.reduce((sum, value, i) => (judged[i] === 1 ? sum + value : sum), 0);
  const scale = routine.totalKwh > 0 ? totalKwh / routine.totalKwh : 1;
  const interval = sumInterval(totalKwh, routine.spreadKwh * scale, outcome.model.drift, baselineDays, 'sum');
  const counterfactual = sumQuantity(outcome.model, interval, days, 'learnt');
  const basis = `${counterfactual.basis}; less ${actualKwh.toFixed(0)} kWh billed (IPMVP option C, avoided energy)`;
  const nonRoutine = findRise(
    [...judged.keys()]
      .filter((i) => judged[i] === 1)
      .map((i) => ({ day: periods.from[i], actual: periods.energyKwh[i], predicted: each[i], spread: 0 })),
  ).filter(({ from, to }) => !settled.some((range) => range.from <= to && from <= range.to));
  const { disqualified } = outcome;
  const isWhole = baselineDays >= FINAL_DAYS && days >= FINAL_DAYS && nonRoutine.length === 0;
  return ok({
    status: disqualified.length > 0 ? 'disqualified' : isWhole ? 'final' : 'provisional',
    ...avoidedEnergy(interval, actualKwh, basis),
    counterfactual,
    actualKwh,
    validDays: days,
    ashrae14: {
      fsuPercent:
        100 *
        fractionalSavingsUncertainty({
          confidence: CONFIDENCE,
          cvRmse: outcome.model.metrics.cvRmse / 100,
          savingsFraction: 1 - actualKwh / interval.value,
          parameters: fit.parameters,
          baselinePoints: outcome.model.metrics.n,
          reportingPoints: bills,
          autocorrelation: 0,
        }),
      confidence: CONFIDENCE,
    },
    nonRoutine,
    warnings: outcome.warnings,
    disqualified,
    fit: outcome,
  });
};
