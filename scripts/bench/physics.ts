import { calibrate } from '#core/calibration/index.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import { networkOf } from '#core/physics/hourly/network.ts';
import { type HourlyDrive, simulateYear } from '#core/physics/hourly/simulate-year.ts';
import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { seededRandom } from '#core/random.ts';
import { hoursOfYear } from '#core/weather/typical-year.ts';
import { figuresOf, type Figure, type Part } from '../figures/figure.ts';
import { simulatedBuilding, SUN } from '../validate/calibration.ts';
import { sampleReference } from '../validate/reference-sampler.ts';
import { plainHourlyYear } from './plain-hourly.ts';

const row = figuresOf('physics', 'npm run bench -- --only physics');

/** CPU time of this thread, ms, in steps of about one: what else runs on the machine does not count. Wall time before Node 23.9. */
const now = (): number => {
  if (typeof process.threadCpuUsage !== 'function') return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Median of the times of repeated runs, ms a run, after some that warm the compiler; `batch` runs share a reading of the clock. */
const medianMs = (runs: number, batch: number, work: (run: number) => void): number => {
  for (let run = 0; run < Math.max(5, batch); run++) work(run);
  const times = Array.from({ length: runs }, (_, run) => {
    const from = now();
    for (let part = 0; part < batch; part++) work(run);
    return (now() - from) / batch;
  });
  return times.sort((left, right) => left - right)[Math.floor(runs / 2)] ?? Number.NaN;
};

/** A dwelling of 100 m2 under a made-up temperate year with set-back at night and airing in summer. */
const sampleYear = () => {
  const each = (of: (hour: number) => number): Float64Array =>
    Float64Array.from({ length: hoursOfYear }, (_, hour) => of(hour));
  const day = (hour: number): number => Math.sin((2 * Math.PI * ((hour % 24) - 9)) / 24);
  const season = (hour: number): number => -Math.cos((2 * Math.PI * hour) / hoursOfYear);
  const outdoorC = each((hour) => 12 + 8 * season(hour) + 4 * day(hour) + 2 * Math.sin(hour / 37));
  const drive: HourlyDrive = {
    supplyC: outdoorC,
    opaqueC: outdoorC,
    windowC: outdoorC,
    airWK: each((hour) => (outdoorC[hour] > 22 ? 150 : 50)),
    solarW: each((hour) => Math.max(0, (900 + 500 * season(hour)) * day(hour))),
    internalW: each((hour) => (hour % 24 >= 7 && hour % 24 < 22 ? 450 : 200)),
    heatingC: each((hour) => (hour % 24 >= 6 && hour % 24 < 22 ? 20 : 17)),
    coolingC: each(() => 26),
  };
  const network = networkOf({
    floorAreaM2: 100,
    opaqueWK: 120,
    windowWK: 40,
    capacityJK: 165_000 * 100,
    massAreaM2: 250,
  });
  return { network, drive };
};

const hourly = (): Figure => {
  const { network, drive } = sampleYear();
  const value = medianMs(21, 50, () => simulateYear(network, drive));
  const plain = medianMs(11, 20, () => plainHourlyYear(network, drive));
  const own = simulateYear(network, drive, undefined, 20).heatingW.reduce(
    (sum, watt) => sum + watt / 1000,
    0,
  );
  const other = plainHourlyYear(network, drive).heatingKwh;
  if (Math.abs(own - other) > 1e-6 * other) throw new Error(`The two give ${own} and ${other} kWh`);
  return row({
    id: 'hourly-year',
    metric: 'one 5R1C year of 8,760 h, 28 days of warm-up included, median of 21 batches of 50',
    value,
    unit: 'ms',
    goal: '≤ 1',
    holds: value <= 1,
    n: 21,
    comparator: {
      name: 'as the standard prints it, an object an hour, no warm-up',
      value: plain,
      unit: 'ms',
    },
  });
};

const DRAWS = 2000;

const calibration = (): Figure => {
  const random = seededRandom(5);
  const buildings = Array.from({ length: 40 }, (_, index) => simulatedBuilding(random, index));
  const at = (run: number) => buildings[run % buildings.length];
  let fewest = Infinity;
  const value = medianMs(buildings.length, 3, (run) => {
    const { prior, evidence } = at(run);
    const { effectiveDraws } = calibrate(prior, evidence, { draws: DRAWS, seed: run, seasonSolarWm2: SUN });
    fewest = Math.min(fewest, effectiveDraws);
  });
  if (fewest < DRAWS) throw new Error(`A calibration reached ${fewest} effective draws`);
  // The time that plain weighting of the prior would take to as many effective draws.
  let [spent, effective] = [0, 0];
  for (let run = 0; run < 5; run++) {
    const { prior, evidence } = at(run);
    const from = now();
    effective += sampleReference(prior, evidence, SUN, 40_000, run).effective;
    spent += now() - from;
  }
  return row({
    id: 'calibration',
    metric:
      'calibration of one twin to 2,000 effective draws, identifiability included, median of 40 buildings',
    value,
    unit: 'ms',
    goal: '≤ 20',
    holds: value <= 20,
    n: buildings.length,
    comparator: {
      name: 'plain weighting of prior draws to as many',
      value: (spent / effective) * DRAWS,
      unit: 'ms',
    },
  });
};

const monthly = (): Figure => {
  const filled = (of: (i: number) => number): Float64Array =>
    Float64Array.from({ length: DRAWS }, (_, i) => of(i));
  const draws = {
    lossWK: filled((i) => 150 + (i % 100)),
    setPointC: filled((i) => 19 + (i % 20) / 10),
    gainsW: filled((i) => 300 + (i % 300)),
    solarApertureM2: filled((i) => 2 + (i % 7) / 3),
    capacityJK: filled((i) => 1e7 + 1e5 * (i % 90)),
  };
  const need = new Float64Array(DRAWS);
  const value = medianMs(21, 50, () => monthlyNeed(draws, bordeaux, need));
  const objects = Array.from({ length: DRAWS }, (_, i) => ({
    loss: draws.lossWK[i],
    set: draws.setPointC[i],
    gains: draws.gainsW[i],
    aperture: draws.solarApertureM2[i],
    capacity: draws.capacityJK[i],
  }));
  const plain = medianMs(11, 20, () =>
    objects.map(({ loss, set, gains, aperture, capacity }) =>
      bordeaux.months
        .map((month) => {
          const kiloHours = (month.days * 24) / 1000;
          const lost = loss * (set - month.meanC) * kiloHours;
          const gained = gains * kiloHours + aperture * month.southKwhM2;
          const ratio = gained / lost;
          const a = 1 + capacity / 3600 / loss / 15;
          const used = ratio === 1 ? a / (a + 1) : (1 - ratio ** a) / (1 - ratio ** (a + 1));
          return lost > 0 ? lost - used * gained : 0;
        })
        .reduce((sum, kwh) => sum + kwh, 0),
    ),
  );
  return row({
    id: 'monthly',
    metric: 'heat need of a year on 2,000 draws by the monthly balance, median of 21 batches of 50',
    value,
    unit: 'ms',
    goal: 'reported',
    holds: null,
    n: 21,
    comparator: { name: 'the formula as printed, an object a draw', value: plain, unit: 'ms' },
  });
};

export const physicsPart: Part = {
  title: 'Speed of the physics',
  notes: `CPU time of one thread, after the compiler has warmed up (the collector's helper threads are not in it). The 5R1C year is checked to give the comparator's heat to a millionth before its time counts;
sun on planes is worked out once a climate and orientation (not in the year). Calibrations count only when each reaches 2,000 effective draws.`,
  run: () => Promise.resolve([hourly(), calibration(), monthly()]),
};
