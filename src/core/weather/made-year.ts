import type { MonthlyWeather } from '../physics/monthly-weather.ts';
import { seededRandom, fillNormals } from '../random.ts';
import { cosIncidence, extraterrestrialWm2 } from './solar-position.ts';
import { defaultAlbedo, sunsOfHour } from './plane-irradiance.ts';
import { hoursOfYear, type TypicalYear } from './typical-year.ts';

export type YearPlace = Pick<TypicalYear, 'latitudeDeg' | 'longitudeDeg' | 'altitudeM' | 'utcOffsetH'>;

/** A run of hot, clear days laid over the year: lowest and highest temperature of each. Days count from 1. */
export type HotSpell = {
  readonly lowestC: number;
  readonly highestC: number;
  readonly firstDayOfYear: number;
  readonly days: number;
};

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const SEED = 20_261_127;
/** Correlation of a day's departure from its month with that of the day before; judgement. */
const MEMORY = 0.7;
/** Half of a day's range of temperature in January and in July, K; judgement for western lowlands. */
const HALF_RANGE_K = { winter: 3, summer: 5.5 };
const WARMEST_HOUR = 15;
/** Clearness, ground over extraterrestrial sun, of a clear day and the most a month may have. */
const CLEAR = 0.7;
const MOST_CLEAR = 0.8;

/** Diffuse over global irradiation by clearness (Erbs, Klein & Duffie, Solar Energy 28, 1982, eq. 1). */
const diffuseShare = (clearness: number): number => {
  if (clearness <= 0.22) return 1 - 0.09 * clearness;
  if (clearness > 0.8) return 0.165;
  const [k2, k3, k4] = [clearness ** 2, clearness ** 3, clearness ** 4];
  return 0.9511 - 0.1604 * clearness + 4.388 * k2 - 16.638 * k3 + 12.336 * k4;
};

/** Daily departures of a month with no mean and the spread asked for. */
const departures = (noise: Float64Array, sdK: number): Float64Array => {
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const spread = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
  return noise.map((value) => (spread > 0 ? ((value - mean) / spread) * sdK : 0));
};

/** Extraterrestrial sun of an hour on level ground and as a beam on a south wall, W/m2. */
const outerSun = (place: YearPlace, hour: number): { readonly level: number; readonly south: number } => {
  const dayOfYear = Math.floor(hour / 24) + 1;
  const suns = sunsOfHour(dayOfYear, hour % 24, place.latitudeDeg, place.longitudeDeg, place.utcOffsetH);
  const outer = extraterrestrialWm2(dayOfYear);
  let [level, south] = [0, 0];
  for (const sun of suns) {
    level += (outer * Math.max(0, sun.cosZenith)) / suns.length;
    south += (outer * Math.max(0, cosIncidence(sun, 90, 180))) / suns.length;
  }
  return { level, south };
};

/** The clearness that gives a month its irradiation on a south wall (isotropic sky), by bisection: it grows with it. */
const clearnessOf = (levelWh: number, southWh: number, targetWh: number): number => {
  const onSouth = (clearness: number): number => {
    const diffuse = diffuseShare(clearness);
    return clearness * ((1 - diffuse) * southWh + ((diffuse + defaultAlbedo) / 2) * levelWh);
  };
  let [low, high] = [0, MOST_CLEAR];
  for (let turn = 0; turn < 40; turn += 1) {
    const middle = (low + high) / 2;
    if (onSouth(middle) < targetWh) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/**
 * A year hour by hour that has a month's mean, spread of days and sun on a south wall: days drawn once for all by a
 * first-order chain, a cosine over the day, one clearness a month split by Erbs. Every year made of the same months has
 * the same days, so that two weathers compare fairly. It stands in where no hourly file is given: cloud does
 * not change from day to day, humidity and sky are unknown (NaN). Temperatures °C, irradiances W/m2.
 */
export const madeYear = (weather: MonthlyWeather, place: YearPlace, spell?: HotSpell): TypicalYear => {
  const outdoorC = new Float64Array(hoursOfYear);
  const ghiWm2 = new Float64Array(hoursOfYear);
  const dniWm2 = new Float64Array(hoursOfYear);
  const dhiWm2 = new Float64Array(hoursOfYear);
  const noise = fillNormals(seededRandom(SEED), new Float64Array(365));
  for (let day = 1; day < 365; day += 1)
    noise[day] = MEMORY * noise[day - 1] + Math.sqrt(1 - MEMORY ** 2) * noise[day];
  let first = 0;
  for (const [month, days] of MONTH_DAYS.entries()) {
    const { meanC, dailySdK, southKwhM2, days: tableDays } = weather.months[month];
    const off = departures(noise.slice(first, first + days), dailySdK);
    const suns = Array.from({ length: days * 24 }, (_, at) => outerSun(place, first * 24 + at));
    const sumOf = (of: (sun: { level: number; south: number }) => number): number =>
      suns.reduce((sum, sun) => sum + of(sun), 0);
    const clearness = clearnessOf(
      sumOf(({ level }) => level),
      sumOf(({ south }) => south),
      (1000 * southKwhM2 * days) / tableDays,
    );
    const summer = (1 - Math.cos((2 * Math.PI * (month + 0.5)) / 12)) / 2;
    for (let day = 0; day < days; day += 1) {
      const dayOfYear = first + day + 1;
      const hot =
        spell !== undefined &&
        dayOfYear >= spell.firstDayOfYear &&
        dayOfYear < spell.firstDayOfYear + spell.days
          ? spell
          : undefined;
      const mean = hot === undefined ? meanC + off[day] : (hot.lowestC + hot.highestC) / 2;
      const half =
        hot === undefined
          ? HALF_RANGE_K.winter + summer * (HALF_RANGE_K.summer - HALF_RANGE_K.winter)
          : (hot.highestC - hot.lowestC) / 2;
      const clear = hot === undefined ? clearness : CLEAR;
      const diffuse = diffuseShare(clear);
      for (let hour = 0; hour < 24; hour += 1) {
        const slot = (first + day) * 24 + hour;
        outdoorC[slot] = mean + half * Math.cos((2 * Math.PI * (hour + 0.5 - WARMEST_HOUR)) / 24);
        const { level } = suns[day * 24 + hour];
        ghiWm2[slot] = clear * level;
        dhiWm2[slot] = diffuse * clear * level;
        dniWm2[slot] = level > 0 ? (1 - diffuse) * clear * extraterrestrialWm2(dayOfYear) : 0;
      }
    }
    first += days;
  }
  const unknown = new Float64Array(hoursOfYear).fill(Number.NaN);
  return {
    name: weather.name,
    ...place,
    outdoorC,
    ghiWm2,
    dniWm2,
    dhiWm2,
    dewPointC: unknown,
    relativeHumidityPct: unknown,
    pressurePa: unknown,
    infraredWm2: unknown,
    windMs: unknown,
    windDirectionDeg: unknown,
  };
};
