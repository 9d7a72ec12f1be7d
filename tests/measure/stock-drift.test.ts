import { describe, expect, it } from 'vitest';
import { learnStockDrift, type PlaceboYear, sumOfMeters, yearHalfWidthLn } from '#measure/index.ts';
import { normals } from '../../scripts/validate/simulated-meter.ts';

/** A stock whose yearly totals drift `factor` times as much as the shipped table says. */
const stock = (factor: number, count: number): PlaceboYear[] => {
  const normal = normals(5);
  return Array.from({ length: count }, (_, k) => {
    const noise = 0.03;
    const half = yearHalfWidthLn('sum', noise, factor);
    return { building: `b${k % 10}`, noise, lnRatio: (half / 1.645) * normal() };
  });
};

describe('the drift of a stock', () => {
  it('is the shipped one when nothing is known', () => {
    expect(learnStockDrift([])).toEqual({ factor: 1, years: 0, buildings: 0 });
  });

  it('is found again from many years, and drawn to the table from few', () => {
    expect(learnStockDrift(stock(2, 2000), { priorYears: 0 }).factor).toBeCloseTo(2, 0);
    const few = learnStockDrift(stock(2, 10)).factor;
    expect(few).toBeLessThan(learnStockDrift(stock(2, 10), { priorYears: 0 }).factor);
    expect(few).toBeGreaterThanOrEqual(1);
  });

  it('never sees the building it will judge', () => {
    const years = stock(1, 40);
    const wild = years.map((one) => (one.building === 'b3' ? { ...one, lnRatio: 5 } : one));
    expect(learnStockDrift(wild, { without: 'b3' })).toEqual(learnStockDrift(years, { without: 'b3' }));
  });
});

describe('a sum of meters', () => {
  const one = { value: 100, low: 90, high: 112 };

  it('of one meter is that meter', () => {
    const sum = sumOfMeters([one]);
    expect(sum.low).toBeCloseTo(90, 9);
    expect(sum.high).toBeCloseTo(112, 9);
  });

  it('is narrower than the sum of its intervals, and wider than if nothing were shared', () => {
    const sum = sumOfMeters(Array.from({ length: 100 }, () => one));
    expect(sum.value).toBe(10_000);
    expect(sum.high - sum.value).toBeLessThan(1200 / 5);
    expect(sum.high - sum.value).toBeGreaterThan(12 * 10);
  });
});
