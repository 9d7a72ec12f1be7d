import { describe, expect, it } from 'vitest';
import { paybackTold } from '#app/payback-told.ts';
import { boundedQuantity } from '#core/quantity.ts';

const years = boundedQuantity(12, 4, 30, 'yr', 'library', 'test');

describe('a payback in words', () => {
  it('tells never, not evaluated and an upper bound of never apart', () => {
    expect(paybackTold(null, null, 'fr')).toBe('non évalué');
    expect(paybackTold(null, { chance: 0.12, withinYears: 30, openEnded: true }, 'fr')).toBe(
      'jamais en 30 ans (12 % de chances du contraire)',
    );
    expect(paybackTold(years, { chance: 0.8, withinYears: 30, openEnded: true }, 'fr')).toBe(
      '12 ans (4 à jamais), 80 % de chances d’y arriver en 30 ans',
    );
    expect(paybackTold(years, { chance: 1, withinYears: 30, openEnded: false }, 'en')).toBe(
      '12 years (4 to 30)',
    );
  });
});
