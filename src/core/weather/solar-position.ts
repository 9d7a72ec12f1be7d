const DEG = Math.PI / 180;

/** Where the sun stands: angle from the vertical and azimuth clockwise from north, both radians. */
export type SunPosition = {
  readonly zenithRad: number;
  readonly azimuthRad: number;
  readonly cosZenith: number;
};

/** Day angle of Spencer (1971), rad; `dayOfYear` from 1. */
const dayAngle = (dayOfYear: number): number => (2 * Math.PI * (dayOfYear - 1)) / 365;

/** Declination, rad (Spencer 1971). */
export const declination = (dayOfYear: number): number => {
  const b = dayAngle(dayOfYear);
  return (
    0.006918 -
    0.399912 * Math.cos(b) +
    0.070257 * Math.sin(b) -
    0.006758 * Math.cos(2 * b) +
    0.000907 * Math.sin(2 * b) -
    0.002697 * Math.cos(3 * b) +
    0.00148 * Math.sin(3 * b)
  );
};

/** Apparent minus mean solar time, minutes (Duffie and Beckman, simple form). */
const equationOfTimeMin = (dayOfYear: number): number => {
  const b = (2 * Math.PI * (dayOfYear - 81)) / 365;
  return 9.87 * Math.sin(2 * b) - 7.53 * Math.cos(b) - 1.5 * Math.sin(b);
};

/** Irradiance on a plane facing the sun outside the atmosphere, W/m2 (Spencer 1971; 1366.1 W/m2 as in pvlib). */
export const extraterrestrialWm2 = (dayOfYear: number): number => {
  const b = dayAngle(dayOfYear);
  return (
    1366.1 *
    (1.00011 +
      0.034221 * Math.cos(b) +
      0.00128 * Math.sin(b) +
      0.000719 * Math.cos(2 * b) +
      0.000077 * Math.sin(2 * b))
  );
};

/** Hour angle, rad, zero at solar noon, positive after. `utcH` hours of the UTC day; longitude east positive. */
export const hourAngle = (dayOfYear: number, utcH: number, longitudeDeg: number): number =>
  (15 * (utcH - 12) + longitudeDeg + equationOfTimeMin(dayOfYear) / 4) * DEG;

/** Sun position from latitude, declination and hour angle (spherical astronomy; no refraction). */
export const sunPosition = (
  latitudeDeg: number,
  declinationRad: number,
  hourAngleRad: number,
): SunPosition => {
  const latitude = latitudeDeg * DEG;
  const east = -Math.cos(declinationRad) * Math.sin(hourAngleRad);
  const north =
    Math.sin(declinationRad) * Math.cos(latitude) -
    Math.cos(declinationRad) * Math.sin(latitude) * Math.cos(hourAngleRad);
  const up =
    Math.sin(declinationRad) * Math.sin(latitude) +
    Math.cos(declinationRad) * Math.cos(latitude) * Math.cos(hourAngleRad);
  const azimuth = Math.atan2(east, north);
  return {
    zenithRad: Math.acos(Math.min(1, Math.max(-1, up))),
    azimuthRad: azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
    cosZenith: up,
  };
};

/** Cosine of the angle between the sun and the normal of a plane (tilt 0 faces up; azimuth clockwise from north). */
export const cosIncidence = (sun: SunPosition, tiltDeg: number, azimuthDeg: number): number =>
  sun.cosZenith * Math.cos(tiltDeg * DEG) +
  Math.sin(sun.zenithRad) * Math.sin(tiltDeg * DEG) * Math.cos(sun.azimuthRad - azimuthDeg * DEG);
