import normals from '../../models/weather/bordeaux-merignac.json' with { type: 'json' };
import { seeded } from './random.ts';

/** Hours from 2022-01-01 00:00 UTC. Temperature °C, global horizontal irradiance W/m2. */
export type HourlyWeather = {
  readonly startMs: number;
  readonly outdoorC: Float64Array;
  readonly ghiWm2: Float64Array;
};

const LATITUDE = (44.83 * Math.PI) / 180;
const SOLAR_CONSTANT = 1361;
const DAY_MS = 86_400_000;

/** Monthly means joined smoothly: each is taken to be the mean of the middle of its month. */
const meanOfDay = (dayOfYear: number): number => {
  const position = (dayOfYear / 365.25) * 12 - 0.5;
  const index = Math.floor(position);
  const share = position - index;
  const at = (month: number): number => normals.months[((month % 12) + 12) % 12]?.meanC ?? 0;
  const smooth = (1 - Math.cos(Math.PI * share)) / 2;
  return at(index) * (1 - smooth) + at(index + 1) * smooth;
};

const spreadOfDay = (dayOfYear: number): number =>
  normals.months[Math.min(11, Math.floor((dayOfYear / 365.25) * 12))]?.dailySdK ?? 2.7;

/** Sine of the sun's height (Cooper's declination, solar time taken as UTC, good enough for a made-up year). */
const sineOfHeight = (dayOfYear: number, hour: number): number => {
  const declination = ((23.45 * Math.PI) / 180) * Math.sin((2 * Math.PI * (284 + dayOfYear)) / 365);
  const angle = ((hour + 0.5 - 12) * Math.PI) / 12;
  return (
    Math.sin(LATITUDE) * Math.sin(declination) + Math.cos(LATITUDE) * Math.cos(declination) * Math.cos(angle)
  );
};

/**
 * Weather that never was: monthly means of Bordeaux-Mérignac, daily anomalies that follow each other (lag-1
 * correlation 0.72), years warmer or colder than the mean, clear days with a wider swing.
 */
export const generateWeather = (firstYear: number, years: number, seed: number): HourlyWeather => {
  const startMs = Date.UTC(firstYear, 0, 1);
  const days = Math.round((Date.UTC(firstYear + years, 0, 1) - startMs) / DAY_MS);
  const outdoorC = new Float64Array(days * 24);
  const ghiWm2 = new Float64Array(days * 24);
  const { normal, uniform } = seeded(seed);
  const persistence = 0.72;
  let anomaly = 0;
  let clearness = 0.5;
  let winter = normal() * 0.6;
  for (let day = 0; day < days; day++) {
    const date = new Date(startMs + day * DAY_MS);
    const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS;
    if (date.getUTCMonth() === 6 && date.getUTCDate() === 1) winter = normal() * 0.6;
    anomaly = persistence * anomaly + Math.sqrt(1 - persistence ** 2) * normal();
    clearness = Math.min(
      0.78,
      Math.max(0.12, 0.5 * clearness + 0.25 + 0.2 * (uniform() - 0.5) + 0.06 * normal()),
    );
    const summer = Math.cos((2 * Math.PI * (dayOfYear - 196)) / 365);
    const mean = meanOfDay(dayOfYear) + winter + spreadOfDay(dayOfYear) * anomaly;
    const swing = (3 + 2 * summer) * (0.5 + clearness);
    for (let hour = 0; hour < 24; hour++) {
      outdoorC[day * 24 + hour] = mean + swing * Math.cos(((hour - 15) * Math.PI) / 12);
      ghiWm2[day * 24 + hour] = Math.max(0, sineOfHeight(dayOfYear, hour)) * SOLAR_CONSTANT * clearness;
    }
  }
  return { startMs, outdoorC, ghiWm2 };
};
