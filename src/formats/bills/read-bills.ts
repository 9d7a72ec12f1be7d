import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import { numberInText } from '../csv/number.ts';
import { assemble, type StatedReading } from '../readings/assemble.ts';
import { instantsOf } from '../readings/instants.ts';
import type { ReadingsOptions } from '../readings/types.ts';
import { unitWarnings } from '../readings-csv/tell.ts';
import { type BillColumns, billColumns, type Cell, type Row } from './columns.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the date numbers of a spreadsheet is 30 December 1899. */
const serialOrigin = 25_569;

const numberOf = (value: Cell | undefined): number => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  return numberInText(value.replace(/\s*(kWh|MWh|m3|m³)\s*$/i, '').trim());
};

/** A date cell as text: ISO text as the reader of workbooks gives it, or the number a spreadsheet keeps. */
const dateText = (value: Cell | undefined): string => {
  if (typeof value === 'number' && value > 20_000 && value < 80_000)
    return new Date((value - serialOrigin) * DAY_MS).toISOString().slice(0, 10);
  return typeof value === 'string' ? value.trim() : '';
};

const estimatedText = /estim|^e$|^oui$|^yes$|^true$|^1$|^x$/i;
const readText = /r[eé]el|actual|relev[eé]|measured|mesur/i;

const isEstimated = (value: Cell | undefined): boolean => {
  if (value === true || value === 1) return true;
  const text = String(value ?? '').trim();
  return estimatedText.test(text) && !(readText.test(text) && !/estim/i.test(text));
};

type Bill = {
  readonly line: number;
  readonly startDay: number;
  readonly endDay: number | undefined;
  readonly kwh: number;
  readonly estimated: boolean;
};

/** Local midnight of a day. */
const midnight = (day: number, zone: Zone): number =>
  zone.instantsOf(day * DAY_MS)[0] ?? day * DAY_MS - zone.offsetMs(day * DAY_MS);

/**
 * Whether the second date of a bill is its last day: so unless more bills begin on the day the one before ends than on
 * the day after.
 */
const endsIncluded = (bills: readonly Bill[]): boolean => {
  let balance = 0;
  for (let index = 1; index < bills.length; index++) {
    const step = bills[index].startDay - (bills[index - 1].endDay ?? Number.NaN);
    if (step === 1) balance++;
    else if (step === 0) balance--;
  }
  return balance >= 0;
};

const toIntervals = (bills: readonly Bill[], zone: Zone): StatedReading[] => {
  const sorted = [...bills].sort((left, right) => left.startDay - right.startDay);
  const included = endsIncluded(sorted) ? 1 : 0;
  return sorted.flatMap((bill, index): StatedReading[] => {
    const next = sorted[index + 1]?.startDay;
    const endDay = bill.endDay === undefined ? next : bill.endDay + included;
    if (endDay === undefined) return [];
    return [
      {
        startMs: midnight(bill.startDay, zone),
        endMs: midnight(endDay, zone),
        kwh: bill.kwh,
        flags: bill.estimated ? readingFlag.estimated : 0,
      },
    ];
  });
};

const scaleOf = (row: Row, columns: BillColumns, options: ReadingsOptions): number => {
  const unit = options.unit ?? columns.unit ?? options.fallbackUnit ?? 'kWh';
  if (unit === 'm3')
    return options.kwhPerM3 ?? (columns.factor === undefined ? Number.NaN : numberOf(row[columns.factor]));
  return unit === 'MWh' ? 1000 : unit === 'Wh' ? 0.001 : 1;
};

type Read = {
  readonly bills: Map<string, Bill[]>;
  readonly bad: Map<string, { line: number; text: string }[]>;
};

const readRows = (rows: readonly Row[], columns: BillColumns, options: ReadingsOptions, zone: Zone): Read => {
  const body = rows
    .map((row, index) => ({ row, line: index + 1 }))
    .slice(columns.headerRow + 1)
    .filter(({ row }) => row.some((one) => one !== null && one !== ''));
  const days = (column: number): Float64Array => {
    const { instantMs } = instantsOf(
      body.map(({ row }) => dateText(row[column])),
      zone,
    );
    return instantMs.map((instant) => (Number.isNaN(instant) ? instant : zone.localDay(instant)));
  };
  const starts = days(columns.start);
  const ends = columns.end === undefined ? undefined : days(columns.end);
  const bills = new Map<string, Bill[]>();
  const bad = new Map<string, { line: number; text: string }[]>();
  for (const [index, { row, line }] of body.entries()) {
    const meter = columns.meter === undefined ? '' : String(row[columns.meter] ?? '').trim();
    const [startDay, endDay] = [starts[index], ends?.[index]];
    const into = <T>(map: Map<string, T[]>, item: T): void => {
      map.set(meter, [...(map.get(meter) ?? []), item]);
    };
    const kwh = numberOf(row[columns.value]) * scaleOf(row, columns, options);
    // A total at the foot of the table has no date.
    if (Number.isNaN(startDay) && dateText(row[columns.start]) === '') continue;
    if (/^total/i.test(dateText(row[columns.start]))) continue;
    if (
      Number.isNaN(startDay) ||
      (endDay !== undefined && !(endDay >= startDay)) ||
      (Number.isNaN(kwh) && columns.end !== undefined)
    ) {
      into(bad, {
        line,
        text: row
          .map((one) => String(one ?? ''))
          .join(' ; ')
          .slice(0, 60),
      });
      continue;
    }
    const estimated = columns.estimated !== undefined && isEstimated(row[columns.estimated]);
    into(bills, { line, startDay, endDay, kwh, estimated });
  }
  return { bills, bad };
};

const badWarnings = (name: string, bad: readonly { line: number; text: string }[]): Warning[] =>
  bad
    .slice(0, 20)
    .map(({ line, text }) =>
      warning(
        'bad-row',
        `Ligne ${line} : ses dates ou son énergie ne sont pas comprises (« ${text} ») ; laissée de côté.`,
        `Line ${line}: its dates or its energy are not understood (“${text}”); left out.`,
        { ref: `line ${line}`, place: { file: name, line } },
      ),
    );

/**
 * Reads a table of bills from rows of cells: periods of any length, estimated reads marked, one series a point of
 * delivery. The last day of a period belongs to it, unless the bills follow each other on the same date. Fails with
 * `bills-header` and `readings-none`.
 */
export const readBills = (
  name: string,
  format: string,
  rows: readonly Row[],
  options: ReadingsOptions,
): Result<readonly Readings[]> => {
  const zone = openZone(options.timezone ?? 'Europe/Paris');
  if (!zone.ok) return zone;
  const columns = billColumns(name, rows, options);
  if (columns === undefined)
    return failure(
      'bills-header',
      `« ${name} » : aucune ligne d’en-tête avec une période (du, au) et une énergie (kWh, consommation…) parmi les premières. Nommez les colonnes.`,
      `“${name}”: no header with a period (start, end) and an energy (kWh, consumption…) among the first lines. Name the columns.`,
      { file: name, line: 1 },
    );
  const unit = options.unit ?? columns.unit ?? options.fallbackUnit;
  if (unit === 'm3' && options.kwhPerM3 === undefined && columns.factor === undefined)
    return failure(
      'readings-calorific',
      `« ${name} » est en m3 : donnez le coefficient de conversion de la facture de gaz (kWh par m3, --m3-kwh).`,
      `“${name}” is in m3: give the conversion factor on the gas bill (kWh per m3, --m3-kwh).`,
      { file: name },
    );
  const { bills, bad } = readRows(rows, columns, options, zone.value);
  const made: Readings[] = [];
  let refused: Result<never> | undefined;
  for (const meterId of new Set([...bills.keys(), ...bad.keys()])) {
    const [those, wrong] = [bills.get(meterId) ?? [], bad.get(meterId) ?? []];
    const estimated = those.filter((one) => one.estimated).length;
    const warnings = badWarnings(name, wrong);
    warnings.push(...unitWarnings(name, columns.unit, options));
    if (estimated > 0)
      warnings.push(
        warning(
          'estimated-reads',
          `${estimated} ${estimated < 2 ? 'facture' : 'factures'} sur ${those.length} ${estimated < 2 ? 'repose' : 'reposent'} sur un relevé estimé.`,
          `${estimated} of ${those.length} bills stand on an estimated read.`,
          { place: { file: name } },
        ),
      );
    const one = assemble({
      name,
      timezone: zone.value.name,
      source: { format, ...(meterId === '' ? {} : { meterId }) },
      readings: toIntervals(those, zone.value),
      rowsRead: those.length + wrong.length,
      rowsRejected: wrong.length,
      warnings,
      bills: true,
    });
    if (one.ok) made.push(one.value);
    else refused ??= one;
  }
  if (made.length > 0) return ok(made);
  return (
    refused ??
    failure(
      'readings-none',
      `« ${name} » n’a aucune facture sous son en-tête.`,
      `“${name}” has no bill below its header.`,
      { file: name },
    )
  );
};
