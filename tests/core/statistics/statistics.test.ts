import { describe, expect, it } from 'vitest';
import {
  fractionalSavingsUncertainty,
  goodness,
  lagOneCorrelation,
  solveInPlace,
  studentQuantile,
} from '#core/statistics/index.ts';

describe('Student quantile', () => {
  // Printed tables: Abramowitz & Stegun, Handbook of Mathematical Functions, table 26.10.
  it.each([
    [0.975, 1, 12.7062],
    [0.95, 3, 2.3534],
    [0.9, 10, 1.3722],
    [0.95, 120, 1.6577],
  ])('t(%d; %d) is %d', (probability, freedom, expected) => {
    expect(studentQuantile(probability, freedom)).toBeCloseTo(expected, 4);
    expect(studentQuantile(1 - probability, freedom)).toBeCloseTo(-expected, 4);
  });

  it('refuses what is no probability', () => {
    expect(() => studentQuantile(1, 5)).toThrow(RangeError);
  });
});

describe('fractional savings uncertainty (ASHRAE Guideline 14)', () => {
  const hand = {
    confidence: 0.8,
    cvRmse: 0.5,
    savingsFraction: 1,
    parameters: 2,
    baselinePoints: 12,
    reportingPoints: 12,
    autocorrelation: 0,
  };

  it('is 1.26 × 1.3722 × 0.5 × √(1.16667/12) = 0.2695 on the case worked by hand', () => {
    expect(fractionalSavingsUncertainty(hand)).toBeCloseTo(0.2695, 4);
  });

  it('falls with larger savings and longer periods, grows with confidence, scatter and memory', () => {
    const at = (change: Partial<typeof hand>): number => fractionalSavingsUncertainty({ ...hand, ...change });
    const reference = at({});
    expect(at({ savingsFraction: 0.5 })).toBeCloseTo(2 * reference, 10);
    expect(at({ cvRmse: 0.25 })).toBeCloseTo(reference / 2, 10);
    expect(at({ reportingPoints: 48 })).toBeCloseTo(reference / 2, 10);
    expect(at({ confidence: 0.9 })).toBeGreaterThan(reference);
    expect(at({ autocorrelation: 0.4 })).toBeGreaterThan(reference);
    expect(at({ savingsFraction: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('goodness of fit', () => {
  it('has n − p in sample and n outside', () => {
    // Errors 1, −1, 2, 0: SSE 6, sum 2, mean observed 5.
    const observed = [4, 6, 7, 3];
    const predicted = [3, 7, 5, 3];
    const inside = goodness(observed, predicted, 2);
    expect(inside.cvRmse).toBeCloseTo((100 * Math.sqrt(6 / 2)) / 5, 10);
    expect(inside.nmbe).toBeCloseTo((100 * 2) / (2 * 5), 10);
    expect(inside.r2).toBeCloseTo(1 - 6 / 10, 10);
    expect(goodness(observed, predicted, 0).cvRmse).toBeCloseTo((100 * Math.sqrt(6 / 4)) / 5, 10);
  });

  it('leaves out pairs with a gap on either side', () => {
    expect(goodness([1, Number.NaN, 3], [1, 2, Number.NaN], 0).n).toBe(1);
  });

  it('reads the memory of residuals across a gap', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(lagOneCorrelation(values)).toBeCloseTo(-0.98, 2);
    values[7] = Number.NaN;
    expect(lagOneCorrelation(values)).toBeLessThan(-0.9);
  });
});

describe('Cholesky solution', () => {
  it('solves, and says when the matrix is not positive definite', () => {
    const b = Float64Array.of(1, 2);
    expect(solveInPlace(Float64Array.of(4, 2, 2, 3), b, 2)).toBe(true);
    expect(b[0]).toBeCloseTo(-0.125, 12);
    expect(b[1]).toBeCloseTo(0.75, 12);
    expect(solveInPlace(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1), 2)).toBe(false);
  });
});
