import { describe, expect, it } from 'vitest';
import { calibrate, type Prior } from '#core/calibration/index.ts';
import { quantiles, seededRandom, fillNormals } from '#core/random.ts';
import { indoorEvidence, type IndoorReadings } from '#measure/index.ts';

type House = {
  readonly lossWK: number;
  readonly capacityJK: number;
  readonly gainsW: number;
  readonly noiseW: number;
};

/** One capacity, one loss, a thermostat with habits of its own and gains that change from day to day. */
const simulate = (house: House, days: number, seed: number): IndoorReadings => {
  const normals = fillNormals(seededRandom(seed), new Float64Array(4 * days));
  const hours = days * 24;
  const [indoorC, outdoorC, powerW] = [
    new Float64Array(hours),
    new Float64Array(hours),
    new Float64Array(hours),
  ];
  let [room, weather] = [19, 0];
  for (let hour = 0; hour < hours; hour++) {
    const day = Math.floor(hour / 24);
    if (hour % 24 === 0) weather = 0.8 * weather + 2 * normals[4 * day];
    outdoorC[hour] = 4 + weather + 3 * Math.sin((2 * Math.PI * (hour - 9)) / 24);
    const wanted = 19.5 + 0.8 * normals[4 * day + 1] - (hour % 24 < 6 ? 2 : 0);
    powerW[hour] = 300 + Math.max(0, 40 * house.lossWK * (wanted - room) + 200 * normals[4 * day + 2]);
    indoorC[hour] = room;
    const gains = house.gainsW + house.noiseW * normals[4 * day + 3];
    room += ((powerW[hour] + gains - house.lossWK * (room - outdoorC[hour])) * 3600) / house.capacityJK;
  }
  return { indoorC, outdoorC, powerW };
};

const none = { median: 0, sigma: 0 };
const prior = (house: House): Prior => ({
  schema: 'stacoptim.prior/1',
  h: {
    walls: { median: house.lossWK, sigma: 0.6 },
    roof: none,
    floor: none,
    windows: none,
    doors: none,
    bridges: none,
    air: none,
  },
  setPointC: { mean: 20, sd: 1 },
  gainsW: { median: house.gainsW, sigma: 0.4 },
  solarApertureM2: none,
  efficiency: { median: 1, sigma: 0.02 },
  heatedShare: { median: 1, sigma: 0 },
  baseLoadKwhDay: { median: 5, sigma: 0.3 },
  capacityJK: { median: house.capacityJK, sigma: 0.5 },
});

describe('indoor evidence', () => {
  it('finds the day’s recovery and response of a quiet house', () => {
    const house = { lossWK: 120, capacityJK: 3e7, gainsW: 300, noiseW: 0 };
    const evidence = indoorEvidence(simulate(house, 120, 3));
    if (!evidence.ok) throw new Error(evidence.error.message.en);
    const recovery = 1 - Math.exp((-86_400 * 120) / 3e7);
    expect(evidence.value.recovery).toBeGreaterThan(0.85 * recovery);
    expect(evidence.value.recovery).toBeLessThan(1.15 * recovery);
    // The steady ratio of the two is the loss itself.
    expect(evidence.value.recovery / evidence.value.responseKW).toBeCloseTo(120, -1);
  });

  it('the 90 % interval of the loss, from a prior two and a half times wide, holds the truth about nine times in ten', () => {
    const random = seededRandom(11);
    let [held, narrower] = [0, 0];
    const count = 80;
    for (let i = 0; i < count; i++) {
      const centre = {
        lossWK: 60 + 200 * random(),
        capacityJK: 2e7 + 6e7 * random(),
        gainsW: 300,
        noiseW: 200,
      };
      const believed = prior(centre);
      const truth = calibrate(believed, undefined, { draws: 16, seed: 500 + i });
      const house = {
        lossWK: truth.totalH[0],
        capacityJK: truth.capacityJK[0],
        gainsW: truth.gainsW[0],
        noiseW: 200,
      };
      const evidence = indoorEvidence(simulate(house, 150, i));
      if (!evidence.ok) throw new Error(evidence.error.message.en);
      const posterior = calibrate(believed, evidence.value, { draws: 1000, seed: i, seasonSolarWm2: 0 });
      const [low, high] = quantiles(posterior.totalH, [0.05, 0.95]) as [number, number];
      if (low <= house.lossWK && house.lossWK <= high) held++;
      if (Math.log(high / low) < 1.645 * 0.6) narrower++;
    }
    expect(held / count).toBeGreaterThan(0.8);
    expect(narrower / count).toBeGreaterThan(0.9);
  });

  it('refuses few days, a frozen sensor and silence', () => {
    const house = { lossWK: 120, capacityJK: 3e7, gainsW: 300, noiseW: 0 };
    const short = indoorEvidence(simulate(house, 12, 3));
    expect(short.ok ? '' : short.error.code).toBe('indoor-too-few-days');
    const readings = simulate(house, 100, 3);
    const frozen = indoorEvidence({ ...readings, indoorC: readings.indoorC.map(() => 19) });
    expect(frozen.ok ? '' : frozen.error.code).toBe('indoor-no-response');
    const silent = indoorEvidence({ ...readings, powerW: readings.powerW.map(() => Number.NaN) });
    expect(silent.ok ? '' : silent.error.code).toBe('indoor-too-few-days');
    const flat = indoorEvidence({ ...readings, powerW: readings.powerW.map(() => 500) });
    expect(flat.ok ? '' : flat.error.code).toBe('indoor-no-response');
  });
});
