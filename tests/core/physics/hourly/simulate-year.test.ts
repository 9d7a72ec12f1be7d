import { describe, expect, it } from 'vitest';
import { massAreaOverFloor, networkOf } from '#core/physics/hourly/network.ts';
import { type HourlyDrive, idealPlant, simulateYear } from '#core/physics/hourly/simulate-year.ts';

const network = networkOf({
  floorAreaM2: 100,
  opaqueWK: 120,
  windowWK: 40,
  capacityJK: 165_000 * 100,
  massAreaM2: 250,
});

const hours = 24 * 90;
const constant = (value: number): Float64Array => new Float64Array(hours).fill(value);
const drive = (change: Partial<Record<keyof HourlyDrive, Float64Array>> = {}): HourlyDrive => ({
  supplyC: constant(5),
  opaqueC: constant(5),
  windowC: constant(5),
  airWK: constant(50),
  solarW: constant(0),
  internalW: constant(0),
  heatingC: constant(20),
  coolingC: constant(Infinity),
  ...change,
});
const wave = (mean: number, swing: number): Float64Array =>
  Float64Array.from({ length: hours }, (_, hour) => mean + swing * Math.sin((2 * Math.PI * hour) / 24));
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const last = (values: Float64Array): number => values.at(-1) ?? Number.NaN;

describe('network', () => {
  it('is ISO 13790, 12.2.2', () => {
    expect(network.massSurfaceWK).toBeCloseTo(9.1 * 250, 10);
    expect(network.surfaceAirWK).toBeCloseTo(3.45 * 450, 10);
    expect(1 / network.massOutdoorWK).toBeCloseTo(1 / 120 - 1 / 2275, 12);
    expect(network.massShare).toBeCloseTo(250 / 450, 12);
    expect(network.surfaceShare).toBeCloseTo(1 - 250 / 450 - 40 / (9.1 * 450), 12);
  });

  it('has the mass areas of table 12', () => {
    expect([110_000, 165_000, 260_000, 370_000, 500_000].map(massAreaOverFloor)).toEqual([
      2.5, 2.5, 3, 3.5, 3.5,
    ]);
  });
});

describe('an hourly year', () => {
  it('settles on the steady state of the resistances', () => {
    // Worked by hand: air to surface 1552.5; surface to outdoors 40 + 120 (2275 and its rest in series make 120).
    const inside = 1 / (1 / 1552.5 + 1 / 160);
    const { heatingW, airC } = simulateYear(network, drive());
    expect(last(airC)).toBeCloseTo(20, 9);
    expect(last(heatingW)).toBeCloseTo((50 + inside) * 15, 6);
  });

  it('closes its energy balance within a thousandth over a repeating day', () => {
    const outdoor = wave(5, 6);
    const year = simulateYear(
      network,
      drive({
        supplyC: outdoor,
        opaqueC: outdoor,
        windowC: outdoor,
        internalW: wave(400, 200),
        solarW: wave(300, 300),
        heatingC: wave(19, 2),
      }),
    );
    const { massOutdoorWK, massSurfaceWK, surfaceAirWK, windowWK, massShare, surfaceShare } = network;
    let [into, out] = [0, 0];
    for (let hour = hours - 24; hour < hours; hour++) {
      const radiant =
        0.5 * (400 + 200 * Math.sin((2 * Math.PI * hour) / 24)) +
        300 +
        300 * Math.sin((2 * Math.PI * hour) / 24);
      const toAir = 0.5 * (400 + 200 * Math.sin((2 * Math.PI * hour) / 24));
      into += year.heatingW[hour] + toAir + (massShare + surfaceShare) * radiant;
      const mass = 0.5 * (year.massC[hour] + year.massC[hour - 1]);
      const surface = (year.operativeC[hour] - 0.3 * year.airC[hour]) / 0.7;
      out +=
        massOutdoorWK * (mass - outdoor[hour]) +
        windowWK * (surface - outdoor[hour]) +
        50 * (year.airC[hour] - outdoor[hour]);
      // The surface node stores nothing: what comes from mass and air leaves by the windows.
      expect(
        massSurfaceWK * (mass - surface) +
          surfaceAirWK * (year.airC[hour] - surface) +
          windowWK * (outdoor[hour] - surface) +
          surfaceShare * radiant,
      ).toBeCloseTo(0, 6);
    }
    expect(Math.abs(into - out) / into).toBeLessThan(1e-3);
  });

  it('needs no special case without air', () => {
    const { airC, heatingW } = simulateYear(network, drive({ airWK: constant(0) }));
    expect(last(airC)).toBeCloseTo(20, 9);
    expect(last(heatingW)).toBeCloseTo(15 / (1 / 1552.5 + 1 / 160), 6);
  });

  it('never gives more than the plant can and lets the air fall', () => {
    const year = simulateYear(network, drive(), { ...idealPlant, maxHeatingW: 1000 });
    expect(Math.max(...year.heatingW)).toBe(1000);
    expect(last(year.airC)).toBeLessThan(20);
  });

  it('cools to the set point and floats free between', () => {
    const hot = drive({
      supplyC: constant(35),
      opaqueC: constant(35),
      windowC: constant(35),
      coolingC: constant(26),
    });
    const cooled = simulateYear(network, hot);
    expect(last(cooled.airC)).toBeCloseTo(26, 9);
    expect(sum(cooled.coolingW)).toBeGreaterThan(0);
    expect(sum(cooled.heatingW)).toBe(0);
    const free = simulateYear(network, drive({ heatingC: constant(-Infinity) }));
    expect(last(free.airC)).toBeCloseTo(5, 3);
  });

  it('a floor that heats the mass warms the room to the same air, with more loss through the mass', () => {
    const floor = { ...idealPlant, heatingSplit: { air: 0, surface: 0, mass: 1 } };
    const year = simulateYear(network, drive(), floor);
    expect(last(year.airC)).toBeCloseTo(20, 6);
    expect(last(year.heatingW)).toBeGreaterThan(last(simulateYear(network, drive()).heatingW));
  });

  it('more insulation, more sun, a set-back: less heat; more air: more', () => {
    const heat = (change: Partial<Record<keyof HourlyDrive, Float64Array>>, opaqueWK = 120): number =>
      sum(
        simulateYear(
          networkOf({
            floorAreaM2: 100,
            opaqueWK,
            windowWK: 40,
            capacityJK: 165_000 * 100,
            massAreaM2: 250,
          }),
          drive(change),
        ).heatingW,
      );
    const plain = heat({});
    expect(heat({}, 60)).toBeLessThan(plain);
    expect(heat({ solarW: constant(500) })).toBeLessThan(plain);
    expect(heat({ airWK: constant(80) })).toBeGreaterThan(plain);
    const night = Float64Array.from({ length: hours }, (_, hour) => (hour % 24 < 6 ? 15 : 20));
    expect(heat({ heatingC: night })).toBeLessThan(plain);
  });

  it('heavy mass swings less', () => {
    const outdoor = wave(20, 8);
    const swing = (capacityJK: number): number => {
      const year = simulateYear(
        { ...network, capacityJK },
        drive({ supplyC: outdoor, opaqueC: outdoor, windowC: outdoor, heatingC: constant(-Infinity) }),
      );
      const day = year.operativeC.subarray(hours - 24);
      return Math.max(...day) - Math.min(...day);
    };
    expect(swing(4e7)).toBeLessThan(swing(8e6));
  });
});
