import type { Decision } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { meterOf } from './ingest.ts';
import { defaultRetentionDays, mayUse, type Role } from './privacy.ts';

const DAY_MS = 86_400_000;

/** Everything held of a meter, for the person it is about (GDPR, articles 15 and 20). */
type MeterExport = {
  readonly schema: 'stacoptim.meter-export/1';
  readonly meter: object;
  readonly readings: readonly object[];
  readonly replaced: readonly object[];
  readonly imports: readonly object[];
  readonly decisions: readonly object[];
  readonly models: readonly object[];
  readonly savings: readonly object[];
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** Exports what is held of a meter. Fails with `unknown-meter`, `personal-data`. */
export const exportMeter = async (
  context: AppContext,
  meterId: string,
  role: Role,
): Promise<Result<MeterExport>> => {
  const { store } = context;
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const read = await store.readings.read(meterId);
  const replaced = await store.readings.replaced(meterId);
  return ok({
    schema: 'stacoptim.meter-export/1',
    meter: meter.value,
    readings: Array.from(read.startMs, (start, index) => ({
      start: iso(start),
      end: iso(read.endMs[index]),
      kwh: read.energyKwh[index],
      quality: read.quality[index],
    })),
    replaced: replaced.map(({ startMs, endMs, energyKwh, replacedMs }) => ({
      start: iso(startMs),
      end: iso(endMs),
      kwh: energyKwh,
      replaced: iso(replacedMs),
    })),
    imports: await store.imports.list(meterId),
    decisions: await store.decisions.list(meterId),
    models: await store.models.history(meterId),
    savings: await store.savings.ofMeter(meterId),
  });
};

/** Asks the housekeeping for the tables to be written anew, without the rows that are gone. */
export const RECLAIM = 'reclaim';

/**
 * Erases a meter with everything held of it: from then on nothing finds it. The bytes in the table files go when the
 * housekeeping next runs (each day by itself), since that closes the tables for a while. A personal meter is for the
 * data controller alone. Fails with `unknown-meter`, `personal-data`.
 */
export const eraseMeter = async (
  context: AppContext,
  meterId: string,
  role: Role,
  decision: Decision,
): Promise<Result<{ readonly erased: true }>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  await context.store.transaction(async (inside) => {
    await inside.meters.erase(meterId, decision);
    await inside.jobs.add(RECLAIM, {});
  });
  return ok({ erased: true });
};

export type Retention = { readonly meters: number; readonly readings: number; readonly before: string };

/**
 * Deletes the readings of dwellings older than the retention period, with their replaced values, and says so in the
 * audit log. Readings of whole buildings are not personal and stay.
 */
export const applyRetention = async (
  { store, nowMs }: AppContext,
  days = defaultRetentionDays,
): Promise<Retention> => {
  const beforeMs = nowMs() - days * DAY_MS;
  const before = iso(beforeMs).slice(0, 10);
  let [meters, readings] = [0, 0];
  for (const meter of (await store.meters.list()).filter(({ personal }) => personal)) {
    const gone = await store.readings.eraseBefore(meter.id, beforeMs);
    if (gone > 0) meters++;
    readings += gone;
  }
  if (readings > 0) {
    await store.jobs.add(RECLAIM, {});
    await store.audit.add({
      by: 'stacoptim retention',
      action: 'apply-retention',
      subject: 'stock',
      reason: `readings of dwellings that ended before ${before}`,
      detail: { meters, readings, days },
    });
  }
  return { meters, readings, before };
};
