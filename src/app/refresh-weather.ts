import { readMeteoFrance } from '#formats/meteo-france/index.ts';
import { readOpenMeteo } from '#formats/open-meteo/index.ts';
import { dateOf, type DayRange, formatDay } from '../core/calendar.ts';
import type { Warning } from '../core/message.ts';
import { message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { openZone, type Zone } from '../core/timezone.ts';
import { toDailyWeather } from '../core/weather/daily-weather.ts';
import { dayOrigin, fillDays } from '../core/weather/fill-days.ts';
import type { Site } from '../core/weather/station-choice.ts';
import type { DailyWeather, HourlyWeather, Station } from '../core/weather/weather.ts';
import type { AppContext } from './context.ts';
import { keepWeather, type KnownDays, knownDaysOf } from './keep-weather.ts';
import { fetchKept, type FetchOptions } from './weather-cache.ts';

/** Where weather is asked for. Nothing is asked of either unless a person names it: a request tells the place of a building. */
export type WeatherService =
  | { readonly kind: 'open-meteo'; readonly baseUrl?: string }
  | {
      readonly kind: 'meteo-france';
      /** Department of the file, `33`. */
      readonly department: string;
      readonly baseUrl?: string;
    };

export type RefreshRequest = {
  readonly service: WeatherService;
  readonly site: Site;
  /** Local days wanted, both included. */
  readonly days: DayRange;
  readonly timezone: string;
};

type Refreshed = {
  readonly station: Station;
  readonly from: 'network' | 'cache';
  /** First and last day written. */
  readonly days: DayRange;
  readonly knownDays: number;
  readonly warnings: readonly Warning[];
};

const openMeteoBase = 'https://archive-api.open-meteo.com';
const meteoFranceBase = 'https://object.files.data.gouv.fr/meteofrance/data/synchro_ftp/BASE/HOR';

/** About a kilometre: the grid of the service is coarser, and the building is not told. */
const roundedDeg = (degrees: number): string => degrees.toFixed(2);

/** One address a request of the same day: a second run of the day finds the answer kept. */
const addressesOf = ({ service, site, days }: RefreshRequest, nowMs: number): string[] => {
  if (service.kind === 'open-meteo') {
    const query = new URLSearchParams({
      latitude: roundedDeg(site.latitudeDeg),
      longitude: roundedDeg(site.longitudeDeg),
      start_date: formatDay(days.from),
      end_date: formatDay(days.to),
      hourly: 'temperature_2m,shortwave_radiation',
      timezone: 'UTC',
    });
    return [`${service.baseUrl ?? openMeteoBase}/v1/archive?${query.toString()}`];
  }
  // The open data keeps this year and the last in one file, the decade before in another.
  const { year } = dateOf(Math.floor(nowMs / 86_400_000));
  const base = `${service.baseUrl ?? meteoFranceBase}/H_${service.department.padStart(2, '0')}`;
  const decade = Math.floor((year - 2) / 10) * 10;
  return [
    ...(dateOf(days.from).year < year - 1 ? [`${base}_previous-${decade}-${year - 2}.csv.gz`] : []),
    `${base}_latest-${year - 1}-${year}.csv.gz`,
  ];
};

type Read = {
  readonly weather: HourlyWeather;
  readonly station: Station;
  /** Stations of the same answer to fill gaps from, nearest first. */
  readonly neighbours: readonly string[];
  readonly warnings: readonly Warning[];
};

const mostNeighbours = 3;

const readAnswer = (
  request: RefreshRequest,
  url: string,
  bytes: Uint8Array,
  station?: string,
): Result<Read> => {
  if (request.service.kind === 'open-meteo') {
    const read = readOpenMeteo(url, bytes);
    return read.ok ? ok({ ...read.value, neighbours: [] }) : read;
  }
  const read = readMeteoFrance(
    url.replace(/^.*\//, ''),
    bytes,
    station === undefined ? { site: request.site } : { station },
  );
  if (!read.ok) return read;
  if (read.value.choice === undefined) return ok({ ...read.value, neighbours: [] });
  const { reason, status, others } = read.value.choice;
  const neighbours = others.slice(0, mostNeighbours).map((one) => one.station.id);
  const told: Warning = {
    code: status === 'chosen' ? 'station-chosen' : 'station-fallback',
    message: reason,
  };
  return ok({ ...read.value, neighbours, warnings: [told, ...read.value.warnings] });
};

/**
 * Fetches the weather of a site from a service, or takes what is kept, and writes its days to the store: the newest
 * write of a day wins, and a day the answer does not know is left as it was. Made to run from a schedule; running
 * again changes nothing. Fails as `fetchKept` and the format do; nothing is written then.
 */
export const refreshWeather = async (
  { store }: AppContext,
  request: RefreshRequest,
  options: FetchOptions,
): Promise<Result<Refreshed>> => {
  const zone = openZone(request.timezone);
  if (!zone.ok) return zone;
  const warnings: Warning[] = [];
  let from: Refreshed['from'] = 'cache';
  let station: Station | undefined;
  let knownDays = 0;
  const writes: KnownDays['writes'][number][] = [];
  // Newest first: the station chosen there is the one its past is read for.
  for (const url of addressesOf(request, options.nowMs()).reverse()) {
    const chosen = request.service.kind === 'meteo-france' ? station?.id : undefined;
    const read = (bytes: Uint8Array): Result<Read> => readAnswer(request, url, bytes, chosen);
    const fetched = await fetchKept(url, options, read);
    if (!fetched.ok) {
      if (station === undefined) return fetched;
      warnings.push({ code: fetched.error.code, message: fetched.error.message });
      continue;
    }
    const answer = read(fetched.value.bytes);
    if (!answer.ok) return answer;
    if (fetched.value.from === 'network') from = 'network';
    station ??= answer.value.station;
    warnings.push(...fetched.value.warnings, ...answer.value.warnings);
    const daily = filledDays(answer.value, request, fetched.value.bytes, zone.value, warnings);
    const known = knownDaysOf(daily, request.days);
    writes.push(...known.writes);
    knownDays += known.knownDays;
  }
  if (station === undefined) throw new Error('a service has at least one address');
  const wanted = request.days.to - request.days.from + 1;
  if (knownDays < wanted)
    warnings.push({
      code: 'weather-days-missing',
      message: message(
        `${wanted - knownDays} jours sur ${wanted} restent sans température.`,
        `${wanted - knownDays} of ${wanted} days remain without a temperature.`,
      ),
    });
  warnings.push(...(await keepWeather(store, station, request.service.kind, writes)));
  return ok({ station, from, days: request.days, knownDays, warnings });
};

/** The days of an answer, those missing filled from its other stations; how many, and how, is told. */
const filledDays = (
  answer: Read,
  request: RefreshRequest,
  bytes: Uint8Array,
  zone: Zone,
  warnings: Warning[],
): DailyWeather => {
  const own = toDailyWeather(answer.weather, zone);
  const { from, to } = request.days;
  const missing = own.outdoorC.some(
    (degrees, slot) => Number.isNaN(degrees) && own.firstDay + slot >= from && own.firstDay + slot <= to,
  );
  if (!missing) return own;
  const others = answer.neighbours.flatMap((station) => {
    const read = readMeteoFrance(station, bytes, { station });
    return read.ok ? [toDailyWeather(read.value.weather, zone)] : [];
  });
  const { weather, origin } = fillDays(own, others);
  const count = (kind: number): number =>
    origin.filter((one, slot) => one === kind && own.firstDay + slot >= from && own.firstDay + slot <= to)
      .length;
  const [between, elsewhere] = [count(dayOrigin.interpolated), count(dayOrigin.otherStation)];
  if (between + elsewhere > 0)
    warnings.push({
      code: 'weather-filled',
      message: message(
        `${between + elsewhere} jours sans mesure sont remplis : ${between} par leurs voisins, ${elsewhere} par un autre poste remis à niveau.`,
        `${between + elsewhere} days without a measurement are filled: ${between} from the days beside them, ${elsewhere} from another station set right.`,
      ),
    });
  return weather;
};
