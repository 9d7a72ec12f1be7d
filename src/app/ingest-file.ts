import { z } from 'zod';
import { readAllReadings, recognise } from '#formats/registry.ts';
import type { ReadingsOptions } from '#formats/readings/index.ts';
import type { Meter, ReadingBatch } from '#store/index.ts';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { energyUnits, type Readings } from '../core/series.ts';
import type { AppContext } from './context.ts';
import { keep, sourceMeterOf, tooMany } from './ingest.ts';
import { mostReadings, type ReadingsAnswer } from './reading-views.ts';

/** How what is sent is to be read where it does not say so itself. */
export const readingsOptionsSchema = z.object({
  unit: z
    .enum(energyUnits)
    .optional()
    .describe('Unit of the values of a file that does not say it; the meter’s when left out'),
  kwhPerM3: z.coerce.number().positive().max(100).optional().describe('What a cubic metre of gas holds, kWh'),
  register: z
    .stringbool()
    .optional()
    .describe('“true” where the values are a running total, “false” where they are not'),
  series: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The series of a file that has several: the point of delivery as the file writes it'),
  timeColumn: z.string().min(1).max(200).optional().describe('Name of the column of dates or instants'),
  valueColumn: z.string().min(1).max(200).optional().describe('Name of the column of values'),
  stamps: z.enum(['start', 'end']).optional().describe('Which end of its interval an instant marks'),
});

/** Whether content is of a known format of readings. */
export const isReadingsFile = (bytes: Uint8Array): boolean => recognise('', bytes)?.kind === 'readings';

/** Rows of a file left out, by what is wrong with them. */
const rowDefects = new Set(['bad-date', 'bad-value', 'bad-row', 'missing-hour']);

/** The readings of a file as a batch of the store: what the source says of each stands in its quality. */
export const batchOf = ({ startMs, endMs, energyKwh, flags }: Readings): ReadingBatch => ({
  startMs,
  endMs,
  energyKwh,
  ...(flags === undefined ? {} : { quality: Int16Array.from(flags) }),
});

/**
 * The series of a file that is a meter's: the one asked for, the only one, or the one whose point of delivery is the
 * meter's id or name. Fails as the format does and with `several-meters`, `meter-not-in-file`.
 */
export const readForMeter = async (
  meter: Pick<Meter, 'id' | 'name' | 'unit' | 'timezone'>,
  name: string,
  bytes: Uint8Array,
  { meter: asked, ...options }: ReadingsOptions,
): Promise<Result<Readings>> => {
  const fallbackUnit = energyUnits.find((one) => one === meter.unit);
  const all = await readAllReadings(name, bytes, {
    timezone: meter.timezone,
    ...(fallbackUnit === undefined ? {} : { fallbackUnit }),
    ...options,
  });
  if (!all.ok) return all;
  const idOf = ({ source }: Readings): string => source?.meterId ?? '';
  const wanted = asked === undefined ? [meter.id, meter.name] : [asked];
  const named = all.value.find((one) => wanted.includes(idOf(one)));
  const [only, ...more] = all.value;
  if (named !== undefined) return ok(named);
  if (asked === undefined && more.length === 0) return ok(only);
  const listed = all.value.slice(0, 12).map(idOf).join(', ');
  return asked === undefined
    ? failure(
        'several-meters',
        `« ${name} » a ${all.value.length} séries : ${listed}. Dites laquelle (series).`,
        `“${name}” has ${all.value.length} series: ${listed}. Say which (series).`,
        { file: name },
      )
    : failure(
        'meter-not-in-file',
        `« ${name} » n’a pas de série « ${asked} ». Il a : ${listed}.`,
        `“${name}” has no series “${asked}”. It has: ${listed}.`,
        { file: name },
      );
};

const loneWarning = ({ startMs, resolution, source }: Readings): Warning[] =>
  startMs.length === 1 && resolution === 'irregular' && source?.format === 'csv'
    ? [
        warning(
          'interval-assumed',
          'Un seul relevé, sans fin d’intervalle sûre : un jour supposé. Envoyez deux relevés, ou le début et la fin.',
          'A single reading without a sure end of its interval: one day assumed. Send two readings, or start and end.',
        ),
      ]
    : [];

/** Bytes of one call once opened, and those of the files inside an archive. */
const mostOpenBytes = 32_000_000;

type SentFile = { readonly name: string; readonly bytes: Uint8Array; readonly mostRows?: number };

/** A file read for a meter, its rows left out told by line. */
type ReadForMeter = {
  readonly meter: Meter;
  readonly readings: Readings;
  readonly warnings: readonly Warning[];
  readonly rejectedRows: ReadingsAnswer['rejectedRows'];
};

/**
 * Reads what was sent to a meter and keeps nothing. Fails with `unknown-meter`, `derived-meter`, `too-many-readings`,
 * `register-unsure` and as `readForMeter` does.
 */
export const readSent = async (
  context: AppContext,
  meterId: string,
  { name, bytes, mostRows = mostReadings }: SentFile,
  options: z.infer<typeof readingsOptionsSchema>,
): Promise<Result<ReadForMeter>> => {
  const meter = await sourceMeterOf(context, meterId);
  if (!meter.ok) return meter;
  const { series, ...given } = options;
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const read = await readForMeter(meter.value, name, bytes, {
    ...(mostRows === mostReadings ? { maxBytes: mostOpenBytes } : {}),
    ...stated,
    ...(series === undefined ? {} : { meter: series }),
  });
  if (!read.ok) return read;
  // A few rising readings of a morning look like a register too: with nobody to look at the warning, it is asked.
  if (read.value.warnings.some(({ code }) => code === 'register-detected'))
    return failure(
      'register-unsure',
      'Les valeurs ne font que monter : sont-elles un index ? Rien n’a été gardé ; dites-le par ?register=true ou ?register=false.',
      'The values only rise: are they a register? Nothing was kept; say so by ?register=true or ?register=false.',
    );
  const { rowsRead } = read.value;
  if (rowsRead > mostRows) return tooMany(rowsRead);
  const warnings = [...read.value.warnings, ...loneWarning(read.value)];
  return ok({
    meter: meter.value,
    readings: read.value,
    warnings,
    rejectedRows: warnings.flatMap(({ code, message: sentence, place }) =>
      rowDefects.has(code) && place?.line !== undefined
        ? [{ line: place.line, code, message: sentence }]
        : [],
    ),
  });
};

/**
 * Takes readings as a file of any known format (CSV, Enedis, GRDF, Green Button, OPERAT, bills as CSV or workbook, gzip
 * or zip of these), in the meter's unit and time zone where the file says none; good rows stand, bad ones are told by
 * line. Fails as `readSent` does.
 */
export const ingestFile = async (
  context: AppContext,
  meterId: string,
  file: SentFile,
  options: z.infer<typeof readingsOptionsSchema> = {},
): Promise<Result<ReadingsAnswer>> => {
  const read = await readSent(context, meterId, file, options);
  if (!read.ok) return read;
  const { meter, readings, warnings, rejectedRows } = read.value;
  return keep(context, meter, {
    name: file.name,
    bytes: file.bytes,
    batch: batchOf(readings),
    rows: readings.rowsRead,
    rejected: readings.rowsRejected,
    rejectedRows,
    warnings,
    recorded: true,
  });
};
