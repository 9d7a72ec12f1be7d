import type { Store } from '#store/index.ts';
import { type DayRange, rangesOfDays } from '../core/calendar.ts';
import { message, type Warning } from '../core/message.ts';
import type { DailyWeather, Station } from '../core/weather/weather.ts';

export type KnownDays = {
  /** As the store takes them, one entry a run without a gap. */
  readonly writes: readonly { firstDay: number; meanC: Float64Array; ghiWm2: Float64Array }[];
  readonly knownDays: number;
};

/** The days of a range that have a temperature (°C), with their irradiance (W/m2) where it is known. */
export const knownDaysOf = (daily: DailyWeather, range: DayRange): KnownDays => {
  const known = [...daily.outdoorC.keys()]
    .filter((slot) => !Number.isNaN(daily.outdoorC[slot]))
    .map((slot) => daily.firstDay + slot)
    .filter((day) => day >= range.from && day <= range.to);
  const runs = rangesOfDays(known);
  return {
    writes: runs.map(({ from, to }) => {
      const [at, count] = [from - daily.firstDay, to - from + 1];
      return {
        firstDay: from,
        meanC: daily.outdoorC.slice(at, at + count),
        ghiWm2: daily.ghiWm2?.slice(at, at + count) ?? new Float64Array(count).fill(Number.NaN),
      };
    }),
    knownDays: known.length,
  };
};

/**
 * Writes days under their station, whole or not at all: the newest write of a day wins, a day that is not among them is left as it was.
 * An altitude that nobody told is noted as 0 m, and that is said.
 */
export const keepWeather = async (
  store: Store,
  { id, name, latitudeDeg, longitudeDeg, altitudeM }: Station,
  source: string,
  writes: KnownDays['writes'],
): Promise<Warning[]> => {
  const known = Number.isFinite(altitudeM);
  const place = { id, name, latitudeDeg, longitudeDeg, altitudeM: known ? altitudeM : 0 };
  await store.transaction(async (into) => {
    await into.weather.saveStation({ ...place, source, simulated: false });
    for (const days of writes) await into.weather.saveDaily(id, days);
  });
  return known
    ? []
    : [
        {
          code: 'altitude-unknown',
          message: message(
            'L’altitude du poste n’est pas dite : 0 m est noté.',
            'The altitude of the station is not stated: 0 m is noted.',
          ),
        },
      ];
};
