import { describe, expect, it } from 'vitest';
import { seededRandom } from '#core/random.ts';
import { rankCandidates, type Ranked } from '#target/index.ts';
import { normals } from '../../scripts/validate/simulated-meter.ts';

const sure = (id: string, value: number): Ranked => ({ id, draws: new Float64Array(4).fill(value) });

describe('ranking', () => {
  it('orders certain values, the largest first or the smallest', () => {
    const three = [sure('a', 1), sure('b', 3), sure('c', 2)];
    expect(rankCandidates(three, { top: 1, better: 'more' }).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(rankCandidates(three, { top: 1, better: 'less' }).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(rankCandidates(three, { top: 2, better: 'more' }).map(({ chanceInTop }) => chanceInTop)).toEqual([
      1, 1, 0,
    ]);
  });

  it('gives each that is surely behind the place of its position, and the interval of its draws', () => {
    const ranks = rankCandidates([sure('a', 1), sure('b', 3), sure('c', 3), sure('d', 2)], {
      top: 1,
      better: 'more',
    });
    expect(ranks.map(({ id, place }) => [id, place])).toEqual([
      ['b', 1],
      ['c', 1],
      ['d', 3],
      ['a', 4],
    ]);
    const [spread] = rankCandidates([{ id: 'x', draws: Float64Array.from({ length: 101 }, (_, i) => i) }], {
      top: 1,
      better: 'more',
    });
    expect([spread?.low, spread?.expected, spread?.high]).toEqual([5, 50, 95]);
  });

  it('gives the chances one can count by hand', () => {
    // a wins draws 1 and 2, b draws 3 and 4.
    const ranks = rankCandidates(
      [
        { id: 'a', draws: Float64Array.of(5, 5, 1, 1) },
        { id: 'b', draws: Float64Array.of(2, 2, 3, 3) },
        { id: 'c', draws: Float64Array.of(0, 0, 2, 0) },
      ],
      { top: 1, better: 'more' },
    );
    expect(ranks.map(({ id, chanceInTop, place }) => [id, chanceInTop, place])).toEqual([
      ['a', 0.5, 1],
      ['b', 0.5, 1],
      ['c', 0, 1],
    ]);
    // c is beaten by a, its leader, in three draws of four only: told apart from 80 %.
  });

  it('shares the last place among equals, and keeps the order they came in', () => {
    const ranks = rankCandidates([sure('x', 7), sure('y', 7), sure('z', 1)], { top: 1, better: 'more' });
    expect(ranks.map(({ id, chanceInTop }) => [id, chanceInTop])).toEqual([
      ['x', 0.5],
      ['y', 0.5],
      ['z', 0],
    ]);
  });

  it('has chances that add up to the number of places, on any stock', () => {
    const [random, normal] = [seededRandom(3), normals(4)];
    const stock = Array.from({ length: 60 }, (_, i): Ranked => {
      const mean = 100 * random();
      return {
        id: `b${i}`,
        draws: Float64Array.from({ length: 200 }, () => Math.round(mean + 20 * normal())),
      };
    });
    for (const top of [1, 5, 60, 100]) {
      const ranks = rankCandidates(stock, { top, better: 'more' });
      expect(ranks.reduce((sum, { chanceInTop }) => sum + chanceInTop, 0)).toBeCloseTo(Math.min(top, 60), 9);
      expect(ranks.every(({ low, expected, high }) => low <= expected && expected <= high)).toBe(true);
      const places = ranks.map(({ place }) => place);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  it('answers an empty stock', () => {
    expect(rankCandidates([], { top: 3, better: 'more' })).toEqual([]);
  });
});
