import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { meterOf } from './ingest.ts';
import { mayUse, type Role } from './privacy.ts';
import type { StoredReadingsView } from './views.ts';

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
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const instant = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Date.parse(text);
  const read = await context.store.readings.read(meterId, instant(from), instant(to));
  return ok({
    meterId,
    unit: 'kWh',
    readings: Array.from(read.startMs, (start, index) => ({
      start: new Date(start).toISOString(),
      end: new Date(read.endMs[index]).toISOString(),
      kwh: read.energyKwh[index],
      quality: read.quality[index],
    })),
  });
};
