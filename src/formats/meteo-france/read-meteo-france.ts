import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { openZone } from '#core/timezone.ts';
import {
  chooseStation,
  type Site,
  type StationCandidate,
  type StationChoice,
} from '#core/weather/station-choice.ts';
import type { HourlyWeather, Station } from '#core/weather/weather.ts';
import {
  detectDialect,
  type Dialect,
  openText,
  orderRows,
  pickRows,
  readTable,
  resolveTimes,
  type Table,
} from '../csv/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** J/cm2 in an hour to W/m2; in a day, the 24 h mean. */
const hourly = 10_000 / 3600;
const daily = 10_000 / 86_400;
/** Quality code of a value the service doubts. */
const doubtful = 2;

/** Whether text is a Météo-France open data file: `NUM_POSTE;…;AAAAMMJJHH;…` hourly, `AAAAMMJJ` daily. */
export const isMeteoFrance = (head: string): boolean =>
  /^\uFEFF?"?NUM_POSTE"?;[^\n]*AAAAMMJJ(HH)?/i.test(head);

export type MeteoFranceFile = {
  readonly weather: HourlyWeather;
  readonly station: Station;
  /** Every station of the file, in its order. */
  readonly stations: readonly StationCandidate[];
  readonly warnings: readonly Warning[];
  /** Why this station, when it was chosen for a site. */
  readonly choice?: StationChoice;
};

type Columns = Readonly<Record<string, number>>;

const columnsOf = ({ header }: Dialect): Columns =>
  Object.fromEntries(header.map((name, index) => [name.toUpperCase(), index]));

/** Stations of the file, with the share of its span in which each has a temperature. */
const stationsOf = (bytes: Uint8Array, dialect: Dialect, columns: Columns): StationCandidate[] => {
  const missing = dialect.header.length;
  const isHourly = columns['AAAAMMJJHH'] !== undefined;
  const table = readTable(bytes, dialect, {
    time: [columns['AAAAMMJJHH'] ?? columns['AAAAMMJJ'] ?? 0],
    required: [],
    optional: ['NUM_POSTE', 'LAT', 'LON', 'ALTI', isHourly ? 'T' : 'TN'].map(
      (name) => columns[name] ?? missing,
    ),
  });
  const [ids, latitudes, longitudes, altitudes, temperatures] = table.columns;
  const found = new Map<number, { row: number; known: number }>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < table.rows; row++) {
    const id = ids[row];
    if (Number.isNaN(id)) continue;
    first = Math.min(first, table.localMs[row]);
    last = Math.max(last, table.localMs[row]);
    const station = found.get(id) ?? { row, known: 0 };
    if (!Number.isNaN(temperatures[row])) station.known++;
    found.set(id, station);
  }
  const steps = Math.max(1, (last - first) / (isHourly ? HOUR_MS : DAY_MS) + 1);
  return [...found].map(([number, { row, known }]) => {
    // Codes are eight figures; a spreadsheet drops the zero of the first departments.
    const id = String(number).padStart(8, '0');
    return {
      id,
      name: `Météo-France ${id}`,
      latitudeDeg: latitudes[row],
      longitudeDeg: longitudes[row],
      altitudeM: altitudes[row],
      coverage: Math.min(1, known / steps),
    };
  });
};

type Chosen = Pick<MeteoFranceFile, 'station' | 'stations' | 'choice'>;

/** The station asked for, else the best for the site, else the only one. Fails with `station-needed` and `station-unknown`. */
const chosenStation = (
  name: string,
  stations: readonly StationCandidate[],
  options: { readonly station?: string; readonly site?: Site },
): Result<Chosen> => {
  const [only] = stations;
  const choice = options.site === undefined ? undefined : chooseStation(options.site, stations);
  const asked = options.station?.padStart(8, '0') ?? choice?.station.id;
  const station = asked === undefined ? only : stations.find(({ id }) => id === asked);
  const listed = stations
    .slice(0, 12)
    .map(({ id }) => id)
    .join(', ');
  if (asked === undefined && stations.length > 1)
    return failure(
      'station-needed',
      `« ${name} » a ${stations.length} postes (${listed}…). Dites lequel.`,
      `“${name}” has ${stations.length} stations (${listed}…). Say which.`,
      { file: name, field: 'NUM_POSTE' },
    );
  if (station === undefined)
    return failure(
      'station-unknown',
      `« ${name} » n’a pas le poste ${asked ?? ''}. Ses postes : ${listed}.`,
      `“${name}” has no station ${asked ?? ''}. Its stations: ${listed}.`,
      { file: name, field: 'NUM_POSTE' },
    );
  return ok({ station, stations, ...(choice === undefined ? {} : { choice }) });
};

const good = (table: Table, at: number): { values: Float64Array; doubted: number } => {
  let doubted = 0;
  const [values, quality] = [table.columns[at], table.columns[at + 1]];
  const kept = values.map((value, row) => {
    if (quality[row] !== doubtful || Number.isNaN(value)) return value;
    doubted++;
    return Number.NaN;
  });
  return { values: kept, doubted };
};

/** Mean W/m2 of the hour that begins at each instant: the service writes it, in J/cm2, at the hour's end. */
const overHours = (startMs: Float64Array, radiation: Float64Array): Float64Array => {
  const byEnd = new Map(Array.from(startMs, (instant, index) => [instant, radiation[index]]));
  return startMs.map((instant) => (byEnd.get(instant + HOUR_MS) ?? Number.NaN) * hourly);
};

/**
 * Reads Météo-France open data (`H_dd_*.csv.gz`, `Q_dd_*.csv.gz`): instants in UTC, T in °C at the hour, GLO in J/cm2
 * over the hour that ends there; a value of quality code 2 (doubtful) is left blank and counted. The station is that asked for, else
 * the best for `site`, else the only one. Layout: DOMAIN 7.5, verified for the hourly file; quality codes, and the hour GLO belongs to,
 * were not. Fails with `station-needed`, `station-unknown`, `weather-header` and as `openText` does.
 */
export const readMeteoFrance = (
  name: string,
  bytes: Uint8Array,
  options: { readonly station?: string; readonly timezone?: string; readonly site?: Site } = {},
): Result<MeteoFranceFile> => {
  const text = openText(name, bytes);
  if (!text.ok) return text;
  const dialect = detectDialect(name, text.value, (cells) => cells.some((one) => /^NUM_POSTE$/i.test(one)), {
    fr: 'NUM_POSTE et AAAAMMJJHH ou AAAAMMJJ sont attendus',
    en: 'NUM_POSTE and AAAAMMJJHH or AAAAMMJJ are expected',
  });
  if (!dialect.ok) return dialect;
  const columns = columnsOf(dialect.value);
  const isHourly = columns['AAAAMMJJHH'] !== undefined;
  const time = columns['AAAAMMJJHH'] ?? columns['AAAAMMJJ'];
  const temperatures = isHourly ? ['T'] : ['TM', 'TN', 'TX'];
  const missing = dialect.value.header.length;
  if (time === undefined || temperatures.every((one) => columns[one] === undefined))
    return failure(
      'weather-header',
      `« ${name} » n’a pas de colonne de température (${temperatures.join(', ')}).`,
      `“${name}” has no temperature column (${temperatures.join(', ')}).`,
      { file: name, line: 1 },
    );
  const chosen = chosenStation(name, stationsOf(text.value.bytes, dialect.value, columns), options);
  if (!chosen.ok) return chosen;
  const { station } = chosen.value;
  const numbered = columns['NUM_POSTE'] ?? 0;
  const wanted = [...temperatures, 'GLO'].flatMap((one) => [
    columns[one] ?? missing,
    columns[`Q${one}`] ?? missing,
  ]);
  const table = readTable(text.value.bytes, dialect.value, {
    time: [time],
    required: [],
    optional: [...wanted, numbered],
  });
  const id = Number(station.id);
  const belongs = table.columns[wanted.length];
  const times = resolveTimes(name, { ...table, stampsEnd: false }, 'UTC');
  if (!times.ok) return times;
  const instants = times.value.instantMs.map((instant, row) => (belongs[row] === id ? instant : Number.NaN));
  const read = temperatures.map((_, at) => good(table, 2 * at));
  const glo = good(table, 2 * temperatures.length);
  const [first, low, high] = read.map(({ values }) => values);
  const degrees =
    low === undefined || high === undefined
      ? first
      : first.map((mean, row) => (Number.isNaN(mean) ? (low[row] + high[row]) / 2 : mean));
  const ordered = orderRows(instants, degrees);
  const pick = (values: Float64Array): Float64Array => pickRows(values, ordered);
  const startMs = pick(instants);
  if (startMs.length === 0)
    return failure(
      'readings-none',
      `Aucune ligne utilisable dans « ${name} ».`,
      `No usable row in “${name}”.`,
      {
        file: name,
      },
    );
  const zone = openZone(options.timezone ?? 'UTC');
  if (!zone.ok) return zone;
  const radiation = pick(glo.values);
  const doubted = [...read, glo].reduce((sum, one) => sum + one.doubted, 0);
  const told: Warning[] =
    doubted === 0
      ? []
      : [
          warning(
            'weather-doubtful',
            `${doubted} valeurs que Météo-France tient pour douteuses (code 2) sont laissées vides.`,
            `${doubted} values Météo-France holds doubtful (code 2) are left blank.`,
            { place: { file: name } },
          ),
        ];
  return ok({
    ...chosen.value,
    warnings: told,
    weather: {
      name: station.name,
      startMs,
      stepMs: isHourly ? HOUR_MS : DAY_MS,
      outdoorC: pick(degrees),
      ...(radiation.every(Number.isNaN)
        ? {}
        : { ghiWm2: isHourly ? overHours(startMs, radiation) : radiation.map((value) => value * daily) }),
      timezone: zone.value.name,
    },
  });
};
