import { message } from '#core/message.ts';
import type { NonRoutine } from './types.ts';
import { dayEn, dayFr } from '../core/wording.ts';

export type EventDay = {
  readonly day: number;
  readonly actual: number;
  readonly predicted: number;
  readonly spread: number;
};

/** A change must last this long to be an event and not weather or a holiday, days. */
const MINIMUM_DAYS = 30;
const BLOCK_DAYS = 7;
/** Below this change of level the segment is ordinary drift (its 90 % half width is near 15 % over a year, more over a month). */
const MINIMUM_CHANGE = 0.3;
/** Standardised contrast a segment must reach; with the memory of residuals counted, one quiet year in about a hundred does. */
const THRESHOLD = 5;
/** Weeks of the rest that expect at least this share of the stretch’s mean have weather like it. */
const ALIKE = 0.8;
const MAXIMUM_EVENTS = 3;
/** Consumption over prediction, in one whole reporting period, that no works explain. */
const RISE_RATIO = 1.3;

type Block = {
  readonly from: number;
  readonly to: number;
  actual: number;
  predicted: number;
  variance: number;
};

const blocksOf = (days: readonly EventDay[], inflation: number): Block[] => {
  const blocks = new Map<number, Block>();
  const first = days[0]?.day ?? 0;
  for (const { day, actual, predicted, spread } of days) {
    const index = Math.floor((day - first) / BLOCK_DAYS);
    const block = blocks.get(index) ?? {
      from: first + index * BLOCK_DAYS,
      to: first + (index + 1) * BLOCK_DAYS - 1,
      actual: 0,
      predicted: 0,
      variance: 0,
    };
    block.actual += actual;
    block.predicted += Math.max(0, predicted);
    block.variance += spread * spread * inflation;
    blocks.set(index, block);
  }
  return [...blocks.values()];
};

type Found = {
  readonly from: number;
  readonly to: number;
  readonly ratio: number;
  readonly contrast: number;
};

/** Running sums over blocks, so that any stretch and its rest cost nothing to compare. */
type Sums = {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  readonly actualSquares: Float64Array;
  readonly variance: Float64Array;
};

const runningSums = (blocks: readonly Block[]): Sums => {
  const running = (of: (block: Block) => number): Float64Array => {
    const sums = new Float64Array(blocks.length + 1);
    for (let index = 0; index < blocks.length; index++) sums[index + 1] = sums[index] + of(blocks[index]);
    return sums;
  };
  return {
    actual: running(({ actual }) => actual),
    predicted: running(({ predicted }) => predicted),
    squares: running(({ predicted }) => predicted ** 2),
    products: running(({ actual, predicted }) => actual * predicted),
    actualSquares: running(({ actual }) => actual ** 2),
    variance: running(({ variance }) => variance),
  };
};

/**
 * The stretch of blocks whose level differs most from what the rest of the period leads to expect, by circular binary
 * segmentation (Olshen et al. 2004). What is expected is a straight line in the prediction fitted on the rest, not one
 * ratio: works save another share in mild weather than in cold. A stretch that the rest has no weather like (a whole
 * winter) cannot be judged by it.
 */
const strongest = (blocks: readonly Block[]): Found | undefined => {
  const sums = runningSums(blocks);
  const n = blocks.length;
  const minimum = Math.ceil(MINIMUM_DAYS / BLOCK_DAYS);
  let best: Found | undefined;
  for (let from = 0; from + minimum <= n; from++)
    for (let to = from + minimum; to <= n; to++) {
      const size = to - from;
      const rest = n - size;
      if (rest < 2 * minimum) continue;
      const inside = (of: Float64Array): number => of[to] - of[from];
      const outside = (of: Float64Array): number => of[n] - inside(of);
      const a = inside(sums.actual);
      const p = inside(sums.predicted);
      // A stretch the model expects next to nothing of (summer) has no level to speak of.
      if (p < 0.03 * sums.predicted[n]) continue;
      const alike = blocks.filter(
        ({ predicted }, index) => (index < from || index >= to) && predicted >= (ALIKE * p) / size,
      ).length;
      if (alike < minimum) continue;
      const meanP = outside(sums.predicted) / rest;
      const meanA = outside(sums.actual) / rest;
      const sxx = outside(sums.squares) - rest * meanP ** 2;
      const sxy = outside(sums.products) - rest * meanP * meanA;
      const slope = sxx > 0 ? Math.max(0, sxy / sxx) : 0;
      const residual =
        Math.max(0, outside(sums.actualSquares) - rest * meanA ** 2 - slope * sxy) / Math.max(1, rest - 2);
      const perBlock = Math.max(residual, outside(sums.variance) / rest);
      const away = p / size - meanP;
      const expected = size * (meanA + slope * away);
      if (!(expected > 0)) continue;
      const spread = Math.sqrt(perBlock * (size + size ** 2 * (1 / rest + (sxx > 0 ? away ** 2 / sxx : 0))));
      const ratio = a / expected;
      const contrast = Math.abs(a - expected) / spread;
      if (contrast > (best?.contrast ?? THRESHOLD) && Math.abs(ratio - 1) >= MINIMUM_CHANGE)
        best = { from, to, ratio, contrast };
    }
  return best;
};

const shiftMessage = (from: number, to: number, ratio: number): NonRoutine['message'] => {
  const percent = Math.round(100 * Math.abs(ratio - 1));
  return message(
    `Du ${dayFr(from)} au ${dayFr(to)}, la consommation est ${ratio > 1 ? 'supérieure' : 'inférieure'} de ${percent} % à ce que le reste de la période fait attendre : fermeture, changement d’usage ou de compteur ? À confirmer par une personne.`,
    `From ${dayEn(from)} to ${dayEn(to)} consumption is ${percent} % ${ratio > 1 ? 'above' : 'below'} what the rest of the period leads to expect: closure, change of use or of meter? To be confirmed by a person.`,
  );
};

/**
 * Persistent shifts of the residuals inside a period: a stretch of at least 30 days whose level differs by 30 % or more from the rest
 * of the same period and by five standard deviations, the memory of residuals counted (lag-1 correlation ρ). A level common to the whole period is what savings
 * look like and is no event, unless it is a rise.
 */
export const findShifts = (days: readonly EventDay[], autocorrelation: number): NonRoutine[] => {
  const rho = Math.max(0, autocorrelation);
  let blocks = blocksOf(days, (1 + rho) / (1 - rho));
  const events: NonRoutine[] = [];
  while (events.length < MAXIMUM_EVENTS) {
    const found = strongest(blocks);
    if (found === undefined) break;
    const { from } = blocks[found.from];
    const { to } = blocks[found.to - 1];
    events.push({
      code: found.ratio < 0.05 ? 'stopped' : 'level-shift',
      from,
      to: Math.min(to, days.at(-1)?.day ?? to),
      ratio: found.ratio,
      message: shiftMessage(from, to, found.ratio),
    });
    blocks = blocks.filter((_, index) => index < found.from || index >= found.to);
  }
  return events.sort((a, b) => a.from - b.from);
};

/** A reporting period that takes far more than predicted after works is an event, not negative savings. */
export const findRise = (days: readonly EventDay[]): NonRoutine[] => {
  const actual = days.reduce((sum, day) => sum + day.actual, 0);
  const predicted = days.reduce((sum, day) => sum + day.predicted, 0);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || !(predicted > 0) || actual < RISE_RATIO * predicted)
    return [];
  const ratio = actual / predicted;
  const percent = Math.round(100 * (ratio - 1));
  return [
    {
      code: 'rise',
      from: first.day,
      to: last.day,
      ratio,
      message: message(
        `La consommation dépasse de ${percent} % celle que la référence prédit : changement probable d’usage, de surface ou d’énergie, non une économie négative. À confirmer par une personne.`,
        `Consumption is ${percent} % above what the baseline predicts: a probable change of use, area or fuel, not negative savings. To be confirmed by a person.`,
      ),
    },
  ];
};
