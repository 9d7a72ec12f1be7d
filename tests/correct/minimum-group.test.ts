import { describe, expect, it } from 'vitest';
import { boundedQuantity } from '#core/quantity.ts';
import { familyOf, learnRealisationRates, type RealisationCase } from '#correct/index.ts';

const percent = (value: number) => boundedQuantity(value, value - 2, value + 2, '%', 'computed', 'test');
const home = familyOf({ use: 'housing', constructionYear: 1960 }).id;
const newer = familyOf({ use: 'housing', constructionYear: 1985 }).id;

const works = (
  buildingId: string,
  measures: readonly string[],
  dwellings: number | null,
  family = home,
  ratio = 0.3,
): RealisationCase => ({
  worksId: `works-${buildingId}`,
  buildingId,
  family,
  dwellings,
  shares: measures.map((measure) => ({ measure, share: 1 / measures.length })),
  predictedPercent: percent(30),
  measuredPercent: percent(30 * ratio),
});

const learn = (cases: readonly RealisationCase[]) =>
  learnRealisationRates(['walls', 'roof'], cases, { fewestDwellings: 10 });
const untouched = learn([]).rates;

describe('no household is read from what the stock learns', () => {
  it('learns nothing from fewer dwellings than are shown together, and says why', () => {
    const { rates, leftOut } = learn([works('a', ['walls'], 9)]);
    expect(rates).toEqual(untouched);
    expect(leftOut.map(({ worksId }) => worksId)).toEqual(['works-a']);
    expect(leftOut[0]?.reason.fr).toContain('moins de 10 logements');
  });

  it('learns from as many as are shown together', () => {
    const { rates, leftOut } = learn([works('a', ['walls'], 6), works('b', ['walls'], 4)]);
    expect(leftOut).toEqual([]);
    expect(rates.find(({ measure, family }) => measure === 'walls' && family === home)?.cases).toBe(2);
    expect(rates[0]?.mean).toBeLessThan(untouched[0]?.mean ?? 0);
  });

  it('counts a building once, however many works it had', () => {
    const twice = [works('a', ['walls'], 6), { ...works('a', ['walls'], 6), worksId: 'again' }];
    expect(learn(twice).rates).toEqual(untouched);
  });

  it('does not let one house hide among schools', () => {
    const schools = ['s', 't', 'u'].map((id) => works(id, ['walls'], null, 'school/1949-1974'));
    const { rates, leftOut } = learn([...schools, works('house', ['walls'], 1, home, 0)]);
    expect(leftOut.map(({ worksId }) => worksId)).toEqual(['works-house']);
    expect(rates).toEqual(learn(schools).rates);
  });

  it('leaves a case out when the rate of any of its measures would tell of it, and looks again at what that leaves', () => {
    // The roof has too few dwellings; without its case the walls have too few as well.
    const { rates, leftOut } = learn([works('a', ['walls', 'roof'], 6), works('b', ['walls'], 6)]);
    expect(leftOut).toHaveLength(2);
    expect(rates).toEqual(untouched);
  });

  it('leaves out every case of two measures that each have too few dwellings', () => {
    const { rates, leftOut } = learn([works('a', ['walls'], 6), works('b', ['roof'], 6)]);
    expect(leftOut.map(({ worksId }) => worksId)).toEqual(['works-a', 'works-b']);
    expect(rates).toEqual(untouched);
  });

  it('leaves out a small family that would be what is left once the others are known', () => {
    const large = works('a', ['walls'], 40);
    const { rates, leftOut } = learn([large, works('b', ['walls'], 3, newer, 0)]);
    expect(leftOut.map(({ worksId }) => worksId)).toEqual(['works-b']);
    expect(rates).toEqual(learn([large]).rates);
  });

  it('pools small families that are large enough together, and tells none of them alone', () => {
    const pooled = [works('a', ['walls'], 6), works('b', ['walls'], 6, newer)];
    const { rates, leftOut } = learn(pooled);
    expect(leftOut).toEqual([]);
    expect(rates.filter(({ family }) => family !== null)).toEqual([]);
    expect(rates[0]).toMatchObject({ measure: 'walls', cases: 2 });
    expect(rates[0]?.mean).toBeLessThan(untouched[0]?.mean ?? 0);
  });
});

describe('families of buildings', () => {
  it.each([
    [1948, 'housing/before-1949'],
    [1949, 'housing/1949-1974'],
    [2000, 'housing/1975-2000'],
    [2001, 'housing/since-2001'],
    [undefined, 'housing/unknown'],
  ])('of %s', (constructionYear, id) => {
    expect(
      familyOf({ use: 'housing', ...(constructionYear === undefined ? {} : { constructionYear }) }).id,
    ).toBe(id);
  });
});
