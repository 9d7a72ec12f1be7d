import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { figuresOf, type Part } from '../figures/figure.ts';

const figure = figuresOf('csv', 'npm run bench -- --only csv-memory');

const [smallMb, largeMb] = [100, 1000];
const mostGrowth = 1.2;

const answerSchema = z.object({ rows: z.number(), total: z.number(), peakRssMb: z.number(), ms: z.number() });

/** One-second readings with an outdoor temperature, written line by line; gives rows and total. */
const writeCsv = (path: string, megabytes: number): { readonly rows: number; readonly total: number } => {
  const file = openSync(path, 'w');
  writeSync(file, 'datetime,kwh,T_out_C\n');
  const first = Date.UTC(2000, 0, 1);
  let [bytes, rows, total] = [0, 0, 0];
  while (bytes < megabytes * 1e6) {
    const lines: string[] = [];
    for (let line = 0; line < 20_000; line++, rows++) {
      const kwh = (rows % 97) / 10;
      total += kwh;
      lines.push(
        `${new Date(first + rows * 1000).toISOString().slice(0, 19)},${kwh},${(rows % 40) / 2 - 5}\n`,
      );
    }
    bytes += writeSync(file, lines.join(''));
  }
  closeSync(file);
  return { rows, total };
};

const measure = (folder: string, megabytes: number): z.infer<typeof answerSchema> => {
  const path = join(folder, `${megabytes}.csv`);
  const wanted = writeCsv(path, megabytes);
  const child = join(import.meta.dirname, 'csv-stream-child.ts');
  const answer = answerSchema.parse(
    JSON.parse(execFileSync(process.execPath, [child, path], { encoding: 'utf8' })),
  );
  if (answer.rows !== wanted.rows || Math.abs(answer.total / wanted.total - 1) > 1e-9)
    throw new Error(`${answer.rows} rows of ${wanted.rows}, ${answer.total} kWh of ${wanted.total}`);
  rmSync(path);
  return answer;
};

export const csvMemoryPart: Part = {
  title: 'Memory of CSV reading',
  notes: `Files of one-second readings are written to a temporary folder and read part by part, each in a process of its
own. Every row must be read once (their number and their sum are checked). Peak memory is that of the process, Node included.`,
  run: ({ tell }) => {
    const folder = mkdtempSync(join(tmpdir(), 'stacoptim-csv-'));
    try {
      tell(`writing and reading ${smallMb} MB`);
      const small = measure(folder, smallMb);
      tell(`writing and reading ${largeMb} MB`);
      const large = measure(folder, largeMb);
      const growth = large.peakRssMb / small.peakRssMb;
      return Promise.resolve([
        figure({
          id: 'stream-memory',
          metric: `peak memory of reading ${largeMb} MB, as a multiple of that for ${smallMb} MB`,
          value: growth,
          unit: '1',
          goal: `<= ${mostGrowth}`,
          holds: growth <= mostGrowth,
          n: 1,
          comparator: { name: `${smallMb} MB`, value: small.peakRssMb, unit: 'MB' },
        }),
        figure({
          id: 'stream-rate',
          metric: `readings CSV of ${largeMb} MB read part by part from disk`,
          value: (largeMb * 1000) / large.ms,
          unit: 'MB/s',
          goal: 'reported',
          holds: null,
          n: 1,
        }),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
