import { createHash } from 'node:crypto';
import { type DayRange, formatRange } from '../core/calendar.ts';
import type { DailySeries, HourlySeries } from '../core/series.ts';

/** SHA-256 of what a fit saw: its window and the columns of it, so that a record tells whether the readings have changed since. */
export const dataHash = (window: DayRange, columns: readonly Float64Array[]): string => {
  const hash = createHash('sha256').update(formatRange(window));
  for (const column of columns) hash.update(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
};

/** Nothing without closures, so that the hashes of records of before still hold. */
const closureColumn = (closures: readonly DayRange[] = []): Float64Array[] =>
  closures.length === 0 ? [] : [Float64Array.from(closures.flatMap(({ from, to }) => [from, to]))];

/** The bills of a window; nothing without any, as for closures. */
const billColumns = ({ bills }: DailySeries, window: DayRange): Float64Array[] => {
  const chosen =
    bills === undefined
      ? []
      : [...bills.from.keys()].filter((i) => bills.from[i] >= window.from && bills.to[i] <= window.to);
  return bills === undefined || chosen.length === 0
    ? []
    : [bills.from, bills.to, bills.energyKwh].map((column) => Float64Array.from(chosen, (i) => column[i]));
};

/** `dataHash` of the days of a window, and of its bills. */
export const hashOfDays = (series: DailySeries, window: DayRange): string => {
  const { firstDay, energyKwh, outdoorC, closures } = series;
  const inside = (column: Float64Array): Float64Array =>
    column.filter((_, i) => firstDay + i >= window.from && firstDay + i <= window.to);
  return dataHash(window, [
    inside(energyKwh),
    inside(outdoorC),
    ...closureColumn(closures),
    ...billColumns(series, window),
  ]);
};

/** `dataHash` of the hours of a window. */
export const hashOfHours = (
  { localDay, energyKwh, outdoorC, closures }: HourlySeries,
  window: DayRange,
): string => {
  const inside = (column: Float64Array): Float64Array =>
    column.filter((_, i) => localDay[i] >= window.from && localDay[i] <= window.to);
  return dataHash(window, [inside(energyKwh), inside(outdoorC), ...closureColumn(closures)]);
};
