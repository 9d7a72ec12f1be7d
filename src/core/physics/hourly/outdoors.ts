import { cosIncidence, extraterrestrialWm2 } from '../../weather/solar-position.ts';
import {
  defaultAlbedo,
  type Plane,
  planeIrradiance,
  type PlaneYear,
  sunsOfHour,
} from '../../weather/plane-irradiance.ts';
import type { TypicalYear } from '../../weather/typical-year.ts';
import { diffuseShares, litShare, type Shading } from './shading.ts';

/** Share of sun a window lets in: by the cosine of incidence, and of diffuse light. */
export type AngleCurve = { readonly at: (cosIncidence: number) => number; readonly diffuse: number };

const DEG = Math.PI / 180;

/**
 * Sun that comes in through a window, W per m2 of it, for each hour of a typical year: the direct part by its angle
 * and the share of the window in the sun, the diffuse and ground-reflected parts by the curve's hemispherical mean and
 * the share of sky and ground seen past the shading (no light comes back from the devices).
 */
export const windowYear = (
  year: TypicalYear,
  plane: Plane,
  curve: AngleCurve,
  shading?: Shading,
  albedo = defaultAlbedo,
): Float64Array => {
  const hours = year.ghiWm2.length;
  const result = new Float64Array(hours);
  const seen = shading === undefined ? { sky: 1, ground: 1 } : diffuseShares(shading);
  for (let hour = 0; hour < hours; hour++) {
    const dayOfYear = Math.floor(hour / 24) + 1;
    const sky = { dniWm2: year.dniWm2[hour], dhiWm2: year.dhiWm2[hour], ghiWm2: year.ghiWm2[hour] };
    if (sky.ghiWm2 <= 0 && sky.dniWm2 <= 0) continue;
    const suns = sunsOfHour(dayOfYear, hour % 24, year.latitudeDeg, year.longitudeDeg, year.utcOffsetH);
    const extraterrestrial = extraterrestrialWm2(dayOfYear);
    for (const sun of suns) {
      const one = planeIrradiance(sky, sun, plane, extraterrestrial, 'perez', albedo);
      const cosine = cosIncidence(sun, plane.tiltDeg, plane.azimuthDeg);
      let direct = 0;
      if (cosine > 0 && one.directWm2 > 0) {
        const turn = sun.azimuthRad - plane.azimuthDeg * DEG;
        const direction = {
          right: Math.sin(sun.zenithRad) * Math.sin(turn),
          up: sun.cosZenith,
          out: Math.sin(sun.zenithRad) * Math.cos(turn),
        };
        direct =
          one.directWm2 * curve.at(cosine) * (shading === undefined ? 1 : litShare(shading, direction));
      }
      const diffuse = curve.diffuse * (one.diffuseWm2 * seen.sky + one.groundWm2 * seen.ground);
      result[hour] += (direct + diffuse) / suns.length;
    }
  }
  return result;
};

/** An opaque surface in the open: conductance towards it, W/K, how it faces and what it is painted. */
export type OutdoorSurface = {
  readonly heatWK: number;
  readonly tiltDeg: number;
  /** Irradiance on its plane; left out for surfaces without sun. */
  readonly sun?: PlaneYear;
  readonly absorptance: number;
  readonly emissivity: number;
};

/** External surface resistance of ISO 6946, m2 K/W. */
const R_SE = 0.04;
const STEFAN_BOLTZMANN = 5.67e-8;
const KELVIN = 273.15;

/**
 * Outdoor temperature that gives surfaces together the heat flow that air, sun and sky give them, °C hour by hour:
 * θ_e + R_se·(α·I + ε·F_sky·(L↓ − σT_e⁴)), weighted by conductance (the sol-air form of ISO 13790, 11.3.2 and 11.4.6;
 * L↓ from the weather file, nothing lost to the sky where the file has none). The ground is taken at air temperature.
 */
export const equivalentOutdoorC = (year: TypicalYear, surfaces: readonly OutdoorSurface[]): Float64Array => {
  const whole = surfaces.reduce((sum, { heatWK }) => sum + heatWK, 0);
  const skyShare = surfaces.reduce(
    (sum, { heatWK, tiltDeg, emissivity }) =>
      sum + ((heatWK / whole) * emissivity * (1 + Math.cos(tiltDeg * DEG))) / 2,
    0,
  );
  const result = Float64Array.from(year.outdoorC);
  if (!(whole > 0)) return result;
  for (let hour = 0; hour < result.length; hour++) {
    const skyWm2 = year.infraredWm2[hour] - STEFAN_BOLTZMANN * (year.outdoorC[hour] + KELVIN) ** 4;
    if (!Number.isNaN(skyWm2)) result[hour] += R_SE * skyShare * skyWm2;
  }
  for (const { heatWK, sun, absorptance } of surfaces) {
    if (sun === undefined) continue;
    const rise = (R_SE * absorptance * heatWK) / whole;
    for (let hour = 0; hour < result.length; hour++)
      result[hour] += rise * (sun.directWm2[hour] + sun.diffuseWm2[hour] + sun.groundWm2[hour]);
  }
  return result;
};
