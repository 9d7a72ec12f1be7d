import { describe, expect, it } from 'vitest';
import { seededRandom, fillNormals } from '#core/random.ts';
import { type Benchmarked, benchmarkWithin } from '#measure/index.ts';

const one = (id: string, value: number, sd = 0.05, families = ['school']): Benchmarked => ({
  id,
  families,
  ln: Math.log(value),
  sd,
});

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The rule of BETTER: the deviation is the plain ratio to the family's median, whatever the meter leaves unsure. */
const plainDeviation = (own: Benchmarked, family: readonly Benchmarked[]): number =>
  own.ln - median(family.map(({ ln }) => ln));

/** The same rule as a robust score: distance to the family's median in its scaled median absolute deviations. */
const robustScore = (
  own: Benchmarked,
  family: readonly Benchmarked[],
  of: (ln: number) => number,
): number => {
  const centre = median(family.map(({ ln }) => of(ln)));
  const spread = 1.4826 * median(family.map(({ ln }) => Math.abs(of(ln) - centre)));
  return spread > 0 ? (of(own.ln) - centre) / spread : 0;
};

const meanSquare = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** Families whose truth is known: typical value, true deviations (one in ten far above), meters of unequal noise. */
const simulated = (seed: number) => {
  const random = seededRandom(seed);
  const normals = fillNormals(seededRandom(seed + 1), new Float64Array(200_000));
  let next = 0;
  const normal = (): number => normals[next++] ?? 0;
  const buildings: (Benchmarked & { readonly truth: number })[] = [];
  for (let family = 0; family < 150; family++) {
    const centre = 3 + 0.3 * normal();
    const size = 4 + Math.floor(random() * 30);
    for (let i = 0; i < size; i++) {
      const truth = 0.22 * normal() + (random() < 0.1 ? 0.6 : 0);
      const sd = 0.03 + 0.4 * random() ** 2;
      buildings.push({
        id: `${family}-${i}`,
        families: [`use/${family}`, 'use'],
        ln: centre + truth + sd * normal(),
        sd,
        truth,
      });
    }
  }
  return buildings;
};

describe('benchmarks within families', () => {
  it('stand by the median: one wild building moves neither the typical value nor the others', () => {
    const values = [90, 95, 100, 105, 110, 100, 98, 102, 2000];
    const results = benchmarkWithin(values.map((value, i) => one(String(i), value)));
    expect(Math.exp(results[0]?.centreLn ?? 0)).toBeCloseTo(100, 0);
    const wild = results.at(-1);
    expect(wild?.chanceHigh).toBeGreaterThan(0.99);
    expect(results.slice(0, -1).every(({ chanceHigh }) => chanceHigh < 0.8)).toBe(true);
  });

  it('draw a building towards its family the more, the less its meter is sure', () => {
    const family = Array.from({ length: 12 }, (_, i) => one(`f${i}`, 90 + 2 * i));
    const deviation = (sd: number): number =>
      benchmarkWithin([...family, one('own', 180, sd)]).at(-1)?.deviationLn ?? 0;
    expect(deviation(0.02)).toBeGreaterThan(deviation(0.2));
    expect(deviation(0.2)).toBeGreaterThan(deviation(0.8));
    expect(deviation(0.8)).toBeGreaterThan(0);
  });

  it('leave a lone building near the wider family, and say it is one', () => {
    const others = Array.from({ length: 20 }, (_, i) => one(`f${i}`, 100, 0.05, ['use/a', 'use']));
    const lone = benchmarkWithin([...others, one('lone', 300, 0.05, ['use/b', 'use'])]).at(-1);
    expect(lone?.familySize).toBe(1);
    expect(Math.exp(lone?.centreLn ?? 0)).toBeLessThan(300);
    expect(Math.exp(lone?.centreLn ?? 0)).toBeGreaterThan(100);
  });

  it('know true deviations better than the ratio to the median, and rank the truly high at least as well', () => {
    let [ours, theirs] = [0, 0];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const buildings = simulated(seed);
      const results = benchmarkWithin(buildings);
      const members = Map.groupBy(buildings, ({ families }) => families[0] ?? '');
      const plain = buildings.map((own) => plainDeviation(own, members.get(own.families[0] ?? '') ?? []));
      const error = (deviations: readonly number[]): number =>
        meanSquare(deviations.map((deviation, i) => deviation - (buildings[i]?.truth ?? 0)));
      const shrunk = results.map(({ deviationLn }) => deviationLn);
      expect(error(shrunk)).toBeLessThan(0.7 * error(plain));
      // Truly high buildings among the first tenth by a score.
      const found = (score: readonly number[]): number =>
        score
          .map((value, i) => ({ value, truth: buildings[i]?.truth ?? 0 }))
          .toSorted((a, b) => b.value - a.value)
          .slice(0, Math.round(buildings.length / 10))
          .filter(({ truth }) => truth > 0.4).length;
      ours += found(shrunk);
      theirs += found(plain);
    }
    expect(ours).toBeGreaterThanOrEqual(theirs);
  });

  it.each([
    ['in the values themselves', Math.exp],
    ['in logarithms', (ln: number) => ln],
  ])('find more abnormal buildings than BETTER’s median and MAD %s, at as many alarms', (_name, of) => {
    const far = { ours: 0, theirs: 0, all: 0 };
    const stocks = [11, 12, 13, 14, 15, 16].map((seed) => {
      const buildings = simulated(seed);
      const members = Map.groupBy(buildings, ({ families }) => families[0] ?? '');
      const scores = buildings.map((own) => robustScore(own, members.get(own.families[0] ?? '') ?? [], of));
      return { buildings, scores, results: benchmarkWithin(buildings) };
    });
    // The alarms that the rule itself raises at so many of its deviations.
    for (const deviations of [1, 1.5, 2, 3]) {
      const high = { ours: 0, theirs: 0 };
      for (const { buildings, results, scores } of stocks) {
        const alarms = scores.filter((score) => score > deviations).length;
        const found = (score: readonly number[], truth: number): number =>
          [...score.keys()]
            .toSorted((one, other) => score[other] - score[one])
            .slice(0, alarms)
            .filter((i) => (buildings[i]?.truth ?? 0) > truth).length;
        // What the chance tells: truly a tenth above the family.
        high.ours += found(
          results.map(({ chanceHigh }) => chanceHigh),
          Math.log(1.1),
        );
        high.theirs += found(scores, Math.log(1.1));
        // What the deviation tells: how far. Half as much again is what was made abnormal, nearly alone.
        far.ours += found(
          results.map(({ deviationLn }) => deviationLn),
          Math.log(1.5),
        );
        far.theirs += found(scores, Math.log(1.5));
        far.all += buildings.filter(({ truth }) => truth > Math.log(1.5)).length;
      }
      expect(high.ours, `${deviations} deviations`).toBeGreaterThan(1.05 * high.theirs);
    }
    expect(far.ours).toBeGreaterThan(1.05 * far.theirs);
    // The rule is no straw man: over its four levels it finds nearly half of them.
    expect(far.theirs).toBeGreaterThan(0.45 * far.all);
  });

  it('say high chances that are true: of those said at 80 % or more, four in five are', () => {
    const buildings = simulated(7);
    const said = benchmarkWithin(buildings).flatMap(({ chanceHigh }, i) =>
      chanceHigh >= 0.8 ? [(buildings[i]?.truth ?? 0) > Math.log(1.1)] : [],
    );
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter(Boolean).length / said.length).toBeGreaterThan(0.8);
  });

  it('of no building are none, and of a building without noise are finite', () => {
    expect(benchmarkWithin([])).toEqual([]);
    const [lone] = benchmarkWithin([one('a', 100, 0)]);
    expect(Number.isFinite(lone?.chanceHigh)).toBe(true);
  });
});
