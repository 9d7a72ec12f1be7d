import { bytesSource } from '#core/byte-source.ts';
import type { Message, Warning } from '#core/message.ts';
import { message } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { Readings } from '#core/series.ts';
import type { Site, StationChoice } from '#core/weather/station-choice.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';
import type { HourlyWeather, Station } from '#core/weather/weather.ts';
import { billsCsv, billsXlsx } from './bills/index.ts';
import { openText } from './csv/index.ts';
import { enedisCustomerCsv, enedisFlows } from './enedis/index.ts';
import { isEpw, readEpw } from './epw/index.ts';
import { greenButton } from './green-button/index.ts';
import { grdfAdict } from './grdf/index.ts';
import { isMeteoFrance, readMeteoFrance } from './meteo-france/index.ts';
import { isOpenMeteo, readOpenMeteo } from './open-meteo/index.ts';
import { operatExport } from './operat/index.ts';
import { joinReadings } from './readings/assemble.ts';
import type { ReadingsFormat, ReadingsOptions, Sniffed } from './readings/types.ts';
import { sniff } from './readings/sniff.ts';
import { csvReadings } from './readings-csv/index.ts';
import { isRt2012, readRt2012 } from './rt2012/index.ts';
import { readWeatherCsv } from './weather-csv/index.ts';
import { isZip, unpackEntry, zipEntries } from './zip/index.ts';

/** Every way readings are written, the most precise first: a file is read by the first that knows its content. */
const readingsFormats: readonly ReadingsFormat[] = [
  enedisCustomerCsv,
  enedisFlows,
  grdfAdict,
  greenButton,
  operatExport,
  billsXlsx,
  billsCsv,
  csvReadings,
];

/** Weather as a file brings it: measured with its dates, or a typical year without. */
type WeatherRead =
  | {
      readonly kind: 'measured';
      readonly weather: HourlyWeather;
      readonly station?: Station;
      /** Why this station, of a file that has several. */
      readonly choice?: StationChoice;
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: 'typical'; readonly year: TypicalYear; readonly warnings: readonly Warning[] };

type WeatherOptions = {
  /** Zone of local times that carry no offset. */
  readonly timezone?: string;
  /** The station to take from a file that has several; without it, the best for the site. */
  readonly station?: string;
  readonly site?: Site;
};

type WeatherFormat = {
  readonly id: string;
  readonly title: Message;
  readonly detect: (file: Sniffed) => boolean;
  readonly read: (name: string, bytes: Uint8Array, options: WeatherOptions) => Result<WeatherRead>;
};

const weatherFormats: readonly WeatherFormat[] = [
  {
    id: 'epw',
    title: message('météo EnergyPlus (EPW)', 'EnergyPlus weather (EPW)'),
    detect: ({ head }) => isEpw(head),
    read: (name, bytes) => {
      const read = readEpw(name, bytes);
      return read.ok ? ok({ kind: 'typical', ...read.value }) : read;
    },
  },
  {
    id: 'rt2012',
    title: message('année type réglementaire RT2012', 'French regulatory typical year (RT2012)'),
    detect: ({ head }) => isRt2012(head),
    read: (name, bytes) => {
      const read = readRt2012(name, bytes);
      return read.ok ? ok({ kind: 'typical', year: read.value, warnings: [] }) : read;
    },
  },
  {
    id: 'meteo-france',
    title: message('données ouvertes Météo-France', 'Météo-France open data'),
    detect: ({ head }) => isMeteoFrance(head),
    read: (name, bytes, options) => {
      const read = readMeteoFrance(name, bytes, options);
      return read.ok ? ok({ kind: 'measured', ...read.value }) : read;
    },
  },
  {
    id: 'open-meteo',
    title: message('réponse Open-Meteo (JSON)', 'Open-Meteo answer (JSON)'),
    detect: ({ head }) => isOpenMeteo(head),
    read: (name, bytes) => {
      const read = readOpenMeteo(name, bytes);
      return read.ok ? ok({ kind: 'measured', ...read.value }) : read;
    },
  },
  {
    id: 'weather-csv',
    title: message('météo mesurée en CSV', 'measured weather as CSV'),
    detect: ({ head }) => head !== '' && !/^\s*[<{[]/.test(head),
    read: (name, bytes, { timezone }) => {
      const read = readWeatherCsv(name, bytes, timezone === undefined ? {} : { timezone });
      return read.ok ? ok({ kind: 'measured', ...read.value }) : read;
    },
  },
];

type Recognised = {
  readonly kind: 'readings' | 'weather' | 'model';
  readonly id: string;
  readonly title: Message;
};

/** Formats of a kind that take any delimited text: they say nothing of what a file is. */
const catchAll = new Set(['csv', 'weather-csv']);

const ifc: Recognised = { kind: 'model', id: 'ifc', title: message('maquette IFC', 'IFC model') };

/**
 * What a dropped file is, by its content, then by its name where the content does not tell (a bare CSV named as
 * weather); undefined when it is nothing that is read here.
 */
export const recognise = (given: string, packed: Uint8Array): Recognised | undefined => {
  if (/\.(ifc|ifczip)(\.gz)?$/i.test(given)) return ifc;
  const inside = unwrapped(given, packed);
  if (!inside.ok) return undefined;
  // An archive is what the first of its files that is read here is.
  for (const member of inside.value) {
    const found = recogniseOne(member);
    if (found !== undefined) return found;
  }
  return undefined;
};

const recogniseOne = ({ name, bytes }: Member): Recognised | undefined => {
  const file = sniff(name, bytes);
  if (/^\s*ISO-10303-21;/.test(file.head) || /\.(ifc|ifczip)(\.gz)?$/i.test(name)) return ifc;
  const weather = weatherFormats.find((one) => !catchAll.has(one.id) && one.detect(file));
  if (weather !== undefined) return { kind: 'weather', id: weather.id, title: weather.title };
  const readings = readingsFormats.find((one) => one.detect(file));
  if (readings?.id === 'csv') {
    const plain = weatherFormats.find(({ id }) => id === 'weather-csv');
    if (plain !== undefined && /m[eé]t[eé]o|weather|temperature|climat/i.test(name.replace(/^.*[\\/]/, '')))
      return { kind: 'weather', id: plain.id, title: plain.title };
  }
  return readings === undefined ? undefined : { kind: 'readings', id: readings.id, title: readings.title };
};

const unknown = (name: string, known: readonly { readonly title: Message }[]): Result<never> =>
  failure(
    'format-unknown',
    `« ${name} » n’est dans aucun des formats lus ici : ${known.map(({ title }) => title.fr).join(', ')}.`,
    `“${name}” is in none of the formats read here: ${known.map(({ title }) => title.en).join(', ')}.`,
    { file: name },
  );

/** Unpacked bytes accepted from an archive: never more than the first, nor than so many times its size unless it is small. */
const mostUnpacked = 200_000_000;
const mostGrowth = 250;
const alwaysAllowed = 20_000_000;

/** Files read of one archive: a year of monthly flows for each of eight meters. */
const mostMembers = 100;

type Member = { readonly name: string; readonly bytes: Uint8Array };

/** The files of an archive that is no workbook (flows come packed so), else what was given. Fails with `archive-damaged`, `archive-several`. */
const unwrapped = (
  name: string,
  bytes: Uint8Array,
  maxBytes = mostUnpacked,
): Result<readonly [Member, ...Member[]]> => {
  const entries = isZip(bytes) ? zipEntries(bytesSource(name, bytes)) : undefined;
  // A workbook is told so by its own format.
  if (isZip(bytes) && entries === undefined && !/\.xls[xm]?$/i.test(name))
    return failure(
      'archive-damaged',
      `« ${name} » est une archive ZIP coupée ou abîmée : rien n’y est lisible. Envoyez-la de nouveau, entière.`,
      `“${name}” is a ZIP archive that is cut short or damaged: nothing in it can be read. Send it again, whole.`,
      { file: name },
    );
  if (entries === undefined || entries.some((one) => one.name.startsWith('xl/')))
    return ok([{ name, bytes }]);
  if (entries.length === 0 || entries.length > mostMembers)
    return failure(
      'archive-several',
      `« ${name} » est une archive de ${entries.length} fichiers : il en faut de 1 à ${mostMembers}. Déposez-les en plusieurs archives.`,
      `“${name}” is an archive of ${entries.length} files: from 1 to ${mostMembers} are taken. Upload them in several archives.`,
      { file: name },
    );
  let left = Math.min(maxBytes, Math.max(alwaysAllowed, bytes.length * mostGrowth));
  const members: Member[] = [];
  for (const entry of entries) {
    const unpacked = unpackEntry(entry, left);
    if (!unpacked.ok) return unpacked;
    left -= unpacked.value.length;
    members.push({ name: entry.name, bytes: unpacked.value });
  }
  const [first, ...more] = members;
  return ok([first, ...more]);
};

/** A column named by the caller says that the file is a table, whatever it looks like. */
const isMapped = (options: ReadingsOptions): boolean =>
  options.timeColumn !== undefined || options.valueColumn !== undefined || options.counter !== undefined;

/** Every series of a file of readings, in whichever known format it is. Fails with `format-unknown` and as that format does. */
export const readAllReadings = async (
  given: string,
  packed: Uint8Array,
  options: ReadingsOptions = {},
): Promise<Result<readonly Readings[]>> => {
  const inside = unwrapped(given, packed, options.maxBytes);
  if (!inside.ok) return inside;
  const [first, ...more] = inside.value;
  if (more.length === 0) return readMember(first, options);
  return readArchive(given, inside.value, options);
};

const readMember = async (
  { name, bytes }: Member,
  options: ReadingsOptions,
): Promise<Result<readonly Readings[]>> => {
  const file = sniff(name, bytes);
  const precise = readingsFormats.find((one) => one.detect(file));
  const format = isMapped(options) && precise?.id === 'bills-csv' ? csvReadings : precise;
  if (format !== undefined) return format.read(name, bytes, options);
  // Nothing in it, or nothing that is text: said as such.
  const text = openText(name, bytes, options.maxBytes);
  return text.ok ? unknown(name, readingsFormats) : text;
};

/** The series of the files of an archive, those of one meter joined; a file that gives none is told on every series. */
const readArchive = async (
  name: string,
  members: readonly Member[],
  options: ReadingsOptions,
): Promise<Result<readonly Readings[]>> => {
  const parts: Readings[] = [];
  const refused: Warning[] = [];
  let firstRefusal: Result<readonly Readings[]> | undefined;
  for (const member of members) {
    const read = await readMember(member, options);
    if (read.ok) parts.push(...read.value);
    else {
      firstRefusal ??= read;
      refused.push({
        code: 'archive-member',
        message: message(
          `« ${member.name} » de l’archive n’est pas lu : ${read.error.message.fr}`,
          `“${member.name}” of the archive is not read: ${read.error.message.en}`,
        ),
        ref: member.name,
        place: { file: member.name },
      });
    }
  }
  if (parts.length === 0) return firstRefusal ?? unknown(name, readingsFormats);
  const joined: Readings[] = [];
  for (const same of Map.groupBy(
    parts,
    ({ source }) => `${source?.format} ${source?.meterId ?? ''}`,
  ).values()) {
    const one = joinReadings(name, same);
    if (!one.ok) return one;
    joined.push({ ...one.value, warnings: [...one.value.warnings, ...refused] });
  }
  return ok(joined);
};

/**
 * The one series of a file of readings, or that named by `options.meter`. Fails with `several-meters` (the sentence
 * names them), `meter-not-in-file`, and as `readAllReadings` does.
 */
export const readReadings = async (
  name: string,
  bytes: Uint8Array,
  options: ReadingsOptions = {},
): Promise<Result<Readings>> => {
  const all = await readAllReadings(name, bytes, options);
  if (!all.ok) return all;
  const names = all.value.map(({ source }) => source?.meterId ?? '');
  const listed = names.slice(0, 12).join(', ');
  const at = options.meter === undefined ? 0 : names.indexOf(options.meter);
  if (options.meter === undefined && all.value.length > 1)
    return failure(
      'several-meters',
      `« ${name} » a ${all.value.length} séries : ${listed}. Dites laquelle (--meter).`,
      `“${name}” has ${all.value.length} series: ${listed}. Say which (--meter).`,
      { file: name },
    );
  const one = all.value[at];
  return one === undefined
    ? failure(
        'meter-not-in-file',
        `« ${name} » n’a pas de série « ${options.meter ?? ''} ». Il a : ${listed}.`,
        `“${name}” has no series “${options.meter ?? ''}”. It has: ${listed}.`,
        { file: name },
      )
    : ok(one);
};

/** The weather of a file, in whichever known format it is. Fails with `format-unknown` and as that format does. */
export const readWeather = (
  name: string,
  bytes: Uint8Array,
  options: WeatherOptions = {},
): Result<WeatherRead> => {
  const file = sniff(name, bytes);
  const format = weatherFormats.find((one) => one.detect(file));
  return format === undefined ? unknown(name, weatherFormats) : format.read(name, bytes, options);
};
