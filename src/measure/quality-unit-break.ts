import { inverse, Matrix } from 'ml-matrix';
import { message } from '#core/message.ts';
import type { DailySeries } from '#core/series.ts';
import type { Finding } from './quality-types.ts';
import { dayEn, dayFr, decimalEn, decimalFr } from '../core/wording.ts';

/** A level that changes by this factor or more and stays is a change of unit or of what the meter serves. */
const surelyBroken = 6;

/**
 * Smaller factors only where they are those of a confusion of units and one factor fits every season: kWh and MJ
 * (3.6), kWh and kBtu (3.412), m3 and hundred cubic feet (2.832).
 */
const confusedUnits = [3.6, 3.412];
const confusedWithin = 0.08;

const weekDays = 7;
const leastKnownDays = 3;
const leastWeeks = 8;
const leastSeasonWeeks = 40;
const windowWeeks = 130;
/** Least share of weeks that must stand by the step when set against the same season before. */
const leastAgreement = 0.8;
const longSilenceDays = 14;
/** A level that comes back within this time was a closure, not a change of unit. */
const returnsWithinDays = 400;
const echoDays = 180;
const yearWeeks = 365.25 / weekDays;

type Week = { readonly firstDay: number; readonly logLevel: number };
type Split = { readonly at: number; readonly step: number; readonly spread: number };

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Weeks with at least three days above zero: the logarithm of their median day. Zeros say nothing of a unit. */
const weeksOf = (daily: DailySeries): Week[] => {
  const weeks: Week[] = [];
  for (let from = 0; from + weekDays <= daily.energyKwh.length; from += weekDays) {
    const known = [...daily.energyKwh.subarray(from, from + weekDays)].filter((value) => value > 0);
    if (known.length >= leastKnownDays)
      weeks.push({ firstDay: daily.firstDay + from, logLevel: Math.log(median(known)) });
  }
  return weeks;
};

/** Yearly and half-yearly waves: what a season does to the logarithm of a level. */
const season = (day: number): number[] => {
  const angle = (2 * Math.PI * day) / 365.25;
  return [1, Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)];
};

const dot = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
};

const times = (rows: readonly (readonly number[])[], vector: ArrayLike<number>): number[] =>
  rows.map((row) => dot(row, vector));

/** A slight ridge on the waves keeps short spans solvable. */
const WAVE_RIDGE = 0.5;

/** Sums over all weeks, taken once for every place a step may stand. */
const seasonSums = (weeks: readonly Week[]) => {
  const rows = weeks.map(({ firstDay }) => season(firstDay));
  const normal = Matrix.zeros(5, 5);
  const right = [0, 0, 0, 0, 0];
  for (const [index, row] of rows.entries())
    for (let i = 0; i < 5; i++) {
      right[i] += row[i] * weeks[index].logLevel;
      for (let j = 0; j < 5; j++) normal.set(i, j, normal.get(i, j) + row[i] * row[j]);
    }
  const plain = normal.to2DArray();
  for (let i = 1; i < 5; i++) normal.set(i, i, normal.get(i, i) + WAVE_RIDGE);
  const squares = weeks.reduce((sum, { logLevel }) => sum + logLevel * logLevel, 0);
  return { rows, right, plain, inverse: inverse(normal).to2DArray(), squares };
};

/**
 * The step that explains most, with weeks enough on both sides to tell it from a season: least squares of the log
 * level on the season and, from one week on, a step. The season is eliminated once and the step solved alone at each
 * place (partitioned normal equations; Frisch and Waugh 1933), so that a span costs its length and not its square.
 */
const bestSplit = (weeks: readonly Week[]): Split | undefined => {
  if (weeks.length < 2 * leastWeeks) return undefined;
  const { rows, right, plain, inverse: inverted, squares } = seasonSums(weeks);
  const seasonAlone = times(inverted, right);
  /** Sums of the waves and of the levels over the weeks after the step. */
  const after = [0, 0, 0, 0, 0];
  let level = 0;
  const take = (index: number): void => {
    for (let i = 0; i < 5; i++) after[i] += rows[index][i];
    level += weeks[index].logLevel;
  };
  for (let index = weeks.length - leastWeeks + 1; index < weeks.length; index++) take(index);
  let best: { at: number; sse: number; step: number; weights: number[] } | undefined;
  for (let at = weeks.length - leastWeeks; at >= leastWeeks; at--) {
    take(at);
    const count = weeks.length - at;
    const shared = times(inverted, after);
    const step = (level - dot(after, seasonAlone)) / (count - dot(after, shared));
    const weights = seasonAlone.map((one, i) => one - step * shared[i]);
    const fitted = dot(weights, times(plain, weights)) + 2 * step * dot(weights, after) + step * step * count;
    const sse = squares - 2 * (dot(weights, right) + step * level) + fitted;
    if (best === undefined || sse <= best.sse) best = { at, sse, step, weights };
  }
  if (best === undefined || Math.max(best.at, weeks.length - best.at) < leastSeasonWeeks) return undefined;
  const { at, step, weights } = best;
  const residuals = weeks.map(({ logLevel }, index) =>
    Math.abs(logLevel - dot(rows[index], weights) - (index >= at ? step : 0)),
  );
  return { at, step, spread: 1.4826 * median(residuals) };
};

/** Differences between each week after the split and the weeks of the same season before it. */
const seasonalDifferences = (weeks: readonly Week[], at: number): number[] => {
  const before = weeks.slice(Math.max(0, at - 3 * 52), at);
  return weeks.slice(at, at + 60).flatMap((week) => {
    const alike = before.filter((one) => {
      const apart = Math.abs(week.firstDay - one.firstDay) / weekDays / yearWeeks;
      return Math.abs(apart - Math.round(apart)) * yearWeeks <= 3;
    });
    return alike.length === 0 ? [] : [week.logLevel - median(alike.map((one) => one.logLevel))];
  });
};

/** The factor of a split that stands on all the weeks around it, not only on those of the window it was found in. */
const isBreak = (weeks: readonly Week[], at: number, split: Split): number | undefined => {
  const differences = seasonalDifferences(weeks, at);
  // Without a season seen on both sides only the fit speaks.
  const log = differences.length >= leastWeeks ? median(differences) : split.step;
  const agreeing = differences.filter((one) => one * Math.sign(log) > Math.abs(log) / 2).length;
  if (Math.sign(log) !== Math.sign(split.step) || agreeing < leastAgreement * differences.length)
    return undefined;
  const factor = Math.exp(Math.abs(log));
  if (Math.abs(split.step) < 3 * split.spread) return undefined;
  if (factor >= surelyBroken && Math.exp(Math.abs(split.step)) >= surelyBroken / 1.5) return Math.exp(log);
  const confused = confusedUnits.some((one) => Math.abs(factor / one - 1) <= confusedWithin);
  const scatter =
    differences.length < 26
      ? Number.POSITIVE_INFINITY
      : 1.4826 * median(differences.map((one) => Math.abs(one - log)));
  return confused && scatter < 0.35 ? Math.exp(log) : undefined;
};

/** The first day on the new level, between the weeks that stand on either side. */
const firstDayAfter = (daily: DailySeries, weeks: readonly Week[], split: Split): number => {
  const from = weeks[Math.max(0, split.at - 2)].firstDay;
  const to = Math.min(
    weeks[Math.min(weeks.length - 1, split.at + 1)].firstDay + weekDays,
    daily.firstDay + daily.energyKwh.length,
  );
  const before = median(weeks.slice(Math.max(0, split.at - 4), split.at).map((one) => one.logLevel));
  const after = median(weeks.slice(split.at, split.at + 4).map((one) => one.logLevel));
  const days: { day: number; log: number }[] = [];
  for (let day = from; day < to; day++) {
    const value = daily.energyKwh[day - daily.firstDay];
    if (value > 0) days.push({ day, log: Math.log(value) });
  }
  // Units change while a meter is silent: after a long silence the new level begins with the first day heard.
  const heard = days.find(({ day, log }, index) => {
    const silence = index === 0 ? 0 : day - days[index - 1].day;
    return silence >= longSilenceDays && Math.abs(log - after) < Math.abs(log - before);
  });
  if (heard !== undefined) return heard.day;
  let [best, lowest] = [weeks[split.at].firstDay, Number.POSITIVE_INFINITY];
  for (const candidate of days) {
    const cost = days.reduce(
      (sum, { day, log }) => sum + Math.abs(log - (day < candidate.day ? before : after)),
      0,
    );
    if (cost < lowest) [best, lowest] = [candidate.day, cost];
  }
  return best;
};

const search = (daily: DailySeries, weeks: readonly Week[], found: Finding[]): void => {
  if (weeks.length < leastSeasonWeeks + leastWeeks) return;
  let best: { at: number; ratio: number; split: Split; span: readonly Week[] } | undefined;
  // Windows that overlap by half, so that one break in a long series is not diluted by slow change before it.
  for (let from = 0; from === 0 || from + windowWeeks / 2 < weeks.length; from += windowWeeks / 2) {
    const span = weeks.slice(from, from + windowWeeks);
    const split = bestSplit(span);
    const ratio = split === undefined ? undefined : isBreak(weeks, from + split.at, split);
    if (split === undefined || ratio === undefined) continue;
    if (best === undefined || Math.abs(Math.log(ratio)) > Math.abs(Math.log(best.ratio)))
      best = { at: from + split.at, ratio, split, span };
  }
  if (best === undefined) return;
  const day = firstDayAfter(daily, best.span, best.split);
  const { ratio } = best;
  const times = (write: (value: number, digits: number) => string): string =>
    ratio >= 1 ? write(ratio, 1) : `1/${write(1 / ratio, 1)}`;
  found.push({
    code: 'unit-break',
    from: day,
    to: day,
    ratio: best.ratio,
    message: message(
      `Le niveau change d’un coup le ${dayFr(day)} et le reste : il est multiplié par ${times(decimalFr)} en toute saison. L’unité, le coefficient ou ce que dessert le compteur a changé.`,
      `The level changes at once on ${dayEn(day)} and stays: it is multiplied by ${times(decimalEn)} in every season. The unit, the factor or what the meter serves has changed.`,
    ),
    action: message(
      'Demandez le coefficient d’avant et d’après, convertissez une des deux parties, ou n’en gardez qu’une.',
      'Ask for the factor before and after, convert one of the two parts, or keep only one.',
    ),
  });
  search(daily, weeks.slice(0, best.at), found);
  search(daily, weeks.slice(best.at), found);
};

/**
 * Dates at which the level of a series is multiplied by a lasting factor: six or more, or that of a known confusion of
 * units where every season agrees. Works without weather, by comparing weeks of the same season.
 */
export const findUnitBreaks = (daily: DailySeries): Finding[] => {
  const found: Finding[] = [];
  search(daily, weeksOf(daily), found);
  found.sort((left, right) => left.from - right.from);
  const undoes = (one: Finding, other: Finding | undefined): boolean =>
    other !== undefined &&
    Math.abs(one.from - other.from) < returnsWithinDays &&
    Math.abs(Math.log((one.ratio ?? 1) * (other.ratio ?? 1))) < Math.log(3);
  const size = (one: Finding): number => Math.abs(Math.log(one.ratio ?? 1));
  // A slow passage to the new level reads as two breaks; the greater is the one.
  const echoes = (one: Finding, other: Finding | undefined): boolean =>
    other !== undefined &&
    Math.abs(one.from - other.from) < echoDays &&
    (one.ratio ?? 1) > 1 === (other.ratio ?? 1) > 1 &&
    size(one) < size(other);
  return found.filter((one, index) =>
    [found[index - 1], found[index + 1]].every((other) => !undoes(one, other) && !echoes(one, other)),
  );
};
