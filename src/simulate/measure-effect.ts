import { seasonMeanC, type MonthlyWeather } from '#core/physics/monthly-weather.ts';
import type { Posterior } from '#core/calibration/index.ts';
import { type EnergyCarrier, type LossGroup, lossGroups, type Twin } from '#core/twin.ts';
import { isElementEffect, treatedElements } from './applicability.ts';
import { logNormalDraws, normalDraws } from './draws.ts';
import type { Effect, Measure } from './schema.ts';

/** What a measure leaves of one loss group in each draw: `1 − share` is out of its reach, `kept` is left of the rest. */
type Treated = { readonly group: LossGroup; readonly share: number; readonly kept: Float64Array };

/** A factor on a whole loss group, one a draw. */
type GroupFactor = { readonly group: LossGroup; readonly factor: Float64Array };

type SystemChange = {
  /** Heat over all the final energy, that of a second generator included. */
  readonly efficiency: Float64Array;
  readonly hotWaterFactor: number;
  readonly carrier: EnergyCarrier;
  /** Share of the final energy bought as a second carrier. */
  readonly backup?: { readonly carrier: EnergyCarrier; readonly finalShare: Float64Array };
};

/** What one measure does to the draws of a calibrated twin, whatever else is done. Not to be written to. */
export type MeasureEffect = {
  readonly treated: readonly Treated[];
  readonly factors: readonly GroupFactor[];
  readonly apertureFactors: readonly (number | Float64Array)[];
  readonly system: SystemChange | undefined;
  readonly setPointK: readonly Float64Array[];
  readonly baseFactors: readonly Float64Array[];
  readonly auxiliaryKwh: readonly Float64Array[];
  /** Electricity of other meters that the measure saves, kWh a year. */
  readonly electricityKwh: readonly Float64Array[];
  readonly gainsW: readonly Float64Array[];
};

/** The building the effect is on: its twin, the draws of it, how far each draw's groups are from the twin's own figures. */
export type Building = {
  readonly twin: Twin;
  readonly posterior: Posterior;
  readonly weather: MonthlyWeather;
  readonly scale: Readonly<Record<LossGroup, Float64Array>>;
};

export const HOURS_A_YEAR = 8766;

/** Peak power of the panels a twin's roof can carry, kWp. */
export const panelsOf = (twin: Twin, effect: Extract<Effect, { kind: 'photovoltaic' }>): number =>
  twin.elements
    .filter(({ group, exposure }) => group === 'roof' && exposure === 'exterior')
    .reduce((sum, { areaNetM2 }) => sum + areaNetM2, 0) *
  effect.roofShare *
  effect.kwpPerM2;

/** Elements whose U-values are this close count as one, in logarithm. */
const TOLERANCE = Math.log(1.02);

/** The measure's work on the elements of a group; undefined where it has none. */
const treatedOf = (
  { twin, posterior, scale }: Building,
  measure: Measure,
  group: LossGroup,
): Treated | undefined => {
  const elements = twin.elements.filter(
    (element) => element.group === group && element.areaNetM2 > 0 && element.b > 0 && element.u.value > 0,
  );
  const total = elements.reduce((sum, { areaNetM2, b, u }) => sum + areaNetM2 * b * u.value, 0);
  const kept = new Float64Array(posterior.draws);
  const done = new Set<string>();
  let share = 0;
  for (const [at, effect] of measure.effects.entries()) {
    if (!isElementEffect(effect) || effect.group !== group) continue;
    const ids = new Set(treatedElements(twin, measure, effect).map(({ id }) => id));
    const classes = new Map<number, { ua: number; area: number }>();
    for (const { id, areaNetM2, b, u } of elements) {
      if (!ids.has(id) || done.has(id)) continue;
      done.add(id);
      const key = Math.round(Math.log(u.value) / TOLERANCE);
      const found = classes.get(key) ?? { ua: 0, area: 0 };
      found.ua += areaNetM2 * b * u.value;
      found.area += areaNetM2 * b;
      classes.set(key, found);
    }
    const range = effect.kind === 'insulate' ? effect.resistanceM2KW : effect.uWm2K;
    const draws = logNormalDraws(`${measure.id}/${at}`, range, posterior.draws);
    for (const { ua, area } of classes.values()) {
      const weight = ua / total;
      share += weight;
      for (let i = 0; i < kept.length; i += 1) {
        const uWm2K = (ua / area) * scale[group][i];
        kept[i] +=
          weight * (effect.kind === 'insulate' ? 1 / (1 + uWm2K * draws[i]) : Math.min(1, draws[i] / uWm2K));
      }
    }
  }
  return done.size === 0 ? undefined : { group, share, kept };
};

/** Share of a group's area the effect treats: its bridges change in that proportion. */
const treatedShare = (
  twin: Twin,
  measure: Measure,
  effect: Extract<Effect, { kind: 'insulate' }>,
): number => {
  const areaOf = (elements: readonly { readonly areaNetM2: number }[]): number =>
    elements.reduce((sum, { areaNetM2 }) => sum + areaNetM2, 0);
  const all = areaOf(twin.elements.filter(({ group, b }) => group === effect.group && b > 0));
  return all > 0 ? areaOf(treatedElements(twin, measure, effect)) / all : 0;
};

/** New over old solar aperture when some windows change their glass. */
const apertureRatio = (
  twin: Twin,
  measure: Measure,
  effect: Extract<Effect, { kind: 'replace' }>,
): number => {
  const sunlit = twin.elements.filter(({ group, solarFactor }) => group === 'windows' && solarFactor > 0);
  const before = sunlit.reduce((sum, { areaNetM2, solarFactor }) => sum + areaNetM2 * solarFactor, 0);
  const ids = new Set(treatedElements(twin, measure, effect).map(({ id }) => id));
  const after = sunlit.reduce(
    (sum, { id, areaNetM2, solarFactor }) =>
      sum + areaNetM2 * (ids.has(id) ? Math.min(solarFactor, effect.solarFactor) : solarFactor),
    0,
  );
  return before > 0 ? after / before : 1;
};

/**
 * Mean lowering of indoor temperature by a set-back, K: free decay with the building's time constant towards the
 * temperature it would keep unheated, capped by the set-back, averaged over day and night (first-order balance).
 */
const setBackDrop = (
  { posterior, weather }: Building,
  effect: Extract<Effect, { kind: 'set-back' }>,
  name: string,
  size: number,
): Float64Array => {
  const outdoor = seasonMeanC(weather);
  const delta = logNormalDraws(`${name}/delta`, effect.deltaK, size);
  const hours = logNormalDraws(`${name}/hours`, effect.hoursPerNight, size);
  return delta.map((deepest, i) => {
    const loss = posterior.totalH[i] * posterior.heatedShare[i];
    const gains = posterior.gainsW[i] + posterior.solarApertureM2[i] * posterior.seasonSolarWm2;
    const free = Math.max(0, posterior.setPointC[i] - outdoor - gains / loss);
    const off = Math.min(24, hours[i]);
    const constant = posterior.capacityJK[i] / 3600 / loss;
    const drop = free * (1 - (constant / off) * -Math.expm1(-off / constant));
    return (Math.min(deepest, drop) * off) / 24;
  });
};

/** One generator, or two that share the heat: final energy for one of heat is (1 − s)/η₁ + s/η₂. */
const generators = (
  effect: Extract<Effect, { kind: 'system' }>,
  name: string,
  size: number,
): Pick<SystemChange, 'efficiency' | 'backup'> => {
  const first = logNormalDraws(name, effect.efficiency, size);
  if (effect.backup === undefined) return { efficiency: first };
  const { carrier, heatShare, efficiency } = effect.backup;
  const second = logNormalDraws(`${name}/backup`, efficiency, size);
  const share = logNormalDraws(`${name}/share`, heatShare, size).map((value) => Math.min(1, value));
  const finals = share.map((part, i) => (1 - part) / first[i] + part / second[i]);
  return {
    efficiency: finals.map((final) => 1 / final),
    backup: { carrier, finalShare: share.map((part, i) => part / second[i] / finals[i]) },
  };
};

/** Works out what a measure does to every draw of a building. */
export const measureEffect = (building: Building, measure: Measure): MeasureEffect => {
  const { twin } = building;
  const size = building.posterior.draws;
  const factors: GroupFactor[] = [];
  const apertureFactors: (number | Float64Array)[] = [];
  let system: SystemChange | undefined;
  const setPointK: Float64Array[] = [];
  const baseFactors: Float64Array[] = [];
  const auxiliaryKwh: Float64Array[] = [];
  const electricityKwh: Float64Array[] = [];
  const gainsW: Float64Array[] = [];
  const area = twin.floorAreaM2.value;
  for (const [at, effect] of measure.effects.entries()) {
    const name = `${measure.id}/${at}`;
    switch (effect.kind) {
      case 'insulate': {
        const share = treatedShare(twin, measure, effect);
        const factor = logNormalDraws(`${name}/bridges`, effect.bridgeFactor, size);
        factors.push({ group: 'bridges', factor: factor.map((value) => 1 + share * (value - 1)) });
        break;
      }
      case 'replace':
        if (effect.group === 'windows') apertureFactors.push(apertureRatio(twin, measure, effect));
        break;
      case 'air':
        factors.push({ group: 'air', factor: logNormalDraws(name, effect.factor, size) });
        break;
      case 'system':
        system ??= {
          carrier: effect.carrier,
          hotWaterFactor: effect.hotWaterFactor,
          ...generators(effect, name, size),
        };
        break;
      case 'set-back':
        setPointK.push(setBackDrop(building, effect, name, size).map((drop) => -drop));
        break;
      case 'set-point':
        setPointK.push(normalDraws(name, effect.deltaC, size));
        break;
      case 'base-load':
        baseFactors.push(logNormalDraws(name, effect.factor, size));
        break;
      case 'auxiliary':
        auxiliaryKwh.push(normalDraws(name, effect.kwhM2Year, size).map((kwh) => kwh * area));
        break;
      case 'electricity': {
        const kwh = logNormalDraws(name, effect.kwhM2Year, size).map((each) => each * area);
        electricityKwh.push(kwh);
        gainsW.push(kwh.map((saved) => (-effect.heatShare * saved * 1000) / HOURS_A_YEAR));
        break;
      }
      case 'bridges':
        factors.push({ group: 'bridges', factor: logNormalDraws(name, effect.factor, size) });
        break;
      case 'shade':
        apertureFactors.push(logNormalDraws(name, effect.winterFactor, size));
        break;
      case 'photovoltaic': {
        const power = panelsOf(twin, effect);
        const sun = logNormalDraws(`${name}/yield`, effect.kwhPerKwp, size);
        const own = logNormalDraws(`${name}/own`, effect.selfConsumedShare, size);
        electricityKwh.push(sun.map((each, i) => power * each * Math.min(1, own[i])));
        break;
      }
      default: {
        const never: never = effect;
        throw new Error(`Unknown effect ${JSON.stringify(never)}`);
      }
    }
  }
  return {
    treated: lossGroups.flatMap((group) => treatedOf(building, measure, group) ?? []),
    factors,
    apertureFactors,
    system,
    setPointK,
    baseFactors,
    auxiliaryKwh,
    electricityKwh,
    gainsW,
  };
};
