import { weekday } from '../calendar.ts';
import { solveInPlace } from '../statistics/index.ts';
import type { Candidate, Coefficients } from './candidate.ts';
import type { DayFeatures } from './features.ts';

const hinge = (temperature: number, knot: number): number =>
  temperature < knot ? (knot - temperature) / 8 : 0;

/** Penalty and width of each group of columns, in the order `writeRow` fills them; measured for about a year of days. */
const penalties: readonly number[] = [
  [1e-6, 1e-6], // base load, heating
  [10, 10, 10, 10, 10, 10], // bends of the heating line
  [10, 10, 10, 10, 10], // inertia
  [3, 3, 3], // bends of the week's temperature
  [0.05, 0.05], // closed days
  [10, 10, 10, 10, 10, 10, 10, 10], // Saturday against Sunday, first day back, Christmas, bank holidays
  [3, 3, 3, 3, 3], // Monday to Friday
  [10], // sun
  [10, 10, 10, 30], // summers without heating
  [1e-2, 10, 10, 10, 0.05], // cooling
].flat();
const WIDTH = penalties.length;

const writeRow = (features: DayFeatures, i: number, out: Float64Array): void => {
  const t1 = features.smooth1C[i];
  const t7 = features.smooth7C[i];
  const h = hinge(t1, 15);
  const closed = features.nonWorking[i];
  const cooling = hinge(-t1, -18);
  const summer = features.summerDepth[i];
  let at = 0;
  const put = (value: number): void => {
    out[at] = value;
    at++;
  };
  put(1);
  put(h);
  for (const knot of [3, 6, 9, 12, 18, 21]) put(hinge(t1, knot));
  put(hinge(features.outdoorC[i], 15) - h);
  put(hinge(features.yesterdayC[i], 15) - h);
  put(hinge(features.smooth3C[i], 15) - h);
  put(hinge(t7, 15) - h);
  put(hinge(features.smooth14C[i], 15) - h);
  for (const knot of [9, 12, 18]) put(hinge(t7, knot) - hinge(t1, knot));
  put(closed);
  put(closed * h);
  for (const flags of [
    features.saturdaySunday,
    features.firstDayBack,
    features.christmas,
    features.bankHoliday,
  ]) {
    put(flags[i]);
    put(flags[i] * h);
  }
  const week = weekday(features.firstDay + i);
  for (let day = 0; day < 5; day++) put(week === day ? h : 0);
  put((features.smoothGhiWm2[i] / 100) * Math.min(h, 1));
  for (let depth = 1; depth <= 3; depth++) put(summer >= depth ? h : 0);
  put(summer >= 1 ? 1 : 0);
  put(cooling);
  put(hinge(-t1, -15));
  put(hinge(-t1, -21));
  put(hinge(-features.outdoorC[i], -18) - cooling);
  put(cooling * closed);
};

// Features are shared by every fit of a meter, so their rows are kept as long as they live.
const designs = new WeakMap<DayFeatures, Float64Array>();
const designOf = (features: DayFeatures): Float64Array => {
  let design = designs.get(features);
  if (design === undefined) {
    design = new Float64Array(features.days * WIDTH);
    for (let i = 0; i < features.days; i++)
      writeRow(features, i, design.subarray(i * WIDTH, (i + 1) * WIDTH));
    designs.set(features, design);
  }
  return design;
};

/**
 * Base load and habits drift, so a day counts half as much as one a year later. On 76 pairs of years of real meters the year ahead is
 * then predicted 1 % better; half-lives of six months to two years are alike.
 */
const HALF_LIFE_DAYS = 365;

/** What a set of days brings to the normal equations; sets add up, which makes cross-validation cheap. */
type Moments = {
  readonly gram: Float64Array;
  readonly right: Float64Array;
  n: number;
  weight: number;
  total: number;
  negatives: number;
};

const noMoments = (): Moments => ({
  gram: new Float64Array(WIDTH * WIDTH),
  right: new Float64Array(WIDTH),
  n: 0,
  weight: 0,
  total: 0,
  negatives: 0,
});

const addDay = (moments: Moments, features: DayFeatures, design: Float64Array, i: number): void => {
  const { gram, right } = moments;
  const y = features.energyKwh[i];
  const weight = 2 ** ((i - features.days) / HALF_LIFE_DAYS);
  if (y < 0) moments.negatives++;
  moments.n++;
  moments.weight += weight;
  moments.total += y;
  const at = i * WIDTH;
  for (let a = 0; a < WIDTH; a++) {
    const xa = weight * design[at + a];
    if (xa === 0) continue;
    right[a] = right[a] + xa * y;
    const row = a * WIDTH;
    for (let b = 0; b <= a; b++) gram[row + b] = gram[row + b] + xa * design[at + b];
  }
};

/** The solution on `all` days less those of `part`, which may be none. */
const solved = (all: Moments, part: Moments | undefined): Coefficients | undefined => {
  const n = all.n - (part?.n ?? 0);
  const scale = (all.total - (part?.total ?? 0)) / n;
  if (!(scale > 0)) return undefined;
  // Weights of mean one, so that the penalties weigh the same whatever the age of the days.
  const even = n / (all.weight - (part?.weight ?? 0));
  const gram = new Float64Array(WIDTH * WIDTH);
  const right = new Float64Array(WIDTH);
  for (let a = 0; a < WIDTH; a++) {
    right[a] = (even / scale) * (all.right[a] - (part === undefined ? 0 : part.right[a]));
    const row = a * WIDTH;
    for (let b = 0; b <= a; b++)
      gram[row + b] = even * (all.gram[row + b] - (part === undefined ? 0 : part.gram[row + b]));
    gram[row + a] = gram[row + a] + penalties[a];
  }
  if (!solveInPlace(gram, right, WIDTH)) return undefined;
  return {
    kind: 'ridge',
    coefficients: Array.from(right),
    scaleKwhDay: scale,
    nonNegative: all.negatives === (part?.negatives ?? 0),
  };
};

const addTo = (all: Moments, part: Moments): void => {
  for (let k = 0; k < WIDTH * WIDTH; k++) all.gram[k] = all.gram[k] + part.gram[k];
  for (let a = 0; a < WIDTH; a++) all.right[a] = all.right[a] + part.right[a];
  all.n += part.n;
  all.weight += part.weight;
  all.total += part.total;
  all.negatives += part.negatives;
};

/**
 * Forty-one columns and one ridge solve, for heating and cooling meters alike: bends of the heating line, smoothed and lagged
 * temperatures (thermal inertia), closed days, the days of the week, Christmas and bank holidays, sun, heating that is off in
 * summer, cooling; recent days count more. Penalties were measured on year-ahead error: half to twice is flat within 1 %.
 */
export const ridgeCandidate: Candidate = {
  kind: 'ridge',
  parameters: WIDTH,
  minimumDays: 120,
  penalties,
  fit: (features, mask) => {
    const design = designOf(features);
    const moments = noMoments();
    for (let i = 0; i < features.days; i++) if (mask[i] === 1) addDay(moments, features, design, i);
    return moments.n === 0 ? undefined : solved(moments, undefined);
  },
  fitWithoutFolds: (features, mask, foldOf, folds) => {
    const design = designOf(features);
    const parts = Array.from({ length: folds }, noMoments);
    for (let i = 0; i < features.days; i++) if (mask[i] === 1) addDay(parts[foldOf[i]], features, design, i);
    const all = noMoments();
    for (const part of parts) addTo(all, part);
    return parts.map((part) => (part.n === all.n ? undefined : solved(all, part)));
  },
  predict: (model, features, i) => {
    if (!Number.isFinite(features.outdoorC[i])) return Number.NaN;
    const design = designOf(features);
    let sum = 0;
    for (let a = 0; a < WIDTH; a++) sum += design[i * WIDTH + a] * model.coefficients[a];
    return model.scaleKwhDay * (model.nonNegative && sum < 0 ? 0 : sum);
  },
  gradient: (model, features, i, out) => {
    const design = designOf(features);
    for (let a = 0; a < WIDTH; a++) out[a] = model.scaleKwhDay * design[i * WIDTH + a];
  },
};
