import { dateOf, dayNumber, parseDay } from '#core/calendar.ts';
import type { Dialect } from './dialect.ts';
import { cell, type ParsedNumber, parseNumber } from './number.ts';
import { walkRows } from './rows.ts';
import { type DateOrder, noOffset, type ParsedStamp, parseStamp } from './stamp.ts';

export type RowReason = 'bad-date' | 'not-a-number' | 'too-few-cells' | 'too-many-cells';

type RejectedRow = { readonly line: number; readonly reason: RowReason; readonly text: string };

/** Where the time of a row stands: one column, a date and an hour, or year, month, day and hour apart. */
type TimeColumns = readonly number[];

/** A condition on another column: the row counts only where its text is this one. */
type RowFilter = { readonly column: number; readonly text: string };

type TableColumns = {
  readonly time: TimeColumns;
  /** Columns a row is rejected for when they hold text. */
  readonly required: readonly number[];
  /** Columns that read as NaN when they hold text. */
  readonly optional: readonly number[];
  /** A second time column: the end of each interval. */
  readonly end?: number;
  readonly filters?: readonly RowFilter[];
  /** The time column is a count of steps. */
  readonly counter?: Counter;
  /** Known from an earlier part of the file; found in the rows otherwise. */
  readonly dateOrder?: DateOrder;
};

/** A count of steps from the start of a day. */
type Counter = {
  readonly origin: string;
  readonly step: 'second' | 'hour' | 'day' | 'month';
  readonly first?: number;
};

const stepMs = { second: 1000, hour: 3_600_000, day: 86_400_000 } as const;

/** The local time of a count, as if UTC; NaN when the origin is no date. */
const countedMs = (counter: Counter, count: number): number => {
  const origin = parseDay(counter.origin);
  if (origin === undefined) return Number.NaN;
  const steps = count - (counter.first ?? 0);
  if (counter.step !== 'month') return origin * 86_400_000 + steps * stepMs[counter.step];
  const { year, month, day } = dateOf(origin);
  return dayNumber(year, month + steps, day) * 86_400_000;
};

/** The accepted rows, column by column. */
export type Table = {
  readonly rows: number;
  readonly rowsRead: number;
  readonly rejected: number;
  /** The first of the rejected rows, up to `keptRejections`. */
  readonly rejections: readonly RejectedRow[];
  readonly blanks: number;
  readonly firstBlankLine: number;
  readonly localMs: Float64Array;
  readonly offsetMin: Int16Array;
  readonly endLocalMs: Float64Array | undefined;
  readonly endOffsetMin: Int16Array | undefined;
  readonly dateOnly: boolean;
  /** One column for each required, then each optional one. */
  readonly columns: readonly Float64Array[];
  readonly line: Int32Array;
  readonly dateOrder: DateOrder;
  readonly dateOrderSure: boolean;
};

const keptRejections = 20;
const shownCell = 40;

const grow = <T extends Float64Array | Int32Array | Int16Array>(array: T, make: (size: number) => T): T => {
  const larger = make(array.length * 2);
  larger.set(array);
  return larger;
};

/** Year, month, day and hour in columns of their own, or a date and an hour: written as one instant, then read as such. */
const joinTime = (parts: readonly string[]): string => {
  if (parts.length === 2) {
    const [date = '', hour = ''] = parts;
    return `${date} ${/^\d{1,2}$/.test(hour) ? `${hour}:00` : hour}`;
  }
  const [year = '', month = '1', day = '1', hour] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return hour === undefined ? date : `${date} ${/^\d{1,2}$/.test(hour) ? `${hour}:00` : hour}`;
};

/** Looks at the first rows to tell 31/01 from 01/31; French order where they do not tell. */
const dateOrderOf = (
  bytes: Uint8Array,
  dialect: Dialect,
  time: number,
): { order: DateOrder; sure: boolean } => {
  const rows = walkRows(bytes, dialect.delimiter, time + 1, dialect.dataFrom);
  const decoder = new TextDecoder('latin1');
  for (let seen = 0; seen < 2000 && rows.next(); seen++) {
    if (rows.count <= time) continue;
    const from = rows.start[time];
    const text = decoder.decode(bytes.subarray(from, Math.min(rows.end[time], from + 12)));
    const match = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/.exec(text);
    if (match === null) {
      if (/^\d{4}/.test(text)) return { order: 'day-first', sure: true };
      continue;
    }
    if (Number(match[1]) > 12) return { order: 'day-first', sure: true };
    if (Number(match[2]) > 12) return { order: 'month-first', sure: true };
  }
  return { order: 'day-first', sure: false };
};

/**
 * Reads the rows of a delimited file into columns of numbers, at the pace of a scan: no string is made for a row that
 * is well formed. A row whose time is no date or whose required cell is text is rejected with its line and reason.
 */
export const readTable = (bytes: Uint8Array, dialect: Dialect, wanted: TableColumns): Table => {
  const { time, required, optional, end, filters = [], counter } = wanted;
  const numeric = [...required, ...optional];
  const timeColumn = time[0];
  const used = Math.max(...time, ...numeric, end ?? 0, ...filters.map((filter) => filter.column));
  const headerCells = dialect.header.length;
  const { order, sure } =
    wanted.dateOrder !== undefined
      ? { order: wanted.dateOrder, sure: true }
      : wanted.counter !== undefined || time.length > 2
        ? { order: 'day-first' as const, sure: true }
        : dateOrderOf(bytes, dialect, timeColumn);
  const decoder = new TextDecoder('latin1');
  const encoder = new TextEncoder();
  const rows = walkRows(
    bytes,
    dialect.delimiter,
    Math.max(used + 1, headerCells + 1),
    dialect.dataFrom,
    dialect.dataLine,
  );

  let capacity = Math.max(64, Math.min(2_000_000, Math.ceil((bytes.length - dialect.dataFrom) / 24)));
  let localMs = new Float64Array(capacity);
  let offsetMin = new Int16Array(capacity);
  let endLocalMs = end === undefined ? undefined : new Float64Array(capacity);
  let endOffsetMin = end === undefined ? undefined : new Int16Array(capacity);
  let line = new Int32Array(capacity);
  const columns = numeric.map(() => new Float64Array(capacity));

  let count = 0;
  let rowsRead = 0;
  let rejected = 0;
  let blanks = 0;
  let firstBlankLine = 0;
  let dateOnly = true;
  const rejections: RejectedRow[] = [];
  const stamp: ParsedStamp = { localMs: 0, offsetMin: noOffset, dateOnly: true };
  const number: ParsedNumber = { value: 0, state: cell.number };

  const text = (index: number): string =>
    decoder.decode(
      bytes.subarray(rows.start[index], Math.min(rows.end[index], rows.start[index] + shownCell)),
    );
  const reject = (reason: RowReason, shown: string): void => {
    rejected++;
    if (rejections.length < keptRejections)
      rejections.push({
        line: rows.line,
        reason,
        text: shown.replaceAll(/[^\x20-\x7e\u00a0-\u00ff]/g, '\ufffd'),
      });
  };
  const readTime = (): boolean => {
    if (counter !== undefined) {
      parseNumber(bytes, rows.start[timeColumn], rows.end[timeColumn], number);
      stamp.localMs = countedMs(counter, number.value);
      stamp.offsetMin = noOffset;
      stamp.dateOnly = counter.step === 'day' || counter.step === 'month';
      return !Number.isNaN(stamp.localMs);
    }
    if (time.length === 1)
      return parseStamp(bytes, rows.start[timeColumn], rows.end[timeColumn], order, stamp);
    const joined = encoder.encode(joinTime(time.map(text)));
    return parseStamp(joined, 0, joined.length, order, stamp);
  };

  const leftOut = ({ column, text: wantedText }: RowFilter): boolean =>
    rows.count > column && text(column) !== wantedText;
  const lastNeeded = Math.max(timeColumn, ...required);
  while (rows.next()) {
    if (rows.count === 1 && rows.start[0] === rows.end[0]) continue;
    if (filters.some(leftOut)) continue;
    rowsRead++;
    if (
      rows.count > headerCells &&
      (rows.start[headerCells] !== rows.end[headerCells] || rows.count > headerCells + 1)
    ) {
      reject('too-many-cells', text(headerCells));
      continue;
    }
    if (rows.count <= lastNeeded) {
      reject('too-few-cells', text(0));
      continue;
    }
    if (!readTime()) {
      reject('bad-date', time.map(text).join(' '));
      continue;
    }
    if (count === capacity) {
      capacity *= 2;
      localMs = grow(localMs, (size) => new Float64Array(size));
      offsetMin = grow(offsetMin, (size) => new Int16Array(size));
      line = grow(line, (size) => new Int32Array(size));
      if (endLocalMs !== undefined) endLocalMs = grow(endLocalMs, (size) => new Float64Array(size));
      if (endOffsetMin !== undefined) endOffsetMin = grow(endOffsetMin, (size) => new Int16Array(size));
      for (const [index, column] of columns.entries())
        columns[index] = grow(column, (size) => new Float64Array(size));
    }
    localMs[count] = stamp.localMs;
    offsetMin[count] = stamp.offsetMin;
    if (!stamp.dateOnly) dateOnly = false;
    if (end !== undefined && endLocalMs !== undefined && endOffsetMin !== undefined) {
      if (!parseStamp(bytes, rows.start[end], rows.end[end], order, stamp)) {
        reject('bad-date', text(end));
        continue;
      }
      endLocalMs[count] = stamp.localMs;
      endOffsetMin[count] = stamp.offsetMin;
    }
    let good = true;
    for (let index = 0; index < numeric.length; index++) {
      const at = numeric[index];
      if (at >= rows.count) number.value = Number.NaN;
      else {
        parseNumber(bytes, rows.start[at], rows.end[at], number);
        if (number.state !== cell.number && index < required.length) {
          if (number.state === cell.text) {
            reject('not-a-number', text(at));
            good = false;
            break;
          }
          if (blanks++ === 0) firstBlankLine = rows.line;
        }
      }
      (columns[index] as Float64Array)[count] = number.value;
    }
    if (!good) continue;
    line[count++] = rows.line;
  }
  return {
    rows: count,
    rowsRead,
    rejected,
    rejections,
    blanks,
    firstBlankLine,
    localMs: localMs.subarray(0, count),
    offsetMin: offsetMin.subarray(0, count),
    endLocalMs: endLocalMs?.subarray(0, count),
    endOffsetMin: endOffsetMin?.subarray(0, count),
    dateOnly,
    columns: columns.map((column) => column.subarray(0, count)),
    line: line.subarray(0, count),
    dateOrder: order,
    dateOrderSure: sure,
  };
};
