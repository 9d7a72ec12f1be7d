import type { Repositories, WeatherStation } from '#store/index.ts';
import { type DayRange, formatDay, parseDay, rangesOfDays } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { expectedOf } from './expected-of.ts';
import { fieldOf } from './field-of.ts';
import {
  mostWeatherDays,
  type StationRequest,
  type StationView,
  type WeatherDaysAnswer,
  weatherDaySchema,
  type WeatherDaysView,
} from './weather-views.ts';

const DAY_MS = 86_400_000;

/** Weather of before is nobody's meter's. */
const earliestDay = Math.floor(Date.UTC(1900, 0, 1) / DAY_MS);

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

const stationOf = async ({ store }: AppContext, id: string): Promise<Result<WeatherStation>> => {
  const station = await store.weather.station(id);
  return station === undefined
    ? failure(
        'unknown-station',
        `Le poste météo « ${id.slice(0, 100)} » n’existe pas dans ce parc. Déclarez-le d’abord : PUT /v1/weather-stations/{id}.`,
        `There is no weather station “${id.slice(0, 100)}” in this stock. Declare it first: PUT /v1/weather-stations/{id}.`,
        { field: id.slice(0, 100) },
      )
    : ok(station);
};

const viewOf = async (
  { store }: AppContext,
  { simulated, ...station }: WeatherStation,
): Promise<StationView> => {
  const held = await store.weather.extent(station.id);
  return {
    ...station,
    data: simulated ? 'simulated' : 'measured',
    days: held === undefined ? null : { from: formatDay(held.firstDay), to: formatDay(held.lastDay) },
  };
};

/** The stations of the stock, in the order in which they came. Never fails. */
export const listStations = async (context: AppContext): Promise<Result<StationView[]>> => {
  const views: StationView[] = [];
  for (const station of await context.store.weather.stations()) views.push(await viewOf(context, station));
  return ok(views);
};

/** One station. Fails with `unknown-station`. */
export const getStation = async (context: AppContext, id: string): Promise<Result<StationView>> => {
  const station = await stationOf(context, id);
  return station.ok ? ok(await viewOf(context, station.value)) : station;
};

/**
 * Adds a station, or replaces its name and place; its days stay, and simulated ones stay told as such. Fails with
 * `bad-request`; throws `id-taken` as the store does.
 */
export const saveStation = async (
  context: AppContext,
  id: string,
  request: StationRequest,
): Promise<Result<StationView>> => {
  if (!idPattern.test(id))
    return failure(
      'bad-request',
      `« ${id.slice(0, 100)} » ne peut pas nommer un poste météo : lettres sans accent, chiffres, points et tirets, 100 au plus.`,
      `“${id.slice(0, 100)}” cannot name a weather station: plain letters, digits, dots and dashes, at most 100.`,
      { field: 'id' },
    );
  const before = await context.store.weather.station(id);
  await context.store.weather.saveStation({
    ...request,
    id,
    source: 'api',
    simulated: before?.simulated ?? false,
  });
  return getStation(context, id);
};

type ReadDay = { readonly day: number; readonly meanC: number; readonly ghiWm2: number | undefined };
type Rejected = { readonly code: string; readonly message: Message };

/** One day as sent, or why it is none. */
const readDay = (row: unknown, line: number, today: number): ReadDay | Rejected => {
  const parsed = weatherDaySchema.safeParse(row);
  if (!parsed.success) {
    const field = fieldOf(parsed.error);
    const expected = expectedOf(parsed.error, row);
    return {
      code: 'bad-weather-day',
      message:
        field === ''
          ? message(
              `Jour ${line} : ce n’en est pas un ; laissé de côté.`,
              `Day ${line}: it is none; left out.`,
            )
          : message(
              `Jour ${line}, champ « ${field} »${expected.fr} ; laissé de côté.`,
              `Day ${line}, field “${field}”${expected.en}; left out.`,
            ),
    };
  }
  const { day, meanC, ghiWm2 } = parsed.data;
  const number = parseDay(day) ?? Number.NaN;
  if (number >= earliestDay && number <= today)
    return { day: number, meanC, ghiWm2: ghiWm2 === null ? Number.NaN : ghiWm2 };
  return {
    code: 'weather-day-ahead',
    message: message(
      `Jour ${line} : ${day} n’est pas encore passé, ou précède 1900 ; une prévision n’est pas une mesure, elle est laissée de côté.`,
      `Day ${line}: ${day} has not passed yet, or is before 1900; a forecast is no measurement, it is left out.`,
    ),
  };
};

const writeRun = async (
  into: Repositories,
  stationId: string,
  { from, to }: DayRange,
  days: ReadonlyMap<number, ReadDay>,
): Promise<void> => {
  const held = await into.weather.daily(stationId, from, to);
  const run = Array.from({ length: to - from + 1 }, (_, slot) => days.get(from + slot));
  await into.weather.saveDaily(stationId, {
    firstDay: from,
    meanC: Float64Array.from(run, (one) => one?.meanC ?? Number.NaN),
    ghiWm2: Float64Array.from(run, (one, slot) => one?.ghiWm2 ?? held.ghiWm2[slot] ?? Number.NaN),
  });
};

/**
 * Takes days of weather of a station in one transaction: the newest write of a day wins, the good ones stand and the others
 * are told by their number. Fails with `unknown-station`.
 */
export const ingestWeatherDays = async (
  context: AppContext,
  stationId: string,
  sent: readonly unknown[],
): Promise<Result<WeatherDaysAnswer>> => {
  const station = await stationOf(context, stationId);
  if (!station.ok) return station;
  const today = Math.floor(context.nowMs() / DAY_MS);
  const good = new Map<number, ReadDay>();
  const rejectedRows: WeatherDaysAnswer['rejectedRows'] = [];
  for (const [index, row] of sent.entries()) {
    const read = readDay(row, index + 1, today);
    if ('day' in read) good.set(read.day, read);
    else rejectedRows.push({ line: index + 1, code: read.code, message: read.message });
  }
  await context.store.transaction(async (into) => {
    for (const run of rangesOfDays([...good.keys()].toSorted((a, b) => a - b)))
      await writeRun(into, stationId, run, good);
  });
  return ok({ written: good.size, rejected: rejectedRows.length, rejectedRows });
};

/** The days held of a station, those with a temperature. Fails with `unknown-station`, `bad-range`. */
export const viewWeatherDays = async (
  context: AppContext,
  stationId: string,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Result<WeatherDaysView>> => {
  const station = await stationOf(context, stationId);
  if (!station.ok) return station;
  const held = await context.store.weather.extent(stationId);
  const from = asked.from === undefined ? held?.firstDay : parseDay(asked.from);
  const to = asked.to === undefined ? held?.lastDay : parseDay(asked.to);
  if (from === undefined || to === undefined) return ok({ stationId, days: [] });
  if (to < from || to - from >= mostWeatherDays)
    return failure(
      'bad-range',
      `La période du ${formatDay(from)} au ${formatDay(to)} n’en est pas une, ou dépasse ${mostWeatherDays} jours. Donnez « from » et « to ».`,
      `The period from ${formatDay(from)} to ${formatDay(to)} is none, or is over ${mostWeatherDays} days. Give “from” and “to”.`,
      { field: 'from' },
    );
  const { meanC, ghiWm2 } = await context.store.weather.daily(stationId, from, to);
  const days = Array.from(meanC, (degrees, slot) => {
    const sun = ghiWm2[slot] ?? Number.NaN;
    return { day: formatDay(from + slot), meanC: degrees, ghiWm2: Number.isNaN(sun) ? null : sun };
  });
  return ok({ stationId, days: days.filter(({ meanC: degrees }) => !Number.isNaN(degrees)) });
};
