import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../src/client/names.ts';
import {
  formatCount,
  formatInterval,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatShare,
  formatValue,
  midSentence,
} from '../../src/web/format.ts';
import { withoutLooseSigns, withUnits } from '../../src/web/i18n.ts';

const quantity = (value: number, low: number, high: number, unit: string): Quantity => ({
  value,
  low,
  high,
  unit,
  level: 0.9,
  provenance: 'computed',
  basis: '',
});

/** Spaces of any width as one, without the marks that keep a line whole. */
const plain = (text: string): string => text.replaceAll('\u2060', '').replaceAll(/\s/g, ' ');

describe('figures in words', () => {
  it('what rounds up to the next unit is written in it', () => {
    expect(plain(formatQuantity(quantity(9546, 3900, 21_000, 'kWh/yr'), 'fr'))).toBe('10 MWh (4–21)');
    expect(plain(formatQuantity(quantity(9546, 9500, 9600, 'kWh/yr'), 'fr'))).toBe('9 550 kWh (9 500–9 600)');
  });

  it('an interval is not cut at the end of a line', () => {
    expect(formatQuantity(quantity(1000, 600, 1600, 'm2'), 'en')).toContain('–\u2060');
  });

  it('figures that stand together share the unit of the largest', () => {
    expect(plain(formatValue(quantity(17_000, 15_000, 19_000, 'EUR/yr'), 'fr', 100_000))).toBe('17 k€');
    expect(plain(formatValue(quantity(2200, 2000, 2400, 'kgCO2e/yr'), 'fr', 100_000))).toBe('2,2 t CO₂e');
  });

  it('what would read under a tenth of the shared unit is written in a smaller one, its interval with it', () => {
    const aids = quantity(20_000, 15_000, 25_000, 'EUR');
    expect(plain(formatValue(aids, 'fr', 1_500_000))).toBe('20 k€');
    expect(plain(formatInterval(aids, 'fr', 1_500_000))).toBe('15–25');
    // Lost in its interval, it is read by its bounds.
    const loss = quantity(20_000, -400_000, 600_000, 'EUR');
    expect(plain(formatValue(loss, 'fr', 2_000_000))).toBe('0 M€');
  });

  it('a part is written in the unit of its whole, and no surer than two digits', () => {
    expect(plain(formatShare(quantity(90_000, 50_000, 140_000, 'kWh'), 756.4, 'fr'))).toBe('0,76 MWh');
    expect(plain(formatShare(quantity(90_000, 50_000, 140_000, 'kWh'), 43_120, 'fr'))).toBe('43 MWh');
    expect(plain(formatShare(quantity(90_000, 50_000, 140_000, 'kWh'), 43, 'fr'))).toBe('43 kWh');
  });

  it.each([
    ['Régulation et gestion technique (GTB)', 'régulation et gestion technique (GTB)'],
    ['Éclairage LED', 'éclairage LED'],
    ['LED', 'LED'],
  ])('%s within a sentence keeps its acronyms', (name, said) => {
    expect(midSentence(name)).toBe(said);
  });

  it('thousands stand apart, and below zero stands a minus, not a hyphen', () => {
    expect(formatNumber(1480, 'fr')).toBe('1\u202f480');
    expect(formatNumber(-1480, 'en')).toBe('−1,480');
    expect(formatNumber(-0, 'fr')).toBe('0');
    expect(formatCount(26_304, 'fr')).toBe('26\u202f304');
    expect(formatPercent(-0.12, 'en')).toBe('−12\u00a0%');
    expect(formatPercent(0.145, 'fr', 1)).toBe('14,5\u00a0%');
    expect(formatInterval(quantity(3, -2, 8, 'kWh'), 'fr')).toBe('−2 … 8');
  });

  it('French signs and units are not left alone on a line', () => {
    expect(withoutLooseSigns('Combien ? « Trop » : 61 MWh, 12 %, 3 ans ; fin.')).toBe(
      'Combien\u202f? «\u00a0Trop\u00a0»\u00a0: 61\u00a0MWh, 12\u00a0%, 3\u00a0ans\u202f; fin.',
    );
    expect(withoutLooseSigns('En 2030 mais 3 options')).toBe('En 2030 mais 3 options');
    expect(withUnits('up to 700 k€, 12 % in 2030 of 3 vaults')).toBe(
      'up to 700\u00a0k€, 12\u00a0% in 2030 of 3 vaults',
    );
  });
});
