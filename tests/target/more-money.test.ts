import { describe, expect, it } from 'vitest';
import { moreMoney } from '#target/index.ts';

const named = (id: string) => ({ buildingId: id, name: { fr: `Le ${id}`, en: `The ${id}` } });
const point = (costEur: number, value: number, ids: readonly string[] = ['a']) => ({
  costEur,
  value,
  chosen: ids.map(named),
});
const present = {
  costEur: 500_000,
  budgetEur: 1_000_000,
  savingKwh: 900_000,
  chosen: [{ buildingId: 'a' }],
};

describe('what a little more money would bring', () => {
  it('names the first plan past the budget, what it adds and who enters', () => {
    const told = moreMoney(
      [point(500_000, 900_000), point(1_200_000, 950_000, ['a', 'b'])],
      present,
      'energy',
      1.4,
    );
    expect(told.fr).toBe(
      'Pour 700 k€ de plus de travaux (1,2 M€ en tout), 50 MWh de plus par an ; entreraient : Le b.',
    );
    expect(told.en).toBe(
      'For 700 k€ more of works (1.2 M€ in all), 50 MWh more a year; these would enter: The b.',
    );
  });

  it('ends on one sign, however many would enter', () => {
    const told = moreMoney([point(1_200_000, 950_000, ['a', 'b', 'c', 'd', 'e'])], present, 'energy', 1.4);
    expect(told.fr).toMatch(/: Le b, Le c, Le d…$/);
    expect(told.en).toMatch(/: The b, The c, The d…$/);
  });

  it('does not say that all is paid for when a year’s budget, not the total, holds a better plan', () => {
    const told = moreMoney([point(500_000, 900_000), point(836_000, 960_000)], present, 'energy', 1.4);
    expect(told.fr).toContain('Pour 336 k€ de plus de travaux (836 k€ en tout), 60 MWh de plus par an.');
    expect(told.fr).toContain('le budget de chaque année qui est trop petit');
    expect(told.en).toContain('the budget of each year is too small');
  });

  it('says when larger years alone would bring more, for no more money in all', () => {
    const held = { ...present, savingKwh: 500_000 };
    const told = moreMoney([point(422_000, 800_000), point(488_000, 843_000)], held, 'energy', 1.2);
    expect(told.fr).toContain('Sans plus d’argent en tout (422 k€ de travaux), 300 MWh de plus par an');
    expect(told.fr).toContain('jusqu’à 20 % de plus');
    expect(told.fr).toContain('le budget de chaque année qui est trop petit');
  });

  it('claims no more than it looked at when nothing dearer is better', () => {
    const told = moreMoney([point(500_000, 900_000), point(600_000, 900_000)], present, 'carbon', 1.25);
    expect(told.fr).toBe('Jusqu’à 25 % d’argent de plus, aucun plan n’apporte davantage.');
  });
});
