import { describe, expect, it } from 'vitest';
import { calibrate, predictSignature, priorFromTwin } from '#core/calibration/index.ts';
import type { SignatureEvidence } from '#core/evidence.ts';
import { spreadQuantity } from '#core/quantity.ts';
import { meanOf, quantiles } from '#core/random.ts';
import { sampleTwin } from '../../support/sample-twin.ts';
import { blockOfFlats } from '../../support/block-of-flats.ts';
import { simulateCases } from '../../../scripts/validate/calibration.ts';

const twin = blockOfFlats();
const prior = priorFromTwin(twin);
const evidence: SignatureEvidence = {
  slopeKwhKDay: 105,
  balancePointC: 15.5,
  baseLoadKwhDay: 290,
  covariance: [
    [4, -0.3, 0],
    [-0.3, 0.05, 0],
    [0, 0, 100],
  ],
  days: 365,
  cvRmsePercent: 12,
  r2: 0.95,
  yearDrift: 0.08,
};
const options = { draws: 2000, seed: 7 };
const width = (draws: Float64Array, of: (value: number) => number = Math.log): number => {
  const [low, high] = quantiles(draws.map(of), [0.05, 0.95]) as [number, number];
  return high - low;
};
const product = (posterior: ReturnType<typeof calibrate>): Float64Array =>
  posterior.totalH.map((h, i) => (h * posterior.heatedShare[i]) / posterior.efficiency[i]);

describe('prior', () => {
  it('draws keep the medians and spreads of the twin', () => {
    const draws = calibrate(prior, undefined, { draws: 20_000, seed: 1 });
    expect(draws.method).toBe('prior');
    const walls = twin.losses.find(({ group }) => group === 'walls')?.h;
    const [low, median, high] = quantiles(draws.h.walls, [0.05, 0.5, 0.95]) as [number, number, number];
    expect(median / (walls?.value as number)).toBeCloseTo(1, 1);
    expect(low / (walls?.low as number)).toBeCloseTo(1, 1);
    expect(high / (walls?.high as number)).toBeCloseTo(1, 1);
    expect(Math.max(...draws.heatedShare)).toBeLessThanOrEqual(1);
  });

  it('a wider quantity gives wider draws', () => {
    const wider = {
      ...twin,
      system: { ...twin.system, efficiency: spreadQuantity(0.8, '1', 0.4, 'typed', '') },
    };
    const narrow = {
      ...twin,
      system: { ...twin.system, efficiency: spreadQuantity(0.8, '1', 0.1, 'typed', '') },
    };
    const of = (one: typeof twin) => width(calibrate(priorFromTwin(one), evidence, options).totalH);
    expect(of(wider)).toBeGreaterThan(of(narrow));
  });
});

describe('signature', () => {
  it('is 24 h of the loss over the efficiency, from the set point less the gains', () => {
    const draw = Float64Array.from([100, 50, 20, 20, 0, 5, 5, 20, 900, 2, 0.8, 0.9, 12, 1e8]);
    const signature = new Float64Array(3);
    predictSignature(draw, 100, signature);
    expect(signature[0]).toBeCloseTo((0.024 * 200 * 0.9) / 0.8, 10);
    expect(signature[1]).toBeCloseTo(20 - (900 + 200) / 180, 10);
    expect(signature[2]).toBe(12);
  });
});

describe('calibration', () => {
  const posterior = calibrate(prior, evidence, options);

  it('knows the product the meter sees better than the envelope does, and H alone hardly', () => {
    const before = calibrate(prior, undefined, options);
    expect(posterior.usesMeter).toBe(true);
    expect(width(product(posterior))).toBeLessThan(0.6 * width(product(before)));
    expect(width(posterior.totalH)).toBeGreaterThan(1.2 * width(product(posterior)));
    expect(meanOf(product(posterior)) * 0.024).toBeGreaterThan(95);
    expect(meanOf(product(posterior)) * 0.024).toBeLessThan(115);
  });

  it('gives at least as many effective draws as asked, the same ones for the same seed', () => {
    expect(posterior.effectiveDraws).toBeGreaterThanOrEqual(2000);
    expect(calibrate(prior, evidence, options).totalH).toEqual(posterior.totalH);
    expect(calibrate(prior, evidence, { ...options, seed: 8 }).totalH).not.toEqual(posterior.totalH);
  });

  it('a less certain meter leaves a wider posterior', () => {
    const vague = calibrate(prior, { ...evidence, yearDrift: 0.3 }, options);
    expect(width(product(vague))).toBeGreaterThan(width(product(posterior)));
  });

  it('agrees with brute-force importance sampling from the prior', () => {
    const many = calibrate(prior, undefined, { draws: 400_000, seed: 3 });
    const loose: SignatureEvidence = {
      ...evidence,
      covariance: [
        [100, 0, 0],
        [0, 1, 0],
        [0, 0, 10_000],
      ],
      yearDrift: 0,
    };
    const sd = [Math.sqrt(100 + (105 * 0.03) ** 2), Math.sqrt(1 + 0.49)];
    const baseSd = Math.sqrt(10_000 + (290 * 0.05) ** 2 + 10.5 ** 2);
    let weights = 0;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < many.draws; i += 1) {
      const loss = many.totalH[i] * many.heatedShare[i];
      const slope = (0.024 * loss) / many.efficiency[i];
      const gains = many.gainsW[i] + many.solarApertureM2[i] * many.seasonSolarWm2;
      const balance = many.setPointC[i] - gains / loss;
      const weight = Math.exp(
        -0.5 *
          (((slope - 105) / sd[0]) ** 2 +
            ((balance - 15.5) / sd[1]) ** 2 +
            ((many.baseLoadKwhDay[i] - 290) / baseSd) ** 2),
      );
      weights += weight;
      mean += weight * many.totalH[i];
      square += weight * many.totalH[i] ** 2;
    }
    mean /= weights;
    const expectedSd = Math.sqrt(square / weights - mean * mean);
    const draws = calibrate(prior, loose, { draws: 20_000, seed: 4 }).totalH;
    const ownMean = meanOf(draws);
    const ownSd = Math.sqrt(meanOf(draws.map((value) => (value - ownMean) ** 2)));
    expect(ownMean / mean).toBeCloseTo(1, 1.9);
    expect(ownSd / expectedSd).toBeGreaterThan(0.95);
    expect(ownSd / expectedSd).toBeLessThan(1.05);
  });

  it('says so when meter and envelope contradict each other', () => {
    const broken = calibrate(prior, { ...evidence, slopeKwhKDay: 900 }, options);
    expect(broken.warnings.map(({ code }) => code)).toContain('meter-and-envelope-disagree');
    expect(posterior.warnings).toEqual([]);
  });

  it('keeps its head on a skewed posterior', () => {
    const hard = calibrate(
      priorFromTwin(sampleTwin('hard')),
      { ...evidence, slopeKwhKDay: 8, balancePointC: 10 },
      options,
    );
    expect(hard.totalH.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(['importance', 'adaptive', 'laplace']).toContain(hard.method);
  });

  it.each([
    ['no slope', { slopeKwhKDay: 0 }],
    ['a slope that is not a number', { slopeKwhKDay: Number.NaN }],
    ['a covariance without rows', { covariance: [] }],
    ['an infinite balance point', { balancePointC: Infinity }],
  ])('falls back to the prior on %s, and says so', (_, change) => {
    const result = calibrate(prior, { ...evidence, ...change }, { draws: 100, seed: 1 });
    expect(result.method).toBe('prior');
    expect(result.warnings.map(({ code }) => code)).toEqual(['evidence-unusable']);
  });

  it('tells in both languages what the meter cannot see and what would', () => {
    const sentences = posterior.identifiability;
    expect(sentences.length).toBeGreaterThanOrEqual(3);
    expect(sentences.some(({ en }) => /would (lift|fix|give|separate)/.test(en))).toBe(true);
    expect(sentences.every(({ fr }) => fr.length > 20)).toBe(true);
  });
});

describe('coverage on simulated buildings', () => {
  it('the 90 % interval of the heat loss holds the truth about nine times in ten', () => {
    const cases = simulateCases(300, 2026);
    const held = cases.filter(({ covered }) => covered).length / cases.length;
    // 300 cases: binomial standard deviation 1.7 points, taken three times.
    expect(held).toBeGreaterThan(0.848);
    expect(held).toBeLessThan(0.952);
    const ratios = Float64Array.from(cases, ({ widthRatio }) => widthRatio);
    expect(quantiles(ratios, [0.5])[0]).toBeLessThan(0.5);
  });
});
