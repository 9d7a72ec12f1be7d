import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { Readings, ReadingsSource } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { formatDay } from '#core/calendar.ts';
import { paceOf } from '../readings-csv/intervals.ts';
import { gapWarnings } from '../readings-csv/tell.ts';
import { countFr } from '../../core/wording.ts';

/** One reading as a format states it: an interval in ms since the epoch, kWh (NaN when blank) and bits of `readingFlag`. */
export type StatedReading = {
  readonly startMs: number;
  readonly endMs: number;
  readonly kwh: number;
  readonly flags: number;
};

type Assembly = {
  readonly name: string;
  readonly timezone: string;
  readonly source: ReadingsSource;
  readonly readings: readonly StatedReading[];
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly warnings: readonly Warning[];
  /** Bills follow each other without a rhythm: their resolution is irregular whatever their lengths. */
  readonly bills?: boolean;
};

/**
 * Readings in order of time, one a start: of those that begin together the last written wins, a blank never wins over
 * a figure. Fails with `readings-none` and `bad-timezone`.
 */
export const assemble = (made: Assembly): Result<Readings> => {
  const zone = openZone(made.timezone);
  if (!zone.ok) return zone;
  const usable = made.readings.filter(({ startMs, endMs }) => endMs > startMs);
  if (!usable.some(({ kwh }) => Number.isFinite(kwh)))
    return failure(
      'readings-none',
      `Aucun relevé utilisable dans « ${made.name} » (${made.rowsRead} lus, ${made.rowsRejected} refusés). ${made.warnings[0]?.message.fr ?? 'Vérifiez la période de l’export.'}`,
      `No usable reading in “${made.name}” (${made.rowsRead} read, ${made.rowsRejected} refused). ${made.warnings[0]?.message.en ?? 'Check the period of the export.'}`,
      { file: made.name },
    );
  const order = usable
    .map((reading, index) => ({ reading, index }))
    .sort((left, right) => left.reading.startMs - right.reading.startMs || left.index - right.index);
  const kept: StatedReading[] = [];
  let [repeats, conflicts, first] = [0, 0, usable[0]?.startMs ?? 0];
  for (const { reading } of order) {
    const before = kept.at(-1);
    if (before?.startMs !== reading.startMs) {
      kept.push(reading);
      continue;
    }
    if (repeats + conflicts === 0) first = reading.startMs;
    if (Number.isNaN(reading.kwh) || Object.is(reading.kwh, before.kwh)) repeats++;
    else {
      if (Number.isNaN(before.kwh)) repeats++;
      else conflicts++;
      kept[kept.length - 1] = reading;
    }
  }
  const warnings = [...made.warnings];
  const about = { ref: formatDay(zone.value.localDay(first)), place: { file: made.name } };
  if (repeats > 0)
    warnings.push(
      warning(
        'duplicate',
        `${countFr(repeats, 'relevé répète', 'relevés répètent')} un intervalle déjà lu (le premier le ${about.ref}) ; chaque intervalle est compté une fois.`,
        `${repeats} readings repeat an interval already read (the first on ${about.ref}); counted once.`,
        about,
      ),
    );
  if (conflicts > 0)
    warnings.push(
      warning(
        'duplicate-conflict',
        `${conflicts} intervalles ont plusieurs valeurs (le premier le ${about.ref}) ; la dernière du fichier est gardée.`,
        `${conflicts} intervals have several values (the first on ${about.ref}); the last of the file is kept.`,
        about,
      ),
    );
  const column = (of: (reading: StatedReading) => number): Float64Array => Float64Array.from(kept, of);
  const [startMs, endMs] = [column((one) => one.startMs), column((one) => one.endMs)];
  const resolution = made.bills === true ? 'irregular' : resolutionOf(startMs, endMs);
  warnings.push(...gapWarnings(made.name, startMs, endMs, resolution, zone.value));
  return ok({
    name: made.name,
    timezone: zone.value.name,
    resolution,
    startMs,
    endMs,
    energyKwh: column((one) => one.kwh),
    ...(kept.some((one) => one.flags !== 0) ? { flags: Uint16Array.from(kept, (one) => one.flags) } : {}),
    source: made.source,
    rowsRead: made.rowsRead,
    rowsRejected: made.rowsRejected,
    warnings,
  });
};

/**
 * Parts of one series, from several files, as one: of readings that begin together the last given wins. Fails as
 * `assemble` does.
 */
export const joinReadings = (name: string, parts: readonly Readings[]): Result<Readings> => {
  const [first] = parts;
  if (parts.length === 1) return ok(first);
  return assemble({
    name,
    timezone: first.timezone,
    source: first.source ?? { format: 'archive' },
    readings: parts.flatMap(({ startMs, endMs, energyKwh, flags }) =>
      Array.from(startMs, (start, index) => ({
        startMs: start,
        endMs: endMs[index],
        kwh: energyKwh[index],
        flags: flags?.[index] ?? 0,
      })),
    ),
    rowsRead: parts.reduce((sum, one) => sum + one.rowsRead, 0),
    rowsRejected: parts.reduce((sum, one) => sum + one.rowsRejected, 0),
    warnings: parts.flatMap((one) => one.warnings),
    bills: parts.some(({ resolution }) => resolution === 'irregular' || resolution === 'monthly'),
  });
};

/** The rhythm of the lengths of the intervals, holes left aside. */
const resolutionOf = (startMs: Float64Array, endMs: Float64Array): Readings['resolution'] => {
  const clock = new Float64Array(startMs.length + 1);
  for (let index = 0; index < startMs.length; index++)
    clock[index + 1] = clock[index] + endMs[index] - startMs[index];
  return paceOf(clock).resolution;
};
