import priorTable from '../../models/realisation-prior.json' with { type: 'json' };
import { type Message, message } from '../core/message.ts';
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import { tellable } from './minimum-group.ts';
import {
  type Design,
  designOf,
  hasCell,
  LEAST_READ_PERCENT,
  type Observation,
  posteriorsOf,
  termsOf,
} from './rate-model.ts';
import type { LearntRate, LearntRates, RealisationCase, RealisationPrior } from './types.ts';

export const shippedRealisationPrior: RealisationPrior = priorTable;

const sdOf = (quantity: Quantity): number => (quantity.high - quantity.low) / (2 * Z90);

const tooFew = (fewest: number): Message =>
  message(
    `moins de ${fewest} logements de bâtiments semblables ont eu ce geste : on y lirait la vie d’un ménage. Le cas comptera quand il y en aura assez.`,
    `fewer than ${fewest} dwellings of buildings alike had this measure: a household could be read from it. The case will count once there are enough.`,
  );

/** A prediction this close to zero tells nothing about a ratio. */
const SMALLEST_PREDICTION_PERCENT = 2;

const observe = (one: RealisationCase): Observation | Message => {
  const predicted = one.predictedPercent.value;
  if (!(predicted >= SMALLEST_PREDICTION_PERCENT))
    return message(
      'l’économie prédite est trop faible pour en tirer un taux.',
      'the predicted saving is too small to tell a rate.',
    );
  const ratio = one.measuredPercent.value / predicted;
  if (!Number.isFinite(ratio))
    return message('l’économie mesurée manque.', 'the measured saving is missing.');
  return {
    one,
    ratio,
    measuredShare: sdOf(one.measuredPercent) / Math.max(LEAST_READ_PERCENT, 100 - one.measuredPercent.value),
    predictedPercent: predicted,
    predictedVariance: (sdOf(one.predictedPercent) / predicted) ** 2,
  };
};

type Learning = {
  readonly prior: RealisationPrior;
  readonly design: Design;
  readonly observations: readonly Observation[];
  readonly posteriors: ReturnType<typeof posteriorsOf>;
};

/** Mean and spread of a sum of columns over all scales; the parts that have no column of their own widen it. */
const rateOf = (measure: string, family: string | null, learning: Learning): LearntRate => {
  const { prior, design, observations, posteriors } = learning;
  const terms = termsOf(design, measure, family);
  const size = design.columns.length;
  const told = family === null || hasCell(design, measure, family);
  const each = posteriors.map(({ weight, mean, covariance, scales }) => {
    let variance = family === null ? (scales.structure * prior.sdFamily) ** 2 : 0;
    if (family === null || !told) variance += (scales.structure * prior.sdCell) ** 2;
    for (const a of terms) for (const b of terms) variance += covariance[a * size + b];
    return { weight, value: terms.reduce((sum, a) => sum + mean[a], prior.mean), variance };
  });
  const average = (of: (one: (typeof each)[number]) => number): number =>
    each.reduce((sum, one) => sum + one.weight * of(one), 0);
  const mean = average(({ value }) => value);
  const sd = Math.sqrt(
    Math.max(
      0,
      average(({ value, variance }) => variance + (value - mean) ** 2),
    ),
  );
  const sdCase = Math.sqrt(posteriors.reduce((sum, one) => sum + one.weight * one.sdCase ** 2, 0));
  const own = observations.filter(
    ({ one }) =>
      (family === null || one.family === family) &&
      one.shares.some((part) => part.measure === measure && part.share > 0),
  );
  // A cell too small for a rate of its own does not say how many it holds either.
  const cases = told ? own.length : 0;
  const rate = boundedQuantity(
    mean,
    mean - Z90 * sd,
    mean + Z90 * sd,
    '1',
    'learnt',
    `${cases} finished works with this measure${family === null ? '' : ` in this family of buildings (${family})`}, ${observations.length} in all, shrunk towards the shipped prior version ${prior.version} (${prior.mean} on average, models/realisation-prior.json)`,
  );
  return { measure, family, mean, sd, sdCase, cases, rate };
};

/**
 * Learns the realisation rate of each kind of measure, over all buildings and in each family of them, from the finished works of a
 * stock: Bayesian linear regression of realised over predicted saving on the measures' shares, with a normal prior in four levels
 * (all, measure, family, measure in a family) through which cases inform each other. For given spreads the posterior is
 * exact; the spreads themselves are weighed by the cases. Without a case it is the prior. Rates are fractions, intervals 90 %. No
 * figure rests on fewer than `fewestDwellings` dwellings.
 */
export const learnRealisationRates = (
  measures: readonly string[],
  cases: readonly RealisationCase[],
  options: { readonly fewestDwellings: number; readonly prior?: RealisationPrior },
): LearntRates => {
  const { fewestDwellings, prior = shippedRealisationPrior } = options;
  const seen = cases.map((one) => ({ one, observed: observe(one) }));
  const untold = seen.flatMap(({ one, observed }) =>
    'fr' in observed ? [{ worksId: one.worksId, reason: observed }] : [],
  );
  const useful = seen.flatMap(({ observed }) => ('fr' in observed ? [] : [observed]));
  const groups = tellable(
    useful.map(({ one }) => one),
    fewestDwellings,
  );
  const taught = new Set(groups.taught);
  const observations = useful.filter(({ one }) => taught.has(one));
  const design = designOf(
    measures,
    observations.map(({ one }) => one),
    groups,
  );
  const learning = { prior, design, observations, posteriors: posteriorsOf(prior, design, observations) };
  const families = [...groups.families].toSorted();
  return {
    rates: [null, ...families].flatMap((family) =>
      measures.map((measure) => rateOf(measure, family, learning)),
    ),
    leftOut: [
      ...untold,
      ...groups.leftOut.map(({ worksId }) => ({ worksId, reason: tooFew(fewestDwellings) })),
    ],
  };
};
