import { describe, expect, it } from 'vitest';
import { expOfProducts, logOfAll } from '#core/elementary.ts';
import { seededRandom } from '#core/random.ts';

const logs = (values: readonly number[]): Float64Array => {
  const filled = Float64Array.from(values);
  logOfAll(filled, filled.length);
  return filled;
};
const exps = (values: readonly number[], factor = 1): Float64Array => {
  const filled = Float64Array.from(values);
  expOfProducts(
    filled,
    filled.map(() => factor),
    filled.length,
  );
  return filled;
};
const random = seededRandom(11);
const many = (make: (each: number) => number): number[] =>
  Array.from({ length: 20_000 }, () => make(random()));

describe('logarithm of an array', () => {
  it('is that of Math within 1e-15 over every power', () => {
    const values = many((each) => 2 ** (-1022 + 2045 * each));
    for (const [at, log] of logs(values).entries()) {
      const wanted = Math.log(values[at]);
      expect(Math.abs(log - wanted)).toBeLessThan(1e-15 * Math.max(1, Math.abs(wanted)));
    }
  });

  it('keeps its digits next to 1, where the logarithm is small', () => {
    for (const distance of [1e-6, -1e-6, 1e-9, -1e-9, 1e-3, -1e-3])
      expect(logs([1 + distance])[0] / Math.log(1 + distance)).toBeCloseTo(1, 12);
    expect(logs([1])[0]).toBe(0);
  });

  it('of zero is below −700, so that any power of it vanishes', () => {
    expect(logs([0])[0]).toBeLessThan(-700);
  });

  it('touches only what it is asked to, and a part of an array as the whole', () => {
    const values = Float64Array.from([8, 8, 8, 8]);
    logOfAll(values.subarray(1, 3), 2);
    expect([values[0], values[3]]).toEqual([8, 8]);
    expect(values[1]).toBeCloseTo(3 * Math.LN2, 14);
  });
});

describe('exponential of an array', () => {
  it('is that of Math within 1e-15', () => {
    const values = many((each) => -690 + 1380 * each);
    for (const [at, power] of exps(values).entries())
      expect(Math.abs(power / Math.exp(values[at]) - 1)).toBeLessThan(1e-15);
  });

  it('of nothing is 1 and of twice ln 3 is 9', () => {
    expect(exps([0])[0]).toBe(1);
    expect(exps([Math.log(3)], 2)[0]).toBeCloseTo(9, 13);
  });

  it('beyond what a number holds stays a number', () => {
    expect(exps([1e9, Infinity])).toEqual(exps([700, 700]));
    expect(exps([-1e9, -Infinity])).toEqual(exps([-700, -700]));
  });
});
