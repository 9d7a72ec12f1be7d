import type { Evidence } from '../evidence.ts';
import { fillNormals, type Random, seededRandom } from '../random.ts';
import { type LossGroup, lossGroups } from '../twin.ts';
import { type Warning, warning } from '../message.ts';
import { seasonSolarWm2 } from '../physics/monthly-weather.ts';
import { bordeaux } from '../physics/bordeaux.ts';
import { identifiability } from './identifiability.ts';
import { invert3, observationOf } from './likelihood.ts';
import { findMode, misfit, type Mode, signatureAt, type Target } from './mode.ts';
import { dimensions, transformOf, type Transform, Z } from './prior.ts';
import { type Cloud, joinClouds, proposeAroundMode, proposeFromCloud, temper, weigh } from './proposals.ts';
import type { CalibrationMethod, CalibrationOptions, Posterior, Prior } from './types.ts';

type Sample = {
  readonly z: Float64Array;
  readonly method: CalibrationMethod;
  readonly effective: number;
  readonly proposals: number;
};

/** Below this share of effective proposals the normal approximation is relearnt. */
const POOR = 0.1;
const HOPELESS = 0.01;

const sample = (target: Target, mode: Mode, draws: number, random: Random): Sample => {
  let cloud: Cloud = proposeAroundMode(target, mode, Math.ceil(draws * 1.35), random);
  let weights = weigh(cloud);
  let method: CalibrationMethod = 'importance';
  for (let round = 0; round < 4 && weights.effective < POOR * cloud.count; round += 1) {
    method = 'adaptive';
    const learnt = temper(cloud, Math.min(cloud.count / 2, 20 * dimensions));
    cloud = proposeFromCloud(target, cloud, learnt, 2 * draws, random);
    weights = weigh(cloud);
  }
  for (let batch = 0; batch < 3 && weights.effective < draws; batch += 1) {
    const rate = weights.effective / cloud.count;
    if (method === 'importance') {
      const count = Math.min(4 * draws, Math.ceil((1.1 * (draws - weights.effective)) / rate));
      cloud = joinClouds(cloud, proposeAroundMode(target, mode, count, random));
    } else {
      // A relearnt proposal has another density, so its cloud is drawn whole and stands alone.
      const count = Math.min(8 * draws, Math.ceil((1.1 * draws) / rate));
      cloud = proposeFromCloud(target, cloud, weights.weight, count, random);
    }
    weights = weigh(cloud);
  }
  if (weights.effective < HOPELESS * cloud.count) {
    const normal = proposeAroundMode(target, mode, draws, random);
    return { z: normal.z, method: 'laplace', effective: weights.effective, proposals: cloud.count };
  }
  return {
    z: resample(cloud, weights.weight, draws, random),
    method,
    effective: weights.effective,
    proposals: cloud.count,
  };
};

/** Systematic resampling (Kitagawa 1996), then shuffled so that any stretch of the draws is a fair sample of them. */
const resample = (cloud: Cloud, weight: Float64Array, draws: number, random: Random): Float64Array => {
  const picked = new Int32Array(draws);
  let reached = weight[0];
  let source = 0;
  const start = random();
  for (let i = 0; i < draws; i += 1) {
    const wanted = (i + start) / draws;
    while (reached < wanted && source < cloud.count - 1) {
      source += 1;
      reached += weight[source];
    }
    picked[i] = source;
  }
  const z = new Float64Array(draws * dimensions);
  for (let i = draws - 1; i >= 0; i -= 1) {
    const other = Math.floor(random() * (i + 1));
    const from = picked[other];
    picked[other] = picked[i];
    z.set(cloud.z.subarray(from * dimensions, (from + 1) * dimensions), i * dimensions);
  }
  return z;
};

type Columns = Pick<
  Posterior,
  | 'h'
  | 'totalH'
  | 'setPointC'
  | 'gainsW'
  | 'solarApertureM2'
  | 'efficiency'
  | 'heatedShare'
  | 'baseLoadKwhDay'
  | 'capacityJK'
>;

const columnsOf = (z: Float64Array, draws: number, transform: Transform): Columns => {
  const column = () => new Float64Array(draws);
  const h = Object.fromEntries(lossGroups.map((group) => [group, column()])) as Record<
    LossGroup,
    Float64Array
  >;
  const totalH = column();
  const others = Array.from({ length: dimensions - lossGroups.length }, column);
  const draw = new Float64Array(dimensions);
  for (let i = 0; i < draws; i += 1) {
    transform(z, i * dimensions, draw);
    let total = 0;
    for (const [index, group] of lossGroups.entries()) {
      h[group][i] = draw[index];
      total += draw[index];
    }
    totalH[i] = total;
    for (const [index, values] of others.entries()) values[i] = draw[lossGroups.length + index];
  }
  const named = (index: number): Float64Array => others[index - lossGroups.length];
  return {
    h,
    totalH,
    setPointC: named(Z.setPoint),
    gainsW: named(Z.gains),
    solarApertureM2: named(Z.aperture),
    efficiency: named(Z.efficiency),
    heatedShare: named(Z.share),
    baseLoadKwhDay: named(Z.base),
    capacityJK: named(Z.capacity),
  };
};

const disagreement = (target: Target, mode: Mode): Warning[] => {
  const signature = new Float64Array(3);
  signatureAt(target, mode.z, 0, signature);
  let square = misfit(target, signature);
  for (const value of mode.z) square += value * value;
  // Three observations: their squared distance from the prior's prediction exceeds 16.3 once in a thousand.
  return square > 16.3
    ? [
        warning(
          'meter-and-envelope-disagree',
          'Le compteur et l’enveloppe se contredisent au-delà de leurs incertitudes : vérifier le périmètre du compteur, la surface chauffée et le système avant de croire un scénario.',
          'The meter and the envelope disagree beyond their uncertainties: check what the meter serves, the heated area and the system before believing a scenario.',
        ),
      ]
    : [];
};

/**
 * Learns the building's few parameters from its meter (DESIGN section 4), by its signature or, where the indoor
 * temperature is known, by the room's daily response. Without usable evidence the draws are the
 * prior's. With it, draws are proposed around the posterior's mode, weighted by prior times likelihood and resampled
 * to equal weights; where the weights collapse the proposal is relearnt, and as a last resort the normal
 * approximation is kept and said. Same inputs and seed, same draws.
 */
export const calibrate = (
  prior: Prior,
  evidence: Evidence | undefined,
  options: CalibrationOptions,
): Posterior => {
  const { draws, seed } = options;
  if (!(Number.isInteger(draws) && draws >= 16)) throw new Error('At least 16 draws are needed');
  const sun = options.seasonSolarWm2 ?? seasonSolarWm2(bordeaux);
  const random = seededRandom(seed);
  const transform = transformOf(prior);
  const warnings: Warning[] = [];
  const observation = evidence === undefined ? undefined : observationOf(evidence);
  const precision = observation === undefined ? undefined : invert3(observation.covariance);
  let result: Sample;
  if (observation === undefined || precision === undefined) {
    if (evidence !== undefined)
      warnings.push(
        warning(
          'evidence-unusable',
          'Ce que disent les relevés n’a pas de pente positive ou pas de covariance valide : le jumeau garde ses valeurs a priori.',
          'What the readings say has no positive slope or no valid covariance: the twin keeps its prior values.',
        ),
      );
    const z = fillNormals(random, new Float64Array(draws * dimensions));
    result = { z, method: 'prior', effective: draws, proposals: draws };
  } else {
    const target: Target = { transform, observation, precision, seasonSolarWm2: sun };
    const mode = findMode(target);
    result = sample(target, mode, draws, random);
    warnings.push(...disagreement(target, mode));
    if (result.method === 'laplace')
      warnings.push(
        warning(
          'normal-approximation',
          'Le tirage pondéré a échoué ; les intervalles viennent d’une approximation normale, moins sûre.',
          'Weighted sampling failed; the intervals come from a normal approximation, less sure.',
        ),
      );
  }
  const columns = columnsOf(result.z, draws, transform);
  const usesMeter = result.method !== 'prior';
  return {
    schema: 'stacoptim.posterior/1',
    draws,
    seed,
    usesMeter,
    method: result.method,
    effectiveDraws: result.effective,
    proposals: result.proposals,
    ...columns,
    seasonSolarWm2: sun,
    identifiability: identifiability(prior, columns, usesMeter),
    warnings,
  };
};
