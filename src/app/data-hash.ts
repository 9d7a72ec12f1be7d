import { createHash } from 'node:crypto';
import { type DayRange, formatRange } from '../core/calendar.ts';

/** SHA-256 of what a fit saw: its window and the columns of it, so that a record tells whether the readings have changed since. */
export const dataHash = (window: DayRange, columns: readonly Float64Array[]): string => {
  const hash = createHash('sha256').update(formatRange(window));
  for (const column of columns) hash.update(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
};
