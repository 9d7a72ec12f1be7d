import { describe, expect, it } from 'vitest';
import { meanOf } from '#core/random.ts';
import { daysUntilOutside, rankCandidates, statedDraws } from '#target/index.ts';

const asked = { count: 1000, seed: 1 };
const share = (draws: Float64Array, holds: (value: number) => boolean): number =>
  draws.filter(holds).length / draws.length;

describe('days until a building stands outside the law', () => {
  const at = { today: 100, horizonDay: 10_000 };

  it('shares its draws among the dates as their chances say, worked by hand', () => {
    // 20 % outside at the first date, 70 % at the second, the rest never: the strict date holds those of the mild one.
    const draws = daysUntilOutside(
      [
        { day: 400, chanceOutside: 0.7 },
        { day: 50, chanceOutside: 0.2 },
      ],
      at,
      asked,
    );
    expect(share(draws, (days) => days === -50)).toBeCloseTo(0.2, 9);
    expect(share(draws, (days) => days === 300)).toBeCloseTo(0.5, 9);
    expect(share(draws, (days) => days === 9900)).toBeCloseTo(0.3, 9);
    expect(meanOf(draws)).toBeCloseTo(0.2 * -50 + 0.5 * 300 + 0.3 * 9900, 6);
  });

  it('puts the more urgent first, and ties two that the chances do not tell apart', () => {
    const of = (id: string, seed: number, chance: number) => ({
      id,
      draws: daysUntilOutside([{ day: 50, chanceOutside: chance }], at, { count: 1000, seed }),
    });
    const ranks = rankCandidates(
      [of('doubt', 1, 0.5), of('other', 2, 0.52), of('sure', 3, 1), of('never', 4, 0)],
      {
        top: 1,
        better: 'less',
      },
    );
    expect(ranks.map(({ id }) => id)).toEqual(['sure', 'other', 'doubt', 'never']);
    // A sure one comes before an even chance in three draws of four (ties halved): under 80 %, so they share its place.
    expect(ranks.map(({ place }) => place)).toEqual([1, 1, 1, 4]);
    expect(ranks[0]?.chanceInTop).toBeGreaterThan(ranks[1]?.chanceInTop ?? 1);
  });

  it('says the horizon where no date is known', () => {
    expect(new Set(daysUntilOutside([], at, asked))).toEqual(new Set([9900]));
  });
});

describe('draws of a stated number', () => {
  it('are the number itself where no interval is given', () => {
    expect(new Set(statedDraws({ value: 0.3 }, [0, 1], asked))).toEqual(new Set([0.3]));
  });

  it('hold nine tenths inside the interval given, half on each side of the number', () => {
    const draws = statedDraws({ value: 0.3, low: 0.2, high: 0.6 }, [0, 1], asked);
    expect(share(draws, (one) => one < 0.2)).toBeCloseTo(0.05, 2);
    expect(share(draws, (one) => one > 0.6)).toBeCloseTo(0.05, 2);
    expect(share(draws, (one) => one < 0.3)).toBeCloseTo(0.5, 2);
    expect(Math.max(...draws)).toBeLessThanOrEqual(1);
  });
});
