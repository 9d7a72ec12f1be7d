import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { DayRange } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import { countDays as countSlots } from '#core/regression/index.ts';
import type { HourFeatures } from '#core/regression/hourly/index.ts';
import type { HourlySeries } from '#core/series.ts';
import type { ZeroRule } from '#core/meter-rules.ts';

/** A run of zeros this long is no pause of a meter that otherwise runs, hours. */
const ZERO_RUN_HOURS = 24;
/** A meter at zero for more of its hours than this does stand still at times. */
const ZERO_SHARE = 0.2;
const OUTLIER_DEVIATIONS = 15;
const OUTLIER_SHARE = 0.01;

/** Hours of the range with a reading and, where it is needed, a temperature. */
export const hourMask = (series: HourlySeries, range: DayRange, needsTemperature: boolean): Uint8Array =>
  Uint8Array.from(series.energyKwh, (value, i) => {
    const inside = series.localDay[i] >= range.from && series.localDay[i] <= range.to;
    return inside && Number.isFinite(value) && (!needsTemperature || Number.isFinite(series.outdoorC[i]))
      ? 1
      : 0;
  });

/** The series with runs of zeros of a day or more read by the rule: `auto` takes them as missing when zeros are rare. */
export const readHourlyZeros = (
  series: HourlySeries,
  rule: ZeroRule,
): { readonly series: HourlySeries; readonly warnings: readonly Warning[] } => {
  const known = series.energyKwh.filter(Number.isFinite);
  const zeros = known.filter((value) => value === 0).length;
  if (rule === 'real' || zeros === 0 || (rule === 'auto' && zeros > ZERO_SHARE * known.length))
    return { series, warnings: [] };
  const energyKwh = series.energyKwh.slice();
  let dropped = 0;
  for (let i = 0; i < energyKwh.length; i++) {
    if (energyKwh[i] !== 0) continue;
    let end = i;
    while (end < energyKwh.length && energyKwh[end] === 0) end++;
    if (rule === 'missing' || end - i >= ZERO_RUN_HOURS) {
      energyKwh.fill(Number.NaN, i, end);
      dropped += end - i;
    }
    i = end;
  }
  return {
    series: { ...series, energyKwh },
    warnings:
      dropped === 0
        ? []
        : [
            warning(
              'zeros-as-missing',
              `${dropped} heures à zéro sont traitées comme des relevés manquants.`,
              `${dropped} hours at zero are taken as missing readings.`,
            ),
          ],
  };
};

/**
 * Takes away hours farther than fifteen robust deviations from the median of the same hour on working days, or on days off; keeps
 * all when they are more than 1 % of the hours, which is another regime.
 */
export const setOutlierHoursAside = (
  features: HourFeatures,
  mask: Uint8Array,
): { readonly mask: Uint8Array; readonly warnings: readonly Warning[] } => {
  const hours = [...mask.keys()].filter((i) => mask[i] === 1);
  const slotOf = (i: number): number => features.nonWorking[i] * 24 + features.localHour[i];
  const slots = Array.from({ length: 48 }, (): number[] => []);
  for (const i of hours) slots[slotOf(i)].push(features.energyKwh[i]);
  const medians = slots.map((values) => (values.length === 0 ? 0 : median(values)));
  const residuals = hours.map((i) => features.energyKwh[i] - medians[slotOf(i)]);
  const middle = median(residuals);
  const deviation = 1.4826 * medianAbsoluteDeviation(residuals);
  const far = hours.filter((_, j) => Math.abs(residuals[j] - middle) > OUTLIER_DEVIATIONS * deviation);
  if (deviation === 0 || far.length === 0 || far.length > OUTLIER_SHARE * countSlots(mask))
    return { mask, warnings: [] };
  const kept = Uint8Array.from(mask);
  for (const i of far) kept[i] = 0;
  return {
    mask: kept,
    warnings: [
      warning(
        'outliers-set-aside',
        `${far.length} heures hors de toute vraisemblance sont laissées hors du calage.`,
        `${far.length} hours beyond all likelihood are left out of the fit.`,
      ),
    ],
  };
};
