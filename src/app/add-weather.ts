import { readWeather } from '#formats/registry.ts';
import { formatDay } from '../core/calendar.ts';
import { message, type Warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { openZone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import type { Site } from '../core/weather/station-choice.ts';
import type { Station } from '../core/weather/weather.ts';
import type { AddedWeatherView, WeatherPlace } from './add-weather-views.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { keepWeather, knownDaysOf } from './keep-weather.ts';
import { siteOf } from './weather-station.ts';

/** Most days kept of one file: thirty years, of which the mean year is made. Files of open data go back to 1950. */
const MOST_DAYS = 10_958;
/** Days are those of the bills. */
const timezone = 'Europe/Paris';

/** A file without its station is taken to be measured where the building stands. */
const ownStation = (buildingId: string, fileName: string, site: Site | undefined): Result<Station> =>
  site === undefined
    ? failure(
        'place-needed',
        'Le lieu de cette météo n’est pas connu : le fichier ne le dit pas, le bâtiment non plus. Donnez sa latitude et sa longitude.',
        'The place of this weather is not known: neither the file nor the building says it. Give its latitude and longitude.',
        { field: 'latitude' },
      )
    : ok({
        id: `fichier-${buildingId}`,
        name: fileName,
        latitudeDeg: site.latitudeDeg,
        longitudeDeg: site.longitudeDeg,
        altitudeM: site.altitudeM ?? Number.NaN,
      });

/**
 * Keeps the measured weather of a file (Météo-France open data, an Open-Meteo answer, or a CSV of dates and temperatures) for the place of
 * a building: of a file with several stations the best one for that place. Days written again are replaced, none is taken away.
 * Fails with `unknown-building`, `place-needed`, `weather-typical`, `weather-empty` and as the format does; nothing is kept then.
 */
export const addWeather = async (
  context: AppContext,
  buildingId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  { latitude, longitude }: WeatherPlace,
): Promise<Result<AddedWeatherView>> => {
  const { store } = context;
  const building = await store.buildings.get(buildingId);
  if (building === undefined) return unknownBuilding(buildingId);
  const zone = openZone(timezone);
  if (!zone.ok) return zone;
  const asked =
    latitude === undefined || longitude === undefined
      ? undefined
      : { latitudeDeg: latitude, longitudeDeg: longitude };
  const site = asked ?? siteOf(building);
  const read = readWeather(file.name, file.bytes, { timezone, ...(site === undefined ? {} : { site }) });
  if (!read.ok) return read;
  if (read.value.kind === 'typical')
    return failure(
      'weather-typical',
      `« ${file.name} » est une année type, sans dates : il faut la météo mesurée des jours de relevés.`,
      `“${file.name}” is a typical year without dates: the measured weather of the days of the readings is needed.`,
      { file: file.name },
    );
  const { weather, station, choice, warnings } = read.value;
  const place = station === undefined ? ownStation(buildingId, file.name, site) : ok(station);
  if (!place.ok) return place;
  const daily = toDailyWeather(weather, zone.value);
  const to = daily.firstDay + daily.outdoorC.length - 1;
  const { writes, knownDays } = knownDaysOf(daily, {
    from: Math.max(daily.firstDay, to - MOST_DAYS + 1),
    to,
  });
  const [first, last] = [writes[0], writes.at(-1)];
  if (first === undefined || last === undefined)
    return failure(
      'weather-empty',
      `Aucun jour de « ${file.name} » n’a assez d’heures de température.`,
      `No day of “${file.name}” has enough hours of temperature.`,
      { file: file.name },
    );
  const told: Warning[] = [
    ...(choice === undefined ? [] : [{ code: 'station-chosen', message: choice.reason }]),
    ...warnings,
    ...(await keepWeather(store, place.value, 'file', writes)),
  ];
  return ok({
    station: { id: place.value.id, name: place.value.name },
    firstDay: formatDay(first.firstDay),
    lastDay: formatDay(last.firstDay + last.meanC.length - 1),
    knownDays,
    warnings: told.map(({ code, message: text }) => ({ code, message: message(text.fr, text.en) })),
  });
};
