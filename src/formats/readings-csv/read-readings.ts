import { formatDay } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { EnergyUnit, Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import {
  type DateOrder,
  type Dialect,
  detectDialect,
  type OpenText,
  openText,
  orderRows,
  pickRows,
  readTable,
  resolveTimes,
  type Table,
} from '../csv/index.ts';
import type { ReadingsOptions } from '../readings/types.ts';
import { type Columns, chooseColumns, isHeader } from './choose-columns.ts';
import { boundsOf, type Pace, paceOf } from './intervals.ts';
import { differences, looksLikeRegister } from './register.ts';
import { gapWarnings, orderWarnings, rejectionWarnings, tableWarnings, unitWarnings } from './tell.ts';
import { countEn, countFr } from '../../core/wording.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const wantedHeader = {
  fr: 'il faut une colonne de date (date, horodate, début…) et une colonne d’énergie (kWh, consommation…)',
  en: 'a date column (date, datetime, start…) and an energy column (kWh, consumption…) are needed',
};

/** kWh of one unit; for means of power, kWh in one hour. */
const scaleOf: Readonly<Record<Exclude<EnergyUnit, 'm3'>, number>> = {
  kWh: 1,
  MWh: 1000,
  Wh: 0.001,
  kW: 1,
  W: 0.001,
};

const isPower = (unit: EnergyUnit): boolean => unit === 'kW' || unit === 'W';

type Series = { startMs: Float64Array; endMs: Float64Array; values: Float64Array };

const toKwh = (series: Series, unit: EnergyUnit, options: ReadingsOptions): Float64Array => {
  const { startMs, endMs, values } = series;
  const scale = unit === 'm3' ? (options.kwhPerM3 ?? Number.NaN) : scaleOf[unit];
  const power = isPower(unit);
  if (scale === 1 && !power && options.perDay !== true) return values;
  const energy = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const spanMs = endMs[index] - startMs[index];
    let value = values[index] * scale;
    if (power) value *= spanMs / HOUR_MS;
    if (options.perDay === true) value *= Math.round(spanMs / DAY_MS);
    energy[index] = value;
  }
  return energy;
};

/** Ends of intervals given as dates alone are last days: the interval runs to the midnight after. */
const endDatesIncluded = (table: Table, columns: Columns): void => {
  if (!columns.stampsEnd || !table.dateOnly) return;
  for (let index = 0; index < table.rows; index++) table.localMs[index] = table.localMs[index] + DAY_MS;
};

type Prepared = Series & {
  readonly outdoor: Float64Array | undefined;
  readonly resolution: Readings['resolution'];
};

const withRegister = (
  name: string,
  zone: Zone,
  instantMs: Float64Array,
  values: Float64Array,
  warnings: Warning[],
): Prepared => {
  const gone = differences(instantMs, values);
  for (const instant of gone.resets) {
    const day = formatDay(zone.localDay(instant));
    warnings.push(
      warning(
        'meter-reset',
        `L’index recule après le ${day} : compteur changé ou remis à zéro. Cet intervalle reste sans valeur ; vérifiez la date de dépose.`,
        `The register falls after ${day}: the meter was changed or reset. This interval is left without a value; check the date of the change.`,
        { ref: day, place: { file: name } },
      ),
    );
  }
  for (const instant of gone.rollovers) {
    const day = formatDay(zone.localDay(instant));
    warnings.push(
      warning(
        'register-rollover',
        `Le compteur est repassé par zéro après le ${day} ; la différence en tient compte.`,
        `The register ran over its last digit after ${day}; the difference allows for it.`,
        { ref: day, place: { file: name } },
      ),
    );
  }
  return {
    startMs: gone.startMs,
    endMs: gone.endMs,
    values: gone.values,
    outdoor: undefined,
    resolution: paceOf(instantMs).resolution,
  };
};

/** Trailing blank row that only closes the last bill. */
const closesLastInterval = (instants: Float64Array, values: Float64Array, resolution: string): boolean =>
  (resolution === 'monthly' || resolution === 'irregular') &&
  instants.length > 1 &&
  Number.isNaN(values[values.length - 1]);

/** How the columns of a file are laid out and what they hold: all that reading a further part of it needs. */
export type Layout = { readonly dialect: Dialect; readonly columns: Columns; readonly unit: EnergyUnit };

/** Finds the header and the columns. Fails with `csv-header`, `readings-header`, `readings-column` or `readings-calorific`. */
export const layoutOf = (name: string, text: OpenText, options: ReadingsOptions): Result<Layout> => {
  const dialect = detectDialect(name, text, isHeader(options), wantedHeader);
  if (!dialect.ok) return dialect;
  const columns = chooseColumns(name, dialect.value, options);
  if (!columns.ok) return columns;
  const unit = options.unit ?? columns.value.unit ?? options.fallbackUnit ?? 'kWh';
  if (unit === 'm3' && options.kwhPerM3 === undefined)
    return failure(
      'readings-calorific',
      `« ${name} » est en m3 : donnez le coefficient de conversion de la facture de gaz (kWh par m3, --m3-kwh).`,
      `“${name}” is in m3: give the conversion factor on the gas bill (kWh per m3, --m3-kwh).`,
      { file: name },
    );
  const dataLine = dialect.value.dataLine + (options.firstLine ?? 1) - 1;
  return ok({ dialect: { ...dialect.value, dataLine }, columns: columns.value, unit });
};

/**
 * Reads a CSV or CSV.gz of readings: a column of dates or instants, a column of energy, register or mean power, and an
 * outdoor temperature where there is one. Delimiter, decimal mark, encoding, date order, unit, step and register are
 * found in the file unless given; what was assumed, and each row left out with its line, is in `warnings`. Energy in
 * kWh. Fails with `file-empty`, `file-binary`, `file-corrupt`, `file-too-large`, `csv-header`, `readings-header`,
 * `readings-column`, `readings-none`, `readings-calorific`, `bad-timezone`.
 */
export const readReadingsCsv = (
  name: string,
  bytes: Uint8Array,
  options: ReadingsOptions = {},
): Result<Readings> => {
  const text = openText(name, bytes, options.maxBytes);
  if (!text.ok) return text;
  const layout = layoutOf(name, text.value, options);
  return layout.ok ? readRows(name, text.value.bytes, layout.value, options) : layout;
};

/** What the reading of a part owes to the part before it. */
export type Continuation = { readonly afterMs: number; readonly pace: Pace; readonly dateOrder: DateOrder };

/** Reads the rows after the header, in a layout that is known. Fails with `readings-none`, `readings-calorific`, `bad-timezone`. */
export const readRows = (
  name: string,
  bytes: Uint8Array,
  layout: Layout,
  options: ReadingsOptions,
  before?: Continuation,
): Result<Readings> => {
  const { dialect, columns: chosen, unit } = layout;
  const table = readTable(bytes, dialect, {
    time: chosen.time,
    required: [chosen.value],
    optional: chosen.temperature === undefined ? [] : [chosen.temperature],
    ...(chosen.end === undefined ? {} : { end: chosen.end }),
    filters: chosen.filters,
    ...(options.counter === undefined ? {} : { counter: options.counter }),
    ...(before === undefined ? {} : { dateOrder: before.dateOrder }),
  });
  const warnings: Warning[] = [...chosen.warnings, ...tableWarnings(name, table, dialect.headerless)];
  if (before === undefined) warnings.push(...unitWarnings(name, chosen.unit, options));
  endDatesIncluded(table, chosen);
  const times = resolveTimes(
    name,
    { ...table, stampsEnd: chosen.stampsEnd, ...(before === undefined ? {} : { afterMs: before.afterMs }) },
    options.timezone,
  );
  if (!times.ok) return times;
  warnings.push(...times.value.warnings);
  const { zone, instantMs } = times.value;
  const values = table.columns[0];
  const rejected = rejectionWarnings(name, table, instantMs);
  warnings.push(...rejected.warnings);
  const ordered = orderRows(instantMs, values);
  const instants = pickRows(instantMs, ordered);
  const orderedValues = pickRows(values, ordered);
  if (!orderedValues.some((value) => !Number.isNaN(value)))
    return failure(
      'readings-none',
      `Aucun relevé utilisable dans « ${name} » : ${countFr(table.rowsRead, 'ligne lue', 'lignes lues')}, ${countFr(rejected.count, 'refusée', 'refusées')}, ${table.blanks} sans valeur. ${rejected.warnings[0]?.message.fr ?? 'Vérifiez les colonnes de date et de valeur.'}`,
      `No usable reading in “${name}”: ${countEn(table.rowsRead, 'row', 'rows')} read, ${rejected.count} refused, ${table.blanks} without a value. ${rejected.warnings[0]?.message.en ?? 'Check the columns of date and value.'}`,
      { file: name, line: table.rejections[0]?.line ?? dialect.dataLine },
    );
  warnings.push(...orderWarnings(name, table, ordered, instantMs, zone));

  const isRegister =
    options.register ??
    (!isPower(unit) &&
      (chosen.register
        ? chosen.end === undefined && looksRising(orderedValues)
        : looksLikeRegister(orderedValues)));
  let prepared: Prepared;
  if (isRegister) {
    if (options.register === undefined)
      warnings.push(
        warning(
          'register-detected',
          `Les valeurs sont un index qui ne fait que monter : l’énergie en est la différence d’un relevé au suivant.`,
          `The values are a register that only rises: the energy is the difference from one reading to the next.`,
          { place: { file: name } },
        ),
      );
    prepared = withRegister(name, zone, instants, orderedValues, warnings);
  } else {
    const pace = before?.pace ?? paceOf(instants);
    const bounds = boundsOf(instants, pace, zone, chosen.stampsEnd);
    if (table.endLocalMs !== undefined && table.endOffsetMin !== undefined) {
      const ends = resolveTimes(
        name,
        {
          localMs: table.endLocalMs.map((local) => local + (table.dateOnly ? DAY_MS : 0)),
          offsetMin: table.endOffsetMin,
          dateOnly: table.dateOnly,
          stampsEnd: true,
        },
        zone.name,
      );
      if (!ends.ok) return ends;
      bounds.endMs = pickRows(ends.value.instantMs, ordered);
    }
    const outdoor = table.columns[1];
    const drop = closesLastInterval(instants, orderedValues, pace.resolution) ? 1 : 0;
    const length = instants.length - drop;
    prepared = {
      startMs: bounds.startMs.subarray(0, length),
      endMs: bounds.endMs.subarray(0, length),
      values: orderedValues.subarray(0, length),
      outdoor: outdoor === undefined ? undefined : pickRows(outdoor, ordered).subarray(0, length),
      resolution: pace.resolution,
    };
  }
  warnings.push(...gapWarnings(name, prepared.startMs, prepared.endMs, prepared.resolution, zone));
  const fahrenheit = options.fahrenheit ?? chosen.fahrenheit;
  const outdoorC =
    prepared.outdoor !== undefined && fahrenheit
      ? prepared.outdoor.map((degrees) => ((degrees - 32) * 5) / 9)
      : prepared.outdoor;
  if (fahrenheit && options.fahrenheit === undefined)
    warnings.push(
      warning(
        'fahrenheit-assumed',
        'La colonne de température est lue en degrés Fahrenheit, d’après son nom.',
        'The temperature column is read in degrees Fahrenheit, after its name.',
        { place: { file: name } },
      ),
    );
  return ok({
    name,
    timezone: zone.name,
    resolution: prepared.resolution,
    startMs: prepared.startMs,
    endMs: prepared.endMs,
    energyKwh: toKwh(prepared, unit, options),
    source: { format: 'csv' },
    ...(outdoorC === undefined ? {} : { outdoorC }),
    rowsRead: table.rowsRead,
    rowsRejected: rejected.count,
    warnings,
  });
};

/** A column called index is a register as soon as it rises more often than it falls; monthly readings are few. */
const looksRising = (values: Float64Array): boolean => {
  let [rises, falls, last] = [0, 0, Number.NaN];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value > last) rises++;
    else if (value < last) falls++;
    last = value;
  }
  return rises > 0 && falls * 5 <= rises;
};
