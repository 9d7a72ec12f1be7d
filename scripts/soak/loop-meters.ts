import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAllReadings } from '#formats/registry.ts';
import { seededRandom } from '#core/random.ts';

const DAY_MS = 86_400_000;
/** Whole weeks in a year, so that a repeated day keeps its day of the week. */
export const REPEAT_DAYS = 364;
/** A second round of works, and the days before them that are repeated from the sample's last year. */
export const secondWorks = { start: '2025-06-02', end: '2025-08-29' } as const;
const lastSampleMs = Date.UTC(2024, 11, 31);
const endMs = Date.UTC(2026, 9, 1);

type ArrivingReading = { readonly startMs: number; readonly endMs: number; readonly kwh: number };

export type ArrivingMeter = {
  readonly meterId: string;
  readonly buildingId: string;
  readonly readings: readonly ArrivingReading[];
  /** What the second works save, as a share of everything the meter would have read after them. */
  readonly savedShare: number;
};

/**
 * The sample's meter, then its last year repeated without anything new (and with a ripple of its own, ±3 %), less what the second works
 * save once they are over: a saving injected, so known.
 */
const arriving = async (folder: string, buildingId: string, seed: number): Promise<ArrivingMeter> => {
  const file = readdirSync(join(folder, buildingId)).find((name) => name.startsWith('meter-')) ?? '';
  const carrier = /^meter-(.+)\.csv\.gz$/.exec(file)?.[1] ?? '';
  const read = await readAllReadings(file, readFileSync(join(folder, buildingId, file)), {
    timezone: 'Europe/Paris',
  });
  if (!read.ok) throw new Error(read.error.message.en);
  const [series] = read.value;
  if (series === undefined) throw new Error(`${file} holds no series`);
  const own = Array.from(series.startMs, (startMs, i): ArrivingReading => {
    const [end, kwh] = [series.endMs[i], series.energyKwh[i]];
    return { startMs, endMs: end, kwh };
  }).filter(({ kwh }) => Number.isFinite(kwh));
  const random = seededRandom(seed);
  const savedShare = 0.08 + 0.12 * random();
  const year = own.filter(({ startMs }) => startMs > lastSampleMs - REPEAT_DAYS * DAY_MS);
  const worksOverMs = Date.parse(`${secondWorks.end}T22:00Z`);
  const later: ArrivingReading[] = [];
  for (let round = 1; ; round++) {
    const shiftMs = round * REPEAT_DAYS * DAY_MS;
    const moved = year
      .map(({ startMs, endMs: end, kwh }) => ({
        startMs: startMs + shiftMs,
        endMs: end + shiftMs,
        kwh: kwh * (0.97 + 0.06 * random()) * (startMs + shiftMs >= worksOverMs ? 1 - savedShare : 1),
      }))
      .filter(({ startMs }) => startMs < endMs);
    if (moved.length === 0) break;
    later.push(...moved);
  }
  const lastMs = own.at(-1)?.endMs ?? 0;
  return {
    meterId: `${buildingId}-${carrier}`,
    buildingId,
    readings: [...own, ...later.filter(({ startMs }) => startMs >= lastMs)],
    savedShare,
  };
};

export const arrivingMeters = async (
  folder: string,
  buildings: readonly string[],
): Promise<ArrivingMeter[]> => {
  const meters: ArrivingMeter[] = [];
  for (const [index, id] of buildings.entries()) meters.push(await arriving(folder, id, 100 + index));
  return meters;
};
