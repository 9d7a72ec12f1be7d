import { calibrate, type Posterior, priorFromTwin } from '#core/calibration/index.ts';
import { boundedQuantity, type Quantity, Z90 } from '#core/quantity.ts';
import { type Random, seededRandom } from '#core/random.ts';
import { scenarioOn } from '#app/comparison.ts';
import { measuresNamed } from '#app/building-state.ts';
import { familyOf, type RealisationCase } from '#correct/index.ts';
import { twinFromForm } from '#create/index.ts';
import { yearHalfWidthLn } from '#measure/index.ts';
import { type ScenarioResult, shippedCatalogue, suggestOptions } from '#simulate/index.ts';
import type { Twin } from '#core/twin.ts';
import drift from '../../models/drift-prior.json' with { type: 'json' };
import { randomEvidence, SUN } from './calibration.ts';
import { normals } from './simulated-meter.ts';

const DRAWS = 1000;

/** One building with works: what the calibrated twin promised, and what the works technically bring on the true building. */
export type PooledWorks = {
  readonly buildingId: string;
  readonly twin: Twin;
  readonly posterior: Posterior;
  readonly family: string;
  readonly dwellings: number | null;
  readonly measures: readonly string[];
  readonly shares: RealisationCase['shares'];
  readonly predicted: ScenarioResult['savingPercent'];
  /** Percent saved on the true building, one a draw of what is not known of the measures themselves. */
  readonly technical: Float64Array;
};

/** The one true building of a draw, as many times as there are draws. */
const certain = (posterior: Posterior, index: number): Posterior => {
  const of = (column: Float64Array): Float64Array => new Float64Array(DRAWS).fill(column[index]);
  return {
    ...posterior,
    draws: DRAWS,
    usesMeter: true,
    h: {
      walls: of(posterior.h.walls),
      roof: of(posterior.h.roof),
      floor: of(posterior.h.floor),
      windows: of(posterior.h.windows),
      doors: of(posterior.h.doors),
      bridges: of(posterior.h.bridges),
      air: of(posterior.h.air),
    },
    totalH: of(posterior.totalH),
    setPointC: of(posterior.setPointC),
    gainsW: of(posterior.gainsW),
    solarApertureM2: of(posterior.solarApertureM2),
    efficiency: of(posterior.efficiency),
    heatedShare: of(posterior.heatedShare),
    baseLoadKwhDay: of(posterior.baseLoadKwhDay),
    capacityJK: of(posterior.capacityJK),
  };
};

const uses = [
  ['housing', 0.6],
  ['school', 0.2],
  ['office', 0.2],
] as const;
const years = [1925, 1965, 1985, 2005];

const randomTwin = (random: Random, index: number): { twin: Twin; dwellings: number | null } => {
  let left = random();
  const [use] = uses.find(([, share]) => (left -= share) < 0) ?? ['housing'];
  const floorAreaM2 = Math.round(600 * 10 ** random());
  const storeys = 2 + Math.floor(4 * random());
  const constructionYear = years[Math.floor(years.length * random())];
  const made = twinFromForm({
    id: `p${index}`,
    name: `P${index}`,
    use,
    floorAreaM2,
    storeys,
    constructionYear,
  });
  if (!made.ok) throw new Error(made.error.code);
  return {
    twin: made.value.twin,
    dwellings: use === 'housing' ? Math.max(1, Math.round(floorAreaM2 / 65)) : null,
  };
};

/**
 * Buildings of three uses and four periods from the ordinary form, each with a truth drawn from its prior, a metered year of that
 * truth, the ordinary calibration on it and one of the packages the tool suggests, its saving predicted by the ordinary scenario.
 */
export const poolOfWorks = (count: number, seed: number): PooledWorks[] => {
  const random = seededRandom(seed);
  const pool: PooledWorks[] = [];
  for (let index = 0; pool.length < count; index++) {
    const { twin, dwellings } = randomTwin(random, index);
    const prior = priorFromTwin(twin);
    const truth = calibrate(prior, undefined, { draws: 16, seed: seed + index });
    const posterior = calibrate(prior, randomEvidence(truth, random), {
      draws: DRAWS,
      seed: index,
      seasonSolarWm2: SUN,
    });
    const options = suggestOptions(twin, shippedCatalogue);
    const measures = options[Math.floor(options.length * random())];
    if (measures === undefined) continue;
    const window = { from: 0, to: 364 };
    const named = measuresNamed(measures);
    const promised = scenarioOn({ window, twin, posterior }, named, []);
    const real = scenarioOn({ window, twin, posterior: certain(truth, 0) }, named, []);
    if (!promised.ok || !real.ok || promised.value.savingPercent.value < 3) continue;
    const total = promised.value.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
    const { savingKwh, beforeKwh } = real.value.draws;
    pool.push({
      buildingId: twin.buildingId,
      twin,
      posterior,
      family: familyOf(twin).id,
      dwellings,
      measures,
      shares: promised.value.shares.map((one) => ({ measure: one.measure, share: one.savingKwh / total })),
      predicted: promised.value.savingPercent,
      technical: savingKwh.map((kwh, i) => (100 * kwh) / beforeKwh[i]),
    });
  }
  return pool;
};

/** How the rates of a simulated stock are drawn. */
export type RateLaw = {
  readonly mean: number;
  readonly sdCommon: number;
  readonly sdMeasure: number;
  readonly sdFamily: number;
  readonly sdCell: number;
  readonly sdCase: number;
};

type SimulatedStock = {
  readonly cases: readonly RealisationCase[];
  readonly next: readonly { readonly works: PooledWorks; readonly truePercent: number }[];
  readonly trueRate: (measure: string, family: string) => number;
};

/** Spread of ln(counterfactual) of a year, as the savings of one meter have it (models/drift-prior.json). */
const yearSd = yearHalfWidthLn('level', drift.typicalNoise, 1) / Z90;

const measured = (truePercent: number, error: number): Quantity => {
  const at = (shift: number): number => 100 - (100 - truePercent) * Math.exp(error + shift);
  const half = Z90 * yearSd;
  return boundedQuantity(at(0), at(half), at(-half), '%', 'computed', 'simulated meter');
};

/** `count` of the pool, none twice: a building has its own error of calibration, which a stock must not hold twice. */
const drawnFrom = (pool: readonly PooledWorks[], count: number, random: Random): PooledWorks[] => {
  const left = [...pool];
  return Array.from({ length: count }, () => {
    const at = Math.floor(random() * left.length);
    const one = left[at];
    left[at] = left[left.length - 1];
    left.pop();
    return one;
  });
};

/** A stock with rates drawn by a law: `finished` works measured with the error of a real year, and `coming` ones. */
export const simulatedStock = (
  pool: readonly PooledWorks[],
  law: RateLaw,
  seed: number,
  finished = 300,
  coming = 100,
): SimulatedStock => {
  const random = seededRandom(seed);
  const normal = normals(seed + 1);
  const parts = new Map<string, number>();
  const part = (key: string, sd: number): number => {
    const known = parts.get(key) ?? sd * normal();
    parts.set(key, known);
    return known;
  };
  const common = law.mean + law.sdCommon * normal();
  const trueRate = (measure: string, family: string): number =>
    common +
    part(`m ${measure}`, law.sdMeasure) +
    part(`f ${family}`, law.sdFamily) +
    part(`c ${measure} ${family}`, law.sdCell);
  const works = drawnFrom(pool, finished + coming, random).map((one) => {
    const rate = one.shares.reduce(
      (sum, { measure, share }) => sum + share * trueRate(measure, one.family),
      0,
    );
    const technical = one.technical[Math.floor(random() * DRAWS)];
    return { works: one, truePercent: technical * (rate + law.sdCase * normal()) };
  });
  return {
    trueRate,
    next: works.slice(finished),
    cases: works.slice(0, finished).map(({ works: one, truePercent }, index) => ({
      worksId: `w${index}`,
      buildingId: `b${index}`,
      family: one.family,
      dwellings: one.dwellings,
      shares: one.shares,
      predictedPercent: one.predicted,
      measuredPercent: measured(truePercent, yearSd * normal()),
    })),
  };
};
