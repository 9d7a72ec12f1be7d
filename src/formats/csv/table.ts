import { dateOf, dayNumber, parseDay } from '#core/calendar.ts';
import type { Dialect } from './dialect.ts';
import { cell, type ParsedNumber, parseNumber } from './number.ts';
import { walkRows } from './rows.ts';
import { type DateOrder, noOffset, type ParsedStamp, parseStamp } from './stamp.ts';

export type RowReason = 'bad-date' | 'not-a-number' | 'beyond-measure' | 'too-few-cells' | 'too-many-cells';

/** Beyond this a number is a fault, whatever its unit: one of them would carry every sum it enters. */
const mostMagnitude = 1e15;

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

/** The order of dates: as given, of no matter where none are written with slashes, else as the first rows tell. */
const settledOrder = (
  bytes: Uint8Array,
  dialect: Dialect,
  { dateOrder, counter, time }: TableColumns,
): { order: DateOrder; sure: boolean } => {
  if (dateOrder !== undefined) return { order: dateOrder, sure: true };
  if (counter !== undefined || time.length > 2) return { order: 'day-first', sure: true };
  return dateOrderOf(bytes, dialect, time[0]);
};

/** Columns of the accepted rows, made larger as rows come: the length of a file tells only roughly how many. */
class GrowingColumns {
  localMs: Float64Array;
  offsetMin: Int16Array;
  endLocalMs: Float64Array | undefined;
  endOffsetMin: Int16Array | undefined;
  line: Int32Array;
  readonly numbers: Float64Array[];
  #capacity: number;

  constructor(capacity: number, numbers: number, hasEnd: boolean) {
    this.#capacity = capacity;
    this.localMs = new Float64Array(capacity);
    this.offsetMin = new Int16Array(capacity);
    this.endLocalMs = hasEnd ? new Float64Array(capacity) : undefined;
    this.endOffsetMin = hasEnd ? new Int16Array(capacity) : undefined;
    this.line = new Int32Array(capacity);
    this.numbers = Array.from({ length: numbers }, () => new Float64Array(capacity));
  }

  makeRoom(row: number): void {
    if (row < this.#capacity) return;
    this.#capacity *= 2;
    this.localMs = grow(this.localMs, (size) => new Float64Array(size));
    this.offsetMin = grow(this.offsetMin, (size) => new Int16Array(size));
    this.line = grow(this.line, (size) => new Int32Array(size));
    this.endLocalMs = this.endLocalMs && grow(this.endLocalMs, (size) => new Float64Array(size));
    this.endOffsetMin = this.endOffsetMin && grow(this.endOffsetMin, (size) => new Int16Array(size));
    for (const [index, column] of this.numbers.entries())
      this.numbers[index] = grow(column, (size) => new Float64Array(size));
  }

  upTo(
    rows: number,
  ): Pick<Table, 'localMs' | 'offsetMin' | 'endLocalMs' | 'endOffsetMin' | 'columns' | 'line'> {
    return {
      localMs: this.localMs.subarray(0, rows),
      offsetMin: this.offsetMin.subarray(0, rows),
      endLocalMs: this.endLocalMs?.subarray(0, rows),
      endOffsetMin: this.endOffsetMin?.subarray(0, rows),
      columns: this.numbers.map((column) => column.subarray(0, rows)),
      line: this.line.subarray(0, rows),
    };
  }
}

type Rows = ReturnType<typeof walkRows>;

/** A cell of the row at hand as text, for what a person is told of it. */
const cellText = (bytes: Uint8Array, rows: Rows): ((index: number) => string) => {
  const decoder = new TextDecoder('latin1');
  return (index) =>
    decoder.decode(
      bytes.subarray(rows.start[index], Math.min(rows.end[index], rows.start[index] + shownCell)),
    );
};

/** Reads the time of the row at hand into `stamp`; false where it is none. */
const timeReader = (
  bytes: Uint8Array,
  rows: Rows,
  { time, counter }: TableColumns,
  order: DateOrder,
  stamp: ParsedStamp,
): (() => boolean) => {
  const first = time[0];
  const text = cellText(bytes, rows);
  const encoder = new TextEncoder();
  const number: ParsedNumber = { value: 0, state: cell.number };
  return () => {
    if (counter !== undefined) {
      parseNumber(bytes, rows.start[first], rows.end[first], number);
      stamp.localMs = countedMs(counter, number.value);
      stamp.offsetMin = noOffset;
      stamp.dateOnly = counter.step === 'day' || counter.step === 'month';
      return !Number.isNaN(stamp.localMs);
    }
    if (time.length === 1) return parseStamp(bytes, rows.start[first], rows.end[first], order, stamp);
    const joined = encoder.encode(joinTime(time.map(text)));
    return parseStamp(joined, 0, joined.length, order, stamp);
  };
};

/** Counts the rejected rows and keeps the first of them to be told. */
class Rejections {
  count = 0;
  readonly kept: RejectedRow[] = [];

  add(line: number, reason: RowReason, shown: string): void {
    this.count++;
    if (this.kept.length < keptRejections)
      this.kept.push({ line, reason, text: shown.replaceAll(/[^\x20-\x7e\u00a0-\u00ff]/g, '\ufffd') });
  }
}

/** A delimiter at the end of a row is no cell; anything else past the header is one too many. */
const hasExtraCells = (rows: Rows, headerCells: number): boolean =>
  rows.count > headerCells &&
  (rows.start[headerCells] !== rows.end[headerCells] || rows.count > headerCells + 1);

/**
 * Reads the rows of a delimited file into columns of numbers, at the pace of a scan: no string is made for a row that
 * is well formed. A row whose time is no date or whose required cell is text is rejected with its line and reason.
 * Times are local, ms as if UTC, with the offset written beside them in minutes; a blank or optional text reads as NaN.
 */
export const readTable = (bytes: Uint8Array, dialect: Dialect, wanted: TableColumns): Table => {
  const { time, required, optional, end, filters = [] } = wanted;
  const numeric = [...required, ...optional];
  const used = Math.max(...time, ...numeric, end ?? 0, ...filters.map((filter) => filter.column));
  const headerCells = dialect.header.length;
  const { order, sure } = settledOrder(bytes, dialect, wanted);
  const rows = walkRows(
    bytes,
    dialect.delimiter,
    Math.max(used + 1, headerCells + 1),
    dialect.dataFrom,
    dialect.dataLine,
  );
  const likely = Math.max(64, Math.min(2_000_000, Math.ceil((bytes.length - dialect.dataFrom) / 24)));
  const into = new GrowingColumns(likely, numeric.length, end !== undefined);
  const rejections = new Rejections();
  const stamp: ParsedStamp = { localMs: 0, offsetMin: noOffset, dateOnly: true };
  const number: ParsedNumber = { value: 0, state: cell.number };
  const text = cellText(bytes, rows);
  const readTime = timeReader(bytes, rows, wanted, order, stamp);

  let count = 0;
  let rowsRead = 0;
  let blanks = 0;
  let firstBlankLine = 0;
  let dateOnly = true;
  const reject = (reason: RowReason, shown: string): void => rejections.add(rows.line, reason, shown);
  const leftOut = ({ column, text: wantedText }: RowFilter): boolean =>
    rows.count > column && text(column) !== wantedText;
  /** Reads the end of the interval; a row without one that can be read is rejected. */
  const readEnd = (): boolean => {
    if (end === undefined || into.endLocalMs === undefined || into.endOffsetMin === undefined) return true;
    if (!parseStamp(bytes, rows.start[end], rows.end[end], order, stamp)) {
      reject('bad-date', text(end));
      return false;
    }
    into.endLocalMs[count] = stamp.localMs;
    into.endOffsetMin[count] = stamp.offsetMin;
    return true;
  };
  /** Reads the numbers of the row; text where a number is required rejects it. */
  const readNumbers = (): boolean => {
    for (let index = 0; index < numeric.length; index++) {
      const at = numeric[index];
      if (at >= rows.count) number.value = Number.NaN;
      else {
        parseNumber(bytes, rows.start[at], rows.end[at], number);
        if (number.state !== cell.number && index < required.length) {
          if (number.state === cell.text) {
            reject('not-a-number', text(at));
            return false;
          }
          if (blanks++ === 0) firstBlankLine = rows.line;
        }
        if (Math.abs(number.value) > mostMagnitude) {
          reject('beyond-measure', text(at));
          return false;
        }
      }
      into.numbers[index][count] = number.value;
    }
    return true;
  };
  const lastNeeded = Math.max(time[0], ...required);
  while (rows.next()) {
    if (rows.count === 1 && rows.start[0] === rows.end[0]) continue;
    if (filters.some(leftOut)) continue;
    rowsRead++;
    if (hasExtraCells(rows, headerCells)) reject('too-many-cells', text(headerCells));
    else if (rows.count <= lastNeeded) reject('too-few-cells', text(0));
    else if (!readTime()) reject('bad-date', time.map(text).join(' '));
    else {
      into.makeRoom(count);
      into.localMs[count] = stamp.localMs;
      into.offsetMin[count] = stamp.offsetMin;
      if (!stamp.dateOnly) dateOnly = false;
      if (readEnd() && readNumbers()) into.line[count++] = rows.line;
    }
  }
  return {
    rows: count,
    rowsRead,
    rejected: rejections.count,
    rejections: rejections.kept,
    blanks,
    firstBlankLine,
    ...into.upTo(count),
    dateOnly,
    dateOrder: order,
    dateOrderSure: sure,
  };
};
