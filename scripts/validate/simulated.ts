import { measureSavings } from '#measure/index.ts';
import prior from '../../models/drift-prior.json' with { type: 'json' };
import { Z90 } from '#core/quantity.ts';
import { studentQuantile } from '#core/statistics/index.ts';
import { seededRandom } from '#core/random.ts';
import { normals, simulatedMeter, year } from './simulated-meter.ts';

const DRIFT_FREEDOM = 3;

export type SimulatedCase = {
  readonly truth: number;
  readonly low: number;
  readonly high: number;
  readonly value: number;
};

/**
 * Meters of known law whose heating is cut by a known share after the first year, with a year-to-year drift drawn from the
 * shipped table (Student t with 3 degrees of freedom, the table's 90 % half width) and scatter with a memory; savings in percent.
 */
export const simulateSavings = (count: number, seed: number): SimulatedCase[] => {
  const random = seededRandom(seed);
  const normal = normals(seed + 1);
  const { halfWidthLn90, noiseFactor } = prior.sum;
  return Array.from({ length: count }, (_, index) => {
    const truth = {
      base: 20 + 60 * random(),
      slope: 10 + 20 * random(),
      balanceC: 13 + 5 * random(),
      weekend: 0.5 + 0.5 * random(),
      noise: 0.1 + 0.25 * random(),
      memory: 0.3 + 0.4 * random(),
    };
    const cut = 0.4 * random();
    const chi = normal() ** 2 + normal() ** 2 + normal() ** 2;
    // Spread of a year's total from the scatter of its days alone; the table lets restless meters drift more.
    const yearNoise = truth.noise * Math.sqrt((1 + truth.memory) / (1 - truth.memory) / 365);
    const halfWidth = Math.hypot(halfWidthLn90, Math.sqrt(noiseFactor ** 2 - Z90 ** 2) * yearNoise);
    const scale = halfWidth / studentQuantile(0.95, DRIFT_FREEDOM);
    const drift = Math.exp((scale * normal()) / Math.sqrt(chi / DRIFT_FREEDOM));
    const seedOfCase = seed + 1000 + index;
    const without = simulatedMeter(truth, {
      years: 2,
      seed: seedOfCase,
      change: (i) => (i < 365 ? 1 : drift),
    });
    const series = simulatedMeter(truth, {
      years: 2,
      seed: seedOfCase,
      change: (i) => (i < 365 ? 1 : drift),
      heatingCut: (i) => (i < 365 ? 0 : cut),
    });
    const sum = (values: Float64Array): number => values.subarray(365).reduce((a, b) => a + b, 0);
    const result = measureSavings(series, { baseline: year(2021), reporting: year(2022) });
    if (!result.ok) throw new Error(result.error.code);
    const { savingsShare } = result.value;
    return {
      truth: 100 * (1 - sum(series.energyKwh) / sum(without.energyKwh)),
      low: savingsShare.low,
      high: savingsShare.high,
      value: savingsShare.value,
    };
  });
};
