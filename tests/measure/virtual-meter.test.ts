import { describe, expect, it } from 'vitest';
import type { Readings } from '#core/series.ts';
import { allocate, parseFormula, selfConsumption, virtualReadings } from '#measure/index.ts';
import { errorOf, valueOf } from '../support/readings.ts';

const HOUR_MS = 3_600_000;

const series = (name: string, kwh: readonly number[], stepH = 1): Readings => ({
  name,
  timezone: 'UTC',
  resolution: 'hourly',
  startMs: Float64Array.from(kwh, (_, index) => index * stepH * HOUR_MS),
  endMs: Float64Array.from(kwh, (_, index) => (index + 1) * stepH * HOUR_MS),
  energyKwh: Float64Array.from(kwh),
  rowsRead: kwh.length,
  rowsRejected: 0,
  warnings: [],
});

const compute = (formula: string, meters: readonly Readings[]): Readings =>
  valueOf(
    virtualReadings('v', valueOf(parseFormula(formula)), new Map(meters.map((one) => [one.name, one]))),
  );

describe('a virtual meter', () => {
  it.each([
    ['a - b', [9, 17]],
    ['a - b*2', [8, 14]],
    ['meter-c', [7, 7]],
    ['0.5 * (a + b)', [5.5, 11.5]],
    ['[a] / 2 − -b', [6, 13]],
    ['(a)', [10, 20]],
  ])('%s', (formula, expected) => {
    expect([
      ...compute(formula, [series('a', [10, 20]), series('b', [1, 3]), series('meter-c', [7, 7])]).energyKwh,
    ]).toEqual(expected);
  });

  it('stands on the intervals of the coarsest meter, whole ones only', () => {
    const coarse = series('day', [100, 100], 2);
    const fine = series('hour', [1, 2, 3, Number.NaN]);
    const made = compute('day - hour', [coarse, fine]);
    expect([...made.energyKwh]).toEqual([97, Number.NaN]);
    expect(made.warnings.map(({ code }) => code)).toEqual(['virtual-missing']);
  });

  it('takes the coarsest meter by its intervals, however short it is known', () => {
    const made = compute('day - hour', [series('day', [100], 2), series('hour', [1, 2, 3, 4])]);
    expect([...made.energyKwh]).toEqual([97]);
  });

  it('keeps what falls below zero and tells it', () => {
    const made = compute('a - b', [series('a', [1]), series('b', [3])]);
    expect([made.energyKwh[0], made.warnings[0]?.code]).toEqual([-2, 'virtual-negative']);
  });

  it.each(['', '3', 'a +', 'a b', '(a', 'a ** b', 'a % b', ')', '('.repeat(400)])(
    'refuses “%s”',
    (formula) => {
      expect(errorOf(parseFormula(formula)).code).toBe('bad-formula');
    },
  );

  it('names the meter that is not there', () => {
    const failed = errorOf(
      virtualReadings('v', valueOf(parseFormula('a - c')), new Map([['a', series('a', [1])]])),
    );
    expect([failed.code, failed.where?.field]).toEqual(['unknown-meter', 'c']);
  });
});

describe('allocation', () => {
  const meter = series('gas', [10, 4, Number.NaN], 24);

  it.each([
    [{ kind: 'shares', shares: { A: 0.25, B: 0.75 } } as const],
    [{ kind: 'weights', weights: { A: 1000, B: 3000, C: 0 } } as const],
    [{ kind: 'base-load', base: 'A', rest: 'B', kwhDay: 6 } as const],
  ])('gives out what was read, no more: %o', (rule) => {
    const parts = [...valueOf(allocate(meter, rule)).values()];
    for (const index of [0, 1])
      expect(parts.reduce((sum, one) => sum + one.energyKwh[index], 0)).toBeCloseTo(
        meter.energyKwh[index],
        12,
      );
    expect(parts.every((one) => Number.isNaN(one.energyKwh[2]))).toBe(true);
  });

  it('never takes a base load that was not read', () => {
    const parts = valueOf(allocate(meter, { kind: 'base-load', base: 'eau', rest: 'chauffage', kwhDay: 6 }));
    expect([...(parts.get('eau')?.energyKwh ?? [])]).toEqual([6, 4, Number.NaN]);
    expect([...(parts.get('chauffage')?.energyKwh ?? [])]).toEqual([4, 0, Number.NaN]);
  });

  it.each([
    [{ kind: 'shares', shares: { A: 0.5, B: 0.6 } } as const],
    [{ kind: 'shares', shares: { A: -0.5, B: 1.5 } } as const],
    [{ kind: 'weights', weights: { A: 0 } } as const],
    [{ kind: 'base-load', base: 'A', rest: 'A', kwhDay: 1 } as const],
  ])('refuses %o', (rule) => {
    expect(errorOf(allocate(meter, rule)).code).toBe('bad-allocation');
  });
});

describe('panels', () => {
  it('balances import, production and export, and refuses an export of what was not made', () => {
    const [imported, produced, exported] = [
      series('i', [5, 0, 1]),
      series('p', [0, 8, 2]),
      series('e', [0, 3, 4]),
    ];
    const { usedKwh, totalUseKwh } = valueOf(selfConsumption(imported, produced, exported));
    expect([...usedKwh]).toEqual([0, 5, Number.NaN]);
    expect([...totalUseKwh]).toEqual([5, 5, Number.NaN]);
    expect(errorOf(selfConsumption(imported, produced, series('e', [0, 3]))).code).toBe('intervals-differ');
  });
});
