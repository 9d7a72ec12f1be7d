import { createReadStream } from 'node:fs';
import { streamReadingsCsv } from '../../src/formats/readings-csv/index.ts';
import { peakMemoryMb } from './peak-memory.mjs';

/** Reads one CSV part by part and prints rows, total and peak memory as JSON: the process `csv-memory` looks at. */
const file = process.argv[2] ?? '';
let [rows, total] = [0, 0];
const from = performance.now();
for await (const part of streamReadingsCsv(file, createReadStream(file, { highWaterMark: 1 << 18 }), {
  timezone: 'UTC',
})) {
  if (!part.ok) throw new Error(part.error.message.en);
  rows += part.value.energyKwh.length;
  for (const kwh of part.value.energyKwh) total += kwh;
}
const peakRssMb = peakMemoryMb();
process.stdout.write(JSON.stringify({ rows, total, peakRssMb, ms: performance.now() - from }));
