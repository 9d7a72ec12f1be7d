import { describe, expect, it } from 'vitest';
import { ecoIndex } from '../e2e/ecoindex.ts';

describe('EcoIndex', () => {
  it('is 100 for nothing and 0 beyond every bound', () => {
    expect(ecoIndex({ elements: 0, requests: 0, kilobytes: 0 })).toBe(100);
    expect(ecoIndex({ elements: 1e9, requests: 1e9, kilobytes: 1e9 })).toBe(0);
  });

  it('is worked by hand: 233 elements, 15 requests and 144.7 kB are classes 4, 2 and 2', () => {
    expect(ecoIndex({ elements: 233, requests: 15, kilobytes: 144.7 })).toBeCloseTo(
      100 - (5 * (12 + 4 + 2)) / 6,
      9,
    );
  });
});
