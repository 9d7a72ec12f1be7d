import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MultivariateLinearRegression } from 'ml-regression';
import { median } from 'simple-statistics';
import { formatDay } from '#core/calendar.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import { candidateOf, type Coefficients, dayFeatures } from '#core/regression/index.ts';
import type { DailySeries } from '#core/series.ts';
import { fitModel } from '#measure/index.ts';
import { figuresOf, type Part, type PartOptions } from '../figures/figure.ts';
import { plainTruth, simulatedMeter, year } from '../validate/simulated-meter.ts';

const figure = figuresOf('fit', 'npm run bench -- --only fit');
const RUNS = 101;
const METERS = 1500;
const WORKERS = 2;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Processor milliseconds of one call, median over batches of five (the counter ticks in tenths of a millisecond). */
const cost = (work: () => unknown): number => {
  for (let run = 0; run < 20; run++) work();
  return median(
    Array.from({ length: RUNS }, () => {
      const start = cpuMs();
      for (let k = 0; k < 5; k++) work();
      return (cpuMs() - start) / 5;
    }),
  );
};

const meterOf = (seed: number, years: number): DailySeries =>
  simulatedMeter({ ...plainTruth, weekend: 0.7, noise: 0.2 }, { years, seed });

/** The ridge rung's own rows through ml-regression, one fit with no selection: what a plain program would do. */
const plainFit = (series: DailySeries): (() => unknown) => {
  const features = dayFeatures(series, 'FR');
  const { parameters, gradient } = candidateOf('ridge');
  const unit: Coefficients = { kind: 'ridge', coefficients: [], scaleKwhDay: 1, nonNegative: false };
  const out = new Float64Array(parameters);
  const rows = Array.from({ length: features.days }, (_, i) => {
    gradient(unit, features, i, out);
    return Array.from(out.subarray(1));
  });
  const energy = Array.from(series.energyKwh, (value) => [value]);
  return () => new MultivariateLinearRegression(rows, energy);
};

const csvOf = ({ firstDay, energyKwh, outdoorC }: DailySeries): string =>
  [
    'date,kwh,T_out_C',
    ...Array.from(
      energyKwh,
      (value, i) => `${formatDay(firstDay + i)},${value.toFixed(1)},${outdoorC[i].toFixed(2)}`,
    ),
  ].join('\n');

const inWorker = (files: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fit-worker.ts', import.meta.url), { workerData: { files } });
    worker.on('message', resolve);
    worker.on('error', reject);
  });

const stockSeconds = async (tell: PartOptions['tell']): Promise<{ seconds: number; cpuSeconds: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-bench-'));
  try {
    tell(`writing ${METERS} files`);
    const texts = Array.from({ length: 30 }, (_, seed) => csvOf(meterOf(seed, 3)));
    const files = Array.from({ length: METERS }, (_, k) => {
      const path = join(folder, `meter-${k}.csv`);
      writeFileSync(path, texts[k % texts.length]);
      return path;
    });
    const start = performance.now();
    const cpuStart = cpuMs();
    const fitted = await Promise.all(
      Array.from({ length: WORKERS }, (_, part) =>
        inWorker(files.filter((_file, k) => k % WORKERS === part)),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    const done = fitted.reduce((sum, value) => sum + value, 0);
    if (done !== METERS) throw new Error(`Only ${done} of ${METERS} meters were fitted`);
    return { seconds, cpuSeconds: (cpuMs() - cpuStart) / 1000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const benchFit = async ({ tell }: PartOptions) => {
  const series = meterOf(1, 1);
  const mask = new Uint8Array(series.energyKwh.length).fill(1);
  const features = dayFeatures(series, 'FR');
  const whole = cost(() => fitModel(series, { baseline: year(2021), holidays: 'FR' }));
  // A fresh mask each time: what the search keeps with a mask must not pass for speed.
  const plain = cost(() => candidateOf('3p-heating').fit(features, Uint8Array.from(mask)));
  const peer = cost(plainFit(series));
  const joules = cpuEnergyJ(whole);
  const stock = await stockSeconds(tell);
  const comparator = {
    name: 'the ridge rows through ml-regression, one fit without selection',
    value: peer,
    unit: 'ms',
  };
  return [
    figure({
      id: 'selection',
      metric: 'one meter-year of daily data: columns, full selection, covariance, parameters, processor time',
      value: whole,
      unit: 'ms',
      goal: '≤ 5',
      holds: whole <= 5,
      n: RUNS,
      comparator,
    }),
    figure({
      id: 'plain',
      metric: 'plain 3P heating alone, processor time',
      value: plain,
      unit: 'ms',
      goal: '≤ 0.3',
      holds: plain <= 0.3,
      n: RUNS,
      comparator,
    }),
    figure({
      id: 'energy',
      metric: 'energy of one fit with full selection (processor time × 10 W, 4 to 25 W)',
      value: joules.value,
      unit: 'J',
      goal: '< 1 at the upper bound too',
      holds: joules.high < 1,
      n: RUNS,
    }),
    figure({
      id: 'stock',
      metric: '1,500 meters with three years each, files read and fitted by two workers, wall time',
      value: stock.seconds,
      unit: 's',
      goal: '< 30',
      holds: stock.seconds < 30,
      n: METERS,
      comparator: { name: 'processor time of the same run', value: stock.cpuSeconds, unit: 's' },
    }),
  ];
};

export const fitPart: Part = {
  title: 'Speed of the daily fit',
  notes: `
Simulated meters with weekends and scatter. Processor time is counted, since other programs may run on the machine; the median of ${RUNS} batches. Folds of
the ridge rung are solved from one pass over the days (each fold’s part of the normal equations is taken away), and rungs that look at the same days share their running sums. The stock is judged by wall time, which on a busy machine counts the other programs too: on two
free cores it is half the processor time shown beside it.`,
  run: benchFit,
};
