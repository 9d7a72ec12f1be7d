import type { ReadingColumns } from './reading-types.ts';

/**
 * PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format"): a signature, then each row as a
 * count of fields and each field as its length and its bytes, big-endian; timestamps are microseconds
 * since 2000-01-01 UTC.
 */
const signature = Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1');
const headerBytes = signature.length + 8;
const epochMs = Date.UTC(2000, 0, 1);
const high = 2 ** 32;
const rowsPerChunk = 4096;

const putInstant = (view: DataView, offset: number, ms: number): void => {
  const micros = Math.round((ms - epochMs) * 1000);
  const upper = Math.floor(micros / high);
  view.setInt32(offset, upper);
  view.setUint32(offset + 4, micros - upper * high);
};

const getInstant = (view: DataView, offset: number): number =>
  epochMs + (view.getInt32(offset) * high + view.getUint32(offset + 4)) / 1000;

/** Field lengths of (meter_number, start_at, end_at, kwh, quality). */
const written = [4, 8, 8, 8, 2] as const;
/** Field lengths of (start_at, end_at, kwh, quality). */
const read = [8, 8, 8, 2] as const;

const layout = (lengths: readonly number[]): { offsets: number[]; bytes: number; template: Uint8Array } => {
  const bytes = 2 + lengths.reduce((sum, length) => sum + 4 + length, 0);
  const template = new Uint8Array(bytes);
  const view = new DataView(template.buffer);
  view.setInt16(0, lengths.length);
  let at = 2;
  const offsets = lengths.map((length) => {
    view.setInt32(at, length);
    const start = at + 4;
    at = start + length;
    return start;
  });
  return { offsets, bytes, template };
};

const writtenLayout = layout(written);
const readLayout = layout(read);

/** The rows of one meter as chunks of a binary COPY into (meter_number, start_at, end_at, kwh, quality). */
export function* encodeReadings(meterNumber: number, rows: ReadingColumns): Generator<Buffer> {
  yield Buffer.concat([signature, Buffer.alloc(8)]);
  const { bytes, template, offsets } = writtenLayout;
  const [meterAt = 0, startAt = 0, endAt = 0, kwhAt = 0, qualityAt = 0] = offsets;
  for (let first = 0; first < rows.startMs.length; first += rowsPerChunk) {
    const last = Math.min(rows.startMs.length, first + rowsPerChunk);
    const chunk = Buffer.alloc((last - first) * bytes);
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let i = first; i < last; i += 1) {
      const base = (i - first) * bytes;
      chunk.set(template, base);
      view.setInt32(base + meterAt, meterNumber);
      putInstant(view, base + startAt, rows.startMs[i] ?? 0);
      putInstant(view, base + endAt, rows.endMs[i] ?? 0);
      view.setFloat64(base + kwhAt, rows.energyKwh[i] ?? 0);
      view.setInt16(base + qualityAt, rows.quality[i] ?? 0);
    }
    yield chunk;
  }
  yield Buffer.from([0xff, 0xff]);
}

/** The rows of a binary COPY of (start_at, end_at, kwh, quality), none of them null. */
export const decodeReadings = (bytes: Buffer): ReadingColumns => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = headerBytes + view.getInt32(signature.length + 4);
  const count = Math.floor((bytes.length - first - 2) / readLayout.bytes);
  const [startAt = 0, endAt = 0, kwhAt = 0, qualityAt = 0] = readLayout.offsets;
  const rows = {
    startMs: new Float64Array(count),
    endMs: new Float64Array(count),
    energyKwh: new Float64Array(count),
    quality: new Int16Array(count),
  };
  for (let i = 0; i < count; i += 1) {
    const base = first + i * readLayout.bytes;
    rows.startMs[i] = getInstant(view, base + startAt);
    rows.endMs[i] = getInstant(view, base + endAt);
    rows.energyKwh[i] = view.getFloat64(base + kwhAt);
    rows.quality[i] = view.getInt16(base + qualityAt);
  }
  return rows;
};
