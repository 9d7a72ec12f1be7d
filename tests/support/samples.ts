import type { Building, Meter, ReadingBatch } from '#store/index.ts';

/** A small building, its heating meter and hours of readings, for tests that need something in the store. */
export const sampleBuilding = (id: string): Building => ({
  id,
  name: { fr: `Bâtiment ${id}`, en: `Building ${id}` },
  use: 'housing',
  commune: 'Bordeaux',
  constructionYear: 1972,
  simulated: true,
  facts: { dwellings: 64 },
});

export const sampleMeter = (id: string, buildingId: string): Meter => ({
  id,
  buildingId,
  name: 'Chaufferie',
  carrier: 'gas',
  use: 'heating',
  unit: 'kWh',
  timezone: 'Europe/Paris',
  personal: false,
});

const hourMs = 3_600_000;

/** Consecutive hours from `fromMs`; each value says which hour it is. */
export const hours = (fromMs: number, count: number, kwhOf: (hour: number) => number): ReadingBatch => {
  const startMs = Float64Array.from({ length: count }, (_, i) => fromMs + i * hourMs);
  return {
    startMs,
    endMs: startMs.map((start) => start + hourMs),
    energyKwh: Float64Array.from({ length: count }, (_, i) => kwhOf(i)),
  };
};
