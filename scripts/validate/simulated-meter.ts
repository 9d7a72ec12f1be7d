import { dayNumber, weekday } from '#core/calendar.ts';
import { fillNormals, seededRandom } from '#core/random.ts';
import type { DailySeries } from '#core/series.ts';

/** One standard normal after another from a seed. */
export const normals = (seed: number): (() => number) => {
  const random = seededRandom(seed);
  const pool = new Float64Array(256);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      fillNormals(random, pool);
      next = 0;
    }
    return pool[next++];
  };
};

export type MeterTruth = {
  readonly base: number;
  readonly slope: number;
  readonly balanceC: number;
  /** Share of the working-day consumption left on Saturdays and Sundays. */
  readonly weekend: number;
  /** Standard deviation of a day's scatter as a share of its energy, and its memory from day to day. */
  readonly noise: number;
  readonly memory: number;
};

export const plainTruth: MeterTruth = {
  base: 50,
  slope: 20,
  balanceC: 16,
  weekend: 1,
  noise: 0.1,
  memory: 0.5,
};

/** Outdoor temperatures of a temperate place: a yearly wave and weather with a memory of a few days, °C. */
const temperatures = (days: number, firstDay: number, normal: () => number): Float64Array => {
  let weather = 0;
  return Float64Array.from({ length: days }, (_, i) => {
    weather = 0.8 * weather + 2 * normal();
    return 11 - 8 * Math.cos((2 * Math.PI * (firstDay + i - 18)) / 365.25) + weather;
  });
};

/** A heating meter whose law is known, from 1 January 2021; `change` multiplies the energy of a day. */
export const simulatedMeter = (
  truth: MeterTruth,
  options: {
    readonly years: number;
    readonly seed: number;
    readonly change?: (i: number) => number;
    /** Share of the heating taken away on a day. */
    readonly heatingCut?: (i: number) => number;
  },
): DailySeries => {
  const normal = normals(options.seed);
  const firstDay = dayNumber(2021, 1, 1);
  const days = Math.round(365 * options.years);
  const outdoorC = temperatures(days, firstDay, normal);
  let noise = 0;
  const energyKwh = outdoorC.map((t, i) => {
    noise = truth.memory * noise + Math.sqrt(1 - truth.memory ** 2) * normal();
    const weather =
      truth.base + truth.slope * Math.max(0, truth.balanceC - t) * (1 - (options.heatingCut?.(i) ?? 0));
    const calendar = weekday(firstDay + i) >= 5 ? truth.weekend : 1;
    return weather * calendar * (1 + truth.noise * noise) * (options.change?.(i) ?? 1);
  });
  return { timezone: 'Europe/Paris', firstDay, energyKwh, outdoorC };
};

export const year = (calendarYear: number): { from: number; to: number } => ({
  from: dayNumber(calendarYear, 1, 1),
  to: dayNumber(calendarYear, 12, 31),
});
