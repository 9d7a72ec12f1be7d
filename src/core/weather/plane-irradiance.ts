import {
  cosIncidence,
  declination,
  extraterrestrialWm2,
  hourAngle,
  type SunPosition,
  sunPosition,
} from './solar-position.ts';
import type { TypicalYear } from './typical-year.ts';

const DEG = Math.PI / 180;

/** Irradiances of an hour on the ground, W/m2: direct on a plane facing the sun, diffuse and global on the horizontal. */
type SkyHour = { readonly dniWm2: number; readonly dhiWm2: number; readonly ghiWm2: number };

/** A plane: tilt 0 faces up, 90 stands; azimuth clockwise from true north. */
export type Plane = { readonly tiltDeg: number; readonly azimuthDeg: number };

/** Irradiance on a plane by origin, W/m2. */
type PlaneHour = {
  readonly directWm2: number;
  readonly diffuseWm2: number;
  readonly groundWm2: number;
};

export type SkyModel = 'isotropic' | 'perez';

/** Share of global irradiance that ordinary ground sends back (ISO 52010-1, default). */
export const defaultAlbedo = 0.2;

/** Upper bounds of the clearness bins, and F11 F12 F13 F21 F22 F23 of each (Perez et al., Solar Energy 44, 1990, table 6). */
const clearnessEdges = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2, Number.POSITIVE_INFINITY];
const perezTable = [
  [-0.008, 0.588, -0.062, -0.06, 0.072, -0.022],
  [0.13, 0.683, -0.151, -0.019, 0.066, -0.029],
  [0.33, 0.487, -0.221, 0.055, -0.064, -0.026],
  [0.568, 0.187, -0.295, 0.109, -0.152, -0.014],
  [0.873, -0.392, -0.362, 0.226, -0.462, 0.001],
  [1.132, -1.237, -0.412, 0.288, -0.823, 0.056],
  [1.06, -1.6, -0.359, 0.264, -1.127, 0.131],
  [0.678, -0.327, -0.25, 0.156, -1.377, 0.251],
] as const;

/** Relative optical air mass (Kasten and Young 1989). */
const airMass = (zenithRad: number): number => {
  const degrees = Math.min(90, zenithRad / DEG);
  return 1 / (Math.max(0, Math.cos(degrees * DEG)) + 0.50572 * (96.07995 - degrees) ** -1.6364);
};

/** Circumsolar and horizon brightening of Perez 1990, as factors F1 and F2. */
const perezFactors = (sky: SkyHour, sun: SunPosition, extraterrestrial: number): [number, number] => {
  const z = sun.zenithRad;
  const cubed = 1.041 * z ** 3;
  const clearness = ((sky.dhiWm2 + sky.dniWm2) / sky.dhiWm2 + cubed) / (1 + cubed);
  const brightness = (sky.dhiWm2 * airMass(z)) / extraterrestrial;
  const [f11, f12, f13, f21, f22, f23] = perezTable[clearnessEdges.findIndex((edge) => clearness < edge)];
  return [Math.max(0, f11 + f12 * brightness + f13 * z), f21 + f22 * brightness + f23 * z];
};

/**
 * Irradiance on a plane from that on the ground. Isotropic sky (Liu and Jordan) or Perez 1990; ground reflection
 * isotropic. The diffuse part of Perez never falls below zero.
 */
export const planeIrradiance = (
  sky: SkyHour,
  sun: SunPosition,
  plane: Plane,
  extraterrestrial: number,
  model: SkyModel = 'perez',
  albedo = defaultAlbedo,
): PlaneHour => {
  const tilt = plane.tiltDeg * DEG;
  const cosine = Math.max(0, cosIncidence(sun, plane.tiltDeg, plane.azimuthDeg));
  const up = sun.cosZenith > 0;
  const view = (1 + Math.cos(tilt)) / 2;
  let diffuseWm2 = sky.dhiWm2 * view;
  if (model === 'perez' && up && sky.dhiWm2 > 0) {
    const [f1, f2] = perezFactors(sky, sun, extraterrestrial);
    const circumsolar = cosine / Math.max(Math.cos(85 * DEG), sun.cosZenith);
    diffuseWm2 = Math.max(0, sky.dhiWm2 * ((1 - f1) * view + f1 * circumsolar + f2 * Math.sin(tilt)));
  }
  return {
    directWm2: up ? sky.dniWm2 * cosine : 0,
    diffuseWm2,
    groundWm2: (albedo * sky.ghiWm2 * (1 - Math.cos(tilt))) / 2,
  };
};

/** Positions taken in an hour: one in the middle reads the sun 0.2 % too high over a year, for its path is curved. */
const positionsPerHour = 4;

/**
 * Sun positions spread over the part of an hour of standard time when the sun is up; none when it is down
 * throughout. The irradiance of the hour belongs to that part alone.
 */
export const sunsOfHour = (
  dayOfYear: number,
  hour: number,
  latitudeDeg: number,
  longitudeDeg: number,
  utcOffsetH: number,
): SunPosition[] => {
  const delta = declination(dayOfYear);
  const from = hourAngle(dayOfYear, hour - utcOffsetH, longitudeDeg);
  const cosSunset = -Math.tan(latitudeDeg * DEG) * Math.tan(delta);
  const sunset = cosSunset >= 1 ? 0 : cosSunset <= -1 ? Math.PI : Math.acos(cosSunset);
  // Hour angles wrap at midnight; bring the middle of the hour within half a turn of noon.
  const turn = 2 * Math.PI * Math.round((from + 7.5 * DEG) / (2 * Math.PI));
  const low = Math.max(from - turn, -sunset);
  const span = Math.min(from - turn + 15 * DEG, sunset) - low;
  if (span <= 0) return [];
  return Array.from({ length: positionsPerHour }, (_, part) =>
    sunPosition(latitudeDeg, delta, low + ((part + 0.5) / positionsPerHour) * span),
  );
};

/** Stands for the hours without sun: nothing direct, what is diffuse taken as isotropic. */
const night: SunPosition = { zenithRad: Math.PI, azimuthRad: 0, cosZenith: -1 };

/** Direct, diffuse and ground-reflected irradiance on a plane for each hour of a typical year, W/m2. */
export type PlaneYear = {
  readonly directWm2: Float64Array;
  readonly diffuseWm2: Float64Array;
  readonly groundWm2: Float64Array;
  /** Mean cosine of the angle of incidence of the direct part, 0 when the sun is behind the plane or down. */
  readonly cosIncidence: Float64Array;
};

/** Irradiance on a plane for each hour of a typical year. Hours with unknown irradiance are NaN. */
export const planeYear = (
  year: TypicalYear,
  plane: Plane,
  model: SkyModel = 'perez',
  albedo = defaultAlbedo,
): PlaneYear => {
  const hours = year.ghiWm2.length;
  const result = {
    directWm2: new Float64Array(hours),
    diffuseWm2: new Float64Array(hours),
    groundWm2: new Float64Array(hours),
    cosIncidence: new Float64Array(hours),
  };
  for (let hour = 0; hour < hours; hour++) {
    const dayOfYear = Math.floor(hour / 24) + 1;
    const sky = { dniWm2: year.dniWm2[hour], dhiWm2: year.dhiWm2[hour], ghiWm2: year.ghiWm2[hour] };
    const suns = sunsOfHour(dayOfYear, hour % 24, year.latitudeDeg, year.longitudeDeg, year.utcOffsetH);
    const extraterrestrial = extraterrestrialWm2(dayOfYear);
    for (const sun of suns.length === 0 ? [night] : suns) {
      const share = 1 / Math.max(1, suns.length);
      const one = planeIrradiance(sky, sun, plane, extraterrestrial, model, albedo);
      result.directWm2[hour] += one.directWm2 * share;
      result.diffuseWm2[hour] += one.diffuseWm2 * share;
      result.groundWm2[hour] += one.groundWm2 * share;
      if (suns.length > 0)
        result.cosIncidence[hour] += Math.max(0, cosIncidence(sun, plane.tiltDeg, plane.azimuthDeg)) * share;
    }
  }
  return result;
};
