import { describe, expect, it } from 'vitest';
import {
  capitalRecoveryFactor,
  discountedPayback,
  growingFactor,
  internalRateOfReturn,
  netPresentValue,
  presentValueFactor,
  renewalFactor,
  replacementYears,
  residualShare,
} from '#core/economics.ts';

describe('factors by hand', () => {
  it('one euro a year', () => {
    // 1/1.05 + 1/1.05² + 1/1.05³ = 0.952381 + 0.907029 + 0.863838
    expect(presentValueFactor(3, 0.05)).toBeCloseTo(2.723248, 6);
    expect(presentValueFactor(7, 0)).toBe(7);
  });

  it('is the CEE’s: 1.04 times 30 years at 4 %, the first undiscounted, is 17.984 (DOMAIN 3.5)', () => {
    expect(1.04 * presentValueFactor(30, 0.04)).toBeCloseTo(17.984, 3);
    expect(1.04 * presentValueFactor(15, 0.04)).toBeCloseTo(11.563, 3);
  });

  it('a growing amount', () => {
    // 1.02/1.05 + (1.02/1.05)² = 0.971429 + 0.943673
    expect(growingFactor(2, 0.02, 0.05)).toBeCloseTo(1.915102, 6);
    expect(growingFactor(10, 0.03, 0.03)).toBeCloseTo(10, 9);
  });

  it('capital recovery', () => {
    expect(capitalRecoveryFactor(20, 0.06)).toBeCloseTo(0.0871846, 6);
  });
});

describe('replacement and residual value', () => {
  it('a 15-year boiler over 30 years is bought once more and is worn out at the end', () => {
    expect(replacementYears(15, 30)).toEqual([15]);
    expect(residualShare(15, 30)).toBe(0);
    expect(renewalFactor(15, 30, 0.03)).toBeCloseTo(1.03 ** -15, 12);
  });

  it('a 22-year boiler over 30 years has 14 of its 22 years left', () => {
    expect(residualShare(22, 30)).toBeCloseTo(14 / 22, 12);
    expect(renewalFactor(22, 30, 0.03)).toBeCloseTo(1.03 ** -22 - (14 / 22) * 1.03 ** -30, 12);
  });

  it('what outlives the horizon keeps its share', () => {
    expect(replacementYears(40, 30)).toEqual([]);
    expect(residualShare(40, 30)).toBeCloseTo(0.25, 12);
  });
});

describe('flows', () => {
  const flows = Float64Array.of(-1000, 500, 500, 500);

  it('net present value, rate of return and discounted payback', () => {
    expect(netPresentValue(flows, 0.1)).toBeCloseTo(-1000 + 454.5455 + 413.2231 + 375.6574, 3);
    // The textbook answer for three halves: 23.375 %.
    expect(internalRateOfReturn(flows)).toBeCloseTo(0.23375, 4);
    // After two years 132.231 are missing of the third year’s 375.657.
    expect(discountedPayback(flows, 0.1)).toBeCloseTo(2 + 132.2314 / 375.6574, 5);
  });

  it('what never pays back has neither', () => {
    const never = Float64Array.of(-1000, 10, 10);
    expect(discountedPayback(never, 0.03)).toBeUndefined();
    expect(internalRateOfReturn(never)).toBeUndefined();
    expect(discountedPayback(Float64Array.of(0, 5), 0.03)).toBe(0);
  });

  it('the value at the internal rate is nothing', () => {
    expect(netPresentValue(flows, internalRateOfReturn(flows) ?? Number.NaN)).toBeCloseTo(0, 2);
  });
});
