import { describe, expect, it } from 'vitest';
import { relaxations, type ProgrammeProblem } from '#target/index.ts';
import { candidate, pack, planOf, searchOptions } from './support.ts';

describe('dates of the law in the optimiser', () => {
  const lawful = (id: string, costEur: number) => pack(id, costEur, 1000, { meetsLaw: true });
  const dated = (id: string, deadlineYear: number, dwellings: number) =>
    candidate(id, [pack('cheap', 10_000, 5000), lawful('deep', 100_000)], { deadlineYear, dwellings });

  it('a hard date within the programme takes the lawful package in time; a later one leaves the choice free', async () => {
    const plan = await planOf({
      candidates: [dated('A', 2027, 10), dated('B', 2033, 10)],
      firstYear: 2026,
      budgetsEur: [110_000, 110_000, 110_000],
      legalDates: 'hard',
    });
    const choiceOf = (id: string) => plan.choices.find(({ buildingId }) => buildingId === id);
    expect(choiceOf('A')).toMatchObject({ packageId: 'deep' });
    expect(choiceOf('A')?.year).toBeLessThanOrEqual(2027);
    expect(choiceOf('B')).toMatchObject({ packageId: 'cheap' });
  });

  it('a price of a dwelling-year outside the law buys the lawful package once it is worth more than energy', async () => {
    const problem: ProgrammeProblem = {
      candidates: [dated('A', 2027, 10)],
      firstYear: 2027,
      budgetsEur: [100_000],
    };
    // 11 years of 4,000 kWh less against 10 dwellings for 10 years: the price tips over at 440 kWh.
    expect((await planOf({ ...problem, legalDates: 430 })).choices[0]?.packageId).toBe('cheap');
    expect((await planOf({ ...problem, legalDates: 450 })).choices[0]?.packageId).toBe('deep');
  });

  it('an infeasible date is answered in money or in dwellings with the date, and two constraints at once where one is not enough', async () => {
    const problem: ProgrammeProblem = {
      candidates: [dated('A', 2027, 10), dated('B', 2027, 31)],
      firstYear: 2027,
      budgetsEur: [100_000],
      legalDates: 'hard',
    };
    const ways = await relaxations(problem, searchOptions);
    expect(ways.map(({ kind }) => kind)).toEqual(['money', 'dates']);
    expect(ways[0]?.amount).toBeCloseTo(100_000, -4);
    // B is kept, A waits.
    expect(ways[1]).toMatchObject({
      amount: 10,
      message: {
        fr: 'laisser 10 logements après leur date légale (2028) : compter les dates contre un prix, ou seulement les dire',
      },
    });
    const both = await relaxations({ ...problem, minimumSavingKwh: 1e9 }, searchOptions);
    expect(both.length).toBeGreaterThan(0);
    expect(both.every(({ message }) => /^(renoncer|lever|délier) /.test(message.fr))).toBe(true);
    // What is tied together and cannot be is one of the things to give up.
    const tied = await relaxations(
      {
        candidates: [dated('A', 2027, 10), candidate('C', [pack('p', 20_000, 900)])],
        firstYear: 2027,
        budgetsEur: [100_000],
        legalDates: 'hard',
        fairness: [{ group: 'nowhere', minimumShare: 0.4 }],
      },
      searchOptions,
    );
    expect(tied.map(({ message }) => message.fr)).toContain('renoncer aux parts réservées');
    const oneSite = await relaxations({ ...problem, budgetsEur: [200_000], sitesAYear: 1 }, searchOptions);
    expect(oneSite.find(({ kind }) => kind === 'sites')).toMatchObject({ amount: 2 });
  });
});
