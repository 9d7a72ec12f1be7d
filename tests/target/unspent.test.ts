import { describe, expect, it } from 'vitest';
import { type Choice, type ProgrammeProblem, unspentMoney } from '#target/index.ts';
import { candidate, pack } from './support.ts';

const said = (problem: ProgrammeProblem, choices: readonly Choice[]): (string | undefined)[] =>
  unspentMoney(problem, choices).map((one) => one?.fr);

describe('why the rest of a year’s money is not spent', () => {
  const years = { firstYear: 2027, budgetsEur: [100_000] };
  const a = candidate('A', [pack('light', 60_000, 900), pack('deep', 130_000, 2000)]);
  const taken = [{ buildingId: 'A', packageId: 'light', year: 2027 }];

  it('says nothing of money that is spent', () => {
    const exact = candidate('A', [pack('light', 99_900, 900)]);
    expect(said({ ...years, candidates: [exact] }, taken)).toEqual([undefined]);
  });

  it('names the cheapest works that are left, and what the deeper ones would cost more', () => {
    const b = candidate('B', [pack('p', 52_000, 800), pack('worse', 1000, -5)]);
    expect(said({ ...years, candidates: [a, b] }, taken)).toEqual([
      '40 k€ ne sont pas dépensés : des travaux qui restent, les moins chers (B) coûtent 52 k€, et le lot plus profond le moins cher (A) 70 k€ de plus.',
    ]);
  });

  it('says that every building has its works, or that nothing useful is left', () => {
    expect(said({ ...years, candidates: [a] }, taken)).toEqual([
      '40 k€ ne sont pas dépensés : chaque bâtiment a ses travaux ; le lot plus profond le moins cher de l’année (A) coûterait 70 k€ de plus.',
    ]);
    const done = candidate('A', [pack('light', 60_000, 900)]);
    expect(said({ ...years, candidates: [done] }, taken)).toEqual([
      '40 k€ ne sont pas dépensés : chaque bâtiment a ses travaux, et ceux de l’année sont les plus profonds.',
    ]);
  });

  it('says that the works of later years do not fit where every building has its own', () => {
    const b = candidate('B', [pack('p', 45_000, 800)]);
    const two = { firstYear: 2027, budgetsEur: [100_000, 45_000], candidates: [a, b] };
    expect(said(two, [...taken, { buildingId: 'B', packageId: 'p', year: 2028 }])).toEqual([
      '40 k€ ne sont pas dépensés : chaque bâtiment a ses travaux, et ceux des années suivantes n’y tiennent pas (les moins chers, B, 45 k€).',
      undefined,
    ]);
  });

  it('names the limit of sites, and lets money that is carried over go on', () => {
    const b = candidate('B', [pack('p', 10_000, 800)]);
    expect(said({ ...years, candidates: [a, b], sitesAYear: 1 }, taken)[0]).toContain(
      '1 chantier par an au plus',
    );
    const carried = { firstYear: 2027, budgetsEur: [100_000, 50_000], carryOver: true, candidates: [a] };
    expect(said(carried, taken)).toEqual([
      undefined,
      '90 k€ ne sont pas dépensés : chaque bâtiment a déjà ses travaux.',
    ]);
  });

  it('of a year without works it says what deeper works would ask, and how to give it', () => {
    const two = { firstYear: 2027, budgetsEur: [100_000, 100_000], candidates: [a] };
    expect(said(two, taken)[1]).toBe(
      '100 k€ ne sont pas dépensés : chaque bâtiment a déjà ses travaux, et les plus profonds dépassent l’argent d’une année (A, 130 k€ pour 100 k€). Laisser aller à l’année suivante ce qu’une année laisse, ou réunir deux budgets, les permettrait.',
    );
  });
});
