import type { Posterior } from '#core/calibration/index.ts';
import { adaptiveLimitC, runningMeanC } from '#core/physics/hourly/comfort.ts';
import { clearGlazing } from '#core/physics/hourly/glazing.ts';
import { type HourlyNetwork, massAreaOverFloor, networkOf } from '#core/physics/hourly/network.ts';
import { equivalentOutdoorC, windowYear } from '#core/physics/hourly/outdoors.ts';
import type { HourlyDrive } from '#core/physics/hourly/simulate-year.ts';
import type { Twin, TwinElement } from '#core/twin.ts';
import type { Plane } from '#core/weather/plane-irradiance.ts';
import { type PlaneYear, planeYear } from '#core/weather/plane-irradiance.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';

export type HourlyOptions = {
  /** Draws simulated, spread evenly over the posterior's; 100 when left out. */
  readonly draws?: number;
  /** Lowering of the set point between two hours of the day, K; none when left out. */
  readonly setBack?: { readonly byK: number; readonly fromHour: number; readonly toHour: number };
  /**
   * How many times the air change grows when people open windows: outdoors between 16 and 26 °C,
   * out of the heating season. 1 keeps them shut.
   * Judgement: 3 when left out.
   */
  readonly airing?: number;
  /** What solar protection leaves of the sun in warm weather over what it leaves in winter, one a draw; 1 when left out. */
  readonly summerSun?: Float64Array;
};

/** Outdoors colder than this, it is the heating season. */
const SEASON_C = 14;

const PAINT = { absorptance: 0.6, emissivity: 0.9 };
const DEFAULT_AIRING = 3;
/** Planes whose azimuth and tilt differ by less than half of this share an irradiance, degrees. */
const TURN_DEG = 15;

const round = (degrees: number): number => (Math.round(degrees / TURN_DEG) * TURN_DEG) % 360;

/** What a year gives each plane, kept as long as the year: the options of a comparison face the same ways. */
const keptBy = <T>(
  make: (year: TypicalYear, plane: Plane) => T,
): ((year: TypicalYear, plane: Plane) => T) => {
  const known = new WeakMap<TypicalYear, Map<string, T>>();
  return (year, plane) => {
    const ofYear = known.get(year) ?? new Map<string, T>();
    known.set(year, ofYear);
    const key = `${plane.azimuthDeg}/${plane.tiltDeg}`;
    const found = ofYear.get(key) ?? make(year, plane);
    ofYear.set(key, found);
    return found;
  };
};

/** One irradiance for all elements that face alike. */
const planeOfYear = keptBy<PlaneYear>((year, plane) => planeYear(year, plane));
const planesOf =
  (year: TypicalYear): ((element: TwinElement) => PlaneYear) =>
  ({ azimuthDeg, tiltDeg }) =>
    planeOfYear(year, { azimuthDeg: round(azimuthDeg), tiltDeg: Math.min(180, round(tiltDeg)) });

const glass = clearGlazing(2);
const curve = {
  at: (cosine: number) => glass.at(cosine).solarFactor / glass.normal.solarFactor,
  diffuse: glass.diffuse.solarFactor / glass.normal.solarFactor,
};
const throughGlass = keptBy<Float64Array>((year, plane) => windowYear(year, plane, curve));

/** Sun through all windows over that through one square metre of south aperture in the heating season: shape of the year, W/m2. */
const sunShape = (twin: Twin, year: TypicalYear): Float64Array => {
  const south = throughGlass(year, { tiltDeg: 90, azimuthDeg: 180 });
  const windows = twin.elements.filter(
    ({ exposure, solarFactor, areaNetM2 }) => exposure === 'exterior' && solarFactor * areaNetM2 > 0,
  );
  if (windows.length === 0) return south;
  const shape = new Float64Array(south.length);
  const byPlane = new Map<string, number>();
  for (const { azimuthDeg, tiltDeg, areaNetM2, solarFactor } of windows) {
    const key = `${round(azimuthDeg)}/${Math.min(180, round(tiltDeg))}`;
    byPlane.set(key, (byPlane.get(key) ?? 0) + areaNetM2 * solarFactor);
  }
  for (const [key, weight] of byPlane) {
    const [azimuthDeg, tiltDeg] = key.split('/').map(Number) as [number, number];
    const sun = throughGlass(year, { azimuthDeg, tiltDeg });
    for (let hour = 0; hour < shape.length; hour++) shape[hour] += weight * sun[hour];
  }
  // A south aperture stands for the windows over the cold months; their sun is scaled to that.
  let [own, reference] = [0, 0];
  for (let hour = 0; hour < shape.length; hour++) {
    if (year.outdoorC[hour] >= SEASON_C) continue;
    own += shape[hour];
    reference += south[hour];
  }
  return own > 0 ? shape.map((watts) => (watts * reference) / own) : south;
};

/** A twin made ready to be run hour by hour under a year. */
type HourlyRun = {
  readonly network: (draw: number) => HourlyNetwork;
  /**
   * Heated to its set point, never cooled; from one hour to before another where they are given. The arrays are those of the next
   * draw once it is asked for.
   */
  readonly drive: (draw: number, from?: number, to?: number) => HourlyDrive;
  /** Upper limit of comfort, °C hour by hour. */
  readonly limitC: Float64Array;
  /** The rows of the posterior to run, spread evenly. */
  readonly draws: readonly number[];
  readonly basis: string;
};

const DEFAULT_DRAWS = 100;

/**
 * What drives the calibrated twin through a year. The whole heat loss is taken towards outdoor air (b in it); opaque
 * faces take sun and sky; half of the gains are even over the day.
 */
export const hourlyRun = (
  twin: Twin,
  posterior: Posterior,
  year: TypicalYear,
  options: HourlyOptions = {},
): HourlyRun => {
  const hours = year.outdoorC.length;
  const planeOf = planesOf(year);
  const opaque = twin.elements.filter(
    ({ group, exposure }) => group !== 'windows' && group !== 'doors' && exposure === 'exterior',
  );
  const facing = equivalentOutdoorC(
    year,
    opaque.map((element) => ({
      heatWK: element.areaNetM2 * element.u.value,
      tiltDeg: element.tiltDeg,
      sun: planeOf(element),
      ...PAINT,
    })),
  );
  // What goes to the ground, to unheated rooms and through bridges has no sun on it.
  const exterior = opaque.reduce((sum, { areaNetM2, u }) => sum + areaNetM2 * u.value, 0);
  const whole = twin.losses
    .filter(({ group }) => group !== 'windows' && group !== 'doors' && group !== 'air')
    .reduce((sum, { h }) => sum + h.value, 0);
  const sunny = whole > 0 ? Math.min(1, exterior / whole) : 0;
  const opaqueC = year.outdoorC.map((outdoor, hour) => outdoor + sunny * (facing[hour] - outdoor));
  const shape = sunShape(twin, year);
  const limitC = adaptiveLimitC(year.outdoorC);
  const airing = options.airing ?? DEFAULT_AIRING;
  const season = runningMeanC(year.outdoorC);
  const open = year.outdoorC.map((outdoor, hour) =>
    outdoor > 16 && outdoor < 26 && season[hour] >= SEASON_C ? airing : 1,
  );
  const { setBack } = options;
  const lowered = (hour: number): boolean => {
    if (setBack === undefined) return false;
    const { fromHour, toHour } = setBack;
    return fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  };
  const drop = Float64Array.from({ length: hours }, (_, hour) =>
    lowered(hour % 24) ? (setBack?.byK ?? 0) : 0,
  );
  const coolingC = new Float64Array(hours).fill(Infinity);
  const floorAreaM2 = twin.floorAreaM2.value;
  const warm = Float64Array.from(season, (mean) => (mean >= SEASON_C ? 1 : 0));
  const count = Math.min(posterior.draws, options.draws ?? DEFAULT_DRAWS);
  const room = {
    airWK: new Float64Array(hours),
    solarW: new Float64Array(hours),
    internalW: new Float64Array(hours),
    heatingC: new Float64Array(hours),
  };
  return {
    draws: Array.from({ length: count }, (_, row) => Math.floor((row * posterior.draws) / count)),
    limitC,
    network: (i) => {
      const { h } = posterior;
      const capacityJK = posterior.capacityJK[i];
      return networkOf({
        floorAreaM2,
        opaqueWK: h.walls[i] + h.roof[i] + h.floor[i] + h.bridges[i],
        windowWK: h.windows[i] + h.doors[i],
        capacityJK,
        massAreaM2: massAreaOverFloor(capacityJK / floorAreaM2) * floorAreaM2,
      });
    },
    drive: (i, from = 0, to = hours) => {
      const aperture = posterior.solarApertureM2[i];
      const less = 1 - (options.summerSun?.[i] ?? 1);
      const air = posterior.h.air[i];
      const setPointC = posterior.setPointC[i];
      room.internalW.fill(posterior.gainsW[i], from, to);
      for (let hour = from; hour < to; hour++) {
        room.airWK[hour] = open[hour] * air;
        room.solarW[hour] = shape[hour] * aperture * (1 - less * warm[hour]);
        room.heatingC[hour] = setPointC - drop[hour];
      }
      return {
        supplyC: year.outdoorC.subarray(from, to),
        opaqueC: opaqueC.subarray(from, to),
        windowC: year.outdoorC.subarray(from, to),
        airWK: room.airWK.subarray(from, to),
        solarW: room.solarW.subarray(from, to),
        internalW: room.internalW.subarray(from, to),
        heatingC: room.heatingC.subarray(from, to),
        coolingC: coolingC.subarray(from, to),
      };
    },
    basis: `ISO 13790:2008 annex C (5R1C) on ${count} draws of the calibrated twin under ${year.name}; windows opened ${airing} times the air change between 16 and 26 °C outdoors, out of season`,
  };
};
