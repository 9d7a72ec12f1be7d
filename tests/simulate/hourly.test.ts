import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';
import { simulateHourly } from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const each = (of: (hour: number) => number): Float64Array =>
  Float64Array.from({ length: 8760 }, (_, hour) => of(hour));
const season = (hour: number): number => -Math.cos((2 * Math.PI * hour) / 8760);
const day = (hour: number): number => Math.sin((2 * Math.PI * ((hour % 24) - 9)) / 24);
const year: TypicalYear = {
  name: 'made-up temperate year',
  latitudeDeg: 45,
  longitudeDeg: 0,
  altitudeM: 50,
  utcOffsetH: 0,
  outdoorC: each((hour) => 13 + 9 * season(hour) + 5 * day(hour)),
  ghiWm2: each((hour) => Math.max(0, (500 + 300 * season(hour)) * day(hour + 3))),
  dniWm2: each((hour) => Math.max(0, (400 + 200 * season(hour)) * day(hour + 3))),
  dhiWm2: each((hour) => Math.max(0, 150 * day(hour + 3))),
  infraredWm2: each(() => Number.NaN),
  dewPointC: each(() => 5),
  relativeHumidityPct: each(() => 60),
  pressurePa: each(() => 101_325),
  windMs: each(() => 3),
  windDirectionDeg: each(() => 200),
};

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 200, seed: 1 });
const options = { draws: 20 };

describe('the twin hour by hour', () => {
  const plain = simulateHourly(twin, posterior, year, options);

  it('gives every figure with its interval and its source', () => {
    for (const quantity of Object.values(plain)) {
      expect(quantity.low).toBeLessThanOrEqual(quantity.value);
      expect(quantity.value).toBeLessThanOrEqual(quantity.high);
      expect(quantity.basis).toContain('ISO 13790');
    }
    expect(simulateHourly(twin, posterior, year, options)).toEqual(plain);
  });

  it('needs about the steady heat of its losses less its gains', () => {
    // Loss over the year: H·Σ(set point − outdoor)+, H about 6.7 kW/K; the need lies below, by sun and people.
    const lost = year.outdoorC.reduce((sum, outdoor) => sum + 6.675 * Math.max(0, 20 - outdoor), 0);
    expect(plain.heatNeed.value).toBeLessThan(lost);
    expect(plain.heatNeed.value).toBeGreaterThan(0.3 * lost);
    expect(plain.coldestUnheated.value).toBeGreaterThan(-5);
    expect(plain.coldestUnheated.value).toBeLessThan(12);
  });

  it('needs less with a set-back, and more at the peak', () => {
    const setBack = { byK: 3, fromHour: 22, toHour: 6 };
    const eased = simulateHourly(twin, posterior, year, { ...options, setBack });
    expect(eased.heatNeed.value).toBeLessThan(plain.heatNeed.value);
    expect(eased.peakHeating.value).toBeGreaterThan(plain.peakHeating.value);
  });

  it('is warmer with more sun let in, and with the windows shut', () => {
    const glassy = {
      ...posterior,
      solarApertureM2: posterior.solarApertureM2.map((aperture) => 4 * aperture),
    };
    const sunny = simulateHourly(twin, glassy, year, options);
    expect(sunny.warmest.value).toBeGreaterThan(plain.warmest.value);
    expect(sunny.overheatingDegreeHours.value).toBeGreaterThan(plain.overheatingDegreeHours.value);
    const shut = simulateHourly(twin, glassy, year, { ...options, airing: 1 });
    expect(shut.overheatingDegreeHours.value).toBeGreaterThan(sunny.overheatingDegreeHours.value);
  });

  it('takes a twin without windows or without elements', () => {
    const bare = simulateHourly({ ...twin, elements: [] }, posterior, year, options);
    expect(bare.heatNeed.value).toBeGreaterThan(0);
    expect(Number.isFinite(bare.warmest.value)).toBe(true);
  });
});
