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

/** `dataHash` of the days of a window. */
export const hashOfDays = (
  { firstDay, energyKwh, outdoorC, closures }: DailySeries,
  window: DayRange,
): string => {
  const inside = (column: Float64Array): Float64Array =>
    column.filter((_, i) => firstDay + i >= window.from && firstDay + i <= window.to);
  return dataHash(window, [inside(energyKwh), inside(outdoorC), ...closureColumn(closures)]);
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
