import { logNormalOf, type Posterior } from '#core/calibration/index.ts';
import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { degreeDays, type MonthlyWeather } from '#core/physics/monthly-weather.ts';
import { type LossGroup, lossGroups, type Twin } from '#core/twin.ts';
import { type MeasureEffect, measureEffect } from './measure-effect.ts';
import type { Measure } from './schema.ts';
import { balanceSetPoints } from './warming.ts';

/** The building before any measure, one value a draw; the same for all its scenarios. */
export type Baseline = {
  /** How far each draw's group is from the twin's own figure. */
  readonly scale: Readonly<Record<LossGroup, Float64Array>>;
  /** Heat need by the monthly balance, kWh a year. */
  readonly needKwh: Float64Array;
  /** Final energy for heating, kWh a year: the meter's where there is one. */
  readonly heatingKwh: Float64Array;
  readonly baseKwh: Float64Array;
  /** Heating and base load together. */
  readonly totalKwh: Float64Array;
};

/** Step of the table of degree-days, K: linear between, within 0.01 % of the closed form. */
const STEP_K = 0.05;

const degreeDaysTable = (weather: MonthlyWeather): ((baseC: number) => number) => {
  const known = new Map<number, number>();
  const at = (index: number): number => {
    const found = known.get(index);
    if (found !== undefined) return found;
    const value = degreeDays(weather, index * STEP_K);
    known.set(index, value);
    return value;
  };
  return (baseC) => {
    const position = baseC / STEP_K;
    const below = Math.floor(position);
    return at(below) + (position - below) * (at(below + 1) - at(below));
  };
};

/** Heating on the meter by the signature of each draw; the balance alone where no meter spoke (promise P2). */
const heatingBefore = (
  posterior: Posterior,
  weather: MonthlyWeather,
  needKwh: Float64Array,
): Float64Array => {
  if (!posterior.usesMeter) return needKwh.map((need, i) => need / posterior.efficiency[i]);
  const degreeDaysTo = degreeDaysTable(weather);
  const setPointC = balanceSetPoints(posterior.setPointC, weather);
  return needKwh.map((_, i) => {
    const loss = posterior.totalH[i] * posterior.heatedShare[i];
    const gains = posterior.gainsW[i] + posterior.solarApertureM2[i] * posterior.seasonSolarWm2;
    const slope = (0.024 * loss) / posterior.efficiency[i];
    return slope * degreeDaysTo(setPointC[i] - gains / loss);
  });
};

const compute = (twin: Twin, posterior: Posterior, weather: MonthlyWeather): Baseline => {
  const scale = {} as Record<LossGroup, Float64Array>;
  for (const group of lossGroups) {
    const median = twin.losses.find((loss) => loss.group === group)?.h;
    const middle = median === undefined ? 0 : logNormalOf(median).median;
    scale[group] = posterior.h[group].map((h) => (middle > 0 ? h / middle : 1));
  }
  const needKwh = monthlyNeed(
    {
      lossWK: posterior.totalH.map((h, i) => h * posterior.heatedShare[i]),
      setPointC: balanceSetPoints(posterior.setPointC, weather),
      gainsW: posterior.gainsW,
      solarApertureM2: posterior.solarApertureM2,
      capacityJK: posterior.capacityJK,
    },
    weather,
  );
  const days = weather.months.reduce((sum, month) => sum + month.days, 0);
  const heatingKwh = heatingBefore(posterior, weather, needKwh);
  const baseKwh = posterior.baseLoadKwhDay.map((kwh) => kwh * days);
  return { scale, needKwh, heatingKwh, baseKwh, totalKwh: heatingKwh.map((kwh, i) => kwh + baseKwh[i]) };
};

/** A building made ready for its scenarios: what it uses as it is, and what each measure would do to it. */
export type Prepared = {
  readonly baseline: Baseline;
  readonly effectOf: (measure: Measure) => MeasureEffect;
};

type Kept = {
  readonly twin: Twin;
  readonly posterior: Posterior;
  readonly weather: MonthlyWeather;
  readonly prepared: Prepared;
};

/** Buildings kept ready; a stock is gone through one building at a time, and each takes a few megabytes. */
const MOST_KEPT = 4;
const kept: Kept[] = [];

/**
 * Computed once for a calibrated twin under a weather and shared by all its scenarios; the effect of a measure is worked out
 * when it is first asked for. Not to be written to.
 */
export const prepare = (twin: Twin, posterior: Posterior, weather: MonthlyWeather): Prepared => {
  const found = kept.find(
    (one) => one.posterior === posterior && one.twin === twin && one.weather === weather,
  );
  if (found !== undefined) return found.prepared;
  const baseline = compute(twin, posterior, weather);
  const building = { twin, posterior, weather, scale: baseline.scale };
  const effects = new WeakMap<Measure, MeasureEffect>();
  const prepared: Prepared = {
    baseline,
    effectOf: (measure) => {
      const known = effects.get(measure);
      if (known !== undefined) return known;
      const effect = measureEffect(building, measure);
      effects.set(measure, effect);
      return effect;
    },
  };
  kept.unshift({ twin, posterior, weather, prepared });
  kept.length = Math.min(kept.length, MOST_KEPT);
  return prepared;
};
