import { siteSchema } from '#create/index.ts';
import type { Building, Store, WeatherStation } from '#store/index.ts';
import { type Warning, warning } from '../core/message.ts';
import { chooseStation, type Site, type StationCandidate } from '../core/weather/station-choice.ts';

/** Where a building stands, as its facts say; undefined where they do not. */
export const siteOf = (building: Building | undefined): Site | undefined => {
  const parsed = siteSchema.safeParse(building?.facts['site']);
  if (!parsed.success) return undefined;
  const { altitudeM, ...place } = parsed.data;
  return altitudeM === undefined ? place : { ...place, altitudeM };
};

type ChosenStation = { readonly station: WeatherStation; readonly told: Warning };

/**
 * The station of the stock for a building over some days, by distance, altitude and days known (`chooseStation`), with
 * the reason; where the place of the building is unknown, the one that came to the stock first, whatever comes after, and
 * said so. Undefined without stations.
 */
export const stationOf = async (
  store: Store,
  building: Building | undefined,
  days: { readonly firstDay: number; readonly lastDay: number },
): Promise<ChosenStation | undefined> => {
  const stations = await store.weather.stations();
  const [first] = stations;
  if (first === undefined) return undefined;
  const site = siteOf(building);
  if (site === undefined)
    return {
      station: first,
      told: warning(
        'station-unplaced',
        `Météo de ${first.name} : la place du bâtiment n’est pas connue, le premier poste du parc est pris. Donnez « site » (latitude, longitude, altitude).`,
        `Weather of ${first.name}: the place of the building is not known, the first station of the stock is taken. Give “site” (latitude, longitude, altitude).`,
        { ref: first.id },
      ),
    };
  const wanted = Math.max(1, days.lastDay - days.firstDay + 1);
  const candidates: StationCandidate[] = [];
  for (const station of stations) {
    const { meanC } = await store.weather.daily(station.id, days.firstDay, days.lastDay);
    const known = meanC.reduce((count, degrees) => count + (Number.isNaN(degrees) ? 0 : 1), 0);
    candidates.push({ ...station, coverage: known / wanted });
  }
  const choice = chooseStation(site, candidates);
  const station = stations.find(({ id }) => id === choice?.station.id);
  if (choice === undefined || station === undefined) return undefined;
  return {
    station,
    told: {
      code: choice.status === 'chosen' ? 'station-chosen' : 'station-fallback',
      message: choice.reason,
      ref: station.id,
    },
  };
};

/** `stationOf` a building that is not read yet. */
export const stationFor = async (
  store: Store,
  buildingId: string,
  days: { readonly firstDay: number; readonly lastDay: number },
): Promise<ChosenStation | undefined> => stationOf(store, await store.buildings.get(buildingId), days);
