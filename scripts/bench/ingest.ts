import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Figure, Part } from '../figures/figure.ts';
import { copyIn } from '#store/copy.ts';
import { openEmbedded, openStore, type ReadingColumns, type Store } from '#store/index.ts';
import { encodeReadings } from '#store/readings-wire.ts';
import { measureHttp } from './ingest-http.ts';

const meters = 115;
const hoursInYear = 8760;
const hourMs = 3_600_000;
const rounds = 3;
const command = 'npm run bench -- --only ingest';

const yearOf = (meter: number): ReadingColumns => {
  const first = Date.UTC(2023, 0, 1);
  const startMs = Float64Array.from({ length: hoursInYear }, (_, i) => first + i * hourMs);
  return {
    startMs,
    endMs: startMs.map((start) => start + hourMs),
    energyKwh: startMs.map((_, i) => 20 + 10 * Math.sin(i / 24) + meter / 7),
    quality: new Int16Array(hoursInYear),
  };
};

function* allRows(years: readonly ReadingColumns[]): Generator<Buffer> {
  for (const [meter, year] of years.entries()) {
    const chunks = [...encodeReadings(meter + 1, year)];
    // One COPY has one signature and one trailer, whatever the number of meters in it.
    yield* chunks.slice(meter === 0 ? 0 : 1, meter === years.length - 1 ? undefined : -1);
  }
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const prepare = async (store: Store): Promise<void> => {
  await store.buildings.save({
    id: 'bench',
    name: { fr: 'Banc', en: 'Bench' },
    use: 'other',
    simulated: true,
    facts: {},
  });
  for (let meter = 0; meter < meters; meter += 1) {
    await store.meters.save({
      id: `bench-${meter}`,
      buildingId: 'bench',
      name: 'bench',
      carrier: 'gas',
      use: 'heating',
      unit: 'kWh',
      timezone: 'UTC',
      personal: false,
    });
  }
};

const measure = async (url: string): Promise<Figure[]> => {
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const n = meters * hoursInYear;
  const raw: number[] = [];
  const ours: number[] = [];
  const again: number[] = [];
  const reads: number[] = [];
  let http: Figure[] = [];
  try {
    await prepare(store);
    const years = Array.from({ length: meters }, (_, meter) => yearOf(meter));
    const upsertAll = async (): Promise<void> => {
      for (const [meter, year] of years.entries()) await store.readings.upsert(`bench-${meter}`, year);
    };
    const empty = (): Promise<unknown> => client.query('truncate readings, readings_audit');
    // A first round makes the partition and warms both sides; it is not counted.
    await upsertAll();
    for (let round = 0; round < rounds; round += 1) {
      await empty();
      raw.push(
        await secondsOf(() =>
          copyIn(
            client,
            'copy readings (meter_number, start_at, end_at, kwh, quality) from stdin (format binary)',
            allRows(years),
          ),
        ),
      );
      await empty();
      ours.push(await secondsOf(upsertAll));
      again.push(await secondsOf(upsertAll));
    }
    const stored = await client.query<{ n: number }>('select count(*)::int as n from readings');
    if (stored.rows[0]?.n !== n) throw new Error(`${n} readings sent, ${stored.rows[0]?.n} stored`);
    await client.query('vacuum analyze readings');
    for (let meter = 0; meter < meters; meter += 1) {
      reads.push(await secondsOf(() => store.readings.read(`bench-${meter}`)));
    }
    http = await measureHttp(store, 'bench-0', empty, command);
  } finally {
    await client.end();
    await store.close();
  }
  const ratio = median(raw) / median(ours);
  const readMs = 1000 * median(reads);
  const figure = (
    id: string,
    metric: string,
    value: number,
    unit: string,
    goal = 'reported',
    holds: boolean | null = null,
  ): Figure => ({ id, metric, value, unit, goal, holds, n, command });
  return [
    figure(
      'ingest-ratio',
      'rate of the import / rate of raw COPY into the same table',
      ratio,
      '1',
      '>= 0.5',
      ratio >= 0.5,
    ),
    figure('ingest-rate', 'readings imported a second', n / median(ours), '1/s'),
    figure('ingest-raw-rate', 'readings a second by raw binary COPY', n / median(raw), '1/s'),
    figure('ingest-again-rate', 'readings a second when all are stored already', n / median(again), '1/s'),
    figure('read-year', 'one year of hourly readings of one meter', readMs, 'ms', '<= 10', readMs <= 10),
    ...http,
  ];
};

/**
 * Import of 1,007,400 hourly readings (115 meters, one year each) against raw binary COPY of the same rows into
 * the same table, alternating, median of 3; on `databaseUrl` in a database of its own, else on a fresh embedded
 * server.
 */
const benchIngest = async (databaseUrl?: string): Promise<Figure[]> => {
  if (databaseUrl === undefined || databaseUrl === '') {
    const folder = mkdtempSync(join(tmpdir(), 'stacoptim-bench-'));
    const server = await openEmbedded(join(folder, 'pg'));
    try {
      return await measure(server.url);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const name = `stacoptim_bench_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const own = new URL(databaseUrl);
    own.pathname = `/${name}`;
    return await measure(own.href);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
};

export const ingestPart: Part = {
  title: 'Speed of ingestion',
  notes: `1,007,400 hourly readings (115 meters, one year each) through the import against raw binary COPY of the same rows into the same table, alternating, median of 3; \`DATABASE_URL\` chooses the server, else a fresh embedded one. The HTTP figures send 100,000 readings a call to the API in the same process as the client, median of 3. Hostile bodies: a gigabyte in a gzip bomb, a body over the limit, JSON nested 15 million deep, 8 million malformed rows; the slowest is given.`,
  run: () => benchIngest(process.env['DATABASE_URL']),
};
