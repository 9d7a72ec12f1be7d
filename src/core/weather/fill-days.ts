import { sliceDays } from './daily-weather.ts';
import type { DailyWeather } from './weather.ts';

/** How the temperature of a day came to be known. */
export const dayOrigin = { measured: 0, interpolated: 1, otherStation: 2, unknown: 3 } as const;

type FilledDays = {
  readonly weather: DailyWeather;
  /** One of `dayOrigin` a day. */
  readonly origin: Uint8Array;
};

/** Days in common that a difference between two stations needs, and how far from the gap they may lie. */
const leastCommon = 20;
const aroundDays = 45;

/** Mean of own minus other over the known days around a day; NaN with too few. */
const offsetAround = (own: Float64Array, other: Float64Array, at: number): number => {
  let [sum, known] = [0, 0];
  for (let slot = Math.max(0, at - aroundDays); slot <= Math.min(own.length - 1, at + aroundDays); slot++) {
    const difference = own[slot] - other[slot];
    if (Number.isNaN(difference)) continue;
    sum += difference;
    known++;
  }
  return known >= leastCommon ? sum / known : Number.NaN;
};

/**
 * Fills the unknown days of a station: a single day between two known ones by their mean, longer gaps from the other
 * stations in their order, each set right by its mean difference from this one over the known days within 45 days.
 * What cannot be filled stays unknown; every day says where it comes from. Irradiance is filled from others unchanged.
 */
export const fillDays = (weather: DailyWeather, others: readonly DailyWeather[]): FilledDays => {
  const { firstDay, outdoorC } = weather;
  const count = outdoorC.length;
  const filled = outdoorC.slice();
  const origin = new Uint8Array(count);
  const neighbours = others.map((one) => ({
    outdoorC: sliceDays(one.outdoorC, one.firstDay, firstDay, count),
    ghiWm2: one.ghiWm2 === undefined ? undefined : sliceDays(one.ghiWm2, one.firstDay, firstDay, count),
  }));
  const ghiWm2 = weather.ghiWm2?.slice();
  for (let slot = 0; slot < count; slot++) {
    if (ghiWm2 !== undefined && Number.isNaN(ghiWm2[slot]))
      ghiWm2[slot] =
        neighbours.map((one) => one.ghiWm2?.[slot] ?? Number.NaN).find((one) => !Number.isNaN(one)) ??
        Number.NaN;
    if (!Number.isNaN(outdoorC[slot])) continue;
    const between = ((outdoorC[slot - 1] ?? Number.NaN) + (outdoorC[slot + 1] ?? Number.NaN)) / 2;
    if (!Number.isNaN(between)) {
      filled[slot] = between;
      origin[slot] = dayOrigin.interpolated;
      continue;
    }
    const moved = neighbours
      .map((one) => one.outdoorC[slot] + offsetAround(outdoorC, one.outdoorC, slot))
      .find((one) => !Number.isNaN(one));
    origin[slot] = moved === undefined ? dayOrigin.unknown : dayOrigin.otherStation;
    filled[slot] = moved ?? Number.NaN;
  }
  return {
    weather: { ...weather, outdoorC: filled, ...(ghiWm2 === undefined ? {} : { ghiWm2 }) },
    origin,
  };
};
