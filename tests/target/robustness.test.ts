import { describe, expect, it } from 'vitest';
import {
  chanceOfSaving,
  mostCertainPlan,
  planSavingDraws,
  type ProgrammeProblem,
  savingAtRisk,
} from '#target/index.ts';
import { normals } from '../../scripts/validate/simulated-meter.ts';
import { candidate, pack, planOf, searchOptions } from './support.ts';

describe('chance of a saving', () => {
  it('counts the draws that reach it', () => {
    expect(chanceOfSaving(Float64Array.of(1, 2, 3, 4), 3)).toBe(0.5);
    expect(chanceOfSaving(new Float64Array(0), 1)).toBe(0);
  });
});

describe('the most certain plan', () => {
  const normal = normals(5);
  const uncertain = (mean: number, sd: number) => ({
    savingDraws: Float64Array.from({ length: 400 }, () => mean + sd * normal()),
  });

  it('gives up expected saving for certainty where the target asks for it', async () => {
    // One site: the bold works save 110 on average but may save nothing, the sure ones always 100.
    const problem: ProgrammeProblem = {
      candidates: [
        candidate('school', [
          pack('bold', 1000, 110, uncertain(110, 60)),
          pack('sure', 1000, 100, uncertain(100, 1)),
        ]),
      ],
      firstYear: 2027,
      budgetsEur: [1000],
    };
    expect((await planOf(problem)).choices[0]?.packageId).toBe('bold');
    const certain = await mostCertainPlan(problem, 90, searchOptions);
    expect(certain?.choices[0]?.packageId).toBe('sure');
    expect(certain?.chance).toBeGreaterThan(0.99);
  });

  it('is never less likely to reach the target than the plan of greatest saving', async () => {
    const candidates = Array.from({ length: 8 }, (_, b) =>
      candidate(
        `b${b}`,
        Array.from({ length: 3 }, (__, k) => {
          const mean = 1000 * (k + 1) + 37 * b;
          return pack(
            `p${k}`,
            900 * (k + 1) ** 1.4,
            mean,
            uncertain(mean, mean * (0.1 + 0.05 * ((b + k) % 5))),
          );
        }),
      ),
    );
    const problem: ProgrammeProblem = { candidates, firstYear: 2027, budgetsEur: [5300, 5300] };
    const plain = planSavingDraws(problem, await planOf(problem));
    const target = 0.97 * (plain.reduce((sum, value) => sum + value, 0) / plain.length);
    const certain = await mostCertainPlan(problem, target, searchOptions);
    expect(certain?.chance).toBeGreaterThanOrEqual(chanceOfSaving(plain, target) - 0.02);
  });

  it('is absent where no plan is possible', async () => {
    const problem: ProgrammeProblem = {
      candidates: [candidate('a', [pack('p', 10, 10)], { deadlineYear: 2027 })],
      firstYear: 2027,
      budgetsEur: [100],
      legalDates: 'hard',
    };
    expect(await mostCertainPlan(problem, 1, searchOptions)).toBeUndefined();
  });
});

describe('saving at risk', () => {
  it('is the worst twentieth of the draws, worked by hand', () => {
    // 1 to 100: the five worst are 1 to 5, their mean 3; nineteen in twenty pass 5.
    const draws = Float64Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(savingAtRisk(draws)).toEqual({ draws: 100, expectedKwh: 50.5, surelyKwh: 5, worstMeanKwh: 3 });
  });

  it('of no works is nothing, and of one draw that draw', () => {
    expect(savingAtRisk(new Float64Array(0))).toMatchObject({ draws: 0, expectedKwh: 0 });
    expect(savingAtRisk(Float64Array.of(7))).toMatchObject({ surelyKwh: 7, worstMeanKwh: 7 });
  });
});
