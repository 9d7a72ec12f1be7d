import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import type { Meter, Store } from '#store/index.ts';
import { sampleTwin } from './sample-twin.ts';
import { sampleBuilding, sampleMeter } from './samples.ts';

const dayMs = 86_400_000;

/** Days are counted from 1 January 2020, UTC. */
export const firstDay = Date.UTC(2020, 0, 1) / dayMs;
export const dayAt = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / dayMs - firstDay;

/** A year of weather with a week's ripple, °C. */
export const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
/** Heating of a day, kWh: 20 kWh a degree below 16 °C. */
export const heating = (i: number): number => 20 * Math.max(0, 16 - outdoorC(i));
/** A ripple of ±4 % with a mean of nothing over five days. */
export const ripple = (i: number): number => 1 + 0.02 * ((i % 5) - 2);

/** The clock stands at the start of day `today`. */
export const contextAt = (store: Store, today: () => number): AppContext => ({
  store,
  nowMs: () => (firstDay + today()) * dayMs,
  startLedger,
});

export const saveStation = async (store: Store, days: number, id = 'mto'): Promise<void> => {
  await store.weather.saveStation({
    id,
    name: 'Station',
    latitudeDeg: 45,
    longitudeDeg: 0,
    altitudeM: 50,
    source: 'test',
    simulated: true,
  });
  await store.weather.saveDaily(id, {
    firstDay: firstDay - 2,
    meanC: Float64Array.from({ length: days + 4 }, (_, i) => outdoorC(i - 2)),
    ghiWm2: new Float64Array(days + 4).fill(Number.NaN),
  });
};

/** A building with a twin; meters in UTC. */
export const saveBuilding = async (
  store: Store,
  id: string,
  meters: readonly (Pick<Meter, 'id'> & Partial<Meter>)[],
): Promise<void> => {
  await store.buildings.save(sampleBuilding(id));
  await store.twins.save(id, sampleTwin(id), {});
  for (const meter of meters)
    await store.meters.save({ ...sampleMeter(meter.id, id), timezone: 'UTC', ...meter });
};

/** Readings of days `from` to `to`, the last left out. */
export const sendDays = async (
  store: Store,
  meterId: string,
  from: number,
  to: number,
  kwh: (day: number) => number,
): Promise<void> => {
  const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * dayMs);
  await store.readings.upsert(meterId, {
    startMs,
    endMs: startMs.map((start) => start + dayMs),
    energyKwh: Float64Array.from({ length: to - from }, (_, i) => kwh(from + i)),
  });
};
