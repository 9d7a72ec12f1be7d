import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Readings } from '../../../src/core/series.ts';
import type { ReadingsOptions } from '../../../src/formats/readings/index.ts';
import { readReadingsCsv, streamReadingsCsv } from '../../../src/formats/readings-csv/index.ts';
import { utf8, valueOf } from '../../support/readings.ts';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const streamed = async (
  bytes: Uint8Array,
  options: ReadingsOptions & { readonly partBytes: number },
): Promise<Readings[]> => {
  const parts: Readings[] = [];
  for await (const part of streamReadingsCsv('a.csv', chunksOf(bytes, 97), options))
    parts.push(valueOf(part));
  return parts;
};

const column = (parts: readonly Readings[], of: (part: Readings) => Float64Array): number[] =>
  parts.flatMap((part) => [...of(part)]);

/** Half-hours of local time around the night of 27 October 2024, when 02:00 and 02:30 come twice. */
const autumn = (): string => {
  const lines: string[] = [];
  for (let half = 0; half < 48 * 6; half++) {
    const instant = Date.UTC(2024, 9, 25) + half * 1_800_000;
    const offset = instant < Date.UTC(2024, 9, 27, 1) ? 2 : 1;
    lines.push(
      `${new Date(instant + offset * 3_600_000).toISOString().slice(0, 16)};${half % 7},5;${half % 11}`,
    );
  }
  return `horodate;kWh;T_ext\n${lines.join('\n')}\n`;
};

describe('a file read part by part', () => {
  it.each([700, 1100, 2300, 5000])(
    'is what it is at once, through the repeated hour (parts of %d bytes)',
    async (partBytes) => {
      const bytes = utf8(autumn());
      const whole = valueOf(readReadingsCsv('a.csv', bytes, { timezone: 'Europe/Paris' }));
      const parts = await streamed(bytes, { timezone: 'Europe/Paris', partBytes });
      expect(parts.length).toBeGreaterThan(1);
      expect(column(parts, (one) => one.startMs)).toEqual([...whole.startMs]);
      expect(column(parts, (one) => one.endMs)).toEqual([...whole.endMs]);
      expect(column(parts, (one) => one.energyKwh)).toEqual([...whole.energyKwh]);
      expect(parts.reduce((sum, one) => sum + one.rowsRead, 0)).toBe(whole.rowsRead);
    },
  );

  it('differences a register across parts, gzip or not', async () => {
    const rows = Array.from({ length: 200 }, (_, day) => {
      const date = new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
      return `${date};${1000 + day * day}`;
    });
    const bytes = gzipSync(`date;index_kwh\n${rows.join('\n')}`);
    const parts = await streamed(bytes, { timezone: 'UTC', partBytes: 600 });
    expect(column(parts, (one) => one.energyKwh)).toEqual(
      Array.from({ length: 199 }, (_, day) => 2 * day + 1),
    );
  });

  it('tells a bad row by the line of the file, in whichever part it is', async () => {
    const lines = autumn().split('\n');
    lines[203] = '2024-10-29T05:00;not a number;1';
    const parts = await streamed(utf8(lines.join('\n')), { timezone: 'Europe/Paris', partBytes: 1500 });
    const bad = parts.flatMap(({ warnings }) => warnings).filter(({ code }) => code === 'bad-value');
    expect(bad.map(({ place }) => place?.line)).toEqual([204]);
  });

  it('refuses what has no line end, and damaged gzip', async () => {
    const codes: string[] = [];
    const refused = async (bytes: Uint8Array): Promise<void> => {
      for await (const part of streamReadingsCsv('a.csv', chunksOf(bytes, 1000), { partBytes: 2000 }))
        if (!part.ok) codes.push(part.error.code);
    };
    await refused(new Uint8Array(40_000).fill(97));
    await refused(gzipSync(autumn()).subarray(0, 300));
    expect(codes).toEqual(['csv-header', 'file-corrupt']);
  });
});
