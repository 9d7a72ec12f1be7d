import type { Meter, ReadingColumns } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { storedReadings } from './daily-series.ts';
import { meterFor } from './meter-access.ts';
import type { Role } from './privacy.ts';
import type { StoredReadingsView } from './reading-views.ts';

/** Readings that start in [from, to): those stored, or those computed of a meter that follows from others. */
const columnsOf = async (
  { store }: AppContext,
  meter: Meter,
  fromMs = Number.NEGATIVE_INFINITY,
  toMs = Number.POSITIVE_INFINITY,
): Promise<Result<ReadingColumns>> => {
  if ((await store.derivations.get(meter.id)) === undefined) {
    const bound = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined);
    return ok(await store.readings.read(meter.id, bound(fromMs), bound(toMs)));
  }
  const read = await storedReadings(store, meter);
  if (read?.ok === false) return read;
  const [startMs, endMs, energyKwh, flags] = [
    read?.value.startMs ?? new Float64Array(),
    read?.value.endMs ?? new Float64Array(),
    read?.value.energyKwh ?? new Float64Array(),
    read?.value.flags,
  ];
  const kept = [...startMs.keys()].filter((index) => startMs[index] >= fromMs && startMs[index] < toMs);
  return ok({
    startMs: Float64Array.from(kept, (index) => startMs[index]),
    endMs: Float64Array.from(kept, (index) => endMs[index]),
    energyKwh: Float64Array.from(kept, (index) => energyKwh[index]),
    quality: Int16Array.from(kept, (index) => flags?.[index] ?? 0),
  });
};

/**
 * The stored readings of a meter that start in [from, to), ISO instants; all of them without bounds. Fails with
 * `unknown-meter`, `personal-data`.
 */
export const viewReadings = async (
  context: AppContext,
  meterId: string,
  role: Role,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Result<StoredReadingsView>> => {
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
  const instant = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Date.parse(text);
  const read = await columnsOf(context, meter.value, instant(from), instant(to));
  if (!read.ok) return read;
  return ok({
    meterId,
    unit: 'kWh',
    readings: Array.from(read.value.startMs, (start, index) => ({
      start: new Date(start).toISOString(),
      end: new Date(read.value.endMs[index]).toISOString(),
      kwh: read.value.energyKwh[index],
      quality: read.value.quality[index],
    })),
  });
};
