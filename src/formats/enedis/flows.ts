import { message, type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { type Readings, readingFlag, type ReadingsSource } from '#core/series.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import { formatDay } from '#core/calendar.ts';
import { openJson } from '../readings/open-json.ts';
import { assemble, type StatedReading } from '../readings/assemble.ts';
import { instantsOf } from '../readings/instants.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';
import { differences } from '../readings-csv/register.ts';
import { tellRows } from '../readings-csv/tell.ts';
import { type DataConnect, dataConnectSchema, type Flow, flowSchema } from './schema.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** kWh of one unit of energy, or of one unit of power in an hour. */
const scales: Readonly<Record<string, { readonly scale: number; readonly power: boolean }>> = {
  w: { scale: 0.001, power: true },
  kw: { scale: 1, power: true },
  wh: { scale: 0.001, power: false },
  kwh: { scale: 1, power: false },
};

/** Natures of a point that were measured: raw, corrected, real. All others are estimates or reconstructions. */
const measured = new Set(['', 'B', 'C', 'R']);

type Point = {
  readonly at: string;
  readonly value: number;
  readonly minutes: number | undefined;
  readonly nature: string;
};

const figureOf = (value: string | number | null | undefined): number => {
  if (value === null || value === undefined || value === '') return Number.NaN;
  return Number(typeof value === 'string' ? value.replace(',', '.') : value);
};

/** `PT30M`, `PT1H`, `P1D`, or plain minutes. */
const minutesOf = (text: string | null | undefined): number | undefined => {
  const match = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?$/i.exec(text ?? '');
  if (match === null) return Number(text) > 0 ? Number(text) : undefined;
  const minutes = 1440 * Number(match[1] ?? 0) + 60 * Number(match[2] ?? 0) + Number(match[3] ?? 0);
  return minutes > 0 ? minutes : undefined;
};

type Stated = { readonly readings: StatedReading[]; readonly rejected: number; readonly warnings: Warning[] };

/** Points of a curve: instants at the end of their interval, dates without an hour the day itself. */
const statePoints = (name: string, points: readonly Point[], unit: string, zone: Zone): Stated => {
  const { scale, power } = scales[unit.toLowerCase()] ?? { scale: 0.001, power: true };
  const times = instantsOf(
    points.map(({ at }) => at),
    zone,
  );
  const readings: StatedReading[] = [];
  const known = points.flatMap(({ minutes }) => minutes ?? []);
  const usual = known.length > 0 ? known[0] : spacingOf(times.instantMs);
  const undated: Undated[] = [];
  for (const [index, { at, value, minutes, nature }] of points.entries()) {
    const instant = times.instantMs[index];
    if (Number.isNaN(instant)) {
      undated.push({ number: index + 1, at });
      continue;
    }
    let [startMs, endMs] = [instant - (minutes ?? usual) * MINUTE_MS, instant];
    if (times.dateOnly[index] === 1) {
      const nextDay = zone.localDay(instant) + 1;
      [startMs, endMs] = [instant, zone.instantsOf(nextDay * DAY_MS)[0] ?? instant + DAY_MS];
    }
    readings.push({
      startMs,
      endMs,
      kwh: value * scale * (power ? (endMs - startMs) / (60 * MINUTE_MS) : 1),
      flags: measured.has(nature.toUpperCase()) ? 0 : readingFlag.estimated,
    });
  }
  return { readings, rejected: undated.length, warnings: undatedWarnings(name, undated) };
};

/** Most frequent distance between instants, minutes. */
const spacingOf = (instantMs: Float64Array): number => {
  const counts = new Map<number, number>();
  for (let index = 1; index < instantMs.length; index++) {
    const step = (instantMs[index] - instantMs[index - 1]) / MINUTE_MS;
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [30, 0])[0];
};

/** A point of a curve without lines: its number in the flow, from 1. */
type Undated = { readonly number: number; readonly at: string };

const undatedWarnings = (name: string, undated: readonly Undated[]): Warning[] =>
  tellRows(
    name,
    undated.map(({ number, at }) => ({
      code: 'bad-date',
      line: number,
      fr: `la date « ${at.slice(0, 40)} » n’est pas comprise ; laissé de côté.`,
      en: `the date “${at.slice(0, 40)}” is not understood; left out.`,
    })),
    undated.length,
    { fr: 'Point', en: 'Point' },
  );

type Registers = NonNullable<Flow['mesures'][number]['contexte']>[number]['grandeur'][number];

/** Totals by instant of one set of registers: the totaliser, else the sum of the classes of the first calendar. */
const totalsOf = (register: Registers): Map<string, number> => {
  const totals = new Map<string, number>();
  const totaliser = register.cadranTotalisateur?.valeur ?? [];
  for (const { d, v } of totaliser) totals.set(d, figureOf(v));
  if (totals.size > 0) return totals;
  const classes = register.calendrier?.[0]?.classeTemporelle ?? [];
  const seen = new Map<string, number>();
  for (const { valeur } of classes)
    for (const { d, v } of valeur) {
      totals.set(d, (totals.get(d) ?? 0) + figureOf(v));
      seen.set(d, (seen.get(d) ?? 0) + 1);
    }
  // A date that lacks a class has no total.
  for (const [date, count] of seen) if (count < classes.length) totals.delete(date);
  return totals;
};

const stateIndexes = (name: string, registers: readonly Registers[], zone: Zone): Stated => {
  const totals = new Map<string, number>();
  for (const register of registers) for (const [at, total] of totalsOf(register)) totals.set(at, total);
  const rows = [...totals];
  const times = instantsOf(
    rows.map(([at]) => at),
    zone,
  );
  const undated = rows.flatMap(([at], index): Undated[] =>
    Number.isNaN(times.instantMs[index]) ? [{ number: index + 1, at }] : [],
  );
  const order = rows
    .map(([, total], index) => ({ at: times.instantMs[index], total }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((left, right) => left.at - right.at);
  const gone = differences(
    Float64Array.from(order, ({ at }) => at),
    Float64Array.from(order, ({ total }) => total),
  );
  const { scale } = scales[registers[0]?.unite?.toLowerCase() ?? ''] ?? { scale: 0.001 };
  const readings = Array.from(gone.startMs, (startMs, index) => ({
    startMs,
    endMs: gone.endMs[index],
    kwh: gone.values[index] * scale,
    flags: gone.resets.includes(startMs) ? readingFlag.reset : 0,
  }));
  return {
    readings,
    rejected: undated.length,
    warnings: [...undatedWarnings(name, undated), ...resetWarnings(name, gone.resets, zone)],
  };
};

const resetWarnings = (name: string, resets: readonly number[], zone: Zone): Warning[] =>
  resets.map((instant) => {
    const day = formatDay(zone.localDay(instant));
    return warning(
      'meter-reset',
      `L’index recule après le ${day} : compteur changé ou remis à zéro. Cet intervalle reste sans valeur ; vérifiez la date de dépose.`,
      `The register falls after ${day}: the meter was changed or reset. This interval is left without a value; check the date of the change.`,
      { ref: day, place: { file: name } },
    );
  });

type Series = {
  readonly meterId: string;
  readonly carrier: ReadingsSource['carrier'];
  readonly stated: Stated;
};

const seriesOfFlow = (name: string, flow: Flow, zone: Zone): Series[] =>
  flow.mesures.flatMap(({ idPrm, grandeur, contexte }): Series[] => {
    const active = <T extends { grandeurPhysique?: string | null | undefined }>(all: readonly T[]): T[] =>
      all.filter((one) => (one.grandeurPhysique ?? 'EA').toUpperCase() === 'EA');
    const isProduction = (one: { grandeurMetier?: string | null | undefined }): boolean =>
      (one.grandeurMetier ?? '').toUpperCase() === 'PROD';
    const curves = active(grandeur ?? []).map((one) => {
      const points = one.points.map(({ v, d, p, n }) => ({
        at: d,
        value: figureOf(v),
        minutes: minutesOf(p),
        nature: n ?? '',
      }));
      return { production: isProduction(one), stated: statePoints(name, points, one.unite ?? 'W', zone) };
    });
    const registers = active((contexte ?? []).flatMap((one) => one.grandeur));
    const indexes = [false, true].flatMap((production) => {
      const those = registers.filter((one) => isProduction(one) === production);
      return those.length === 0 ? [] : [{ production, stated: stateIndexes(name, those, zone) }];
    });
    return [...curves, ...indexes].map(({ production, stated }) => ({
      meterId: production ? `${idPrm} PROD` : idPrm,
      carrier: production ? 'solar' : 'electricity',
      stated,
    }));
  });

const seriesOfDataConnect = (name: string, { meter_reading: reading }: DataConnect, zone: Zone): Series[] => {
  const { reading_type: type } = reading;
  const points = reading.interval_reading.map((one) => ({
    at: one.date,
    value: figureOf(one.value),
    minutes: minutesOf(one.interval_length ?? type?.interval_length),
    nature: one.measure_type ?? '',
  }));
  const stated = statePoints(name, points, type?.unit ?? 'Wh', zone);
  return [{ meterId: reading.usage_point_id, carrier: 'electricity', stated }];
};

const read = (name: string, bytes: Uint8Array, options: ReadingsOptions): Result<readonly Readings[]> => {
  const json = openJson(name, bytes, options.maxBytes);
  if (!json.ok) return json;
  const zone = openZone(options.timezone ?? 'Europe/Paris');
  if (!zone.ok) return zone;
  const flow = flowSchema.safeParse(json.value);
  const connect = flow.success ? undefined : dataConnectSchema.safeParse(json.value);
  const series = flow.success
    ? seriesOfFlow(name, flow.data, zone.value)
    : connect?.success === true
      ? seriesOfDataConnect(name, connect.data, zone.value)
      : undefined;
  if (series === undefined) {
    const [issue] = flow.error?.issues ?? [];
    const field = issue?.path.join('.') ?? '';
    return failure(
      'enedis-layout',
      `« ${name} » n’a pas la forme d’un flux Enedis connu (R63, R64, R65, Data Connect) : champ ${field}. Exportez-le de nouveau.`,
      `“${name}” has not the layout of a known Enedis flow (R63, R64, R65, Data Connect): field ${field}. Export it again.`,
      { file: name, field },
    );
  }
  const made: Readings[] = [];
  for (const { meterId, carrier, stated } of series) {
    const one = assemble({
      name,
      timezone: zone.value.name,
      source: { format: 'enedis-json', meterId, ...(carrier === undefined ? {} : { carrier }) },
      readings: stated.readings,
      rowsRead: stated.readings.length + stated.rejected,
      rowsRejected: stated.rejected,
      warnings: stated.warnings,
    });
    // One empty point of delivery among several is no reason to lose the others.
    if (one.ok) made.push(one.value);
    else if (series.length === 1) return one;
  }
  return made.length > 0
    ? ok(made)
    : failure(
        'readings-none',
        `Aucun relevé d’énergie active dans « ${name} ».`,
        `No reading of active energy in “${name}”.`,
        { file: name },
      );
};

/**
 * Enedis flows in JSON: R63 (load curve), R64 (registers) and R65 (daily energy), and Data Connect v4 and v5. Layouts:
 * DOMAIN 7.1; those of R63, R64 and Data Connect were verified, that of R65 (taken to be that of R63) was not, nor
 * which natures of a point are estimates (all but B, C, R are flagged). R66 (peak power) and R67 (billed data) are
 * not read.
 */
export const enedisFlows: ReadingsFormat = {
  id: 'enedis-json',
  title: message('flux Enedis (JSON)', 'Enedis flow (JSON)'),
  detect: ({ head }) =>
    /^\s*\{/.test(head) &&
    (/"mesures"\s*:/.test(head) ? /"idPrm"|"codeFlux"/.test(head) : /"meter_reading"\s*:/.test(head)),
  read,
};
