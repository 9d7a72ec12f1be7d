import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { DayRange } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import { candidateOf, countDays, type DayFeatures, dayFeatures } from '#core/regression/index.ts';
import type { DailySeries } from '#core/series.ts';
import { goodness } from '#core/statistics/index.ts';
import type { ZeroRule } from '#core/meter-rules.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';

/** Mean outdoor temperature below which a heating meter cannot really stand at zero, °C. */
const HEATING_SURE_C = 10;
/** A meter is clearly a heating one when a plain 3P heating model explains this share of its daily variance. */
const HEATING_R2 = 0.5;
/** Residual beyond this many robust deviations is a reading error, not a day. */
const OUTLIER_DEVIATIONS = 8;
/** More days than this share are not outliers but another regime. */
const OUTLIER_SHARE = 0.03;

/**
 * 1 for the days of the range, both ends included, with a reading and, where the model needs one, a
 * temperature; one slot a day of the series.
 */
export const rangeMask = (series: DailySeries, range: DayRange, needsTemperature: boolean): Uint8Array =>
  Uint8Array.from(series.energyKwh, (value, i) => {
    const day = series.firstDay + i;
    const inside = day >= range.from && day <= range.to;
    return inside && Number.isFinite(value) && (!needsTemperature || Number.isFinite(series.outdoorC[i]))
      ? 1
      : 0;
  });

const isHeating = (features: DayFeatures, mask: Uint8Array): boolean => {
  const candidate = candidateOf('3p-heating');
  if (countDays(mask) < candidate.minimumDays) return false;
  const model = candidate.fit(features, mask);
  if (model === undefined) return false;
  const predicted = Float64Array.from(mask, (flag, i) =>
    flag === 1 ? candidate.predict(model, features, i) : Number.NaN,
  );
  return goodness(features.energyKwh, predicted, candidate.parameters).r2 > HEATING_R2;
};

/**
 * The series with its zeros read by the rule. Under `auto`, zeros of a heating meter on days below 10 °C are missing
 * readings (archives often store a gap as zero); a warning says how many.
 */
export const readZeros = (
  series: DailySeries,
  baseline: DayRange,
  rule: ZeroRule,
): { readonly series: DailySeries; readonly warnings: readonly Warning[] } => {
  if (rule === 'real' || !series.energyKwh.includes(0)) return { series, warnings: [] };
  const withoutZeros = series.energyKwh.map((value, i) =>
    value === 0 && series.confirmed?.[i] !== 1 ? Number.NaN : value,
  );
  const shown = { ...series, energyKwh: withoutZeros };
  const heating = isHeating(dayFeatures(shown, 'none'), rangeMask(shown, baseline, true));
  if (!heating && rule === 'auto') return { series, warnings: [] };
  let dropped = 0;
  const energyKwh = series.energyKwh.map((value, i) => {
    if (value !== 0 || series.confirmed?.[i] === 1) return value;
    if (heating && !(series.outdoorC[i] < HEATING_SURE_C)) return value;
    dropped++;
    return Number.NaN;
  });
  if (dropped === 0) return { series, warnings: [] };
  return {
    series: { ...series, energyKwh },
    warnings: [
      warning(
        'zeros-as-missing',
        heating
          ? `${countFr(dropped, 'jour', 'jours')} à zéro par moins de ${HEATING_SURE_C} °C : pris pour ${dropped < 2 ? 'un relevé manquant' : 'des relevés manquants'}, car ce compteur chauffe.`
          : `${countFr(dropped, 'jour', 'jours')} à zéro : pris pour ${dropped < 2 ? 'un relevé manquant' : 'des relevés manquants'}, comme demandé.`,
        heating
          ? `${countEn(dropped, 'day', 'days')} at zero below ${HEATING_SURE_C} °C, taken as missing: this meter heats.`
          : `${countEn(dropped, 'day', 'days')} at zero, taken as missing, as asked.`,
      ),
    ],
  };
};

/**
 * Takes away days whose reading no weather explains (eight robust deviations from a change-point fit, the deviation taken on the
 * half of the days that consume more), the `confirmed` ones excepted. Gives up when they are more than 3 % of the days: that is another regime.
 */
export const setOutliersAside = (
  features: DayFeatures,
  mask: Uint8Array,
  confirmed?: Uint8Array,
): { readonly mask: Uint8Array; readonly warnings: readonly Warning[] } => {
  const candidate = candidateOf('3p-heating-working');
  const fallback = candidateOf('mean');
  let kept = mask;
  const total = countDays(mask);
  for (let round = 0; round < 6; round++) {
    const chosen = total >= candidate.minimumDays ? candidate : fallback;
    const model = chosen.fit(features, kept) ?? fallback.fit(features, kept);
    if (model === undefined) return { mask, warnings: [] };
    const used = candidateOf(model.kind);
    const days = [...kept.keys()].filter((i) => kept[i] === 1);
    const predicted = days.map((i) => used.predict(model, features, i));
    const residuals = days.map((i, j) => features.energyKwh[i] - predicted[j]);
    const middle = median(predicted);
    const busy = residuals.filter((_, j) => predicted[j] >= middle);
    const deviation = 1.4826 * Math.max(medianAbsoluteDeviation(busy), medianAbsoluteDeviation(residuals));
    if (!(deviation > 0)) break;
    const far = days.filter(
      (i, j) => confirmed?.[i] !== 1 && Math.abs(residuals[j]) > OUTLIER_DEVIATIONS * deviation,
    );
    if (far.length === 0) break;
    const next = Uint8Array.from(kept);
    for (const i of far) next[i] = 0;
    if (total - countDays(next) > OUTLIER_SHARE * total) return { mask, warnings: [] };
    kept = next;
  }
  const removed = [...mask.keys()].filter((i) => mask[i] !== kept[i]);
  if (removed.length === 0) return { mask, warnings: [] };
  const list = (said: (day: number) => string): string =>
    `${removed
      .slice(0, 3)
      .map((i) => said(features.firstDay + i))
      .join(', ')}${removed.length > 3 ? '…' : ''}`;
  return {
    mask: kept,
    warnings: [
      warning(
        'outliers-set-aside',
        `${countFr(removed.length, 'jour hors de toute vraisemblance est laissé', 'jours hors de toute vraisemblance sont laissés')} hors du calage (${list(dayFr)}).`,
        `${countEn(removed.length, 'day beyond all likelihood is', 'days beyond all likelihood are')} left out of the fit (${list(dayEn)}).`,
      ),
    ],
  };
};
