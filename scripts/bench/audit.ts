import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditDocument } from '#app/audit-documents.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { allBuildings } from '#app/every-building.ts';
import { loadStock } from '#app/load-stock.ts';
import { openStore } from '#store/index.ts';
import { type Figure, figuresOf, type Part } from '../figures/figure.ts';

const figure = figuresOf('audit', 'npm run bench -- --only audit');

const sampleStock = fileURLToPath(new URL('../../buildings', import.meta.url));
const GOAL_MS = 5000;
/** Day the audits are written on, so that the same run writes the same law. */
const nowMs = (): number => Date.UTC(2026, 5, 1);

type Timed = {
  readonly id: string;
  readonly ms: number;
  readonly cpuMs: number;
  readonly kilobytes: number;
};

const timedAudit = async (context: AppContext, id: string): Promise<Timed> => {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const made = await auditDocument(context, id, 'pdf', 'fr');
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (!made.ok) throw new Error(made.error.message.en);
  return { id, ms, cpuMs: (user + system) / 1000, kilobytes: made.value.body.length / 1024 };
};

/** The French PDF of every sample building, the first of the process first. */
const audits = async (): Promise<readonly Timed[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-bench-audit-'));
  const store = await openStore({ dataDir: join(folder, 'pg') });
  try {
    const context: AppContext = { store, nowMs, startLedger };
    const loaded = await loadStock(context, sampleStock, { progress: () => {} });
    if (!loaded.ok) throw new Error(loaded.error.message.en);
    const timed: Timed[] = [];
    for (const { id } of await allBuildings(store)) timed.push(await timedAudit(context, id));
    return timed;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = async (): Promise<Figure[]> => {
  const timed = await audits();
  const [first] = timed;
  if (first === undefined) throw new Error('The sample stock has buildings');
  const slowest = timed.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
  const goal = 'under 5,000 ms';
  return [
    figure({
      id: 'pdf-first',
      metric: `Audit PDF of ${first.id}, calibration and comparison included, first of the process`,
      value: first.ms,
      unit: 'ms',
      goal,
      holds: first.ms < GOAL_MS,
      n: 1,
    }),
    figure({
      id: 'pdf-slowest',
      metric: `Audit PDF, slowest of the sample buildings (${slowest.id}, ${slowest.kilobytes.toFixed(0)} kB)`,
      value: slowest.ms,
      unit: 'ms',
      goal,
      holds: slowest.ms < GOAL_MS,
      n: timed.length,
    }),
    figure({
      id: 'pdf-processor',
      metric: 'The first of the process in processor time, whatever else the machine runs',
      value: first.cpuMs,
      unit: 'ms',
      goal: 'reported',
      holds: null,
      n: 1,
    }),
  ];
};

export const auditPart: Part = {
  title: 'Audit',
  notes: [
    'The standard audit of each sample building as a French PDF, from the database to the bytes: fit, calibration, comparison of the',
    'suggested options with hourly comfort, label, law, drawing. Loading the stock is not counted.',
  ].join('\n'),
  run,
};
