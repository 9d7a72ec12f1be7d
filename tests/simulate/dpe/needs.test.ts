import { describe, expect, it } from 'vitest';
import { seasonalEfficiency } from '#simulate/dpe/boiler.ts';
import { conventionalClimate } from '#simulate/dpe/climate.ts';
import { hotWaterUse } from '#simulate/dpe/hot-water.ts';
import { equivalentAdults, grossHeatingNeed, hotWaterNeed } from '#simulate/dpe/needs.ts';

const bordeaux = conventionalClimate({ zone: 'H2c', altitude: 0, oldHeavy: false });

describe('conventional needs (3CL-DPE 2021)', () => {
  it('counts adults: 42.5 m2 house 1.75 - 0.01875 (70 - 42.5) = 1.234, 61.2 m2 flat 1.75 + 0.3 (2.142 - 1.75)', () => {
    expect(equivalentAdults({ kind: 'house', areaM2: 42.5, dwellings: 1 })).toBeCloseTo(1.234_375, 9);
    expect(equivalentAdults({ kind: 'flat', areaM2: 61.2, dwellings: 1 })).toBeCloseTo(1.8676, 9);
    expect(equivalentAdults({ kind: 'block', areaM2: 612, dwellings: 10 })).toBeCloseTo(18.676, 9);
  });

  // DOMAIN 2.12: H2c below 400 m has 49,648 K h on 19 degrees C and designs at -6.5.
  it('has no gains to lose without sun or area: need = loss x degree-hours', () => {
    const need = grossHeatingNeed(
      { areaM2: 0, inertia: 'medium', lossWK: 100, adults: 0, southM2: Array.from({ length: 12 }, () => 0) },
      bordeaux,
    );
    expect(need.reduce((total, value) => total + value, 0)).toBeCloseTo(100 * 49_648.4, 0);
    expect(bordeaux.designC).toBe(-6.5);
  });

  it('covers x = 0.5 of the losses by (0.5 - 0.5^2.9)/(1 - 0.5^2.9) = 0.42265, and x = 1 by its limit 1.9/2.9', () => {
    const month = { ...bordeaux, degreeHours19: [1000], heatingHours: [100], southKwhM2: [0] };
    const of = (areaM2: number) =>
      grossHeatingNeed(
        { areaM2, inertia: 'medium', lossWK: 3.52, adults: 0, southM2: Array.from({ length: 12 }, () => 0) },
        { ...month, degreeHours19: [1000, ...Array.from({ length: 11 }, () => 0)] },
      )[0];
    expect(1 - of(5) / 3520).toBeCloseTo(0.422_65, 4);
    expect(1 - of(10) / 3520).toBeCloseTo(1.9 / 2.9, 6);
  });

  it('never needs more heat with less loss', () => {
    const of = (lossWK: number) =>
      grossHeatingNeed(
        { areaM2: 80, inertia: 'heavy', lossWK, adults: 2, southM2: Array.from({ length: 12 }, () => 3) },
        bordeaux,
      ).reduce((total, value) => total + value, 0);
    const needs = [60, 90, 150, 300, 600].map(of);
    expect(needs).toEqual(needs.toSorted((left, right) => left - right));
  });

  it('hot water of one adult where water is at 10 degrees C all year: 1.163 x 56 x 30 x 358 days / 1000', () => {
    const cold = { ...bordeaux, coldWaterC: Array.from({ length: 12 }, () => 10) };
    expect(hotWaterNeed(1, cold)).toBeCloseTo((1.163 * 56 * 30 * 358) / 1000, 6);
  });
});

describe('conventional generation', () => {
  const boiler = {
    family: 'condensing',
    powerW: 24_000,
    fullLoad: 0.924,
    partLoad: 0.984,
    standbyW: 240,
    pilotW: 0,
    partLoadC: 35,
    fullLoadC: 70,
    modulating: true,
    sealed: true,
  } as const;

  it('a boiler without losses is worth the gross over net value, and standby and oversizing cost', () => {
    const ideal = { ...boiler, family: 'solid-fuel', fullLoad: 1.11, partLoad: 1.11, standbyW: 0 } as const;
    expect(seasonalEfficiency(ideal, 'gas', 1)).toBeCloseTo(1.11, 6);
    expect(seasonalEfficiency({ ...boiler, standbyW: 960 }, 'gas', 1)).toBeLessThan(
      seasonalEfficiency(boiler, 'gas', 1),
    );
    expect(seasonalEfficiency(boiler, 'gas', 6)).toBeLessThan(seasonalEfficiency(boiler, 'gas', 1));
  });

  // Storage losses of section 11.6.2: 851.44 kWh, tank of 150 l with Cr 0.23, distribution 0.83, efficiency 0.6486; 1581.6 kWh.
  it('an electric tank loses what its constant says', () => {
    const tank = {
      carrier: 'electricity',
      share: 1,
      units: 1,
      collective: false,
      distribution: 0.83,
      solarShare: 0,
      tankLossWh: ((8592 * 45) / 24) * 150 * 0.23,
      tankHeated: true,
      source: { kind: 'electric', bonus: 1 },
      auxiliary: { fixedW: 0, perKw: 0 },
    } as const;
    expect(hotWaterUse(tank, 851.443_682_9)).toBeCloseTo(1581.63, 1);
    expect(hotWaterUse(tank, 0)).toBe(0);
  });
});
