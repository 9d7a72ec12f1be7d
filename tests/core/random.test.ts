import { describe, expect, it } from 'vitest';
import {
  fillNormals,
  meanOf,
  normalCdf,
  normalQuantile,
  quantiles,
  seededRandom,
  seedOf,
} from '#core/random.ts';

describe('seeded generator', () => {
  it('repeats for a seed and differs between seeds, even close ones', () => {
    const run = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    expect(seedOf('walls')).not.toBe(seedOf('wall'));
  });

  it('is uniform: each of ten bins within five standard deviations', () => {
    const random = seededRandom(11);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i += 1) {
      const bin = Math.floor(random() * 10);
      bins[bin] = bins[bin] + 1;
    }
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));
  });

  it('makes normals with mean 0, variance 1 and the right tails', () => {
    const draws = fillNormals(seededRandom(5), new Float64Array(100_001));
    expect(Math.abs(meanOf(draws))).toBeLessThan(0.015);
    expect(meanOf(draws.map((z) => z * z))).toBeCloseTo(1, 1);
    expect(quantiles(draws, [0.05, 0.95]).map((z) => Math.abs(z))).toEqual([
      expect.closeTo(1.645, 1),
      expect.closeTo(1.645, 1),
    ]);
  });
});

describe('normal distribution', () => {
  it.each([
    [0, 0.5],
    [1.959963985, 0.975],
    [-2.575829304, 0.005],
    [1.644853627, 0.95],
    [-3.719016485, 0.0001],
  ])('z %d has probability %d both ways', (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 6);
    expect(normalQuantile(p)).toBeCloseTo(z, 6);
  });

  it('reaches the ends', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });
});

describe('quantiles of draws', () => {
  it('interpolates between order statistics and leaves the draws alone', () => {
    const draws = Float64Array.from([9, 1, 4, 16]);
    expect(quantiles(draws, [0, 0.5, 1, 0.1])).toEqual([1, 6.5, 16, expect.closeTo(1.9, 12)]);
    expect([...draws]).toEqual([9, 1, 4, 16]);
  });

  it('agrees with sorting on many sizes, ties included', () => {
    const random = seededRandom(1);
    for (const size of [1, 2, 3, 50, 999]) {
      const draws = Float64Array.from({ length: size }, () => Math.floor(random() * 20));
      const sorted = Float64Array.from(draws).sort();
      const middle = quantiles(draws, [0.5])[0];
      const half = (size - 1) / 2;
      expect(middle).toBe((sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2);
    }
  });
});
