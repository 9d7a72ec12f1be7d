import { dateOf, type DayRange } from '#core/calendar.ts';
import { message, type Warning } from '#core/message.ts';
import { boundedQuantity, type Quantity, Z90 } from '#core/quantity.ts';
import { countDays as countSlots } from '#core/regression/index.ts';
import {
  type HourFeatures,
  hourFeatures,
  type NetData,
  netData,
  type NetWeights,
  hourlyCandidateOf,
  hourlyLadder,
  hourlySumSpreadKwh,
  type HourlyUncertainty,
  hourlyUncertainty,
  type HourlyModel,
  selectHourly,
} from '#core/regression/hourly/index.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { HourlySeries } from '#core/series.ts';
import { type Goodness, goodness } from '#core/statistics/index.ts';
import { driftHalfWidthLn, ignorance, ownDrift } from './interval.ts';
import type { StockDrift } from './stock-drift.ts';
import type {
  DayRow,
  Drift,
  FitOptions,
  HourlyFitOutcome,
  PredictedYear,
  ReadableParameters,
  Reason,
} from './types.ts';
import { hourMask, readHourlyZeros, setOutlierHoursAside } from './usable-hours.ts';
import { rungsTried } from './rungs-tried.ts';
import { refuseTotal } from './total.ts';

const MINIMUM_HOURS = 14 * 24;
const YEAR_CLAIM_HOURS = 180 * 24;
const SEASON_HOURS = 20 * 24;
const YEAR_DAYS = 365;
const YEAR_MINIMUM_HOURS = 300 * 24;
/** A change beyond this is an event, not drift (the daily ladder has the same bound). */
const EVENT_LN = 0.5;
/** opendsm's limit on the CV(RMSE) of hourly models, %. */
const CV_LIMIT = 140;

const predictionsOf = (model: HourlyModel, features: HourFeatures, mask: Uint8Array): Float64Array => {
  const candidate = hourlyCandidateOf(model.kind);
  return Float64Array.from(mask, (flag, i) =>
    flag === 1 ? candidate.predict(model, features, i) : Number.NaN,
  );
};

const disqualifyHours = (
  features: HourFeatures,
  mask: Uint8Array,
  metrics: Goodness,
  hasTemperature: boolean,
): Reason[] => {
  const n = countSlots(mask);
  let [winter, summer] = [0, 0];
  let knownDay = Number.NaN;
  let month = 0;
  for (let i = 0; i < features.hours; i++) {
    if (mask[i] !== 1) continue;
    if (features.localDay[i] !== knownDay) {
      knownDay = features.localDay[i];
      ({ month } = dateOf(knownDay));
    }
    if (month === 12 || month <= 2) winter++;
    if (month >= 6 && month <= 8) summer++;
  }
  const reasons: Reason[] = [];
  const add = (code: string, fr: string, en: string): void => {
    reasons.push({ code, message: message(fr, en) });
  };
  if (n < YEAR_CLAIM_HOURS)
    add(
      'too-short',
      `${n} heures utilisables dans la période de référence ; il en faut ${YEAR_CLAIM_HOURS} pour parler d’une année.`,
      `${n} usable hours in the baseline; ${YEAR_CLAIM_HOURS} are needed to speak of a year.`,
    );
  if (winter < SEASON_HOURS || summer < SEASON_HOURS)
    add(
      'season-missing',
      `La période de référence compte ${winter} heures utilisables de décembre à février et ${summer} de juin à août ; il en faut ${SEASON_HOURS} de chaque.`,
      `The baseline has ${winter} usable hours from December to February and ${summer} from June to August; ${SEASON_HOURS} of each are needed.`,
    );
  if (!hasTemperature)
    add(
      'no-temperature',
      'Aucune température extérieure : la consommation ne peut pas être corrigée du climat. Donnez la météo du lieu.',
      'No outdoor temperature: the consumption cannot be corrected for weather. Give the weather of the place.',
    );
  if (metrics.cvRmse > CV_LIMIT)
    add(
      'poor-fit',
      `Le meilleur modèle se trompe de ${metrics.cvRmse.toFixed(0)} % sur une heure moyenne.`,
      `The best model is ${metrics.cvRmse.toFixed(0)} % off on a mean hour.`,
    );
  return reasons;
};

/** Mean prediction of the hours of one state, and slopes of the coldest and warmest segment, in the field's units. */
const parametersOf = (
  model: HourlyModel,
  features: HourFeatures,
  mask: Uint8Array,
  { noise }: HourlyUncertainty,
): ReadableParameters => {
  const named: Record<string, Quantity> = {};
  const plain = (name: string, value: number, unit: string, basis: string): void => {
    if (Number.isFinite(value))
      named[name] = boundedQuantity(value, value, value, unit, 'learnt', `${basis}; no interval computed`);
  };
  const predicted = predictionsOf(model, features, mask);
  const mean = (keep: (i: number) => boolean): number => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < features.hours; i++) {
      if (mask[i] !== 1 || !keep(i)) continue;
      sum += predicted[i];
      count++;
    }
    return count === 0 ? Number.NaN : sum / count;
  };
  plain(
    'meanLoad',
    mean(() => true),
    'kWh/h',
    'mean of the hours',
  );
  plain(
    'workingDayLoad',
    mean((i) => features.nonWorking[i] === 0),
    'kWh/h',
    'mean of working days',
  );
  plain(
    'dayOffLoad',
    mean((i) => features.nonWorking[i] === 1),
    'kWh/h',
    'mean of weekends and holidays',
  );
  const towt = hourlyCandidateOf('towt');
  const line = model.occupied.length > 0 ? towt.fit(features, mask) : undefined;
  if (line === undefined) return named;
  const { occupied, coefficients } = line;
  plain(
    'occupiedHours',
    occupied.filter((flag) => flag === 1).length,
    'h/week',
    'hours of the week mostly above what temperature alone gives',
  );
  const { inverse } = towt.covariance(line, features, mask);
  const width = coefficients.length / 2;
  const slope = (name: string, state: 0 | 1, column: number, sign: 1 | -1): void => {
    if (!occupied.includes(state)) return;
    const value = sign * coefficients[state * width + column];
    const variance = inverse[state * width * width + column * (width + 1)];
    const half = Z90 * noise.rmseKwhHour * Math.sqrt(noise.memory * variance);
    named[name] = boundedQuantity(
      value,
      value - half,
      value + half,
      'kWh/(K·h)',
      'learnt',
      `towt, ${column === 0 ? 'coldest' : 'warmest'} sixth of the hours, ${state === 1 ? 'occupied' : 'not occupied'}`,
    );
  };
  slope('heatingSlopeOccupied', 1, 0, -1);
  slope('heatingSlopeOther', 0, 0, -1);
  slope('coolingSlopeOccupied', 1, width - 1, 1);
  slope('coolingSlopeOther', 0, width - 1, 1);
  return named;
};

/** Earlier years of this meter, each predicted by the year before with the rung that won (as the daily ladder does). */
const learnHourlyDrift = (
  series: HourlySeries,
  features: HourFeatures,
  kind: HourlyModel['kind'],
  end: number,
  stock: StockDrift | undefined,
): Drift => {
  const candidate = hourlyCandidateOf(kind === 'towt-net' ? 'towt-inertia' : kind);
  const year = (last: number): Uint8Array =>
    hourMask(series, { from: last - YEAR_DAYS + 1, to: last }, candidate.needsTemperature);
  const years: PredictedYear[] = [];
  for (let last = end; last - 2 * YEAR_DAYS >= features.localDay[0] - 1; last -= YEAR_DAYS) {
    const judged = year(last);
    const learnt = year(last - YEAR_DAYS);
    if (countSlots(judged) < YEAR_MINIMUM_HOURS || countSlots(learnt) < YEAR_MINIMUM_HOURS) continue;
    const model = candidate.fit(features, learnt);
    if (model === undefined) continue;
    let [observed, predicted] = [0, 0];
    for (let i = 0; i < features.hours; i++) {
      if (judged[i] !== 1) continue;
      observed += features.energyKwh[i];
      predicted += candidate.predict(model, features, i);
    }
    const lnRatio = Math.log(observed / predicted);
    if (!(Math.abs(lnRatio) < EVENT_LN)) continue;
    const spread = hourlySumSpreadKwh(model, hourlyUncertainty(model, features, learnt), features, judged);
    years.push({ lastDay: last, lnRatio, noise: spread / predicted });
  }
  return ownDrift(years, stock);
};

/** Sum over the masked hours with its 90 % interval, built like that of the daily ladder (`predictSum`). */
const sumOf = (
  outcome: {
    readonly model: HourlyModel;
    readonly uncertainty: HourlyUncertainty;
    readonly drift: Drift;
    readonly hours: number;
  },
  features: HourFeatures,
  mask: Uint8Array,
): Quantity => {
  const { model, uncertainty, drift, hours } = outcome;
  const value = predictionsOf(model, features, mask).reduce(
    (sum, one) => (Number.isNaN(one) ? sum : sum + one),
    0,
  );
  const spread = hourlySumSpreadKwh(model, uncertainty, features, mask);
  const half = Math.hypot(driftHalfWidthLn(drift), ignorance(hours / 24), (Z90 * spread) / value);
  const [low, high] =
    value > 0
      ? [value * Math.exp(-half), value * Math.exp(half)]
      : [value - Z90 * spread, value + Z90 * spread];
  return boundedQuantity(
    value,
    low,
    high,
    'kWh',
    'learnt',
    `${model.kind} fitted on ${hours} hours, summed over ${countSlots(mask)} hours; interval from residuals (lag-1 correlation ${uncertainty.noise.autocorrelation.toFixed(2)}), coefficient covariance and ${drift.basis}`,
  );
};

/** Days of the masked hours (days of 23 hours or more), with the 90 % interval of their reading. */
const dayRows = (
  model: HourlyModel,
  { noise }: HourlyUncertainty,
  drift: Drift,
  features: HourFeatures,
  mask: Uint8Array,
): DayRow[] => {
  const predicted = predictionsOf(model, features, mask);
  const days = new Map<number, { actual: number; predicted: number; hours: number }>();
  predicted.forEach((value, i) => {
    if (mask[i] !== 1 || Number.isNaN(value)) return;
    const held = days.get(features.localDay[i]) ?? { actual: 0, predicted: 0, hours: 0 };
    days.set(features.localDay[i], {
      actual: held.actual + features.energyKwh[i],
      predicted: held.predicted + value,
      hours: held.hours + 1,
    });
  });
  return [...days].flatMap(([day, sums]) => {
    if (sums.hours < 23) return [];
    const half = Math.hypot(Z90 * noise.rmseKwhDay, Math.max(0, sums.predicted) * driftHalfWidthLn(drift));
    const low = sums.predicted - half;
    return {
      day,
      actual: sums.actual,
      predicted: sums.predicted,
      low: model.nonNegative ? Math.max(0, low) : low,
      high: sums.predicted + half,
    };
  });
};

type PreparedHours = {
  readonly series: HourlySeries;
  readonly features: HourFeatures;
  /** Hours the fit uses. */
  readonly mask: Uint8Array;
  readonly hasTemperature: boolean;
  readonly warnings: readonly Warning[];
};

const prepareHours = (given: HourlySeries, options: FitOptions): Result<PreparedHours> => {
  const read = readHourlyZeros(given, options.zeros ?? 'auto');
  const { series } = read;
  const hasTemperature = series.outdoorC.some(Number.isFinite);
  const maskOf = (range: DayRange): Uint8Array => hourMask(series, range, hasTemperature);
  const all = maskOf(options.baseline);
  const n = countSlots(all);
  if (n < MINIMUM_HOURS)
    return failure(
      'too-little-data',
      `${n} heures utilisables dans la période de référence ; il en faut au moins ${MINIMUM_HOURS}. Élargissez la période ou vérifiez le fichier.`,
      `${n} usable hours in the baseline; at least ${MINIMUM_HOURS} are needed. Widen the period or check the file.`,
    );
  const total = series.energyKwh.reduce((sum, value, i) => (all[i] === 1 ? sum + value : sum), 0);
  const nothing = refuseTotal(total);
  if (nothing !== undefined) return nothing;
  const features = hourFeatures(series, options.holidays ?? 'none');
  const kept = setOutlierHoursAside(features, all);
  return ok({
    series,
    features,
    mask: kept.mask,
    hasTemperature,
    warnings: [...read.warnings, ...kept.warnings],
  });
};

/** Hours to predict: those with what the model needs, whether read or not. */
const askedMask = ({ series, hasTemperature }: PreparedHours, asked: DayRange): Uint8Array =>
  Uint8Array.from(series.localDay, (day, i) =>
    day >= asked.from && day <= asked.to && (!hasTemperature || Number.isFinite(series.outdoorC[i])) ? 1 : 0,
  );

export type HourlyNetTask = {
  readonly data: NetData;
  /** CV(RMSE), %, of the hours asked for (of the baseline when none are) with a net trained on `data`, and without one. */
  readonly judge: (net: NetWeights) => { readonly withNet: number; readonly without: number };
};

/**
 * What another back end needs to train the net of the `towt-net` rung: the same inputs and targets from the same hours. Fails as
 * `fitHourly` does, and with `no-linear-rung` where the rung under the net cannot be fitted.
 */
export const hourlyNetTask = (given: HourlySeries, options: FitOptions): Result<HourlyNetTask> => {
  const prepared = prepareHours(given, options);
  if (!prepared.ok) return prepared;
  const { features, mask, hasTemperature } = prepared.value;
  const rung = hourlyCandidateOf('towt-inertia');
  const base = hasTemperature && countSlots(mask) >= rung.minimumHours ? rung.fit(features, mask) : undefined;
  if (base === undefined)
    return failure(
      'no-linear-rung',
      'Le réseau se pose sur un modèle linéaire qui demande la température et 180 jours d’heures. Donnez une météo ou une période plus longue.',
      'The net stands on a linear model that needs temperature and 180 days of hours. Give weather or a longer period.',
    );
  const { data, scaleKwhHour } = netData(base, features, mask);
  const judged = options.predict === undefined ? mask : askedMask(prepared.value, options.predict);
  const cvOf = (model: HourlyModel): number =>
    goodness(features.energyKwh, predictionsOf(model, features, judged), 0).cvRmse;
  return ok({
    data,
    judge: (net) => ({
      withNet: cvOf({ ...base, kind: 'towt-net', net: { ...net, scaleKwhHour } }),
      without: cvOf(base),
    }),
  });
};

/**
 * Fits the hourly ladder on the baseline and predicts. Energy in kWh, temperatures in °C. Fails with `too-little-data` (under 336
 * usable hours), `no-consumption` or `net-export`; less than a claim about a year needs stands in `disqualified`.
 */
export const fitHourly = (given: HourlySeries, options: FitOptions): Result<HourlyFitOutcome> => {
  const prepared = prepareHours(given, options);
  if (!prepared.ok) return prepared;
  const { features, mask, series, hasTemperature, warnings } = prepared.value;
  const selection = selectHourly(features, mask, {
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    candidates: rungsTried(
      hasTemperature ? hourlyLadder : hourlyLadder.filter(({ needsTemperature }) => !needsTemperature),
      options.kinds,
    ),
  });
  if (selection === undefined) throw new Error('A baseline with usable hours has at least its mean');
  const { model, scores } = selection;
  const uncertainty = hourlyUncertainty(model, features, mask);
  const metrics = goodness(
    features.energyKwh,
    predictionsOf(model, features, mask),
    hourlyCandidateOf(model.kind).parameters(model),
  );
  const drift = learnHourlyDrift(series, features, model.kind, options.baseline.to, options.stockDrift);
  const predictedMask = options.predict === undefined ? mask : askedMask(prepared.value, options.predict);
  const out = goodness(features.energyKwh, predictionsOf(model, features, predictedMask), 0);
  return ok({
    model: {
      ...model,
      baseline: options.baseline,
      holidays: features.holidays,
      ...(features.closures.length === 0 ? {} : { closures: features.closures }),
      ...uncertainty,
      drift,
      metrics,
    },
    parameters: parametersOf(model, features, mask, uncertainty),
    candidates: scores,
    warnings,
    disqualified: disqualifyHours(features, mask, metrics, hasTemperature),
    ...(options.predict === undefined || out.n === 0
      ? {}
      : { outOfSample: { n: out.n, cvRmse: out.cvRmse, nmbe: out.nmbe } }),
    predicted: sumOf({ model, uncertainty, drift, hours: metrics.n }, features, predictedMask),
    rows: dayRows(model, uncertainty, drift, features, predictedMask),
  });
};
