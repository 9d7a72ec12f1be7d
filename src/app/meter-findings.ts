import { type Finding, flagReadings, qualityFindings, toDaily } from '#measure/index.ts';
import type { Meter, Store } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { Readings } from '../core/series.ts';
import { storedReadings, weatherFor } from './daily-series.ts';
import { dataHash } from './data-hash.ts';
import { remembering } from './remembering.ts';

export type FoundReadings = {
  /** As they came, each with its marks of doubt: its source's and those of the findings. */
  readonly readings: Readings & { readonly flags: Uint16Array };
  readonly findings: readonly Finding[];
};

type Found = { readonly findings: readonly Finding[]; readonly flags: Uint16Array };

/** Looking at three years of hours takes a few tenths of a second, and a page asks at every zoom; about 60 kB each. */
const looked = remembering<Result<Found>>(200);

const look = (readings: Readings, weather: Parameters<typeof toDaily>[1]): Result<Found> => {
  const daily = toDaily(readings, weather);
  if (!daily.ok && daily.error.code !== 'readings-not-daily') return daily;
  const findings = qualityFindings(readings, daily.ok ? daily.value.series : undefined);
  return ok({ findings, flags: flagReadings(readings, findings) });
};

/** Readings as they came with their defects; undefined for a meter without any. Fails as its formula or its zone does. */
export const findingsOf = async (store: Store, meter: Meter): Promise<Result<FoundReadings> | undefined> => {
  const read = await storedReadings(store, meter);
  if (read === undefined || !read.ok) return read;
  const readings = read.value;
  const weather = (await weatherFor(store, await store.buildings.get(meter.buildingId), readings))?.weather;
  const { startMs, endMs, energyKwh, flags = new Uint16Array() } = readings;
  const columns = [
    startMs,
    endMs,
    energyKwh,
    Float64Array.from(flags),
    weather?.outdoorC ?? new Float64Array(),
  ];
  const { name, timezone, resolution } = readings;
  const about = [name, timezone, resolution, weather?.firstDay, startMs.length, readings.warnings];
  const key = dataHash({ from: 0, to: 0 }, columns) + JSON.stringify(about);
  const found = looked(key, () => look(readings, weather === undefined ? {} : { weather }));
  if (!found.ok) return found;
  const { findings, flags: marked } = found.value;
  return ok({ readings: { ...readings, flags: marked }, findings });
};
