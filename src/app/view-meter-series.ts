import type { z } from 'zod';
import { sampleReadings } from '#measure/index.ts';
import { parseDay } from '../core/calendar.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { Readings } from '../core/series.ts';
import { openZone, type Zone } from '../core/timezone.ts';
import type { AppContext } from './context.ts';
import { localDay } from './local-day.ts';
import { meterFor } from './meter-access.ts';
import { findingsOf } from './meter-findings.ts';
import type { MeterSeriesView, seriesQuerySchema } from './meter-views.ts';
import type { Role } from './privacy.ts';
import { marksOf } from './view-meters.ts';

const HOUR_MS = 3_600_000;

/** The readings whose middle lies in the local days given. */
const within = (readings: Readings, zone: Zone, from: number, to: number): Readings => {
  const { startMs, endMs, energyKwh, flags } = readings;
  const inside = [...startMs.keys()].filter((index) => {
    const day = zone.localDay((startMs[index] + endMs[index]) / 2);
    return day >= from && day <= to;
  });
  return {
    ...readings,
    startMs: Float64Array.from(inside, (index) => startMs[index]),
    endMs: Float64Array.from(inside, (index) => endMs[index]),
    energyKwh: Float64Array.from(inside, (index) => energyKwh[index]),
    ...(flags === undefined ? {} : { flags: Uint16Array.from(inside, (index) => flags[index]) }),
  };
};

/** Watt-hours are all that a picture needs. */
const rounded = (values: Float64Array): number[] =>
  Array.from(values, (value) => Math.round(value * 1000) / 1000);

/**
 * The readings of a meter over some days, put together so that a picture of any zoom holds at most `points` of them, with
 * the marks of doubt. As they came: what people decided is told by the quality of the meter. Fails with `unknown-meter`,
 * `personal-data`, `bad-range`.
 */
export const viewMeterSeries = async (
  context: AppContext,
  meterId: string,
  role: Role,
  { from, to, points }: z.infer<typeof seriesQuerySchema>,
): Promise<Result<MeterSeriesView>> => {
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
  const { timezone } = meter.value;
  const [first, last] = [parseDay(from ?? '1900-01-01'), parseDay(to ?? '2200-01-01')];
  if (first === undefined || last === undefined || last < first)
    return failure(
      'bad-range',
      `La période du ${from ?? '…'} au ${to ?? '…'} n’en est pas une.`,
      `The period from ${from ?? '…'} to ${to ?? '…'} is none.`,
      { field: 'to' },
    );
  const zone = openZone(timezone);
  if (!zone.ok) return zone;
  const found = await findingsOf(context.store, meter.value);
  if (found === undefined)
    return ok({
      meterId,
      timezone,
      held: null,
      step: 'reading',
      startMs: [],
      endMs: [],
      kwh: [],
      meanKw: [],
      lowKw: [],
      highKw: [],
      readings: [],
      marks: [],
    });
  if (!found.ok) return found;
  const all = found.value.readings;
  const sampled = sampleReadings(within(all, zone.value, first, last), zone.value, points);
  const lastMs = all.endMs[all.endMs.length - 1];
  return ok({
    meterId,
    timezone,
    held: { from: localDay(all.startMs[0], timezone), to: localDay(lastMs - 1, timezone) },
    step: sampled.step,
    startMs: [...sampled.startMs],
    endMs: [...sampled.endMs],
    kwh: rounded(sampled.energyKwh),
    meanKw: rounded(sampled.energyKwh.map((kwh, index) => kwh / (sampled.coveredMs[index] / HOUR_MS))),
    lowKw: rounded(sampled.lowKw),
    highKw: rounded(sampled.highKw),
    readings: [...sampled.readings],
    marks: marksOf(sampled.flags),
  });
};
