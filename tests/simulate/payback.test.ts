import { describe, expect, it } from 'vitest';
import { paybackOf } from '#simulate/payback.ts';

const draws = (early: number, late: number, never: number): Float64Array =>
  Float64Array.from([
    ...Array.from({ length: early }, () => 10),
    ...Array.from({ length: late }, () => 45),
    ...Array.from({ length: never }, () => Infinity),
  ]);

describe('payback', () => {
  it('is a plain interval where it is sure to come within the life', () => {
    const { years, within } = paybackOf(draws(100, 0, 0), 30, 'library', 'test');
    expect(years).toMatchObject({ value: 10, low: 10, high: 10, unit: 'yr' });
    expect(within).toEqual({ chance: 1, withinYears: 30, openEnded: false });
  });

  it('has never as its upper bound where more than one draw in twenty is not paid back', () => {
    const { years, within } = paybackOf(draws(80, 10, 10), 30, 'library', 'test');
    expect(within).toEqual({ chance: 0.8, withinYears: 30, openEnded: true });
    expect(years).toMatchObject({ value: 10, low: 10, high: 30 });
    expect(years?.basis).toContain('stands for later or never');
  });

  it('is never, with its chance, where the middle draw is not paid back: not the same as not evaluated', () => {
    expect(paybackOf(draws(12, 40, 48), 30, 'library', 'test')).toEqual({
      years: null,
      within: { chance: 0.12, withinYears: 30, openEnded: true },
    });
  });
});
