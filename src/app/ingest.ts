import { createHash } from 'node:crypto';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import type { Meter, ReadingBatch } from '#store/index.ts';
import type { Warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { EnergyUnit } from '../core/series.ts';
import type { AppContext } from './context.ts';
import type { ReadingsAnswer, ReadingsRequest } from './views.ts';

const units: Readonly<Record<string, EnergyUnit>> = { kWh: 'kWh', MWh: 'MWh', Wh: 'Wh', m3: 'm3', kW: 'kW' };

type Sent = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly batch: ReadingBatch;
  readonly rows: number;
  readonly rejected: number;
  readonly warnings: readonly Warning[];
};

const meterOf = async ({ store }: AppContext, id: string): Promise<Result<Meter>> => {
  const meter = await store.meters.get(id);
  return meter === undefined
    ? failure('unknown-meter', `Le compteur « ${id} » n’existe pas.`, `There is no meter “${id}”.`, {
        field: id,
      })
    : ok(meter);
};

/** Writes in one transaction and answers only once it is durable: what was acknowledged is kept (promise P6). */
const keep = async ({ store }: AppContext, meter: Meter, sent: Sent): Promise<Result<ReadingsAnswer>> => {
  const counts = await store.transaction(async (into) => {
    const importId = await into.imports.add({
      meterId: meter.id,
      fileName: sent.name,
      sha256: createHash('sha256').update(sent.bytes).digest('hex'),
      rows: sent.rows,
      rejected: sent.rejected,
      warnings: sent.warnings,
    });
    return into.readings.upsert(meter.id, sent.batch, { importId });
  });
  return ok({
    ...counts,
    rejected: sent.rejected,
    warnings: sent.warnings.map(({ code, message, ref }) => ({
      code,
      message,
      ...(ref === undefined ? {} : { ref }),
    })),
  });
};

/** Takes readings as JSON; sending them twice stores them once. Fails with `unknown-meter` or `reading-interval-invalid`. */
export const ingestJson = async (
  context: AppContext,
  meterId: string,
  { readings }: ReadingsRequest,
): Promise<Result<ReadingsAnswer>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const startMs = Float64Array.from(readings, ({ start }) => Date.parse(start));
  const endMs = Float64Array.from(readings, ({ end }) => Date.parse(end));
  const wrong = readings.findIndex((_, index) => !(endMs[index] > startMs[index]));
  if (wrong >= 0)
    return failure(
      'reading-interval-invalid',
      `Le relevé n° ${wrong + 1} finit avant de commencer. Rien n’a été gardé ; corrigez-le et renvoyez tout.`,
      `Reading no. ${wrong + 1} ends before it begins. Nothing was kept; correct it and send all again.`,
      { field: `readings.${wrong}.end` },
    );
  const energyKwh = Float64Array.from(readings, ({ kwh }) => kwh);
  const bytes = new TextEncoder().encode(JSON.stringify(readings));
  const batch = { startMs, endMs, energyKwh };
  return keep(context, meter.value, {
    name: 'api',
    bytes,
    batch,
    rows: readings.length,
    rejected: 0,
    warnings: [],
  });
};

/** Takes readings as CSV or CSV.gz, in the meter's unit and time zone; good rows stand, bad ones are told by line. */
export const ingestCsv = async (
  context: AppContext,
  meterId: string,
  bytes: Uint8Array,
): Promise<Result<ReadingsAnswer>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const unit = units[meter.value.unit];
  const read = readReadingsCsv('readings.csv', bytes, {
    timezone: meter.value.timezone,
    ...(unit === undefined ? {} : { unit }),
  });
  if (!read.ok) return read;
  const { rowsRead, rowsRejected, warnings, startMs, endMs, energyKwh } = read.value;
  const batch = { startMs, endMs, energyKwh };
  return keep(context, meter.value, {
    name: 'api.csv',
    bytes,
    batch,
    rows: rowsRead,
    rejected: rowsRejected,
    warnings,
  });
};
