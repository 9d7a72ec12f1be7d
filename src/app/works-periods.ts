import type { Works } from '#store/index.ts';
import { billedWindow, wholeBills } from '#measure/index.ts';
import { type DayRange, parseDay } from '../core/calendar.ts';
import type { DailySeries } from '../core/series.ts';
import { rangeOf } from './daily-series.ts';

const YEAR_DAYS = 365;

const dayOf = (text: string): number => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`The store keeps a day that is none: ${text}`);
  return day;
};

/** The works of a building that were done before these. */
export const earlierWorks = (works: Works, all: readonly Works[]): Works[] =>
  all.filter(({ id, endDay }) => id !== works.id && endDay < works.startDay);

/**
 * The year before the works, as far as readings go back, and not before the end of the works before them: a baseline
 * across other works would credit these with theirs. Bills may take it further back (`billedWindow`).
 */
export const baselineOf = (series: DailySeries, works: Works, all: readonly Works[]): DayRange => {
  const start = dayOf(works.startDay);
  const others = earlierWorks(works, all).map(({ endDay }) => dayOf(endDay) + 1);
  const earliest = Math.max(series.firstDay, ...others);
  return billedWindow(series, { from: Math.max(earliest, start - YEAR_DAYS), to: start - 1 }, earliest);
};

/** All days after the works, as far as readings go, and not into the works (or the demolition) that follow. */
export const sinceWorksOf = (series: DailySeries, works: Works, all: readonly Works[]): DayRange => {
  const next = all
    .filter(({ id, startDay }) => id !== works.id && startDay > works.endDay)
    .map(({ startDay }) => dayOf(startDay) - 1);
  return { from: dayOf(works.endDay) + 1, to: Math.min(rangeOf(series).to, ...next) };
};

/** The first year of `sinceWorksOf`, to the end of the bill it would cut. */
export const reportingOf = (series: DailySeries, works: Works, all: readonly Works[]): DayRange => {
  const { from, to } = sinceWorksOf(series, works, all);
  return wholeBills(series, { from, to: Math.min(to, from + YEAR_DAYS - 1) }, to);
};
