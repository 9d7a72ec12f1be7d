import { describe, expect, it } from 'vitest';
import { boundedQuantity, Z90 } from '#core/quantity.ts';
import { learnRealisationRates, type RealisationCase, type RealisationPrior } from '#correct/index.ts';

const percent = (value: number, sd: number) =>
  boundedQuantity(value, value - Z90 * sd, value + Z90 * sd, '%', 'computed', 'test');

const fewestDwellings = 10;
const school = 'school/1949-1974';

const single = (worksId: string, measure: string, ratio: number, sd: number): RealisationCase => ({
  worksId,
  buildingId: worksId,
  family: school,
  dwellings: null,
  shares: [{ measure, share: 1 }],
  predictedPercent: percent(20, 0),
  measuredPercent: percent(20 * ratio, 20 * sd),
});

/** Nothing but a measure's own part, its spread taken as known. */
const alone: RealisationPrior = {
  version: 'test',
  mean: 0.8,
  sdCommon: 0,
  sdMeasure: 0.2,
  sdFamily: 0,
  sdCell: 0,
  sdCase: 0,
  structureScales: [1],
  caseScales: [1],
};

/** Seeded normals (Box-Muller on a linear congruential generator): the same cases on every machine. */
const normals = (seed: number) => {
  const uniform = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return (seed + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
};

describe('realisation rates', () => {
  it('is the prior when nothing was learnt', () => {
    const [rate] = learnRealisationRates(['walls'], [], { fewestDwellings, prior: alone }).rates;
    expect(rate?.mean).toBe(0.8);
    expect(rate?.sd).toBeCloseTo(0.2, 12);
    expect(rate?.cases).toBe(0);
  });

  it('of all families are known less well than that of one whose part was seen: both spreads between them count', () => {
    const prior = { ...alone, sdFamily: 0.1, sdCell: 0.15 };
    const [rate] = learnRealisationRates(['walls'], [], { fewestDwellings, prior }).rates;
    expect(rate?.family).toBeNull();
    expect(rate?.sd).toBeCloseTo(Math.hypot(0.2, 0.1, 0.15), 12);
  });

  it('matches the hand-worked normal update', () => {
    // Prior N(0.8, 0.2²), one case 1.2. Predicted 20 %; at a rate of 1 the error of the counterfactual (5 % of the 80 % still
    // read) is one of 0.2 on the rate. Equal precisions, so mean 1.0 and sd 0.2/√2, the rate known to within the second pass.
    const [rate] = learnRealisationRates(['walls'], [single('w', 'walls', 1.2, (0.05 * 76) / 20)], {
      fewestDwellings,
      prior: alone,
    }).rates;
    expect(rate?.mean).toBeCloseTo(1, 2);
    expect(rate?.sd).toBeCloseTo(0.2 / Math.SQRT2, 2);
  });

  it('informs the other measures only through the common part', () => {
    const cases = [single('w', 'walls', 0.4, 0.05)];
    const apart = learnRealisationRates(['walls', 'roof'], cases, { fewestDwellings, prior: alone }).rates[1];
    const shared = learnRealisationRates(['walls', 'roof'], cases, {
      fewestDwellings,
      prior: { ...alone, sdCommon: 0.2 },
    }).rates[1];
    expect(apart?.mean).toBeCloseTo(0.8, 12);
    expect(shared?.mean).toBeLessThan(0.7);
    expect(shared?.cases).toBe(0);
  });

  it('narrows with cases and never widens', () => {
    const cases = Array.from({ length: 6 }, (_, index) => single(`w${index}`, 'walls', 0.9, 0.1));
    const widths = cases.map(
      (_, index) =>
        learnRealisationRates(['walls'], cases.slice(0, index), { fewestDwellings }).rates[0]?.sd ?? 0,
    );
    for (let index = 1; index < widths.length; index++)
      expect(widths[index]).toBeLessThan(widths[index - 1] ?? 0);
  });

  it('leaves out what cannot tell a rate, with a reason', () => {
    const tiny = { ...single('tiny', 'walls', 1, 0.1), predictedPercent: percent(0.5, 0.1) };
    const learnt = learnRealisationRates(['walls'], [tiny], { fewestDwellings, prior: alone });
    expect(learnt.leftOut.map(({ worksId }) => worksId)).toEqual(['tiny']);
    expect(learnt.rates[0]?.cases).toBe(0);
  });

  it('covers the truth in 87 to 93 % of 400 simulated stocks', () => {
    const next = normals(11);
    const measures = ['walls', 'roof', 'windows', 'boiler'];
    const prior: RealisationPrior = {
      ...alone,
      mean: 0.85,
      sdCommon: 0.15,
      sdMeasure: 0.12,
      sdCase: 0.1,
    };
    let covered = 0;
    let asked = 0;
    for (let stock = 0; stock < 400; stock++) {
      const common = prior.mean + prior.sdCommon * next();
      const truth = new Map(measures.map((measure) => [measure, common + prior.sdMeasure * next()]));
      const cases = Array.from({ length: 8 }, (_, index) => {
        const measure = measures[index % 4] ?? 'walls';
        const other = measures[(index + 1 + Math.floor(index / 4)) % 4] ?? 'walls';
        const share = 0.6;
        const rate =
          share * (truth.get(measure) ?? 0) + (1 - share) * (truth.get(other) ?? 0) + prior.sdCase * next();
        return {
          worksId: `${stock}-${index}`,
          buildingId: `${index}`,
          family: school,
          dwellings: null,
          shares: [
            { measure, share },
            { measure: other, share: 1 - share },
          ],
          predictedPercent: percent(25, 0),
          measuredPercent: percent(25 * (rate + 0.12 * next()), 25 * 0.12),
        };
      });
      for (const { measure, rate } of learnRealisationRates(measures, cases, { fewestDwellings, prior })
        .rates) {
        const real = truth.get(measure) ?? 0;
        asked++;
        if (real >= rate.low && real <= rate.high) covered++;
      }
    }
    expect(covered / asked).toBeGreaterThan(0.87);
    expect(covered / asked).toBeLessThan(0.93);
  });

  it('lets cases of one family inform another only through what they share', () => {
    const cases = Array.from({ length: 8 }, (_, index) => single(`w${index}`, 'walls', 0.4, 0.02));
    const { rates } = learnRealisationRates(['walls'], cases, { fewestDwellings });
    const [any, own] = rates;
    expect(own).toMatchObject({ measure: 'walls', family: school, cases: 8 });
    expect(own?.mean).toBeLessThan(0.5);
    expect(any?.mean).toBeGreaterThan(own?.mean ?? 1);
    expect(any?.mean).toBeLessThan(0.85);
    expect(any?.sd).toBeGreaterThan(own?.sd ?? 1);
  });

  it('does not trust low ratios more than high ones where predictions are uncertain', () => {
    // Equal and opposite ratios round the prior must leave it where it is: an error that grew with the ratio read would not.
    const wide = (worksId: string, ratio: number): RealisationCase => ({
      ...single(worksId, 'walls', ratio, 0.02),
      predictedPercent: percent(20, 8),
    });
    const [rate] = learnRealisationRates(['walls'], [wide('a', 0.4), wide('b', 1.2)], {
      fewestDwellings,
      prior: alone,
    }).rates;
    expect(rate?.mean).toBeCloseTo(0.8, 3);
  });

  it('learns from the cases that buildings differ more than the prior holds likely', () => {
    const next = normals(5);
    const spread = (sd: number) =>
      learnRealisationRates(
        ['walls'],
        Array.from({ length: 40 }, (_, index) => single(`w${index}`, 'walls', 0.85 + sd * next(), 0.02)),
        { fewestDwellings },
      ).rates[0]?.sdCase ?? 0;
    expect(spread(0.25)).toBeGreaterThan(0.18);
    expect(spread(0.05)).toBeLessThan(0.09);
  });
});
