import type { DailySeries, Readings } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Local hours that are night for every use: midnight to five. */
const NIGHT_END = 5;
/** Hours of a night that must be read, or it is not known. */
const FEWEST_HOURS = 4;

/** The nights of a meter read by the hour, kWh from midnight to 5 of each local day, NaN where they are not known; undefined for coarser readings. */
export const nightDays = (readings: Readings, series: DailySeries): DailySeries | undefined => {
  const zone = openZone(readings.timezone);
  if (!zone.ok || (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly'))
    return undefined;
  const { startMs, endMs, energyKwh } = readings;
  const sums = new Float64Array(series.energyKwh.length);
  const hours = new Float64Array(series.energyKwh.length);
  for (let k = 0; k < startMs.length; k++) {
    const length = (endMs[k] - startMs[k]) / HOUR_MS;
    if (!Number.isFinite(energyKwh[k]) || length > 1.01) continue;
    const day = zone.value.localDay(startMs[k]);
    const slot = day - series.firstDay;
    const hour = (startMs[k] + zone.value.offsetMs(startMs[k]) - day * DAY_MS) / HOUR_MS;
    if (slot < 0 || slot >= sums.length || hour >= NIGHT_END) continue;
    sums[slot] += energyKwh[k];
    hours[slot] += length;
  }
  return {
    ...series,
    energyKwh: sums.map((sum, slot) =>
      hours[slot] >= FEWEST_HOURS ? (sum * NIGHT_END) / hours[slot] : Number.NaN,
    ),
  };
};
