import type { HourlyNetwork } from './network.ts';

/** Where heat enters: shares on the air, surface and mass nodes; they sum to 1. */
export type HeatSplit = { readonly air: number; readonly surface: number; readonly mass: number };

/** Convectors, air heaters, air conditioning: all to the air, the reading of ISO 13790 annex C. */
export const convective: HeatSplit = { air: 1, surface: 0, mass: 0 };

/** What acts on the building, hour by hour; all arrays of one length, an hour a slot. */
export type HourlyDrive = {
  /** Temperature of the air that comes in, °C. */
  readonly supplyC: Float64Array;
  /** Equivalent outdoor temperature of opaque elements (sun and sky on them included), °C. */
  readonly opaqueC: Float64Array;
  /** The same of windows, °C. */
  readonly windowC: Float64Array;
  /** H_ve: ventilation and air leakage, W/K. */
  readonly airWK: Float64Array;
  /** Sun through windows, W. */
  readonly solarW: Float64Array;
  /** People, lighting, appliances, W. */
  readonly internalW: Float64Array;
  /** Air is heated to this, °C; −Infinity leaves it free. */
  readonly heatingC: Float64Array;
  /** Air is cooled to this, °C; Infinity leaves it free. Not below `heatingC`. */
  readonly coolingC: Float64Array;
};

type HourlyPlant = {
  /** Largest powers, W; Infinity for ideal plant. */
  readonly maxHeatingW: number;
  readonly maxCoolingW: number;
  readonly heatingSplit?: HeatSplit;
  readonly coolingSplit?: HeatSplit;
  /** Share of internal gains that goes to the air; 0.5 in ISO 13790, C.2. */
  readonly convectiveGains?: number;
};

export const idealPlant: HourlyPlant = { maxHeatingW: Infinity, maxCoolingW: Infinity };

/** Means over each hour: powers, W (cooling positive), temperatures, °C; `massC` at its end. */
export type HourlyYear = {
  readonly heatingW: Float64Array;
  readonly coolingW: Float64Array;
  readonly airC: Float64Array;
  /** 0.3·air + 0.7·surface, ISO 13790, C.3. */
  readonly operativeC: Float64Array;
  readonly massC: Float64Array;
};

/** Empty arrays for so many hours, to be filled by `simulateYear` as often as one likes. */
export const roomForHours = (hours: number): HourlyYear => ({
  heatingW: new Float64Array(hours),
  coolingW: new Float64Array(hours),
  airC: new Float64Array(hours),
  operativeC: new Float64Array(hours),
  massC: new Float64Array(hours),
});

const HOUR_S = 3600;

/** Hours at the end of the year run first, so that the building's mass starts as it ends. */
const WARM_UP_H = 28 * 24;

/**
 * A year, or any run of hours, by the simple hourly method of ISO 13790:2008 annex C (equations C.1 to C.11),
 * Crank–Nicolson on the mass. The need of an hour is exact for a linear network: (set point − free air) over the air's
 * rise per watt; the heat given is that or the plant's most. Written with H_tr,1 = H_ve·H_is/(H_ve + H_is) so that
 * still air is no special case. `startC` is the mass before the first hour; left out, the last `WARM_UP_H` hours are
 * run first. `into` may be given to be filled, to spare memory; it has as many hours.
 */
export const simulateYear = (
  network: HourlyNetwork,
  drive: HourlyDrive,
  plant: HourlyPlant = idealPlant,
  startC?: number,
  into: HourlyYear = roomForHours(drive.supplyC.length),
): HourlyYear => {
  const { supplyC, opaqueC, windowC, airWK, solarW, internalW, heatingC, coolingC } = drive;
  const { massOutdoorWK: em, massSurfaceWK: ms, surfaceAirWK: is, windowWK: w } = network;
  const { massShare, surfaceShare } = network;
  const heatingSplit = plant.heatingSplit ?? convective;
  const coolingSplit = plant.coolingSplit ?? convective;
  const convectiveGains = plant.convectiveGains ?? 0.5;
  const { maxHeatingW, maxCoolingW } = plant;
  const hours = supplyC.length;
  const { heatingW, coolingW, airC, operativeC, massC } = into;
  const storeWK = network.capacityJK / HOUR_S;

  // One loop with its own variables: what a function inside shares with the one around it is slow to write.
  const run = (from: number, startsC: number): number => {
    let mass = startsC;
    // What follows from H_ve alone is kept while it does not change.
    let ve = Number.NaN;
    let [toSurface, surfaceWK, throughSurface, before, after, airOwn] = [0, 0, 0, 0, 0, 0];
    let [heatingRise, coolingRise] = [0, 0];
    for (let hour = from; hour < hours; hour++) {
      if (airWK[hour] !== ve) {
        ve = airWK[hour];
        airOwn = 1 / (is + ve);
        toSurface = is * airOwn; // H_tr,1/H_ve
        const h2 = ve * toSurface + w;
        surfaceWK = 1 / (ms + h2);
        throughSurface = ms * surfaceWK; // H_tr,3/H_tr,2
        const half = 0.5 * (h2 * throughSurface + em);
        before = storeWK - half;
        after = 1 / (storeWK + half);
        // Rise of the hour's air per watt on the three nodes.
        const heatSurface = heatingSplit.surface + toSurface * heatingSplit.air;
        const heatMass = 0.5 * after * (heatingSplit.mass + throughSurface * heatSurface);
        heatingRise = airOwn * (is * surfaceWK * (ms * heatMass + heatSurface) + heatingSplit.air);
        const coolSurface = coolingSplit.surface + toSurface * coolingSplit.air;
        const coolMass = 0.5 * after * (coolingSplit.mass + throughSurface * coolSurface);
        coolingRise = airOwn * (is * surfaceWK * (ms * coolMass + coolSurface) + coolingSplit.air);
      }
      const internal = internalW[hour];
      const radiant = (1 - convectiveGains) * internal + solarW[hour];
      const toAir = ve * supplyC[hour] + convectiveGains * internal;
      const onMass = massShare * radiant + em * opaqueC[hour];
      const onSurface = surfaceShare * radiant + w * windowC[hour] + toSurface * toAir;
      const next = (mass * before + onMass + throughSurface * onSurface) * after;
      const surface = (ms * 0.5 * (mass + next) + onSurface) * surfaceWK;
      const air = (is * surface + toAir) * airOwn;

      let power = 0;
      let [split, rise] = [heatingSplit, heatingRise];
      heatingW[hour] = 0;
      coolingW[hour] = 0;
      if (air < heatingC[hour]) {
        power = Math.min(maxHeatingW, (heatingC[hour] - air) / heatingRise);
        heatingW[hour] = power;
      } else if (air > coolingC[hour]) {
        [split, rise] = [coolingSplit, coolingRise];
        power = -Math.min(maxCoolingW, (air - coolingC[hour]) / coolingRise);
        coolingW[hour] = -power;
      }
      const heatOnSurface = split.surface + toSurface * split.air;
      const massRise = after * (split.mass + throughSurface * heatOnSurface);
      const surfaceRise = surfaceWK * (ms * 0.5 * massRise + heatOnSurface);
      const warmAir = air + power * rise;
      airC[hour] = warmAir;
      operativeC[hour] = 0.3 * warmAir + 0.7 * (surface + power * surfaceRise);
      mass = next + power * massRise;
      massC[hour] = mass;
    }
    return mass;
  };
  run(0, startC ?? run(Math.max(0, hours - WARM_UP_H), 20));
  return into;
};
