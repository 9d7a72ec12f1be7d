import type { Store } from '#store/index.ts';
import type { DailySeries } from '../core/series.ts';
import { rangeOf } from './daily-series.ts';
import { stationFor } from './weather-station.ts';

/** Years of weather behind the mean, as far as the station knows them. */
const REFERENCE_YEARS = 30;

/** All that the station of a building knows of the last years, up to the end of a series; the series' own without a station. */
export const longWeather = async (
  store: Store,
  buildingId: string,
  series: DailySeries,
): Promise<Pick<DailySeries, 'timezone' | 'firstDay' | 'outdoorC' | 'ghiWm2'>> => {
  const { timezone } = series;
  const { from, to } = rangeOf(series);
  const chosen = await stationFor(store, buildingId, { firstDay: from, lastDay: to });
  if (chosen === undefined) return { timezone, firstDay: series.firstDay, outdoorC: series.outdoorC };
  const firstDay = to - Math.ceil(REFERENCE_YEARS * 365.25);
  const { meanC, ghiWm2 } = await store.weather.daily(chosen.station.id, firstDay, to);
  return { timezone, firstDay, outdoorC: meanC, ghiWm2 };
};
