import { describe, expect, it } from 'vitest';
import { adaptiveLimitC, overheating, runningMeanC } from '#core/physics/hourly/comfort.ts';
import { clearGlazing } from '#core/physics/hourly/glazing.ts';
import { equivalentOutdoorC } from '#core/physics/hourly/outdoors.ts';
import { diffuseShares, litShare } from '#core/physics/hourly/shading.ts';
import { heatPumpCop, airCapacityShare, heatPumpYear } from '#core/physics/heat-pump.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';

describe('clear glazing', () => {
  it('has the normal transmittance it is made of, and less with each pane and angle', () => {
    const [one, two, three] = [1, 2, 3].map((panes) => clearGlazing(panes));
    expect(one.normal.transmitted).toBeCloseTo(0.834, 10);
    // Two panes: τ²/(1 − ρ²) with ρ = 0.0763 by Fresnel.
    expect(two.normal.transmitted).toBeCloseTo(0.834 ** 2 / (1 - 0.0763 ** 2), 3);
    expect(three.normal.solarFactor).toBeLessThan(two.normal.solarFactor);
    let before = 1;
    for (const degrees of [0, 20, 40, 60, 75, 85]) {
      const now = two.at(Math.cos((degrees * Math.PI) / 180)).solarFactor;
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
    expect(two.at(0).solarFactor).toBe(0);
    expect(two.diffuse.solarFactor).toBeLessThan(two.normal.solarFactor);
  });

  it('has Fresnel’s reflectance: at Brewster’s angle only one polarisation is sent back', () => {
    // n 1.526: 56.8°, the parallel part passes whole; the other keeps 16 % at each face.
    const cosine = Math.cos(Math.atan(1.526));
    const clear = clearGlazing(1, 0.9151);
    const perpendicular = ((1.526 ** 2 - 1) / (1.526 ** 2 + 1)) ** 2;
    const expected = (1 + (1 - perpendicular) / (1 + perpendicular)) / 2;
    expect(clear.at(cosine).transmitted).toBeCloseTo(expected, 2);
  });
});

describe('shading', () => {
  const window = { widthM: 3, heightM: 2 };
  const overhang = { depthM: 1, aboveM: 0.5, beyondM: 50 };

  it('a long slab at 45° shades the depth less its height above', () => {
    const direction = { right: 0, up: Math.SQRT1_2, out: Math.SQRT1_2 };
    // The shadow falls 1 m, of which 0.5 m is above the head: a quarter of 2 m.
    expect(litShare({ ...window, overhang }, direction)).toBeCloseTo(0.75, 1);
    expect(litShare(window, direction)).toBe(1);
    expect(litShare(window, { right: 0, up: 1, out: -0.1 })).toBe(0);
  });

  it('a fin shades from its own side alone', () => {
    const fins = { depthM: 1, besideM: 0, aboveM: 9, belowM: 9 };
    const from = (right: number): number =>
      litShare({ ...window, fins }, { right, up: 0, out: Math.sqrt(1 - right ** 2) });
    expect(from(Math.SQRT1_2)).toBeCloseTo(2 / 3, 1);
    expect(from(-Math.SQRT1_2)).toBeCloseTo(2 / 3, 1);
    expect(from(0)).toBe(1);
  });

  it('takes sky and leaves the ground under a slab', () => {
    const open = diffuseShares(window);
    expect(open.sky).toBeCloseTo(1, 10);
    const shaded = diffuseShares({ ...window, overhang });
    expect(shaded.sky).toBeLessThan(0.8);
    expect(shaded.ground).toBeCloseTo(1, 10);
  });
});

const flat = (hours: number, value: number): Float64Array => new Float64Array(hours).fill(value);
const year = {
  outdoorC: flat(48, 10),
  infraredWm2: flat(48, 5.67e-8 * 283.15 ** 4 - 100),
} as Partial<TypicalYear> as TypicalYear;

describe('equivalent outdoor temperature', () => {
  it('adds R_se times sun and sky', () => {
    const sun = {
      directWm2: flat(48, 300),
      diffuseWm2: flat(48, 100),
      groundWm2: flat(48, 0),
      cosIncidence: flat(48, 1),
    };
    const roof = { heatWK: 10, tiltDeg: 0, sun, absorptance: 0.6, emissivity: 0.9 };
    expect(equivalentOutdoorC(year, [roof])[0]).toBeCloseTo(10 + 0.04 * (0.6 * 400 - 0.9 * 100), 8);
    const wall = { heatWK: 30, tiltDeg: 90, absorptance: 0.6, emissivity: 0.9 };
    const both = 10 + 0.04 * (0.25 * (0.6 * 400 - 90) - 0.75 * 45);
    expect(equivalentOutdoorC(year, [roof, wall])[0]).toBeCloseTo(both, 8);
  });

  it('leaves the air where the sky is unknown or nothing is conducted', () => {
    const blind = { ...year, infraredWm2: flat(48, Number.NaN) };
    const wall = { heatWK: 30, tiltDeg: 90, absorptance: 0.6, emissivity: 0.9 };
    expect(equivalentOutdoorC(blind, [wall])[5]).toBe(10);
    expect(equivalentOutdoorC(year, [])[5]).toBe(10);
  });
});

describe('comfort', () => {
  it('has the adaptive limit of EN 16798-1 at a steady 20 °C', () => {
    const outdoor = flat(24 * 30, 20);
    expect(runningMeanC(outdoor)[0]).toBeCloseTo(20, 10);
    expect(adaptiveLimitC(outdoor)[400]).toBeCloseTo(0.33 * 20 + 21.8, 10);
  });

  it('counts occupied hours and their excess', () => {
    const operative = Float64Array.of(25, 28, 30, 29);
    const all = overheating(operative, flat(4, 27));
    expect(all).toEqual({ hours: 3, degreeHoursK: 6, highestC: 30 });
    expect(overheating(operative, flat(4, 27), Uint8Array.of(1, 1, 0, 0))).toEqual({
      hours: 1,
      degreeHoursK: 1,
      highestC: 28,
    });
  });
});

describe('heat pumps', () => {
  it('has the published regressions of Staffell et al.', () => {
    expect(heatPumpCop('air', 30)).toBeCloseTo(6.81 - 3.63 + 0.567, 10);
    expect(heatPumpCop('ground', 33)).toBeCloseTo(8.77 - 4.95 + 0.000734 * 1089, 10);
    expect(heatPumpCop('air', 5)).toBe(heatPumpCop('air', 15));
  });

  it('has the capacity of Cutler et al. over that at 7 °C, falling with the cold', () => {
    // Indoors 68 °F, outdoors 19.4 °F and 44.6 °F, worked from the six coefficients.
    const at = (f: number): number =>
      0.566333415 -
      0.000744164 * 68 -
      0.0000103 * 4624 +
      0.009414634 * f +
      0.0000506 * f * f -
      0.00000675 * 68 * f;
    expect(airCapacityShare(-7)).toBeCloseTo(at(19.4) / at(44.6), 8);
    expect(airCapacityShare(7)).toBeCloseTo(1, 12);
    expect(airCapacityShare(-15)).toBeLessThan(airCapacityShare(-7));
  });

  it('balances heat, electricity and back-up over a cold spell', () => {
    const load = flat(24, 6000);
    const outdoor = flat(24, -7);
    const pump = { source: 'air', emitter: 'floor', ratedW: 6000 } as const;
    const result = heatPumpYear(pump, load, outdoor);
    const given = 6000 * airCapacityShare(-7);
    expect(result.heatKwh).toBeCloseTo(144, 10);
    expect(result.backupKwh).toBeCloseTo((24 * (6000 - given)) / 1000, 8);
    expect(result.electricityKwh).toBeCloseTo(
      result.backupKwh + (24 * given) / 1000 / heatPumpCop('air', 42),
      8,
    );
    const larger = heatPumpYear({ ...pump, ratedW: 12_000 }, load, outdoor);
    expect(larger.spf).toBeGreaterThan(result.spf);
    expect(heatPumpYear({ ...pump, source: 'ground' }, load, outdoor).spf).toBeGreaterThan(larger.spf);
    expect(heatPumpYear(pump, flat(24, 0), outdoor).spf).toBeNaN();
  });
});
