import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costicDegreeDays, dailyExtremes, heatingDegreeDays } from '#core/weather/degree-days.ts';
import { planeYear, type SkyModel } from '#core/weather/plane-irradiance.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';
import { readEpw } from '#formats/epw/index.ts';
import { corpusPath } from './corpus.ts';

const open = (...path: string[]): TypicalYear => {
  const file = corpusPath('weather', ...path);
  const read = readEpw(file, readFileSync(file));
  if (!read.ok) throw new Error(read.error.message.en);
  return read.value.year;
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('EPW typical years', () => {
  // Values of DATA.md section 8, computed independently from the same files.
  it.each([
    ['FRA_AC_Bordeaux.Merignac.AP.075100_TMYx.2009-2023.epw.gz', 14.4, 1731, 1816, 1402],
    ['FR-Paris-Orly-Airp-71490TM2.epw.gz', 9.87, 3050, 3172, 1043],
    ['FRA_AR_Lyon-Bron.AP.074800_TMYx.2004-2018.epw.gz', 13.02, 2243, 2368, 1321],
    ['FRA_Lyon.074810_IWEC.epw.gz', 11.87, 2539, 2577, 1203],
  ])('%s', (name, meanC, hdd18, dju18, ghi) => {
    const year = open('epw', name);
    const days = dailyExtremes(year.outdoorC);
    expect(sum(year.outdoorC) / 8760).toBeCloseTo(meanC, 2);
    expect(heatingDegreeDays(days.meanC)).toBeCloseTo(hdd18, -0.5);
    expect(costicDegreeDays(days.minC, days.maxC)).toBeCloseTo(dju18, -0.5);
    expect(sum(year.ghiWm2) / 1000).toBeCloseTo(ghi, -0.5);
  });
});

describe('solar irradiance on the five planes of ASHRAE 140-2020 case 600', () => {
  const year = open('bestest', '725650TYCST.epw.gz');
  const total = (tiltDeg: number, azimuthDeg: number, model: SkyModel): number => {
    const plane = planeYear(year, { tiltDeg, azimuthDeg }, model);
    return (sum(plane.directWm2) + sum(plane.diffuseWm2) + sum(plane.groundWm2)) / 1000;
  };

  // Lowest and highest of six programs, kWh/(m2 a).
  it.each([
    ['horizontal', 0, 0, 1662.5, 1670],
    ['north', 90, 0, 399, 477.3],
    ['east', 90, 90, 1016.7, 1067.9],
    ['south', 90, 180, 1290.6, 1387],
    ['west', 90, 270, 903.1, 997],
  ])('%s', (_, tiltDeg, azimuthDeg, low, high) => {
    const perez = total(tiltDeg, azimuthDeg, 'perez');
    expect(perez).toBeGreaterThanOrEqual(low);
    expect(perez).toBeLessThanOrEqual(high);
  });
});
