import { calibrate, type Posterior, predictSignature, type Prior } from '#core/calibration/index.ts';
import type { SignatureEvidence } from '#core/evidence.ts';
import { fillNormals, quantiles, type Random, seededRandom } from '#core/random.ts';
import type { Figure, Part } from '../figures/figure.ts';
import { lossGroups } from '#core/twin.ts';
import { validatePassiveHouse } from './passive-house.ts';
import { sampleReference, weightedQuantiles } from './reference-sampler.ts';

type Case = {
  readonly covered: boolean;
  readonly productCovered: boolean;
  /** Posterior over prior width of ln(H·share/η). */
  readonly widthRatio: number;
  readonly effectiveDraws: number;
  readonly method: string;
  /** Width of the interval of H over the reference sampler's; undefined when it was not run. */
  readonly overReference: number | undefined;
  readonly referenceEffective: number | undefined;
};

export const SUN = 110;

/** A building drawn at random: size, mix of losses and how well each part is documented. */
const randomPrior = (random: Random): Prior => {
  const area = Math.exp(Math.log(300) + random() * Math.log(30));
  const between = (low: number, high: number): number => low + random() * (high - low);
  const spread = (): number => [0.1, 0.15, 0.2, 0.35][Math.floor(random() * 4)];
  const part = (wPerM2K: number, spreadOf: number) => ({
    median: area * wPerM2K,
    sigma: Math.log1p(spreadOf),
  });
  return {
    schema: 'stacoptim.prior/1',
    h: {
      walls: part(between(0.2, 1), spread()),
      roof: part(between(0.05, 0.4), spread()),
      floor: part(between(0.05, 0.3), spread()),
      windows: part(between(0.15, 0.5), spread()),
      doors: part(between(0, 0.05), spread()),
      bridges: part(between(0.05, 0.25), 0.5),
      air: part(between(0.3, 0.8), 0.4),
    },
    setPointC: { mean: between(18, 20.5), sd: 0.9 },
    gainsW: part(between(2, 5), 0.4),
    solarApertureM2: part(between(0.01, 0.03), 0.4),
    efficiency: { median: between(0.65, 0.9), sigma: between(0.05, 0.12) },
    heatedShare: { median: between(0.85, 0.95), sigma: 0.08 },
    baseLoadKwhDay: part(between(0.02, 0.15), 0.5),
    capacityJK: part(165_000, 0.5),
  };
};

/** A fit of the truth, as noisy as a fit of one year is: its own covariance, the year's drift, the model's gap. */
export const randomEvidence = (truth: Posterior, random: Random): SignatureEvidence => {
  const draw = Float64Array.from([
    ...lossGroups.map((group) => truth.h[group][0]),
    truth.setPointC[0],
    truth.gainsW[0],
    truth.solarApertureM2[0],
    truth.efficiency[0],
    truth.heatedShare[0],
    truth.baseLoadKwhDay[0],
    truth.capacityJK[0],
  ]);
  const signature = new Float64Array(3);
  predictSignature(draw, SUN, signature);
  const [slope, balance, base] = signature as unknown as [number, number, number];
  const z = fillNormals(random, new Float64Array(8)) as unknown as number[];
  const at = (index: number): number => z[index];
  const fitSlope = 0.03 * slope;
  const fitBalance = 0.3;
  const correlation = -0.6;
  const drift = 0.08 * at(0);
  const seenSlope = slope * (1 + drift + 0.03 * at(1)) + fitSlope * at(2);
  const seenBalance =
    balance + 0.7 * at(3) + fitBalance * (correlation * at(2) + Math.sqrt(1 - correlation ** 2) * at(4));
  const seenBase = base * (1 + drift + 0.05 * at(5)) + 0.03 * base * at(6) + 0.1 * slope * at(7);
  const covariance = correlation * fitSlope * fitBalance;
  return {
    slopeKwhKDay: seenSlope,
    balancePointC: seenBalance,
    baseLoadKwhDay: seenBase,
    covariance: [
      [fitSlope ** 2, covariance, 0],
      [covariance, fitBalance ** 2, 0],
      [0, 0, (0.03 * base) ** 2],
    ],
    days: 365,
    cvRmsePercent: 15,
    r2: 0.9,
    yearDrift: 0.08,
  };
};

const product = (posterior: Posterior): Float64Array =>
  posterior.totalH.map((h, i) => Math.log((h * posterior.heatedShare[i]) / posterior.efficiency[i]));

const bounds = (draws: Float64Array): [number, number] => quantiles(draws, [0.05, 0.95]) as [number, number];

/** A random building with its prior, the draw that is its truth and the fit of its meter. */
export const simulatedBuilding = (random: Random, seed: number) => {
  const prior = randomPrior(random);
  const truth = calibrate(prior, undefined, { draws: 16, seed });
  return { prior, truth, evidence: randomEvidence(truth, random) };
};

/** Draws of the prior that the reference sampler weighs for each building. */
const REFERENCE_DRAWS = 30_000;

/** Buildings with known truth, each metered for one year and calibrated; `reference` runs the slow sampler beside. */
export const simulateCases = (count: number, seed: number, reference = false): Case[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const { prior, truth, evidence } = simulatedBuilding(random, seed + index);
    const before = calibrate(prior, undefined, { draws: 2000, seed: index });
    const after = calibrate(prior, evidence, { draws: 2000, seed: index, seasonSolarWm2: SUN });
    const [low, high] = bounds(after.totalH);
    const [productLow, productHigh] = bounds(product(after));
    const [priorLow, priorHigh] = bounds(product(before));
    const truthH = truth.totalH[0];
    const truthProduct = product(truth)[0];
    const slow = reference ? sampleReference(prior, evidence, SUN, REFERENCE_DRAWS, 77 + index) : undefined;
    const [slowLow = 0, slowHigh = 0] =
      slow === undefined ? [] : weightedQuantiles(slow.totalH, slow.weight, [0.05, 0.95]);
    return {
      covered: truthH >= low && truthH <= high,
      productCovered: truthProduct >= productLow && truthProduct <= productHigh,
      widthRatio: (productHigh - productLow) / (priorHigh - priorLow),
      effectiveDraws: after.effectiveDraws,
      method: after.method,
      overReference: slow === undefined ? undefined : (high - low) / (slowHigh - slowLow),
      referenceEffective: slow?.effective,
    };
  });
};

/** Coverage and sharpness of the calibration on a thousand simulated buildings with known truth. */
const validateCalibration = (corpus: string): Promise<Figure[]> => {
  const count = 1000;
  const cases = simulateCases(count, 2026, true);
  const command = 'npm run validate -- --only calibration';
  const percentOf = (test: (one: Case) => boolean): number => (100 * cases.filter(test).length) / count;
  const median = (of: (one: Case) => number): number => quantiles(Float64Array.from(cases, of), [0.5])[0];
  const held = percentOf(({ covered }) => covered);
  const productHeld = percentOf(({ productCovered }) => productCovered);
  const ratio = median(({ widthRatio }) => widthRatio);
  const overReference = median(({ overReference: width }) => width ?? Number.NaN);
  const slowDraws = median(({ referenceEffective }) => referenceEffective ?? Number.NaN);
  const enough = percentOf(({ effectiveDraws }) => effectiveDraws >= 2000);
  const row = (
    id: string,
    metric: string,
    value: number,
    unit: string,
    goal: string,
    holds: boolean,
  ): Figure => ({
    id: `calibration.${id}`,
    metric,
    value,
    unit,
    goal,
    holds,
    n: count,
    command,
  });
  return Promise.resolve([
    row('coverage-h', '90 % interval of H holds the truth', held, '%', '88 to 92', held >= 88 && held <= 92),
    row(
      'coverage-product',
      '90 % interval of H·share/η holds the truth',
      productHeld,
      '%',
      '88 to 92',
      productHeld >= 88 && productHeld <= 92,
    ),
    row(
      'sharpness',
      'posterior over prior width of ln(H·share/η), median',
      ratio,
      '1',
      '≤ 0.5',
      ratio <= 0.5,
    ),
    row(
      'over-reference',
      'width of the interval of H over the reference sampler’s, median',
      overReference,
      '1',
      '0.95 to 1.05',
      overReference >= 0.95 && overReference <= 1.05,
    ),
    {
      ...row(
        'reference-effective',
        'effective draws of the reference sampler, median',
        slowDraws,
        '1',
        'reported',
        true,
      ),
      holds: null,
    },
    row('effective', 'cases with 2,000 effective draws or more', enough, '%', '≥ 99', enough >= 99),
    ...validatePassiveHouse(corpus),
  ]);
};

export const calibrationPart: Part = {
  title: 'Calibration',
  notes: `A thousand buildings drawn at random, each metered for one simulated year and calibrated; the truth is known. The reference sampler weighs plain
draws of the prior by the same likelihood (30,000 a building): it knows nothing of the mode, the normal approximation or the resampling of the product.

The Belgian house is real (Building and Environment 138, 2018): one winter and an autumn of hourly electricity (heater, appliances, lights, fans) and room
temperatures, no sun measured, no plans. The loss is learnt from how the rooms move from midnight to midnight, from a prior three times wide either way; rooms are the sensors
that stay within 5 K of the middle one. Its heater hardly runs, so appliances and the weather are all that moves it: the interval stays wide, and the two halves in time,
winter and then spring with autumn, agree less well than weeks taken in turn.`,
  run: ({ corpus }) => validateCalibration(corpus),
};
