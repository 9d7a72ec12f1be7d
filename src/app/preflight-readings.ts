import type { z } from 'zod';
import { ok, type Result } from '../core/result.ts';
import type { Readings } from '../core/series.ts';
import type { AppContext } from './context.ts';
import { batchOf, readSent, type readingsOptionsSchema } from './ingest-file.ts';
import { toldWarnings } from './ingest.ts';
import { localDay } from './local-day.ts';
import type { ReadingsPreflight } from './meter-views.ts';
import { mayUse, type Role } from './privacy.ts';

const DAY_MS = 86_400_000;

type Columns = Pick<Readings, 'startMs' | 'endMs' | 'energyKwh'>;

/** kWh a day over the time that readings with a value cover; undefined where that is nothing. */
const perDay = ({ startMs, endMs, energyKwh }: Columns): number | undefined => {
  let [kwh, spanMs] = [0, 0];
  for (let index = 0; index < startMs.length; index++) {
    if (Number.isNaN(energyKwh[index])) continue;
    kwh += energyKwh[index];
    spanMs += endMs[index] - startMs[index];
  }
  return spanMs > 0 ? (kwh * DAY_MS) / spanMs : undefined;
};

/**
 * Reads a file as the meter would take it and says what would change: rows new, changed, the same, left out, and its mean day
 * beside that of what is held, where a wrong unit shows at once. Nothing is kept. Fails with `personal-data` and as `readSent` does.
 */
export const preflightReadings = async (
  context: AppContext,
  meterId: string,
  role: Role,
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: z.infer<typeof readingsOptionsSchema>,
): Promise<Result<ReadingsPreflight>> => {
  const read = await readSent(context, meterId, file, options);
  if (!read.ok) return read;
  const { meter, readings, warnings, rejectedRows } = read.value;
  // What the meter already holds would show through the comparison.
  const allowed = mayUse(meter, role);
  if (!allowed.ok) return allowed;
  const held = await context.store.readings.read(meterId);
  const at = new Map(Array.from(held.startMs, (start, index) => [start, index]));
  const { startMs, endMs, energyKwh, quality } = batchOf(readings);
  const counts = { inserted: 0, updated: 0, unchanged: 0, missing: 0 };
  let totalKwh = 0;
  for (let index = 0; index < startMs.length; index++) {
    if (!Number.isFinite(energyKwh[index])) {
      counts.missing++;
      continue;
    }
    totalKwh += energyKwh[index];
    const known = at.get(startMs[index]);
    if (known === undefined) counts.inserted++;
    else if (
      held.endMs[known] === endMs[index] &&
      held.energyKwh[known] === energyKwh[index] &&
      held.quality[known] === (quality?.[index] ?? 0)
    )
      counts.unchanged++;
    else counts.updated++;
  }
  return ok({
    ...counts,
    rejected: readings.rowsRejected,
    rejectedRows,
    warnings: toldWarnings(warnings),
    format: readings.source?.format ?? 'csv',
    resolution: readings.resolution,
    rows: readings.rowsRead,
    firstDay: localDay(startMs[0], meter.timezone),
    lastDay: localDay((endMs.at(-1) ?? startMs[0]) - 1, meter.timezone),
    totalKwh,
    kwhPerDay: perDay(readings) ?? 0,
    heldKwhPerDay: perDay(held) ?? null,
  });
};
