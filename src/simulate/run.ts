import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { type LossGroup, lossGroups } from '#core/twin.ts';
import type { Model } from './model.ts';

/** Final energy after a coalition of the measures, kWh a year, before any realisation rate. */
export type After = {
  readonly heatingKwh: Float64Array;
  readonly baseKwh: Float64Array;
  readonly auxiliaryKwh: Float64Array;
  /** Electricity of other meters no longer bought: light, appliances, own sun. */
  readonly electricitySavedKwh: Float64Array;
  readonly setPointC: Float64Array;
  readonly gainsW: Float64Array;
  readonly solarApertureM2: Float64Array;
  readonly h: Readonly<Record<LossGroup, Float64Array>>;
  readonly totalH: Float64Array;
};

/** What remains of a group's loss in each draw once the coalition's treatments are on its elements. */
const groupAfter = (
  model: Model,
  group: LossGroup,
  inside: (measure: number) => boolean,
  count: number,
): Float64Array => {
  const h = model.input.posterior.h[group].slice(0, count);
  const classes = model.classes[group];
  if (classes !== undefined && classes.length > 0) {
    const scale = model.scale[group];
    const remains = new Float64Array(count);
    for (const { weight, uWm2K, treatments } of classes) {
      const treatment = treatments.find(({ measure }) => inside(measure));
      if (treatment === undefined) for (let i = 0; i < count; i += 1) remains[i] += weight;
      else if (treatment.kind === 'insulate')
        for (let i = 0; i < count; i += 1) remains[i] += weight / (1 + uWm2K * scale[i] * treatment.draws[i]);
      else
        for (let i = 0; i < count; i += 1)
          remains[i] += weight * Math.min(1, treatment.draws[i] / (uWm2K * scale[i]));
    }
    for (let i = 0; i < count; i += 1) h[i] *= remains[i];
  }
  for (const { measure, group: own, factor } of model.factors)
    if (own === group && inside(measure)) for (let i = 0; i < count; i += 1) h[i] *= factor[i];
  return h;
};

const product = (
  start: Float64Array,
  parts: readonly { readonly measure: number; readonly factor: Float64Array | number }[],
  inside: (measure: number) => boolean,
): Float64Array => {
  const result = start;
  for (const { measure, factor } of parts)
    if (inside(measure))
      for (let i = 0; i < result.length; i += 1) result[i] *= typeof factor === 'number' ? factor : factor[i];
  return result;
};

const sum = (
  start: Float64Array,
  parts: readonly { readonly measure: number; readonly term: Float64Array }[],
  inside: (measure: number) => boolean,
): Float64Array => {
  for (const { measure, term } of parts)
    if (inside(measure)) for (let i = 0; i < start.length; i += 1) start[i] += term[i];
  return start;
};

/**
 * Runs the first `count` draws with the measures whose bit is set in `mask` (all interactions computed together): elements, air
 * and bridges change the loss; glass the sun; control the set point; the balance gives what is left of the heat
 * need, the meter what it was a fraction of; the system turns it into final energy.
 */
export const runCoalition = (model: Model, mask: number, count: number = model.size): After => {
  const { posterior, weather, comfort } = model.input;
  const inside = (measure: number): boolean => (mask & (1 << measure)) !== 0;
  const h = {} as Record<LossGroup, Float64Array>;
  const totalH = new Float64Array(count);
  for (const group of lossGroups) {
    h[group] = groupAfter(model, group, inside, count);
    for (let i = 0; i < count; i += 1) totalH[i] += h[group][i];
  }
  const setPointC = sum(
    posterior.setPointC.slice(0, count),
    model.setPoints.map(({ measure, deltaK }) => ({ measure, term: deltaK })),
    inside,
  );
  const lossWK = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    let share = posterior.heatedShare[i];
    if (comfort !== undefined) {
      const taken = comfort.rebound * Math.max(0, 1 - totalH[i] / posterior.totalH[i]);
      share += taken * (1 - share);
      setPointC[i] += taken * Math.max(0, comfort.conventionalSetPointC - posterior.setPointC[i]);
    }
    lossWK[i] = totalH[i] * share;
  }
  const gainsW = sum(
    posterior.gainsW.slice(0, count),
    model.gains.map(({ measure, deltaW }) => ({ measure, term: deltaW })),
    inside,
  );
  for (let i = 0; i < count; i += 1) gainsW[i] = Math.max(0, gainsW[i]);
  const solarApertureM2 = product(posterior.solarApertureM2.slice(0, count), model.apertureFactor, inside);
  const need = monthlyNeed(
    {
      lossWK,
      setPointC,
      gainsW,
      solarApertureM2,
      capacityJK: posterior.capacityJK.subarray(0, count),
    },
    weather,
  );
  const system = model.systems.find(({ measure }) => inside(measure));
  const heatingKwh = new Float64Array(count);
  const baseKwh = product(model.baseKwh.slice(0, count), model.baseFactors, inside);
  for (let i = 0; i < count; i += 1) {
    const before = model.needKwh[i];
    const gain = system === undefined ? 1 : posterior.efficiency[i] / system.efficiency[i];
    heatingKwh[i] = before > 0 ? model.heatingKwh[i] * (need[i] / before) * gain : 0;
    if (system !== undefined) baseKwh[i] *= gain / system.hotWaterFactor;
  }
  const auxiliaryKwh = sum(
    new Float64Array(count),
    model.auxiliaryKwh.map(({ measure, kwh }) => ({ measure, term: kwh })),
    inside,
  );
  const electricitySavedKwh = sum(
    new Float64Array(count),
    model.electricityKwh.map(({ measure, kwh }) => ({ measure, term: kwh })),
    inside,
  );
  return {
    heatingKwh,
    baseKwh,
    auxiliaryKwh,
    electricitySavedKwh,
    setPointC,
    gainsW,
    solarApertureM2,
    h,
    totalH,
  };
};
