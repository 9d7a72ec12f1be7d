import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { failure, ok, type Result } from '#core/result.ts';
import type { Readings } from '#core/series.ts';
import { openText } from '../csv/index.ts';
import type { ReadingsOptions } from '../readings/types.ts';
import { paceOf } from './intervals.ts';
import { type Continuation, type Layout, layoutOf, readRows } from './read-readings.ts';

const LF = 10;
/** Bytes read as one part: 100,000 rows and more, so that the first shows layout, zone and rhythm. */
const partBytes = 4_000_000;

type StreamOptions = ReadingsOptions & { readonly partBytes?: number };

type State = {
  readonly layout: Layout;
  readonly options: ReadingsOptions;
  readonly before: Continuation;
  /** First and last instant written in the part before; its last row is read again. */
  readonly overlap: readonly (number | undefined)[];
};

const countLines = (bytes: Uint8Array): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
};

/** Start of the last line that holds something. */
const lastLineStart = (bytes: Uint8Array): number => bytes.lastIndexOf(LF, bytes.length - 2) + 1;

async function* inflated(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Result<Uint8Array>> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  if (!(first.value[0] === 0x1f && first.value[1] === 0x8b)) {
    for await (const chunk of rest()) yield ok(chunk);
    return;
  }
  const gunzip = Readable.from(rest()).pipe(createGunzip());
  try {
    for await (const chunk of gunzip) yield ok(chunk as Uint8Array);
  } catch {
    yield failure(
      'file-corrupt',
      `« ${name} » est une archive gzip abîmée. Exportez-la de nouveau.`,
      `“${name}” is a damaged gzip file. Export it again.`,
      { file: name },
    );
  }
}

/**
 * Reads a CSV or CSV.gz of any length part by part, in the memory of one part: each part is what `readReadingsCsv`
 * gives for its rows, and the parts follow each other as if read at once. Layout, date order, time zone, rhythm and
 * whether the values are a register are settled on the first part (4 MB). The last row of a part is read again with
 * the next, for the interval between the two, and given once. Rows of one instant that fall in
 * different parts come in both: the store keeps the newest. A failure, as of `readReadingsCsv`, ends the stream.
 */
export async function* streamReadingsCsv(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): AsyncGenerator<Result<Readings>> {
  const size = options.partBytes ?? partBytes;
  let state: State | undefined;
  let line = 1;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let held: Uint8Array = new Uint8Array(0);

  /** The instants as written: the ends of the intervals where the file marks those. */
  const stampsOf = ({ startMs, endMs }: Readings, { columns }: Layout): Float64Array =>
    columns.stampsEnd ? endMs : startMs;

  const goOn = (readings: Readings, known: Omit<State, 'overlap'>): void => {
    const stamps = stampsOf(readings, known.layout);
    const afterMs = stamps.at(-2) ?? Number.NEGATIVE_INFINITY;
    state = {
      ...known,
      before: { ...known.before, afterMs },
      overlap: known.options.register === true ? [] : [stamps.at(0), stamps.at(-1)],
    };
  };

  const begin = (bytes: Uint8Array): Result<Readings> => {
    const text = openText(name, bytes);
    if (!text.ok) return text;
    const body = text.value.bytes;
    const layout = layoutOf(name, text.value, options);
    if (!layout.ok) return layout;
    const first = readRows(name, body, layout.value, options);
    if (!first.ok) return first;
    const told = (code: string): boolean => first.value.warnings.some((one) => one.code === code);
    goOn(first.value, {
      layout: layout.value,
      options: {
        ...options,
        timezone: first.value.timezone,
        register: options.register ?? told('register-detected'),
      },
      before: {
        afterMs: Number.NEGATIVE_INFINITY,
        pace: paceOf(stampsOf(first.value, layout.value)),
        dateOrder: told('month-first') ? 'month-first' : 'day-first',
      },
    });
    held = body.slice(lastLineStart(body));
    line = countLines(body);
    return first;
  };

  const read = (bytes: Uint8Array): Result<Readings | undefined> => {
    if (state === undefined) return begin(bytes);
    const { layout, options: settled, before, overlap } = state;
    const dialect = { ...layout.dialect, dataFrom: 0, dataLine: line };
    const part = readRows(name, bytes, { ...layout, dialect }, settled, before);
    held = bytes.slice(lastLineStart(bytes));
    line += countLines(bytes) - 1;
    // A part of nothing but bad rows is no reason to stop.
    if (!part.ok) return part.error.code === 'readings-none' ? ok(undefined) : part;
    const stamps = stampsOf(part.value, layout);
    const from = stamps.length > 0 && overlap.includes(stamps[0]) ? 1 : 0;
    const to = stamps.length - (stamps.length > from && overlap.includes(stamps.at(-1)) ? 1 : 0);
    goOn(part.value, state);
    if (to <= from) return ok(undefined);
    const { startMs, endMs, energyKwh, outdoorC, rowsRead } = part.value;
    return ok({
      ...part.value,
      startMs: startMs.subarray(from, to),
      endMs: endMs.subarray(from, to),
      energyKwh: energyKwh.subarray(from, to),
      ...(outdoorC === undefined ? {} : { outdoorC: outdoorC.subarray(from, to) }),
      rowsRead: rowsRead - 1,
    });
  };

  for await (const chunk of inflated(name, chunks)) {
    if (!chunk.ok) {
      yield chunk;
      return;
    }
    pending.push(chunk.value);
    pendingBytes += chunk.value.length;
    if (pendingBytes < size) continue;
    const bytes = Buffer.concat([held, ...pending]);
    const cut = bytes.lastIndexOf(LF) + 1;
    if (cut === 0) {
      if (bytes.length > 4 * size) {
        yield failure(
          'csv-header',
          `« ${name} » n’a pas de fin de ligne dans ses ${Math.round(bytes.length / 1e6)} premiers Mo : ce n’est pas un CSV.`,
          `“${name}” has no line end in its first ${Math.round(bytes.length / 1e6)} MB: it is not a CSV.`,
          { file: name, line: 1 },
        );
        return;
      }
      pending = [bytes];
      held = new Uint8Array(0);
      continue;
    }
    const rest = bytes.slice(cut);
    const part = read(bytes.subarray(0, cut));
    if (!part.ok) {
      yield part;
      return;
    }
    if (part.value !== undefined) yield ok(part.value);
    pending = [rest];
    pendingBytes = rest.length;
  }
  const bytes = Buffer.concat([held, ...pending]);
  if (bytes.length === 0 && state !== undefined) return;
  const part = read(bytes);
  if (!part.ok) yield part;
  else if (part.value !== undefined) yield ok(part.value);
}
