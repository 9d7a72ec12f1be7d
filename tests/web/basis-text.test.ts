import { describe, expect, it } from 'vitest';
import { basisInFrench } from '../../src/web/basis-text.ts';

const said = (basis: string): string =>
  basisInFrench(basis)
    .map(({ text }) => text)
    .join(' ; ');

describe('the sentence behind a figure, in French', () => {
  it('keeps every figure of the English one', () => {
    const basis =
      'plain prediction 1204 kWh adjusted by -3.2 % to the level that persists over fortnights (Huber regression on predicted base and heating parts, a half to two thirds of a base-load change credited); ridge fitted on 365 days, summed over 351 days; less 980 kWh read (IPMVP option C, avoided energy)';
    const figures = (text: string): string[] => text.match(/-?\d+(?:\.\d+)?/g) ?? [];
    const asServed = said(basis)
      .replaceAll('\u202f', '')
      .replaceAll('\u2212', '-')
      .replaceAll(/(\d),(\d)/g, '$1.$2');
    expect(figures(asServed)).toEqual(figures(basis));
    expect(said(basis)).toContain('1\u202f204 kWh');
    expect(said(basis)).toContain('−3,2 %');
    expect(said(basis)).toContain('régression avec inertie et calendrier');
    expect(basisInFrench(basis).every(({ french }) => french)).toBe(true);
  });

  it('tells what meters have taught of period defaults', () => {
    const basis =
      'Default of period 1976: 1 W/(m2 K). period table, zone H2 assumed, version 1; times 0.68, learnt from 30 metered buildings of this stock';
    expect(basisInFrench(basis).every(({ french }) => french)).toBe(true);
    expect(said(basis)).toContain('multiplié par 0,68, appris de 30 bâtiments relevés de ce parc');
    expect(
      said(
        'Heating slopes of 1 metered buildings with this default over those their twins expected, shrunk towards the table as it is (models/default-prior.json, version 1)',
      ),
    ).toContain('1 bâtiment relevé où sert cette valeur');
  });

  it('tells bills as what they are', () => {
    for (const basis of [
      '3p-heating fitted on 12 bills that cover 720 days, over the last year of weather known; interval from scatter, coefficients and drift-prior 2: 88 placebo pairs of consecutive years without works, 29 gas meters of the Cambridge Estates building energy archive (MIT), 2012 to 2019',
      '3p-heating fitted on 365 days, over the mean of the 3 whole years of weather known; interval from scatter, coefficients and drift-prior 2: 88 placebo pairs of consecutive years without works, 29 gas meters of the Cambridge Estates building energy archive (MIT), 2012 to 2019',
      '3p-heating fitted on 7 bills of 437 days, summed over 420 days; less 980 kWh billed (IPMVP option C, avoided energy)',
      '2000 draws of the twin weighted by the meter’s heating line on 12 bills that cover 720 days (importance, 1800 effective)',
    ]) {
      expect(basisInFrench(basis).filter(({ french }) => !french)).toEqual([]);
      expect(said(basis).replaceAll('undefined', '!')).not.toContain('!');
    }
    expect(said('3p-heating fitted on 365 days, over the last year of weather known')).toContain('365 jours');
  });

  it('says where it knows no French, and changes nothing there', () => {
    expect(basisInFrench('outside air; something else of 3 W')).toEqual([
      { text: 'air extérieur', french: true },
      { text: 'something else of 3 W', french: false },
    ]);
  });

  it('names parts and provenances as people do', () => {
    expect(said('Σ b·U·A of walls (period-default 35 %)')).toBe(
      'Σ b·U·A : murs (valeur par défaut de la période 35 %)',
    );
  });
});
