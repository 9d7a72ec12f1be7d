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
    expect(figures(said(basis))).toEqual(figures(basis));
    expect(said(basis)).toContain('régression avec inertie et calendrier');
    expect(basisInFrench(basis).every(({ french }) => french)).toBe(true);
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
