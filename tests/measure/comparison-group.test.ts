import { describe, expect, it } from 'vitest';
import { differenceInDifferences, heatingTraits, traitsDistance } from '#measure/index.ts';
import { type Quantity } from '#core/quantity.ts';
import { simulateGroups } from '../../scripts/validate/simulated-groups.ts';
import { measuredWorks, type SimulatedCase, simulatedWorks } from '../../scripts/validate/simulated.ts';

const held = (cases: readonly SimulatedCase[]): number =>
  cases.filter(({ truth, low, high }) => truth >= low && truth <= high).length / cases.length;
const bias = (cases: readonly SimulatedCase[]): number =>
  cases.reduce((sum, { value, truth }) => sum + value - truth, 0) / cases.length;

describe('difference in differences', () => {
  it('takes out what befell the whole stock, which the plain figure credits to the works', () => {
    const cases = simulateGroups(70, 3, { shock: 0.9 });
    const [plain, grouped] = [cases.map((one) => one.plain), cases.map((one) => one.grouped)];
    expect(bias(plain)).toBeGreaterThan(6);
    expect(held(plain)).toBeLessThan(0.75);
    expect(Math.abs(bias(grouped))).toBeLessThan(3);
    expect(held(grouped)).toBeGreaterThan(0.83);
  });

  it('invents no savings where nothing happened', () => {
    const cases = simulateGroups(70, 4, { shock: 1, cuts: false }).map((one) => one.grouped);
    expect(held(cases)).toBeGreaterThan(0.83);
    expect(cases.filter(({ low }) => low > 0).length / cases.length).toBeLessThan(0.12);
  });

  const [works] = simulatedWorks(1, 9);
  if (works === undefined) throw new Error('one case was asked for');
  const outcome = measuredWorks(works);

  it('is not told of fewer than five buildings', () => {
    expect(differenceInDifferences(outcome, [0, 0.01, -0.02, 0.01])).toBeUndefined();
    expect(differenceInDifferences(outcome, [0, 0.01, -0.02, 0.01, 0])).toBeDefined();
  });

  it('moves the counterfactual by what the group did, one building with a story of its own counting less', () => {
    const quiet = differenceInDifferences(outcome, [-0.1, -0.11, -0.09, -0.1, -0.105, -0.095]);
    const storied = differenceInDifferences(outcome, [-0.1, -0.11, -0.09, -0.1, -0.105, -0.9]);
    expect(quiet?.groupChangePercent.value).toBeCloseTo(100 * (Math.exp(-0.1) - 1), 1);
    expect(storied?.groupChangePercent.value).toBeGreaterThan(100 * (Math.exp(-0.13) - 1));
    const width = ({ low, high }: Quantity): number => high - low;
    if (quiet === undefined || storied === undefined) throw new Error('six buildings are enough');
    expect(width(storied.savingsShare)).toBeGreaterThan(width(quiet.savingsShare));
  });

  it('gives the figures worked by hand in docs/api.md', () => {
    const counterfactual = { ...outcome.counterfactual, value: 100_000, low: 90_000, high: 100_000 / 0.9 };
    const ratios = [0.92, 0.9, 0.88, 0.91, 0.89].map(Math.log);
    const compared = differenceInDifferences({ counterfactual, actualKwh: 80_000 }, ratios);
    expect(compared?.groupChangePercent.value).toBeCloseTo(-10, 1);
    expect(compared?.savings.value).toBeCloseTo(10_000, -2);
    expect(compared?.savingsShare.value).toBeCloseTo(11.1, 1);
    // s2 = (3 (ln(1/0.9) / 1.645)2 + sum of squares 0.001236) / 7, times (1 + 1/5), Student 7: 1.895.
    const half = 1.895 * Math.sqrt(((3 * (0.10536 / 1.6449) ** 2 + 0.001236) / 7) * 1.2);
    expect(compared?.savings.low).toBeCloseTo(90_000 * Math.exp(-half) - 80_000, -2);
  });

  it('calls meters similar by intensity, base share and balance point', () => {
    const one = { intensityKwhM2Day: 0.4, baseShare: 0.3, balancePointC: 16 };
    expect(traitsDistance(one, one)).toBe(0);
    expect(traitsDistance(one, { ...one, intensityKwhM2Day: 0.6 })).toBeLessThan(1);
    expect(traitsDistance(one, { ...one, intensityKwhM2Day: 0.9 })).toBe(Number.POSITIVE_INFINITY);
    expect(traitsDistance(one, { ...one, balancePointC: 21 })).toBe(Number.POSITIVE_INFINITY);
    expect(heatingTraits({ predicted: outcome.fit.predicted }, { from: 0, to: 364 }, 1000)).toBeUndefined();
  });
});
