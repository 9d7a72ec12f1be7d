import type { DayRange } from '#core/calendar.ts';
import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import { countDays, type DayFeatures, dayFeatures } from '#core/regression/index.ts';
import type { DailySeries } from '#core/series.ts';
import { predictable, predictSum, type SumInterval } from './interval.ts';
import type { BaselineModel } from './types.ts';

export const YEAR_DAYS = 365;
/** A year of weather with fewer known days is no whole year. */
const WHOLE_DAYS = 350;

/** The whole years of known temperature, counted back from the last known day. */
export const weatherYears = ({
  firstDay,
  outdoorC,
}: Pick<DailySeries, 'firstDay' | 'outdoorC'>): DayRange[] => {
  const last = firstDay + outdoorC.findLastIndex((value) => Number.isFinite(value));
  const years: DayRange[] = [];
  for (let to = last; to - YEAR_DAYS + 1 >= firstDay; to -= YEAR_DAYS) {
    const from = to - YEAR_DAYS + 1;
    const known = outdoorC
      .subarray(from - firstDay, to - firstDay + 1)
      .filter((value) => Number.isFinite(value)).length;
    if (known >= WHOLE_DAYS) years.push({ from, to });
  }
  return years;
};

/** Mean year that a model predicts over years of weather, kWh of 365 days with its 90 % interval. */
export const meanYearOf = (
  model: BaselineModel,
  features: DayFeatures,
  years: readonly DayRange[],
): SumInterval => {
  const mask = new Uint8Array(features.days);
  for (const { from, to } of years)
    for (const [i, flag] of predictable(features, from, to).entries()) if (flag === 1) mask[i] = 1;
  const scale = YEAR_DAYS / countDays(mask);
  const { value, low, high } = predictSum(model, features, mask);
  return { value: value * scale, low: low * scale, high: high * scale };
};

/** Six bills of two months may lack some days of a year; their mean stands for them. */
const NEARLY_DAYS = 328;

const lastYear = ({ firstDay, outdoorC }: Pick<DailySeries, 'firstDay' | 'outdoorC'>): DayRange[] => {
  const to = firstDay + outdoorC.findLastIndex((value) => Number.isFinite(value));
  const from = Math.max(firstDay, to - YEAR_DAYS + 1);
  const known = outdoorC
    .subarray(from - firstDay, to - firstDay + 1)
    .filter((value) => Number.isFinite(value)).length;
  return known >= NEARLY_DAYS ? [{ from, to }] : [];
};

/**
 * What a model of days or of bills takes in a year, kWh: in the mean of the whole years of a weather, or in its last one where
 * `which` says so. Undefined where no whole year of temperature is known.
 */
export const yearlyOf = (
  model: BaselineModel,
  weather: Omit<DailySeries, 'energyKwh' | 'bills'>,
  which: 'mean' | 'last' = 'mean',
): Quantity | undefined => {
  const years = which === 'last' ? lastYear(weather) : weatherYears(weather);
  if (years.length === 0) return undefined;
  const energyKwh = new Float64Array(weather.outdoorC.length).fill(Number.NaN);
  const { value, low, high } = meanYearOf(
    model,
    dayFeatures({ ...weather, energyKwh }, model.holidays),
    years,
  );
  const points =
    model.bills === undefined
      ? `${model.metrics.n} days`
      : `${model.bills.count} bills that cover ${model.bills.days} days`;
  return boundedQuantity(
    value,
    low,
    high,
    'kWh',
    'learnt',
    `${model.kind} fitted on ${points}, over ${which === 'last' ? 'the last year' : `the mean of the ${years.length} whole years`} of weather known; interval from scatter, coefficients and ${model.drift.basis}`,
  );
};
