import type { Figure, Part } from '../figures/figure.ts';
import { readReadingsCsv } from '../../src/formats/readings-csv/index.ts';

const runs = 11;

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Half-hourly readings with an outdoor temperature, as a meter portal writes them, of about `megabytes`. */
const sampleCsv = (megabytes: number): Uint8Array => {
  const encoder = new TextEncoder();
  const parts = ['datetime,kwh,T_out_C\n'];
  const rows = Math.round((megabytes * 1e6) / 25);
  const first = Date.UTC(2000, 0, 1);
  for (let row = 0; row < rows; row++) {
    const instant = new Date(first + row * 1_800_000).toISOString().slice(0, 16);
    parts.push(`${instant},${(row % 97) / 10},${((row % 40) - 5) / 2}\n`);
  }
  return encoder.encode(parts.join(''));
};

const rate = (bytes: Uint8Array, work: () => unknown): number => {
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    work();
    rates.push(bytes.length / 1e3 / (performance.now() - from));
  }
  return median(rates);
};

/** What a plain reader does: decode, split on line ends and commas, `Date.parse` and `Number`. */
const splitReader = (bytes: Uint8Array): number => {
  let total = 0;
  for (const line of new TextDecoder().decode(bytes).split('\n').slice(1)) {
    const [instant = '', value = ''] = line.split(',');
    if (!Number.isNaN(Date.parse(instant))) total += Number(value);
  }
  return total;
};

/** Megabytes of readings CSV read in a second, checks included, beside a plain split of the same bytes. */
const benchCsv = (megabytes = 20): Figure => {
  const bytes = sampleCsv(megabytes);
  const value = rate(bytes, () => {
    const read = readReadingsCsv('bench.csv', bytes, { timezone: 'UTC' });
    if (!read.ok) throw new Error(read.error.message.en);
  });
  const plain = rate(bytes, () => splitReader(bytes));
  return {
    id: 'csv-rate',
    metric: 'readings CSV read, median of 11',
    value,
    unit: 'MB/s',
    goal: '>= 50',
    holds: value >= 50,
    n: runs,
    command: 'npm run bench -- --only csv',
    comparator: { name: 'decode, split, Date.parse, Number', value: plain, unit: 'MB/s' },
  };
};

export const csvPart: Part = {
  title: 'Speed of CSV reading',
  notes: `Half-hourly readings with an outdoor temperature, 20 MB, read with all checks.`,
  run: () => Promise.resolve([benchCsv()]),
};
