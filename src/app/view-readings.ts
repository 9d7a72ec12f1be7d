import type { z } from 'zod';
import type { Meter, ReadingColumns } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { storedReadings } from './daily-series.ts';
import { meterFor } from './meter-access.ts';
import type { Role } from './privacy.ts';
import type { readingsQuerySchema, StoredReadingsView } from './reading-views.ts';
import { badCursor, cursorsOf } from './listing.ts';

/** Readings that start in [from, to): those stored, or those computed of a meter that follows from others. */
const columnsOf = async (
  { store }: AppContext,
  meter: Meter,
  fromMs: number,
  toMs: number,
  most: number,
): Promise<Result<ReadingColumns>> => {
  if ((await store.derivations.get(meter.id)) === undefined) {
    const bound = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined);
    return ok(await store.readings.read(meter.id, bound(fromMs), bound(toMs), most));
  }
  const read = await storedReadings(store, meter);
  if (read?.ok === false) return read;
  const [startMs, endMs, energyKwh, flags] = [
    read?.value.startMs ?? new Float64Array(),
    read?.value.endMs ?? new Float64Array(),
    read?.value.energyKwh ?? new Float64Array(),
    read?.value.flags,
  ];
  const kept = [...startMs.keys()]
    .filter((index) => startMs[index] >= fromMs && startMs[index] < toMs)
    .slice(0, most);
  return ok({
    startMs: Float64Array.from(kept, (index) => startMs[index]),
    endMs: Float64Array.from(kept, (index) => endMs[index]),
    energyKwh: Float64Array.from(kept, (index) => energyKwh[index]),
    quality: Int16Array.from(kept, (index) => flags?.[index] ?? 0),
  });
};

/**
 * A page of the stored readings of a meter that start in [from, to), ISO instants; of all of them without bounds. Fails with
 * `unknown-meter`, `personal-data`, `cursor-invalid`.
 */
export const viewReadings = async (
  context: AppContext,
  meterId: string,
  role: Role,
  { from, to, limit, cursor }: z.infer<typeof readingsQuerySchema>,
): Promise<Result<{ readonly view: StoredReadingsView; readonly next: string | null }>> => {
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
  const instant = (text: string | undefined, without: number): number =>
    text === undefined ? without : Date.parse(text);
  const cursors = cursorsOf(JSON.stringify(['readings', meterId, to ?? '']));
  const place = cursor === undefined ? undefined : cursors.read(cursor);
  if (cursor !== undefined && typeof place?.key !== 'number') return badCursor;
  const fromMs = typeof place?.key === 'number' ? place.key : instant(from, Number.NEGATIVE_INFINITY);
  const toMs = instant(to, Number.POSITIVE_INFINITY);
  const read = await columnsOf(context, meter.value, fromMs, toMs, limit + 1);
  if (!read.ok) return read;
  const { startMs, endMs, energyKwh, quality } = read.value;
  return ok({
    view: {
      meterId,
      unit: 'kWh',
      readings: Array.from(startMs.subarray(0, limit), (start, index) => ({
        start: new Date(start).toISOString(),
        end: new Date(endMs[index]).toISOString(),
        kwh: energyKwh[index],
        quality: quality[index],
      })),
    },
    // The cursor is the instant that the next page begins with.
    next: startMs.length > limit ? cursors.write({ key: startMs[limit], id: 0 }) : null,
  });
};
