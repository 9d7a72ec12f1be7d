import { describe, expect, it } from 'vitest';
import { brokenConstraints, type ProgrammePlan, type ProgrammeProblem } from '#target/index.ts';
import { candidate, pack, planOf } from './support.ts';

const whyLate = ({ late }: ProgrammePlan, id: string): string =>
  late.find(({ buildingId }) => buildingId === id)?.reason.fr ?? '';

describe('what really holds a late building', () => {
  it('the money of a named year, by how much, and the money with which it would fit', async () => {
    const problem: ProgrammeProblem = {
      candidates: [
        candidate('pool', [pack('p', 460_000, 700_000)]),
        candidate('hall', [pack('p', 98_000, 66_000)]),
        candidate('flats', [pack('p', 240_000, 140_000)]),
      ],
      firstYear: 2027,
      budgetsEur: [500_000, 500_000],
    };
    const plan = await planOf(problem);
    expect(whyLate(plan, 'hall')).toContain('il manque 58 k€ en 2027');
    expect(whyLate(plan, 'hall')).toContain(
      'Avec 58 k€ de plus en 2027, ou à un coût de 40 k€, il y tiendrait.',
    );
    expect(whyLate(plan, 'flats')).toContain('il manque 200 k€ en 2027');
    // What is said is true: with that money, and not with a euro less, the building fits its year.
    const sooner = plan.choices.map((one) => (one.buildingId === 'hall' ? { ...one, year: 2027 } : one));
    const withMore = (eur: number): ProgrammeProblem => ({
      ...problem,
      budgetsEur: [500_000 + eur, 500_000],
    });
    expect(brokenConstraints(withMore(58_000), sooner)).toEqual([]);
    expect(brokenConstraints(withMore(57_999), sooner)).toHaveLength(1);
  });

  it('the sites of a year', async () => {
    const plan = await planOf({
      candidates: [candidate('a', [pack('p', 10_000, 9000)]), candidate('b', [pack('p', 10_000, 8000)])],
      firstYear: 2027,
      budgetsEur: [100_000, 100_000],
      sitesAYear: 1,
    });
    expect(whyLate(plan, 'b')).toContain('le seul chantier de 2027 est pris');
    expect(whyLate(plan, 'b')).toContain('Avec 1 chantier de plus en 2027');
    expect(whyLate(plan, 'b')).not.toContain('manque');
  });

  it('the dwellings at work in a year', async () => {
    const plan = await planOf({
      candidates: [
        candidate('a', [pack('p', 10_000, 9000)], { dwellings: 40 }),
        candidate('b', [pack('p', 10_000, 8000)], { dwellings: 30 }),
      ],
      firstYear: 2027,
      budgetsEur: [100_000, 100_000],
      dwellingsAYear: 50,
    });
    expect(whyLate(plan, 'b')).toContain(
      '2027 n’a pas de place pour 20 logements de plus en travaux (50 au plus)',
    );
    expect(whyLate(plan, 'b')).toContain('Avec 20 logements en travaux de plus en 2027');
  });

  it('the works that it waits for, and those that go with it, by name', async () => {
    const waiting = await planOf({
      candidates: [
        candidate('first', [pack('p', 90_000, 9000)]),
        candidate('plant', [pack('p', 90_000, 8000)]),
        candidate('net', [pack('p', 5000, 400)]),
      ],
      firstYear: 2027,
      budgetsEur: [100_000, 100_000],
      after: [{ building: 'net', waitsFor: 'plant' }],
    });
    expect(whyLate(waiting, 'net')).toBe('il attend les travaux de plant, prévus en 2028.');
    const together = await planOf({
      candidates: [
        candidate('first', [pack('p', 90_000, 20_000)]),
        candidate('north', [pack('p', 90_000, 8000)]),
        candidate('south', [pack('p', 5000, 400)]),
      ],
      firstYear: 2027,
      budgetsEur: [100_000, 100_000],
      together: [['north', 'south']],
    });
    expect(whyLate(together, 'south')).toContain(
      'vont avec ceux de north, pour lesquels il manque 80 k€ en 2027',
    );
  });

  it('a package dearer than any year before it', async () => {
    const plan = await planOf({
      candidates: [candidate('big', [pack('p', 90_000, 9000)])],
      firstYear: 2027,
      budgetsEur: [20_000, 30_000, 100_000],
    });
    expect(whyLate(plan, 'big')).toBe(
      'son lot (90 k€) dépasse ce qu’une année permet de 2027 à 2028 (30 k€ au plus).',
    );
  });
});

describe('why a building is left out', () => {
  it('never says that it would enter for nothing: where sites are short, no price lets it in', async () => {
    const menu = [pack('small', 20_000, 40_000), pack('large', 100_000, 100_000)];
    const plan = await planOf({
      candidates: [
        candidate('a', menu),
        candidate('b', menu),
        candidate('c', menu),
        candidate('shed', [pack('p', 1000, 5000)]),
      ],
      firstYear: 2027,
      budgetsEur: [150_000],
      sitesAYear: 2,
    });
    const shed = plan.notChosen.find(({ buildingId }) => buildingId === 'shed');
    expect(shed?.reason.fr).toContain('les 2 chantiers de 2027 sont pris');
    expect(shed?.reason.fr).toContain('Même gratuit, il n’entrerait pas');
    expect(shed?.reason.en).toContain('Even free of charge it would not enter');
    expect(shed?.entryCostEur).toBeNull();
    // The works that the reason speaks of are named by whoever shows it.
    expect(shed?.packageId).toBe('p');
  });
});
