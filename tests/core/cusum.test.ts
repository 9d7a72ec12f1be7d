import { describe, expect, it } from 'vitest';
import { cusumAlarm, whitened } from '#core/statistics/index.ts';
import { normals } from '../../scripts/validate/simulated-meter.ts';

const options = { allowance: 0.5, threshold: 5 };

describe('cumulative sums', () => {
  it('match a case worked by hand', () => {
    // S+ after each value: 0.5, 0, 1.5, 3, 4.5, 6: the alarm is on the sixth, rising since the third.
    expect(cusumAlarm([1, -1, 2, 2, 2, 2], options)).toEqual({ at: 5, from: 2, direction: 1 });
    expect(cusumAlarm([-1, 1, -2, -2, -2, -2], options)).toEqual({ at: 5, from: 2, direction: -1 });
  });

  it('are blind to gaps', () => {
    const gap = Number.NaN;
    expect(cusumAlarm([2, gap, 2, gap, 2, 2], options)?.at).toBe(5);
    expect(cusumAlarm([gap, gap], options)).toBeUndefined();
  });

  it('run as long between false alarms as theory says: about 465 on both sides together (Siegmund 1985)', () => {
    let total = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const normal = normals(900 + run);
      const values = Array.from({ length: 6000 }, () => normal());
      total += (cusumAlarm(values, options)?.at ?? 6000) + 1;
    }
    // The standard error of the mean of 400 runs is about 23.
    expect(total / runs).toBeGreaterThan(390);
    expect(total / runs).toBeLessThan(540);
  });
});

describe('whitening', () => {
  it('takes the memory of a first-order process away, and starts anew after a gap', () => {
    const normal = normals(4);
    let state = 0;
    const values = Array.from({ length: 5000 }, () => {
      state = 0.6 * state + Math.sqrt(1 - 0.36) * normal();
      return state;
    });
    const white = whitened(values, 0.6);
    let product = 0;
    let square = 0;
    for (let i = 1; i < white.length; i++) {
      product += white[i] * white[i - 1];
      square += white[i] ** 2;
    }
    expect(Math.abs(product / square)).toBeLessThan(0.04);
    expect(square / white.length).toBeCloseTo(1, 1);
    expect(whitened([1, Number.NaN, 3], 0.6)[2]).toBe(3);
  });
});
