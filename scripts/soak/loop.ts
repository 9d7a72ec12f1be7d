/**
 * `npm run soak:loop -- [--every DAYS] [--until DAY] [--out FILE.json]`: the loop twice round on the sample stock, by cron alone, with a clock that
 * moves. Readings arrive through the API as time goes on, works are declared through it, and each night is the one command of
 * crontab, `stacoptim retrain --json`, in a process of its own that is told another time; every night without `--every`. Exits 0 when every
 * night ended without a failure, every works has its savings, and no frozen baseline moved.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openAccess } from '../../src/api/access.ts';
import { listen } from '../../src/api/server.ts';
import { startLedger } from '../../src/app/clock.ts';
import type { AppContext } from '../../src/app/context.ts';
import { loadStock } from '../../src/app/load-stock.ts';
import { type StockSavings, stockSavingsSchema } from '../../src/app/stock-savings-views.ts';
import type { NightSummary } from '../../src/jobs/night-summary.ts';
import { openStore } from '../../src/store/index.ts';
import { type ArrivingMeter, arrivingMeters, REPEAT_DAYS, secondWorks } from './loop-meters.ts';

const DAY_MS = 86_400_000;
const firstNightMs = Date.UTC(2023, 2, 1, 1, 15);
const endNightMs = Date.UTC(2026, 8, 20, 1, 15);
const folder = fileURLToPath(new URL('../../buildings', import.meta.url));

const { values } = parseArgs({
  options: { every: { type: 'string', default: '1' }, until: { type: 'string' }, out: { type: 'string' } },
});
const lastNightMs = values.until === undefined ? endNightMs : Date.parse(`${values.until}T01:15Z`);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const dataDir = mkdtempSync(join(tmpdir(), 'stacoptim-loop-'));
const store = await openStore({ dataDir: join(dataDir, 'pg') });
let nowMs = firstNightMs;
const context: AppContext = { store, nowMs: () => nowMs, startLedger };

const entry = { organisationId: 1, role: 'administrator', name: 'soak' } as const;
const { server, url } = await listen(context, '127.0.0.1', 0, openAccess(entry));

const call = async (path: string, body?: object): Promise<unknown> => {
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${url}v1/${path}`, body === undefined ? {} : sent);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  return response.json();
};

/** The station's last year repeated as the meters' are. */
const moreWeather = async (): Promise<void> => {
  const [station] = await store.weather.stations();
  if (station === undefined) throw new Error('the sample stock has a station');
  const from = Date.UTC(2022, 0, 1) / DAY_MS;
  const to = Date.UTC(2024, 11, 31) / DAY_MS;
  const { meanC, ghiWm2 } = await store.weather.daily(station.id, from, to);
  const days = lastNightMs / DAY_MS - to;
  const repeated = (column: Float64Array): Float64Array =>
    Float64Array.from(
      { length: Math.ceil(days) },
      (_, i) => column[column.length - REPEAT_DAYS + (i % REPEAT_DAYS)],
    );
  await store.weather.saveDaily(station.id, {
    firstDay: to + 1,
    meanC: repeated(meanC),
    ghiWm2: repeated(ghiWm2),
  });
};

const arrive = async (meters: readonly ArrivingMeter[], fromMs: number, toMs: number): Promise<number> => {
  let arrived = 0;
  for (const { meterId, readings } of meters) {
    const since = readings.filter(({ endMs }) => endMs > fromMs && endMs <= toMs);
    if (since.length === 0) continue;
    await call(`meters/${meterId}/readings`, {
      readings: since.map(({ startMs, endMs, kwh }) => ({
        start: new Date(startMs).toISOString(),
        end: new Date(endMs).toISOString(),
        kwh,
      })),
    });
    arrived += since.length;
  }
  return arrived;
};

const declareSecond = async (buildings: readonly string[]): Promise<void> => {
  for (const id of buildings)
    await call(`buildings/${id}/works`, {
      id: `${id}-2025`,
      measures: ['balancing'],
      start: secondWorks.start,
      end: secondWorks.end,
      reason: 'second round',
      by: 'soak',
    });
};

type Row = { readonly night: string; readonly arrived: number; readonly sentence: string };
const rows: Row[] = [];
const baselines = new Map<string, string>();
const problems: string[] = [];

/** A baseline that was frozen stands as it was frozen: the same model, window and hash of its days. */
const watchBaselines = ({ works }: StockSavings): void => {
  for (const { savings, baselineHash } of works) {
    const now = `${savings.frozenModel} ${savings.baseline.from} ${savings.baseline.to} ${baselineHash}`;
    const before = baselines.get(savings.worksId) ?? now;
    if (before !== now) problems.push(`${savings.worksId}: the baseline moved from ${before} to ${now}`);
    baselines.set(savings.worksId, before);
  }
};

const program = fileURLToPath(new URL('../../bin/stacoptim.mjs', import.meta.url));
const movedClock = new URL('moved-clock.ts', import.meta.url).href;

/** The line of crontab, at the time that the loop has come to. */
const retrain = async (): Promise<readonly NightSummary[]> => {
  const child = spawn(
    process.execPath,
    ['--import', movedClock, program, 'retrain', '--json', '--data', dataDir],
    { env: { ...process.env, LOOP_NOW_MS: String(nowMs) }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [told, wrong] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (told === '') throw new Error(`the night of ${dayOf(nowMs)} ended with ${String(code)}: ${wrong}`);
  const { at, organisations } = JSON.parse(told) as { at: string; organisations: NightSummary[] };
  if (at.slice(0, 10) !== dayOf(nowMs)) problems.push(`the night of ${dayOf(nowMs)} says it is ${at}`);
  return organisations;
};

const night = async (arrived: number): Promise<void> => {
  for (const { failures, sentence } of await retrain()) {
    problems.push(...failures.map(({ id, reason }) => `${dayOf(nowMs)} ${id}: ${reason.en}`));
    rows.push({ night: dayOf(nowMs), arrived, sentence: sentence.en });
    say(`${dayOf(nowMs)} ${String(arrived).padStart(6)} readings; ${sentence.en}`);
  }
  watchBaselines(stockSavingsSchema.parse(await call('savings')));
};

/** What the generator knows of the first works, and what was injected of the second, percent. */
const truthOf = (meters: readonly ArrivingMeter[], worksId: string, buildingId: string): number => {
  if (worksId.endsWith('-2025'))
    return 100 * (meters.find((one) => one.buildingId === buildingId)?.savedShare ?? Number.NaN);
  const truth = JSON.parse(readFileSync(join(folder, buildingId, 'truth.json'), 'utf8')) as {
    savings: { savingsPercent: number };
  };
  return truth.savings.savingsPercent;
};

const run = async (): Promise<number> => {
  const loaded = await loadStock(context, folder, { untilMs: firstNightMs, progress: () => undefined });
  if (!loaded.ok) throw new Error(loaded.error.message.en);
  const { buildings } = loaded.value.stock;
  await moreWeather();
  const meters = await arrivingMeters(folder, buildings);
  const every = Number(values.every) * DAY_MS;
  let [before, declared] = [firstNightMs, false];
  for (nowMs = firstNightMs; nowMs <= lastNightMs; nowMs += every) {
    const arrived = await arrive(meters, before, nowMs);
    before = nowMs;
    if (!declared && dayOf(nowMs) >= secondWorks.start) {
      await declareSecond(buildings);
      declared = true;
    }
    await night(arrived);
  }
  nowMs -= every;
  const kept = (await store.savings.list()).length;
  await night(0);
  if ((await store.savings.list()).length !== kept) problems.push('a night without readings changed savings');
  const { works } = stockSavingsSchema.parse(await call('savings'));
  const results = works.map(({ savings: { worksId, savingsPercent: told, status }, buildingId }) => {
    const truth = truthOf(meters, worksId, buildingId);
    return { worksId, status, truth, told, inside: truth >= told.low && truth <= told.high };
  });
  if (results.length < 2 * buildings.length) problems.push(`${results.length} works measured`);
  for (const { worksId, status, truth, told, inside } of results)
    say(
      `${worksId.padEnd(26)} ${status.padEnd(12)} injected ${truth.toFixed(1).padStart(5)} %, told ${told.value.toFixed(1).padStart(5)} % (${told.low.toFixed(1)} to ${told.high.toFixed(1)})${inside ? '' : '  OUTSIDE'}`,
    );
  say(`${results.filter(({ inside }) => inside).length} of ${results.length} inside their 90 % interval`);
  for (const problem of problems) say(`PROBLEM ${problem}`);
  if (values.out !== undefined)
    writeFileSync(values.out, `${JSON.stringify({ nights: rows, results, problems }, null, 2)}\n`);
  return problems.length === 0 ? 0 : 1;
};

try {
  process.exitCode = await run();
} finally {
  server.closeAllConnections();
  server.close();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}
