import type { SignatureEvidence } from '#core/evidence.ts';
import { type Warning, warning } from '#core/message.ts';
import { boundedQuantity, type Quantity, Z90 } from '#core/quantity.ts';
import {
  candidateOf,
  type Coefficients,
  countDays,
  type DayFeatures,
  dayFeatures,
  ladder,
  modelUncertainty,
  readableHabits,
  selectModel,
} from '#core/regression/index.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { DailySeries } from '#core/series.ts';
import { type Goodness, goodness } from '#core/statistics/index.ts';
import { periodsOf, readByBills } from './billed-series.ts';
import { fitBills } from './bills.ts';
import { leaveOtherUnitsOut } from './broken-units.ts';
import { learnDrift } from './history.ts';
import {
  daysFitted,
  driftHalfWidthLn,
  predictable,
  predictRows,
  predictSum,
  sumQuantity,
  withReading,
} from './interval.ts';
import { rungsTried } from './rungs-tried.ts';
import { disqualify } from './sufficiency.ts';
import { refuseTotal } from './total.ts';
import type { BaselineModel, FitOptions, FitOutcome, ReadableParameters, Signature } from './types.ts';
import { rangeMask, readZeros, setOutliersAside } from './usable-days.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';

/** Below two weeks no model of a day says anything. */
const MINIMUM_DAYS = 14;
/** Predicted days colder or warmer than any baseline day by more than this are named, K. */
const EXTRAPOLATION_K = 3;

const metricsOf = (model: Coefficients, features: DayFeatures, mask: Uint8Array, p: number): Goodness => {
  const candidate = candidateOf(model.kind);
  const predicted = Float64Array.from(mask, (flag, i) =>
    flag === 1 ? candidate.predict(model, features, i) : Number.NaN,
  );
  return goodness(features.energyKwh, predicted, p);
};

const signatureOf = (features: DayFeatures, mask: Uint8Array): Signature | undefined => {
  const candidate = candidateOf('3p-heating');
  if (countDays(mask) < candidate.minimumDays) return undefined;
  const model = candidate.fit(features, mask);
  if (model === undefined) return undefined;
  const [baseKwhDay, slopeKwhKDay, balancePointC] = model.coefficients;
  if (!(slopeKwhKDay > 0)) return undefined;
  return {
    baseKwhDay,
    slopeKwhKDay,
    balancePointC,
    covariance: modelUncertainty(model, features, mask).covariance,
    metrics: metricsOf(model, features, mask, candidate.parameters),
  };
};

const learnt = (value: number, variance: number, unit: string, basis: string): Quantity => {
  const half = Z90 * Math.sqrt(Math.max(0, variance));
  return boundedQuantity(value, value - half, value + half, unit, 'learnt', basis);
};

const plain = (value: number, unit: string, basis: string): Quantity =>
  boundedQuantity(value, value, value, unit, 'learnt', `${basis}; no interval computed`);

/**
 * The parameters a person reads. Where the meter heats, base load, slope and balance point are those of the 3P
 * heating line whatever rung won; a cooling slope comes from the 5P line when that, or a cooling rung, won.
 */
const parametersOf = (
  model: BaselineModel,
  features: DayFeatures,
  mask: Uint8Array,
  signature: Signature | undefined,
): ReadableParameters => {
  const habits = readableHabits(model, features, mask);
  const named: Record<string, Quantity> = {};
  const cooled = model.kind === '4p' || model.kind.includes('cooling') || model.kind.startsWith('5p');
  const cooling = cooled ? candidateOf('5p').fit(features, mask) : undefined;
  if (model.kind !== 'mean' && signature !== undefined && !model.kind.startsWith('3p-cooling')) {
    const basis = `3P heating line, least squares on ${signature.metrics.n} days, R2 ${signature.metrics.r2.toFixed(2)}`;
    const { covariance } = signature;
    named.baseLoad = learnt(signature.baseKwhDay, covariance[0][0], 'kWh/d', basis);
    named.heatingSlope = learnt(signature.slopeKwhKDay, covariance[1][1], 'kWh/(K·d)', basis);
    named.balancePoint = learnt(signature.balancePointC, covariance[2][2], '°C', basis);
  } else if (model.kind === 'mean') {
    named.baseLoad = learnt(model.coefficients[0], model.covariance[0][0], 'kWh/d', 'mean of the days');
  }
  if (cooling !== undefined) {
    const { covariance } = modelUncertainty(cooling, features, mask);
    const [base, , , slope, balance] = cooling.coefficients;
    const basis = '5P line, least squares';
    if (slope > 0) {
      named.baseLoad = learnt(base, covariance[0][0], 'kWh/d', basis);
      named.coolingSlope = learnt(slope, covariance[3][3], 'kWh/(K·d)', basis);
      named.coolingBalancePoint = learnt(balance, covariance[4][4], '°C', basis);
    }
  }
  const { closedDayFactor, christmasFactor, inertiaDays } = habits;
  if (closedDayFactor !== undefined)
    named.closedDayFactor = plain(closedDayFactor, '1', 'closed days over the same days worked');
  if (christmasFactor !== undefined)
    named.christmasFactor = plain(christmasFactor, '1', '24 December to 1 January over the same days worked');
  if (inertiaDays !== undefined)
    named.inertia = plain(inertiaDays, 'd', 'mean delay between a cold day and its energy');
  return named;
};

const extrapolation = (features: DayFeatures, mask: Uint8Array, asked: Uint8Array): Warning[] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  features.outdoorC.forEach((value, i) => {
    if (mask[i] !== 1) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  const outside = features.outdoorC.filter(
    (value, i) => asked[i] === 1 && (value < low - EXTRAPOLATION_K || value > high + EXTRAPOLATION_K),
  ).length;
  if (outside === 0) return [];
  return [
    warning(
      'extrapolation',
      `${countFr(outside, 'jour à prédire s’écarte', 'jours à prédire s’écartent')} de plus de ${EXTRAPOLATION_K} K des températures de la référence (${low.toFixed(0)} à ${high.toFixed(0)} °C) : le modèle y est prolongé.`,
      `${countEn(outside, 'day to predict lies', 'days to predict lie')} more than ${EXTRAPOLATION_K} K outside the baseline's temperatures (${low.toFixed(0)} to ${high.toFixed(0)} °C): the model is extended there.`,
    ),
  ];
};

/** A sum over no day is zero: said, so that nobody reads it as a prediction of nothing. */
const nothingToPredict = (days: number): Warning[] =>
  days > 0
    ? []
    : [
        warning(
          'predict-no-days',
          'Aucun jour de la période à prédire n’a de température (ou de relevé, sans température) : rien n’est prédit, la somme est vide. Vérifiez la période, ou donnez un fichier météo qui la couvre.',
          'No day of the period to predict has a temperature (or a reading, without temperature): nothing is predicted, the sum is empty. Check the period, or give a weather file that covers it.',
        ),
      ];

type Prepared = {
  readonly features: DayFeatures;
  /** Days the fit uses. */
  readonly mask: Uint8Array;
  readonly warnings: readonly Warning[];
};

const prepare = (series: DailySeries, options: FitOptions): Result<Prepared> => {
  const units = leaveOtherUnitsOut(series, options.baseline);
  const read = readZeros(units.series, options.baseline, options.zeros ?? 'auto');
  const warnings = [...units.warnings, ...read.warnings];
  const hasTemperature = series.outdoorC.some((value) => Number.isFinite(value));
  const all = rangeMask(read.series, options.baseline, hasTemperature);
  const n = countDays(all);
  if (n < MINIMUM_DAYS)
    return failure(
      'too-little-data',
      `${countFr(n, 'jour utilisable', 'jours utilisables')} dans la période de référence (du ${dayFr(options.baseline.from)} au ${dayFr(options.baseline.to)}) ; il en faut au moins ${MINIMUM_DAYS}. La série va du ${dayFr(series.firstDay)} au ${dayFr(series.firstDay + series.energyKwh.length - 1)}${hasTemperature ? ', et un jour sans température ne compte pas' : ''}. Élargissez la période ou vérifiez le fichier.`,
      `${countEn(n, 'usable day', 'usable days')} in the baseline (${dayEn(options.baseline.from)} to ${dayEn(options.baseline.to)}); at least ${MINIMUM_DAYS} are needed. The series goes from ${dayEn(series.firstDay)} to ${dayEn(series.firstDay + series.energyKwh.length - 1)}${hasTemperature ? ', and a day without temperature does not count' : ''}. Widen the period or check the file.`,
      { field: 'baseline' },
    );
  let total = 0;
  let negative = 0;
  read.series.energyKwh.forEach((value, i) => {
    if (all[i] !== 1) return;
    total += value;
    if (value < 0) negative++;
  });
  const nothing = refuseTotal(total);
  if (nothing !== undefined) return nothing;
  if (negative > 0)
    warnings.push(
      warning(
        'negative-readings',
        `${countFr(negative, 'jour négatif (injection ?) est gardé tel quel', 'jours négatifs (injection ?) sont gardés tels quels')}.`,
        `${negative} negative days (export?) are kept as they are.`,
      ),
    );
  const features = dayFeatures(read.series, options.holidays ?? 'none');
  const kept = setOutliersAside(features, all, read.series.confirmed);
  return ok({ features, mask: kept.mask, warnings: [...warnings, ...kept.warnings] });
};

export type FitWithFeatures = {
  readonly outcome: FitOutcome;
  readonly features: DayFeatures;
  readonly mask: Uint8Array;
};

/** A baseline that only bills know whole, fitted on them; what is predicted are then whole bills too. */
const fitSeriesBills = (series: DailySeries, options: FitOptions): Result<FitWithFeatures> => {
  const { baseline, predict, stockDrift, kinds } = options;
  const fitted = fitBills(periodsOf(series, [baseline, ...(predict === undefined ? [] : [predict])]), {
    baseline,
    ...(predict === undefined ? {} : { predict }),
    ...(stockDrift === undefined ? {} : { stockDrift }),
    ...(kinds === undefined ? {} : { kinds }),
  });
  if (!fitted.ok) return fitted;
  const features = dayFeatures(series, 'none');
  return ok({ outcome: fitted.value, features, mask: predictable(features, baseline.from, baseline.to) });
};

/** `fitModel` that also hands back the columns it derived, for the stages that go on from it. Fails as it does. */
export const fitWithFeatures = (series: DailySeries, options: FitOptions): Result<FitWithFeatures> => {
  if (readByBills(series, options.baseline)) return fitSeriesBills(series, options);
  const prepared = prepare(series, options);
  if (!prepared.ok) return prepared;
  const { features, mask } = prepared.value;
  const hasTemperature = features.coldestFirst.length > 0;
  const selection = selectModel(features, mask, {
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    candidates: hasTemperature ? rungsTried(ladder, options.kinds) : [candidateOf('mean')],
  });
  if (selection === undefined) throw new Error('A baseline with usable days has at least its mean');
  const { model: coefficients, scores } = selection;
  const { parameters: p } = candidateOf(coefficients.kind);
  const metrics = metricsOf(coefficients, features, mask, p);
  const model: BaselineModel = {
    ...coefficients,
    ...modelUncertainty(coefficients, features, mask),
    baseline: options.baseline,
    holidays: features.holidays,
    ...(features.closures.length === 0 ? {} : { closures: features.closures }),
    drift: learnDrift(features, coefficients.kind, options.baseline.to, options.stockDrift),
    metrics,
  };
  const signature = signatureOf(features, mask);
  const asked = options.predict;
  const predictedMask =
    asked === undefined
      ? mask
      : hasTemperature
        ? predictable(features, asked.from, asked.to)
        : rangeMask(series, asked, false);
  const judged = withReading(features, predictedMask);
  const rows = predictRows(model, features, predictedMask);
  const out = metricsOf(model, features, judged, 0);
  return ok({
    features,
    mask,
    outcome: {
      model,
      parameters: parametersOf(model, features, mask, signature),
      candidates: scores,
      ...(signature === undefined ? {} : { signature }),
      warnings: [
        ...prepared.value.warnings,
        ...(asked === undefined ? [] : extrapolation(features, mask, predictedMask)),
        ...nothingToPredict(countDays(predictedMask)),
      ],
      disqualified: disqualify(features, mask, metrics),
      ...(asked === undefined || out.n === 0
        ? {}
        : { outOfSample: { n: out.n, cvRmse: out.cvRmse, nmbe: out.nmbe } }),
      predicted: sumQuantity(
        model,
        predictSum(model, features, predictedMask),
        countDays(predictedMask),
        'learnt',
      ),
      rows,
    },
  });
};

/**
 * Fits the ladder on the baseline and predicts; on whole bills where only they know the baseline (`readByBills`), `predicted` and `rows`
 * then being of bills. Energy in kWh/day, temperatures in °C, days in local days of the series.
 * Fails with `too-little-data` (under 14 usable days), `no-consumption` or `net-export`; less than a claim about a year needs
 * is no failure but stands in `disqualified`.
 */
export const fitModel = (series: DailySeries, options: FitOptions): Result<FitOutcome> => {
  const fitted = fitWithFeatures(series, options);
  return fitted.ok ? ok(fitted.value.outcome) : fitted;
};

/**
 * What the meter tells the calibration: the 3P heating line with its covariance (slope, balance point, base load), residual
 * autocorrelation included. Undefined when the meter shows no heating.
 */
export const signatureEvidence = (fit: FitOutcome): SignatureEvidence | undefined => {
  const { signature, model } = fit;
  if (signature === undefined) return undefined;
  const order = [1, 2, 0];
  return {
    slopeKwhKDay: signature.slopeKwhKDay,
    balancePointC: signature.balancePointC,
    baseLoadKwhDay: signature.baseKwhDay,
    covariance: order.map((a) => order.map((b) => signature.covariance[a][b])),
    days: model.bills === undefined ? signature.metrics.n : daysFitted(model),
    cvRmsePercent: signature.metrics.cvRmse,
    r2: signature.metrics.r2,
    yearDrift: driftHalfWidthLn(model.drift) / Z90,
  };
};
