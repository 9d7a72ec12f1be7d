import { describe, expect, it } from 'vitest';
import { costicDay, heatingDegreeDays } from '#core/weather/degree-days.ts';

describe('degree days of one day', () => {
  // Worked by hand from the formula: base 18, 10 to 20 °C gives 8·(0.08 + 0.42·8/10).
  it.each([
    [2, 12, 18, 11],
    [18, 30, 18, 0],
    [10, 20, 18, 3.328],
    [10, 20, 16, 1.992],
  ])('from %d to %d °C on base %d is %d', (low, high, base, expected) => {
    expect(costicDay(low, high, base)).toBeCloseTo(expected, 12);
  });

  it('by the daily mean takes any base, and knows nothing of unknown days', () => {
    const means = Float64Array.of(10, 17, 25, Number.NaN);
    expect([heatingDegreeDays(means), heatingDegreeDays(means, 15)]).toEqual([9, 5]);
  });
});
