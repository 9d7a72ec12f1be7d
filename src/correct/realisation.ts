import { Matrix, solve } from 'ml-matrix';
import priorTable from '../../models/realisation-prior.json' with { type: 'json' };
import { type Message, message } from '../core/message.ts';
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import type { LearntRate, LearntRates, RealisationCase, RealisationPrior } from './types.ts';

export const shippedRealisationPrior: RealisationPrior = priorTable;

const sdOf = (quantity: Quantity): number => (quantity.high - quantity.low) / (2 * Z90);

/** A prediction this close to zero tells nothing about a ratio. */
const SMALLEST_PREDICTION_PERCENT = 2;

type Observation = { readonly one: RealisationCase; readonly ratio: number; readonly variance: number };

const observe = (one: RealisationCase, prior: RealisationPrior): Observation | Message => {
  const predicted = one.predictedPercent.value;
  if (!(predicted >= SMALLEST_PREDICTION_PERCENT))
    return message(
      'l’économie prédite est trop faible pour en tirer un taux.',
      'the predicted saving is too small to tell a rate.',
    );
  const ratio = one.measuredPercent.value / predicted;
  if (!Number.isFinite(ratio))
    return message('l’économie mesurée manque.', 'the measured saving is missing.');
  const measuredSd = sdOf(one.measuredPercent) / predicted;
  const predictedSd = (ratio * sdOf(one.predictedPercent)) / predicted;
  return { one, ratio, variance: measuredSd ** 2 + predictedSd ** 2 + prior.sdCase ** 2 };
};

/**
 * Learns the realisation rate of each kind of measure from the finished works of a stock: Bayesian linear
 * regression of realised over predicted saving on the measures' shares, with a normal prior whose common part
 * lets one measure's cases inform the others (Gelman & Hill, Data Analysis Using Regression and
 * Multilevel/Hierarchical Models, 2007, chapter 12). The posterior is exact; without a case it is the prior.
 * Rates are fractions, intervals 90 %.
 */
export const learnRealisationRates = (
  measures: readonly string[],
  cases: readonly RealisationCase[],
  prior: RealisationPrior = shippedRealisationPrior,
): LearntRates => {
  const size = measures.length;
  const observations: Observation[] = [];
  const leftOut: { worksId: string; reason: Message }[] = [];
  for (const one of cases) {
    const seen = observe(one, prior);
    if ('fr' in seen) leftOut.push({ worksId: one.worksId, reason: seen });
    else observations.push(seen);
  }
  const covariance = Matrix.zeros(size, size)
    .add(prior.sdCommon ** 2)
    .add(Matrix.eye(size, size).mul(prior.sdMeasure ** 2));
  const mean = Matrix.ones(size, 1).mul(prior.mean);
  const posterior =
    observations.length === 0 || size === 0
      ? { mean, covariance }
      : update(mean, covariance, measures, observations);
  return {
    rates: measures.map((measure, index) => rateOf(measure, index, posterior, observations)),
    leftOut,
  };
};

type Gaussian = { readonly mean: Matrix; readonly covariance: Matrix };

/** Normal conditioning in its small form: as many rows as cases, never an inverse of the prior. */
const update = (
  mean: Matrix,
  covariance: Matrix,
  measures: readonly string[],
  observations: readonly Observation[],
): Gaussian => {
  const design = new Matrix(
    observations.map(({ one }) =>
      measures.map((measure) =>
        one.shares.reduce((sum, own) => (own.measure === measure ? sum + own.share : sum), 0),
      ),
    ),
  );
  const noise = Matrix.diag(observations.map(({ variance }) => variance));
  const innovation = Matrix.columnVector(observations.map(({ ratio }) => ratio)).sub(design.mmul(mean));
  const gain = solve(
    design.mmul(covariance).mmul(design.transpose()).add(noise),
    design.mmul(covariance),
  ).transpose();
  return {
    mean: Matrix.add(mean, gain.mmul(innovation)),
    covariance: Matrix.sub(covariance, gain.mmul(design).mmul(covariance)),
  };
};

const rateOf = (
  measure: string,
  index: number,
  posterior: Gaussian,
  observations: readonly Observation[],
): LearntRate => {
  const mean = posterior.mean.get(index, 0);
  const sd = Math.sqrt(Math.max(0, posterior.covariance.get(index, index)));
  const cases = observations.filter(({ one }) =>
    one.shares.some((own) => own.measure === measure && own.share > 0),
  ).length;
  const rate = boundedQuantity(
    mean,
    mean - Z90 * sd,
    mean + Z90 * sd,
    '1',
    'learnt',
    `${cases} finished works with this measure, shrunk towards the shipped prior version ${priorTable.version} (models/realisation-prior.json)`,
  );
  return { measure, mean, sd, cases, rate };
};
