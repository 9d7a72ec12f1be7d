import { seasonMeanC } from '#core/physics/monthly-weather.ts';
import { type EnergyCarrier, type LossGroup, lossGroups, type Twin } from '#core/twin.ts';
import { isElementEffect, treatedElements } from './applicability.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import { logNormalDraws, normalDraws } from './draws.ts';
import type { Effect, Measure } from './schema.ts';
import type { ScenarioInput } from './types.ts';

/** Elements of one group that behave alike: same U within 2 %, same treatment. Weights sum to 1 over the group. */
type ElementClass = {
  readonly weight: number;
  readonly uWm2K: number;
  readonly treatments: readonly Treatment[];
};

type Treatment = {
  readonly measure: number;
  readonly kind: 'insulate' | 'replace';
  readonly draws: Float64Array;
};

/** A factor on a whole loss group while its measure is in the coalition. */
type GroupFactor = { readonly measure: number; readonly group: LossGroup; readonly factor: Float64Array };

type SystemChange = {
  readonly measure: number;
  /** Heat over all the final energy, that of a second generator included. */
  readonly efficiency: Float64Array;
  readonly hotWaterFactor: number;
  readonly carrier: EnergyCarrier;
  /** Share of the final energy bought as a second carrier. */
  readonly backup?: { readonly carrier: EnergyCarrier; readonly finalShare: Float64Array };
};

/** A twin, its draws and a list of measures made ready for any coalition of them. */
export type Model = Baseline & {
  readonly input: ScenarioInput;
  readonly size: number;
  readonly classes: Readonly<Partial<Record<LossGroup, readonly ElementClass[]>>>;
  readonly factors: readonly GroupFactor[];
  readonly apertureFactor: readonly { readonly measure: number; readonly factor: number | Float64Array }[];
  readonly systems: readonly SystemChange[];
  readonly setPoints: readonly { readonly measure: number; readonly deltaK: Float64Array }[];
  readonly baseFactors: readonly { readonly measure: number; readonly factor: Float64Array }[];
  readonly auxiliaryKwh: readonly { readonly measure: number; readonly kwh: Float64Array }[];
  /** Electricity of other meters that the measure saves, kWh a year. */
  readonly electricityKwh: readonly { readonly measure: number; readonly kwh: Float64Array }[];
  readonly gains: readonly { readonly measure: number; readonly deltaW: Float64Array }[];
};

export const HOURS_A_YEAR = 8766;

/** Peak power of the panels a twin's roof can carry, kWp. */
export const panelsOf = (twin: Twin, effect: Extract<Effect, { kind: 'photovoltaic' }>): number =>
  twin.elements
    .filter(({ group, exposure }) => group === 'roof' && exposure === 'exterior')
    .reduce((sum, { areaNetM2 }) => sum + areaNetM2, 0) *
  effect.roofShare *
  effect.kwpPerM2;

const TOLERANCE = Math.log(1.02);

const classesOf = (
  twin: Twin,
  measures: readonly Measure[],
  group: LossGroup,
  size: number,
): ElementClass[] => {
  const elements = twin.elements.filter(
    (element) => element.group === group && element.areaNetM2 > 0 && element.b > 0 && element.u.value > 0,
  );
  const total = elements.reduce((sum, { areaNetM2, b, u }) => sum + areaNetM2 * b * u.value, 0);
  const treatments = measures.flatMap((measure, index) =>
    measure.effects.flatMap((effect, at) => {
      if (!isElementEffect(effect) || effect.group !== group) return [];
      const ids = new Set(treatedElements(twin, measure, effect).map(({ id }) => id));
      const range = effect.kind === 'insulate' ? effect.resistanceM2KW : effect.uWm2K;
      const draws = logNormalDraws(`${measure.id}/${at}`, range, size);
      return [{ ids, treatment: { measure: index, kind: effect.kind, draws } }];
    }),
  );
  const byKey = new Map<string, { weight: number; sum: number; area: number; treatments: Treatment[] }>();
  for (const { id, areaNetM2, b, u } of elements) {
    const own = treatments.filter(({ ids }) => ids.has(id));
    const key = `${own.map(({ treatment }) => treatment.measure).join()}|${Math.round(Math.log(u.value) / TOLERANCE)}`;
    const found = byKey.get(key) ?? {
      weight: 0,
      sum: 0,
      area: 0,
      treatments: own.map(({ treatment }) => treatment),
    };
    const ua = areaNetM2 * b * u.value;
    found.weight += ua / total;
    found.sum += ua;
    found.area += areaNetM2 * b;
    byKey.set(key, found);
  }
  return [...byKey.values()].map(({ weight, sum, area, treatments: own }) => ({
    weight,
    uWm2K: sum / area,
    treatments: own,
  }));
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
  input: ScenarioInput,
  effect: Extract<Effect, { kind: 'set-back' }>,
  name: string,
  size: number,
): Float64Array => {
  const { posterior, weather } = input;
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

export const buildModel = (input: ScenarioInput): Model => {
  const { twin, posterior, measures, weather } = input;
  const size = posterior.draws;
  const factors: GroupFactor[] = [];
  const apertureFactor: { measure: number; factor: number | Float64Array }[] = [];
  const systems: SystemChange[] = [];
  const setPoints: { measure: number; deltaK: Float64Array }[] = [];
  const baseFactors: { measure: number; factor: Float64Array }[] = [];
  const auxiliaryKwh: { measure: number; kwh: Float64Array }[] = [];
  const electricityKwh: { measure: number; kwh: Float64Array }[] = [];
  const gains: { measure: number; deltaW: Float64Array }[] = [];
  for (const [measure, one] of measures.entries())
    for (const [at, effect] of one.effects.entries()) {
      const name = `${one.id}/${at}`;
      switch (effect.kind) {
        case 'insulate': {
          const share = treatedShare(twin, one, effect);
          const factor = logNormalDraws(`${name}/bridges`, effect.bridgeFactor, size);
          factors.push({ measure, group: 'bridges', factor: factor.map((value) => 1 + share * (value - 1)) });
          break;
        }
        case 'replace':
          if (effect.group === 'windows')
            apertureFactor.push({ measure, factor: apertureRatio(twin, one, effect) });
          break;
        case 'air':
          factors.push({ measure, group: 'air', factor: logNormalDraws(name, effect.factor, size) });
          break;
        case 'system':
          systems.push({
            measure,
            carrier: effect.carrier,
            hotWaterFactor: effect.hotWaterFactor,
            ...generators(effect, name, size),
          });
          break;
        case 'set-back':
          setPoints.push({ measure, deltaK: setBackDrop(input, effect, name, size).map((drop) => -drop) });
          break;
        case 'set-point':
          setPoints.push({ measure, deltaK: normalDraws(name, effect.deltaC, size) });
          break;
        case 'base-load':
          baseFactors.push({ measure, factor: logNormalDraws(name, effect.factor, size) });
          break;
        case 'auxiliary': {
          const area = twin.floorAreaM2.value;
          auxiliaryKwh.push({
            measure,
            kwh: normalDraws(name, effect.kwhM2Year, size).map((kwh) => kwh * area),
          });
          break;
        }
        case 'electricity': {
          const area = twin.floorAreaM2.value;
          const kwh = logNormalDraws(name, effect.kwhM2Year, size).map((each) => each * area);
          electricityKwh.push({ measure, kwh });
          gains.push({
            measure,
            deltaW: kwh.map((saved) => (-effect.heatShare * saved * 1000) / HOURS_A_YEAR),
          });
          break;
        }
        case 'bridges':
          factors.push({ measure, group: 'bridges', factor: logNormalDraws(name, effect.factor, size) });
          break;
        case 'shade':
          apertureFactor.push({ measure, factor: logNormalDraws(name, effect.winterFactor, size) });
          break;
        case 'photovoltaic': {
          const power = panelsOf(twin, effect);
          const sun = logNormalDraws(`${name}/yield`, effect.kwhPerKwp, size);
          const own = logNormalDraws(`${name}/own`, effect.selfConsumedShare, size);
          electricityKwh.push({ measure, kwh: sun.map((each, i) => power * each * Math.min(1, own[i])) });
          break;
        }
        default: {
          const never: never = effect;
          throw new Error(`Unknown effect ${JSON.stringify(never)}`);
        }
      }
    }
  const classes: Partial<Record<LossGroup, ElementClass[]>> = {};
  for (const group of lossGroups) {
    const touched = measures.some((measure) =>
      measure.effects.some((effect) => isElementEffect(effect) && effect.group === group),
    );
    if (touched) classes[group] = classesOf(twin, measures, group, size);
  }
  return {
    ...baselineOf(twin, posterior, weather),
    input,
    size,
    classes,
    factors,
    apertureFactor,
    systems,
    setPoints,
    baseFactors,
    auxiliaryKwh,
    electricityKwh,
    gains,
  };
};
