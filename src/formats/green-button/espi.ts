import { message, type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { type MeterCarrier, type Readings, readingFlag } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { assemble, type StatedReading } from '../readings/assemble.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';
import { type RowWord, tellRows, type ToldRow } from '../readings-csv/tell.ts';
import { type Block, type Entry, feedSchema, type ReadingType } from './schema.ts';

const HOUR_MS = 3_600_000;

/** kWh of one unit of measure (ESPI `UomType`): therm of 100,000 Btu, Btu of the International Table. */
const energyUnits: Readonly<Record<number, { readonly kwh: number; readonly power: boolean }>> = {
  72: { kwh: 0.001, power: false },
  38: { kwh: 0.001, power: true },
  169: { kwh: 29.307107, power: false },
  132: { kwh: 0.000293071, power: false },
};
const cubicMetre = 42;
const cubicFoot = 119;
const m3PerFt3 = 0.028316847;

/** `QualityOfReading`: estimated on a reference day, by interpolation, projected. */
const estimatedQualities = new Set([8, 9, 12]);
const reverseFlow = 19;
/** `AccumulationKind`: bulk quantity and cumulative are registers, which are not read. */
const registers = new Set([1, 3]);

const hrefs = (entry: Entry, rel: string): string[] =>
  entry.link.filter((one) => one['@_rel'] === rel).map((one) => one['@_href'].replace(/\/$/, ''));

const contentOf = (entry: Entry): Exclude<Entry['content'], '' | undefined> =>
  entry.content === '' || entry.content === undefined ? {} : entry.content;

type Series = {
  readonly id: string;
  readonly type: ReadingType | undefined;
  readonly kind: number | undefined;
  readonly blocks: Block[];
};

/** Joins interval blocks to their reading type and usage point by the links of the feed. */
const seriesOf = (entries: readonly Entry[]): Series[] => {
  const of = (key: 'UsagePoint' | 'MeterReading' | 'ReadingType'): Entry[] =>
    entries.filter((entry) => key in contentOf(entry));
  const types = of('ReadingType').map((entry) => ({
    self: hrefs(entry, 'self'),
    type: contentOf(entry).ReadingType,
  }));
  const points = of('UsagePoint').map((entry) => {
    const content = contentOf(entry).UsagePoint;
    return { self: hrefs(entry, 'self'), kind: content === '' ? undefined : content?.ServiceCategory?.kind };
  });
  const meters = of('MeterReading').map((entry) => {
    const related = hrefs(entry, 'related');
    const [self = ''] = hrefs(entry, 'self');
    return {
      self,
      related,
      type:
        types.find((one) => one.self.some((href) => related.includes(href)))?.type ??
        (types.length === 1 ? types[0]?.type : undefined),
      kind:
        points.find((one) => one.self.some((href) => href !== '' && self.startsWith(href)))?.kind ??
        (points.length === 1 ? points[0]?.kind : undefined),
    };
  });
  const byMeter = new Map<string, Series>();
  for (const entry of entries) {
    const blocks = contentOf(entry).IntervalBlock;
    if (blocks === undefined) continue;
    const places = [...hrefs(entry, 'up'), ...hrefs(entry, 'self')];
    const meter =
      meters.find((one) => one.self !== '' && places.some((href) => href.startsWith(`${one.self}/`))) ??
      meters.find((one) => one.related.some((href) => places.includes(href))) ??
      (meters.length === 1 ? meters[0] : undefined);
    const id = meter?.self ?? places[0] ?? '';
    const known = byMeter.get(id) ?? {
      id,
      type: meter?.type ?? (types.length === 1 ? types[0]?.type : undefined),
      kind: meter?.kind,
      blocks: [],
    };
    known.blocks.push(...blocks);
    byMeter.set(id, known);
  }
  return [...byMeter.values()];
};

const readingWord: RowWord = { fr: 'Relevé', en: 'Reading' };

/** The number an element holds; NaN where it holds none. */
const numberOf = (value: string | number | undefined): number =>
  typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);

type Scale = { readonly kwh: number; readonly power: boolean };

const scaleOf = (type: ReadingType | undefined, options: ReadingsOptions): Scale | undefined => {
  const uom = type?.uom ?? 72;
  const tens = 10 ** (type?.powerOfTenMultiplier ?? 0);
  const known = energyUnits[uom];
  if (known !== undefined) return { kwh: known.kwh * tens, power: known.power };
  if ((uom === cubicMetre || uom === cubicFoot) && options.kwhPerM3 !== undefined)
    return { kwh: options.kwhPerM3 * tens * (uom === cubicFoot ? m3PerFt3 : 1), power: false };
  return undefined;
};

type Stated = { readonly readings: readonly StatedReading[]; readonly refused: readonly ToldRow[] };

/** The readings of a series, and those that are none: without an instant, without a length, or whose value is no number. */
const stateBlocks = ({ blocks, type }: Series, { kwh, power }: Scale): Stated => {
  const readings: StatedReading[] = [];
  const refused: ToldRow[] = [];
  const rows = blocks.flatMap(({ IntervalReading: inBlock }) => inBlock);
  for (const [index, { timePeriod, value, ReadingQuality: qualities }] of rows.entries()) {
    const start = numberOf(timePeriod?.start);
    const seconds = numberOf(timePeriod?.duration ?? type?.intervalLength ?? 3600);
    const amount = value === undefined || value === '' ? Number.NaN : numberOf(value);
    if (!Number.isFinite(start) || !(seconds > 0)) {
      refused.push({
        code: 'bad-interval',
        line: index + 1,
        fr: 'son début ou sa durée manque ou n’est pas un nombre de secondes ; laissé de côté.',
        en: 'its start or its duration is missing or is no number of seconds; left out.',
      });
      continue;
    }
    if (Number.isNaN(amount) && value !== undefined && value !== '') {
      const shown = String(value).slice(0, 40);
      refused.push({
        code: 'bad-value',
        line: index + 1,
        fr: `la valeur « ${shown} » n’est pas un nombre ; laissé de côté.`,
        en: `the value “${shown}” is not a number; left out.`,
      });
      continue;
    }
    const hours = seconds / 3600;
    readings.push({
      startMs: start * 1000,
      endMs: start * 1000 + hours * HOUR_MS,
      kwh: amount * kwh * (power ? hours : 1),
      flags:
        qualities?.some(({ quality }) => estimatedQualities.has(numberOf(quality))) === true
          ? readingFlag.estimated
          : 0,
    });
  }
  return { readings, refused };
};

/** North American zones by hours east of UTC, where the feed keeps summer time. */
const summerTimeZones: Readonly<Record<number, string>> = {
  [-5]: 'America/New_York',
  [-6]: 'America/Chicago',
  [-7]: 'America/Denver',
  [-8]: 'America/Los_Angeles',
  [-4]: 'America/Halifax',
};

const zoneOfFeed = (entries: readonly Entry[]): string | undefined => {
  for (const entry of entries) {
    const local = contentOf(entry).LocalTimeParameters;
    if (local?.tzOffset === undefined) continue;
    const hours = local.tzOffset / 3600;
    if ((local.dstOffset ?? 0) !== 0 && summerTimeZones[hours] !== undefined) return summerTimeZones[hours];
    if (Number.isInteger(hours))
      return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  }
  return undefined;
};

const carrierOf = (kind: number | undefined): MeterCarrier | undefined =>
  kind === 0 ? 'electricity' : kind === 1 ? 'gas' : undefined;

const read = async (
  name: string,
  bytes: Uint8Array,
  options: ReadingsOptions,
): Promise<Result<readonly Readings[]>> => {
  // Loaded when XML comes: the library costs every other start a tenth of a second.
  const { openXml } = await import('../xml/index.ts');
  const xml = openXml(
    name,
    bytes,
    ['entry', 'link', 'IntervalBlock', 'IntervalReading', 'ReadingQuality'],
    options.maxBytes,
  );
  if (!xml.ok) return xml;
  const feed = feedSchema.safeParse(xml.value);
  if (!feed.success) {
    const field = feed.error.issues[0]?.path.join('.') ?? '';
    return failure(
      'green-button-layout',
      `« ${name} » n’a pas la forme d’un flux Green Button (champ ${field}). Téléchargez-le de nouveau.`,
      `“${name}” has not the layout of a Green Button feed (field ${field}). Download it again.`,
      { file: name, field },
    );
  }
  const entries = feed.data.feed.entry;
  const stated = zoneOfFeed(entries);
  const zone = openZone(options.timezone ?? stated ?? 'UTC');
  if (!zone.ok) return zone;
  const shared: Warning[] =
    options.timezone === undefined
      ? [
          warning(
            'timezone-assumed',
            `Jours comptés en ${zone.value.name}${stated === undefined ? ', faute de fuseau dans le fichier' : ', d’après le décalage du fichier'}. Donnez --timezone pour un autre.`,
            `Days are counted in ${zone.value.name}${stated === undefined ? ', for the file has no time zone' : ', after the offset of the file'}. Give --timezone for another.`,
            { ref: zone.value.name, place: { file: name } },
          ),
        ]
      : [];
  const made: Readings[] = [];
  let refused: Result<readonly Readings[]> | undefined;
  for (const series of seriesOf(entries)) {
    const scale = scaleOf(series.type, options);
    if (scale === undefined || registers.has(series.type?.accumulationBehaviour ?? 4)) {
      refused = failure(
        'green-button-unit',
        `La série « ${series.id} » de « ${name} » est ${scale === undefined ? `dans une unité (${series.type?.uom}) sans conversion en kWh : donnez --m3-kwh pour un volume` : 'un index, qui n’est pas lu dans ce format'}.`,
        `The series “${series.id}” of “${name}” is ${scale === undefined ? `in a unit (${series.type?.uom}) without a conversion to kWh: give --m3-kwh for a volume` : 'a register, which is not read in this format'}.`,
        { file: name, field: 'uom' },
      );
      continue;
    }
    const carrier = series.type?.flowDirection === reverseFlow ? 'solar' : carrierOf(series.kind);
    const { readings, refused: bad } = stateBlocks(series, scale);
    const one = assemble({
      name,
      timezone: zone.value.name,
      source: { format: 'green-button', meterId: series.id, ...(carrier === undefined ? {} : { carrier }) },
      readings,
      rowsRead: readings.length + bad.length,
      rowsRejected: bad.length,
      warnings: [...shared, ...tellRows(name, bad, bad.length, readingWord)],
    });
    if (one.ok) made.push(one.value);
    else refused ??= one;
  }
  if (made.length > 0) return ok(made);
  return (
    refused ??
    failure(
      'readings-none',
      `« ${name} » est un flux Green Button sans relevés (IntervalBlock).`,
      `“${name}” is a Green Button feed without readings (IntervalBlock).`,
      { file: name },
    )
  );
};

/**
 * Green Button (NAESB REQ.21 ESPI) in an Atom feed: interval blocks joined to their reading type by links; instants in
 * UTC. Resources and links: DOMAIN 7.3. The codes of units, quality, flow and accumulation are those of the ESPI
 * schema, from knowledge and not re-read.
 */
export const greenButton: ReadingsFormat = {
  id: 'green-button',
  title: message('Green Button (ESPI)', 'Green Button (ESPI)'),
  detect: ({ head }) => /^\s*</.test(head) && /naesb\.org\/espi|<(\w+:)?IntervalBlock/.test(head),
  read,
};
