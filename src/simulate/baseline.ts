import { logNormalOf, type Posterior } from '#core/calibration/index.ts';
import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { degreeDays, type MonthlyWeather } from '#core/physics/monthly-weather.ts';
import { type LossGroup, lossGroups, type Twin } from '#core/twin.ts';

/** The building before any measure, one value a draw; the same for all its scenarios. */
export type Baseline = {
  /** How far each draw's group is from the twin's own figure. */
  readonly scale: Readonly<Record<LossGroup, Float64Array>>;
  /** Heat need by the monthly balance, kWh a year. */
  readonly needKwh: Float64Array;
  /** Final energy for heating, kWh a year: the meter's where there is one. */
  readonly heatingKwh: Float64Array;
  readonly baseKwh: Float64Array;
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
  return needKwh.map((_, i) => {
    const loss = posterior.totalH[i] * posterior.heatedShare[i];
    const gains = posterior.gainsW[i] + posterior.solarApertureM2[i] * posterior.seasonSolarWm2;
    const slope = (0.024 * loss) / posterior.efficiency[i];
    return slope * degreeDaysTo(posterior.setPointC[i] - gains / loss);
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
      setPointC: posterior.setPointC,
      gainsW: posterior.gainsW,
      solarApertureM2: posterior.solarApertureM2,
      capacityJK: posterior.capacityJK,
    },
    weather,
  );
  const days = weather.months.reduce((sum, month) => sum + month.days, 0);
  return {
    scale,
    needKwh,
    heatingKwh: heatingBefore(posterior, weather, needKwh),
    baseKwh: posterior.baseLoadKwhDay.map((kwh) => kwh * days),
  };
};

type Kept = { readonly twin: Twin; readonly weather: MonthlyWeather; readonly baseline: Baseline };
const kept = new WeakMap<Posterior, Kept>();

/** Computed once for a calibrated twin under a weather, kept as long as its draws are. Not to be written to. */
export const baselineOf = (twin: Twin, posterior: Posterior, weather: MonthlyWeather): Baseline => {
  const found = kept.get(posterior);
  if (found !== undefined && found.twin === twin && found.weather === weather) return found.baseline;
  const baseline = compute(twin, posterior, weather);
  kept.set(posterior, { twin, weather, baseline });
  return baseline;
};
