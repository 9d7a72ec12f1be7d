import { type Warning, warning } from '#core/message.ts';
import { candidateOf, countDays, type DayFeatures, daySpreadKwh } from '#core/regression/index.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { DailySeries } from '#core/series.ts';
import { fractionalSavingsUncertainty } from '#core/statistics/index.ts';
import { periodsOf, readByBills } from './billed-series.ts';
import { measureBills } from './bills.ts';
import { factorOn, withoutSetAside } from './adjustments.ts';
import { otherUnitsAfter } from './broken-units.ts';
import { avoidedEnergy } from './avoided.ts';
import { type EventDay, findRise, findShifts } from './events.ts';
import { fitWithFeatures } from './fit.ts';
import { predictable, predictSum, type SumInterval, sumQuantity, withReading } from './interval.ts';
import { persistentLevel } from './level.ts';
import type {
  Adjustment,
  BaselineModel,
  FitOutcome,
  NonRoutine,
  Reason,
  SavingsOptions,
  SavingsOutcome,
  SavingsStatus,
} from './types.ts';
import { rangeMask } from './usable-days.ts';
import { countFr, numberEn, numberFr, roundedTo } from '../core/wording.ts';

const CONFIDENCE = 0.9;
/** Days of a year from which a figure is final, on both sides (opendsm asks 90 % of a year). */
const FINAL_DAYS = 328;

const eventDays = (
  model: BaselineModel,
  features: DayFeatures,
  mask: Uint8Array,
  adjustments: readonly Adjustment[] = [],
): EventDay[] => {
  const candidate = candidateOf(model.kind);
  return [...mask.keys()]
    .filter((i) => mask[i] === 1)
    .map((i) => {
      const day = features.firstDay + i;
      const predicted = candidate.predict(model, features, i) * factorOn(day, adjustments);
      return {
        day,
        actual: features.energyKwh[i],
        predicted,
        spread: daySpreadKwh(model.noise, predicted),
      };
    });
};

const missingDays = (valid: number, expected: number): Warning[] =>
  valid >= 0.9 * expected
    ? []
    : [
        warning(
          'reporting-gaps',
          `${countFr(expected - valid, 'jour', 'jours')} sur ${expected} de la période de suivi, sans relevé ou sans température ; l’économie porte sur ${countFr(valid, 'jour', 'jours')}.`,
          `${expected - valid} of the ${expected} days of the reporting period have no reading or no temperature; the savings are over the other ${valid}.`,
        ),
      ];

/** Share of the daily variance a 3P heating line explains from which a meter is read as a heating one. */
const HEATING_R2 = 0.5;
/** A level under this is a meter that stopped or changed fuel, on which a ratio says nothing. */
const LEAST_RATIO = 0.05;
/** Adjustment that is told, as a share of the plain prediction. */
const TOLD_ADJUSTMENT = 0.01;
/** Change of base load that is told, as a share. */
const TOLD_BASE_CHANGE = 0.2;

const scaled = ({ value, low, high }: SumInterval, factor: number): SumInterval => ({
  value: value * factor,
  low: low * factor,
  high: high * factor,
});

type Counterfactual = {
  readonly interval: SumInterval;
  readonly note: string;
  readonly warnings: readonly Warning[];
};

/** An adjustment nobody asked for is shown with the figure it replaces. */
const adjustmentTold = (plain: SumInterval, adjusted: SumInterval, actualKwh: number): Warning[] => {
  if (Math.abs(adjusted.value / plain.value - 1) < TOLD_ADJUSTMENT) return [];
  const { savingsShare } = avoidedEnergy(adjusted, actualKwh, '');
  // Both as the figure itself is written beside its interval.
  const [told, whole] = [savingsShare.value, 100 * (1 - actualKwh / plain.value)].map((percent) =>
    roundedTo(percent, (savingsShare.high - savingsShare.low) / 2),
  );
  return [
    warning(
      'level-adjusted',
      `L’économie donnée (${numberFr(told)} %) est celle du niveau qui persiste ; la simple différence entre prédiction et relevé, sur les mêmes jours, donne ${numberFr(whole)} % (ce que l’on retiendrait de travaux qui visaient toute la consommation).`,
      `The savings given (${numberEn(told)} %) are those of the level that persists; the plain difference of prediction and reading on the same days gives ${numberEn(whole)} % (what would be kept of works that aimed at the whole consumption).`,
    ),
  ];
};

const baseChangeTold = (readBase: number): Warning[] => {
  if (Math.abs(readBase - 1) < TOLD_BASE_CHANGE) return [];
  // The regression may put the new level below zero; what is read of a base load cannot fall by more than all of it.
  const percent = Math.max(-100, Math.round(100 * (readBase - 1)));
  return [
    warning(
      'base-load-changed',
      `Le talon (hors chauffage) a changé d’environ ${Math.abs(percent)} % (${percent > 0 ? 'hausse' : 'baisse'}) ; une moitié à deux tiers en est portée au crédit des travaux. Si les travaux visaient aussi le talon, dites qu’ils visaient « toute la consommation ».`,
      `The base load (apart from heating) ${percent > 0 ? 'rose' : 'fell'} by about ${Math.abs(percent)} %; a half to two thirds of it is credited to the works. If the works aimed at the base load too, say that they aimed at “the whole consumption”.`,
    ),
  ];
};

/**
 * What the meter would have read without works. For a heating meter the plain prediction is adjusted to `actual / persistent level`, so
 * that non-routine weeks and part of a base-load change count on both sides; otherwise it is the prediction itself.
 */
const withoutWorks = (
  fit: FitOutcome,
  days: readonly EventDay[],
  sumOf: (figure: 'sum' | 'level') => SumInterval,
  actualKwh: number,
  scope: NonNullable<SavingsOptions['scope']>,
): Counterfactual => {
  const { signature } = fit;
  const plain = sumOf('sum');
  const heats = scope === 'heating' || (signature?.metrics.r2 ?? 0) > HEATING_R2;
  if (scope === 'whole' || !heats || signature === undefined || !(plain.value > 0))
    return { interval: plain, note: 'plain prediction', warnings: [] };
  const level = persistentLevel(days, signature.baseKwhDay);
  if (level === undefined || level.ratio < LEAST_RATIO || actualKwh < LEAST_RATIO * plain.value)
    return { interval: plain, note: 'plain prediction', warnings: [] };
  const value = actualKwh / level.ratio;
  const scale = value / plain.value;
  const { low, high } = sumOf('level');
  const interval = { value, low: low * scale, high: high * scale };
  return {
    interval,
    note: `plain prediction ${plain.value.toFixed(0)} kWh adjusted by ${(100 * (scale - 1)).toFixed(1)} % to the level that persists over fortnights (Huber regression on predicted base and heating parts, a half to two thirds of a base-load change credited)`,
    warnings: [...adjustmentTold(plain, interval, actualKwh), ...baseChangeTold(level.readBase)],
  };
};

const statusOf = (
  fit: FitOutcome,
  disqualified: readonly Reason[],
  validDays: number,
  events: readonly NonRoutine[],
): SavingsStatus => {
  if (disqualified.length > 0) return 'disqualified';
  const whole = fit.model.metrics.n >= FINAL_DAYS && validDays >= FINAL_DAYS;
  return whole && events.length === 0 ? 'final' : 'provisional';
};

/**
 * Avoided energy (IPMVP option C): what the baseline model predicts for the valid days of the reporting period less what the
 * meter read, kWh, with the 90 % interval of the counterfactual; by whole bills, and then as a plain difference, where only they know
 * one of the two periods. The baseline never sees the reporting period. Fails as `fitModel`
 * does, and with `periods-overlap` or `no-reporting-days`.
 */
export const measureSavings = (given: DailySeries, options: SavingsOptions): Result<SavingsOutcome> => {
  const { baseline, reporting, scope = 'auto', adjustments = [], settled = [], ...rest } = options;
  if (readByBills(given, baseline) || readByBills(given, reporting))
    return measureBills(periodsOf(withoutSetAside(given, adjustments), [baseline, reporting]), {
      baseline,
      reporting,
      adjustments,
      settled,
      ...(rest.stockDrift === undefined ? {} : { stockDrift: rest.stockDrift }),
    });
  const series = withoutSetAside(given, adjustments);
  if (reporting.from <= baseline.to && baseline.from <= reporting.to)
    return failure(
      'periods-overlap',
      'La période de référence et la période de suivi se chevauchent : une référence ne juge pas ses propres jours. Séparez-les.',
      'The baseline and the reporting period overlap: a baseline cannot judge its own days. Separate them.',
    );
  const fitted = fitWithFeatures(series, { ...rest, baseline, predict: reporting });
  if (!fitted.ok) return fitted;
  const { outcome: fit, features, mask } = fitted.value;
  const { model } = fit;
  const valid =
    model.kind === 'mean'
      ? rangeMask({ ...series, energyKwh: features.energyKwh }, reporting, false)
      : withReading(features, predictable(features, reporting.from, reporting.to));
  const validDays = countDays(valid);
  if (validDays === 0)
    return failure(
      'no-reporting-days',
      'Aucun jour de la période de suivi n’a à la fois un relevé et une température. Vérifiez les dates.',
      'No day of the reporting period has both a reading and a temperature. Check the dates.',
    );

  const actualKwh = features.energyKwh.reduce((sum, value, i) => (valid[i] === 1 ? sum + value : sum), 0);
  const reportingDays = eventDays(model, features, valid, adjustments);
  const routineKwh = predictSum(model, features, valid).value;
  const adjustedKwh = reportingDays.reduce((sum, { predicted }) => sum + predicted, 0);
  const scale = routineKwh > 0 ? adjustedKwh / routineKwh : 1;
  const { interval, note, warnings } = withoutWorks(
    fit,
    reportingDays,
    (figure) => scaled(predictSum(model, features, valid, figure), scale),
    actualKwh,
    scope,
  );
  const summed = sumQuantity(model, interval, validDays, 'learnt');
  const counterfactual = { ...summed, basis: `${note}; ${summed.basis}` };
  const rho = model.noise.autocorrelation;
  const nonRoutine = [
    ...findShifts(eventDays(model, features, mask), rho),
    ...findRise(reportingDays),
    ...findShifts(reportingDays, rho),
  ].filter(({ from, to }) => !settled.some((range) => range.from <= to && from <= range.to));
  const disqualified = [...fit.disqualified, ...otherUnitsAfter(series, baseline, reporting)];
  const fsu = fractionalSavingsUncertainty({
    confidence: CONFIDENCE,
    cvRmse: model.metrics.cvRmse / 100,
    savingsFraction: 1 - actualKwh / interval.value,
    parameters: model.metrics.p,
    baselinePoints: model.metrics.n,
    reportingPoints: validDays,
    autocorrelation: rho,
  });
  const basis = `${counterfactual.basis}; less ${actualKwh.toFixed(0)} kWh read (IPMVP option C, avoided energy)`;
  return ok({
    status: statusOf(fit, disqualified, validDays, nonRoutine),
    ...avoidedEnergy(interval, actualKwh, basis),
    counterfactual,
    actualKwh,
    validDays,
    ashrae14: { fsuPercent: 100 * fsu, confidence: CONFIDENCE },
    nonRoutine,
    warnings: [...fit.warnings, ...warnings, ...missingDays(validDays, reporting.to - reporting.from + 1)],
    disqualified,
    fit,
  });
};
