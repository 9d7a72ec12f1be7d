import { createHash } from 'node:crypto';
import { type DayRange, formatRange } from '../core/calendar.ts';
import type { StockDrift } from '#measure/index.ts';
import type { DailySeries } from '../core/series.ts';
import type { Twin } from '../core/twin.ts';

/** SHA-256 of everything a phase is computed from: the twin, every column of the days, the window and the stock's drift. */
export const phaseKey = (
  twin: Twin,
  series: DailySeries | undefined,
  window: DayRange,
  stockDrift: StockDrift,
): string => {
  const hash = createHash('sha256').update(JSON.stringify([formatRange(window), twin, stockDrift]));
  if (series !== undefined) {
    const { timezone, firstDay, energyKwh, outdoorC, ghiWm2, confirmed, closures, bills } = series;
    hash.update(
      JSON.stringify([
        timezone,
        firstDay,
        energyKwh.length,
        ghiWm2 !== undefined,
        closures ?? [],
        bills?.from.length,
      ]),
    );
    for (const column of [energyKwh, outdoorC, ghiWm2, confirmed, bills?.from, bills?.to, bills?.energyKwh])
      if (column !== undefined) hash.update(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
};
