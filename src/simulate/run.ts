import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { type LossGroup, lossGroups } from '#core/twin.ts';
import { hasMixedBase } from './mixed-base.ts';
import { zeros } from './draws.ts';
import type { MeasureEffect } from './measure-effect.ts';
import { chosenOf, type Model } from './model.ts';
import { balanceSetPoints } from './warming.ts';

/**
 * Final energy after a coalition of the measures, kWh a year, before any realisation rate. Arrays that no measure changes are
 * the draws' own: not to be written to.
 */
export type After = {
  readonly heatingKwh: Float64Array;
  readonly baseKwh: Float64Array;
  /** The base load before any change of generator, kWh a year: what the plant has to serve all year round. */
  readonly servedBaseKwh: Float64Array;
  readonly auxiliaryKwh: Float64Array;
  /** Electricity of other meters no longer bought: light, appliances, own sun. */
  readonly electricitySavedKwh: Float64Array;
  readonly setPointC: Float64Array;
  readonly gainsW: Float64Array;
  readonly solarApertureM2: Float64Array;
  readonly h: Readonly<Record<LossGroup, Float64Array>>;
  readonly totalH: Float64Array;
};

/** The first draws of an array, without a copy. */
const first = (values: Float64Array, count: number): Float64Array =>
  values.length === count ? values : values.subarray(0, count);

/** What remains of a group's loss in each draw once the coalition's measures are on it. */
const groupAfter = (
  { input }: Model,
  group: LossGroup,
  chosen: readonly MeasureEffect[],
  count: number,
): Float64Array => {
  const before = input.posterior.h[group];
  const treated = chosen.flatMap((effect) => effect.treated.filter((one) => one.group === group));
  const factors = chosen.flatMap((effect) => effect.factors.filter((one) => one.group === group));
  if (treated.length === 0 && factors.length === 0) return first(before, count);
  const h = before.slice(0, count);
  if (treated.length > 0) {
    const untouched = treated.reduce((left, { share }) => left - share, 1);
    const [{ kept }, ...others] = treated;
    for (let i = 0; i < count; i += 1) {
      let remains = untouched + kept[i];
      for (const other of others) remains += other.kept[i];
      h[i] *= remains;
    }
  }
  for (const { factor } of factors) for (let i = 0; i < count; i += 1) h[i] *= factor[i];
  return h;
};

/** The draws times the parts; the draws themselves where there is no part. */
const product = (
  start: Float64Array,
  parts: readonly (Float64Array | number)[],
  count: number,
): Float64Array => {
  if (parts.length === 0) return first(start, count);
  const result = start.slice(0, count);
  for (const factor of parts)
    if (typeof factor === 'number') for (let i = 0; i < count; i += 1) result[i] *= factor;
    else for (let i = 0; i < count; i += 1) result[i] *= factor[i];
  return result;
};

/** The same for a sum. */
const sum = (start: Float64Array, parts: readonly Float64Array[], count: number): Float64Array => {
  if (parts.length === 0) return first(start, count);
  const result = start.slice(0, count);
  for (const term of parts) for (let i = 0; i < count; i += 1) result[i] += term[i];
  return result;
};

const lossesAfter = (
  model: Model,
  chosen: readonly MeasureEffect[],
  count: number,
): Pick<After, 'h' | 'totalH'> => {
  const { posterior } = model.input;
  const h = {} as Record<LossGroup, Float64Array>;
  for (const group of lossGroups) h[group] = groupAfter(model, group, chosen, count);
  if (lossGroups.every((group) => h[group].buffer === posterior.h[group].buffer))
    return { h, totalH: first(posterior.totalH, count) };
  const { walls, roof, floor, windows, doors, bridges, air } = h;
  const totalH = new Float64Array(count);
  for (let i = 0; i < count; i += 1)
    totalH[i] = walls[i] + roof[i] + floor[i] + windows[i] + doors[i] + bridges[i] + air[i];
  return { h, totalH };
};

/** Loss of the heated part, W/K, and set point, °C, once people have taken back what comfort they do. */
const heatedAfter = (
  { input: { posterior, comfort } }: Model,
  totalH: Float64Array,
  setPointC: Float64Array,
): { readonly lossWK: Float64Array; readonly setPointC: Float64Array } => {
  const count = totalH.length;
  const lossWK = new Float64Array(count);
  const { heatedShare } = posterior;
  if (comfort === undefined) {
    for (let i = 0; i < count; i += 1) lossWK[i] = totalH[i] * heatedShare[i];
    return { lossWK, setPointC };
  }
  const warmer = setPointC.slice();
  for (let i = 0; i < count; i += 1) {
    const share = heatedShare[i];
    const taken = comfort.rebound * Math.max(0, 1 - totalH[i] / posterior.totalH[i]);
    warmer[i] += taken * Math.max(0, comfort.conventionalSetPointC - posterior.setPointC[i]);
    lossWK[i] = totalH[i] * (share + taken * (1 - share));
  }
  return { lossWK, setPointC: warmer };
};

/**
 * Runs the first `count` draws with the measures whose bit is set in `mask` (all interactions computed together): elements, air
 * and bridges change the loss; glass the sun; control the set point; the balance gives what is left of the heat
 * need, the meter what it was a fraction of; the system turns it into final energy.
 */
export const runCoalition = (model: Model, mask: number, count: number = model.size): After => {
  const { posterior, weather, comfort } = model.input;
  const chosen = chosenOf(model, mask);
  const { h, totalH } = lossesAfter(model, chosen, count);
  const wanted = sum(
    posterior.setPointC,
    chosen.flatMap(({ setPointK }) => setPointK),
    count,
  );
  const gainChanges = chosen.flatMap((effect) => effect.gainsW);
  const gainsW = sum(posterior.gainsW, gainChanges, count);
  if (gainChanges.length > 0) for (let i = 0; i < count; i += 1) gainsW[i] = Math.max(0, gainsW[i]);
  const solarApertureM2 = product(
    posterior.solarApertureM2,
    chosen.flatMap(({ apertureFactors }) => apertureFactors),
    count,
  );
  const same =
    comfort === undefined &&
    totalH.buffer === posterior.totalH.buffer &&
    wanted.buffer === posterior.setPointC.buffer &&
    gainsW.buffer === posterior.gainsW.buffer &&
    solarApertureM2.buffer === posterior.solarApertureM2.buffer;
  const { lossWK, setPointC } = heatedAfter(model, totalH, wanted);
  const need = same
    ? first(model.needKwh, count)
    : monthlyNeed(
        {
          lossWK,
          setPointC: balanceSetPoints(setPointC, weather, model.size),
          gainsW,
          solarApertureM2,
          capacityJK: first(posterior.capacityJK, count),
        },
        weather,
      );
  const system = chosen.find((effect) => effect.system !== undefined)?.system;
  const baseFactors = chosen.flatMap((effect) => effect.baseFactors);
  const heatingKwh = new Float64Array(count);
  const servedBaseKwh = product(model.baseKwh, baseFactors, count);
  let baseKwh = servedBaseKwh;
  for (let i = 0; i < count; i += 1) {
    const before = model.needKwh[i];
    heatingKwh[i] = before > 0 ? model.heatingKwh[i] * (need[i] / before) : 0;
  }
  const mixedBase = hasMixedBase(model.input.twin);
  if (system !== undefined) {
    baseKwh = servedBaseKwh.slice();
    for (let i = 0; i < count; i += 1) {
      const gain = posterior.efficiency[i] / system.efficiency[i];
      heatingKwh[i] *= gain;
      if (!mixedBase) baseKwh[i] *= gain / system.hotWaterFactor;
    }
  }
  return {
    heatingKwh,
    baseKwh,
    servedBaseKwh,
    auxiliaryKwh: sum(
      zeros(count),
      chosen.flatMap((effect) => effect.auxiliaryKwh),
      count,
    ),
    electricitySavedKwh: sum(
      zeros(count),
      chosen.flatMap((effect) => effect.electricityKwh),
      count,
    ),
    setPointC,
    gainsW,
    solarApertureM2,
    h,
    totalH,
  };
};
