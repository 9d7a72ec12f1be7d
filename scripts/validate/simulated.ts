import type { DailySeries } from '#core/series.ts';
import { measureSavings, type SavingsOutcome } from '#measure/index.ts';
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

/** A meter over two years, with works at the end of the first and without them, all else the same. */
type SimulatedWorks = { readonly series: DailySeries; readonly without: DailySeries };

/** First and second year of the simulated meters. */
export const simulatedYears = { baseline: year(2021), reporting: year(2022) } as const;

/**
 * Meters of known law whose heating is cut by a known share after the first year, with a year-to-year drift drawn from the
 * shipped table (Student t with 3 degrees of freedom, the table's 90 % half width) and scatter with a memory. `cuts` false leaves the
 * works out; `shock` multiplies the second year of all of them.
 */
export const simulatedWorks = (
  count: number,
  seed: number,
  { cuts = true, shock = 1 }: { readonly cuts?: boolean; readonly shock?: number } = {},
): SimulatedWorks[] => {
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
    const drift = shock * Math.exp((scale * normal()) / Math.sqrt(chi / DRIFT_FREEDOM));
    const common = { years: 2, seed: seed + 1000 + index, change: (i: number) => (i < 365 ? 1 : drift) };
    const without = simulatedMeter(truth, common);
    const series = cuts
      ? simulatedMeter(truth, { ...common, heatingCut: (i) => (i < 365 ? 0 : cut) })
      : without;
    return { series, without };
  });
};

/** What was saved of the days from `from` to `to` of the simulation, percent. */
export const trueShare = (
  { series, without }: SimulatedWorks,
  from = 365,
  to = series.energyKwh.length,
): number => {
  const sum = ({ energyKwh }: DailySeries): number =>
    energyKwh.subarray(from, to).reduce((total, kwh) => total + kwh, 0);
  return 100 * (1 - sum(series) / sum(without));
};

export const measuredWorks = ({ series }: SimulatedWorks): SavingsOutcome => {
  const result = measureSavings(series, simulatedYears);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** Savings of simulated works in percent, with what is true of them. */
export const simulateSavings = (count: number, seed: number): SimulatedCase[] =>
  simulatedWorks(count, seed).map((works) => {
    const { low, high, value } = measuredWorks(works).savingsShare;
    return { truth: trueShare(works), low, high, value };
  });
