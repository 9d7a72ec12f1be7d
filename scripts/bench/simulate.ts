import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux, bordeauxPlace } from '#core/physics/bordeaux.ts';
import { madeYear } from '#core/weather/made-year.ts';
import {
  compareScenarios,
  hotSpell,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  summerComfort,
} from '#simulate/index.ts';
import { type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { benchTwin } from './simulate-twin.ts';

const figure = figuresOf('simulate', 'npm run bench -- --only simulate');

const DRAWS = 2000;
const WORKERS = 2;
const EACH = 1000;
const OPTIONS = 12;

/** Waits for a worker's next word. */
const word = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** Scenarios a second of the clock and, for each worker, of its own processor time. */
const scenariosASecond = async (): Promise<{ readonly wall: number; readonly cpu: number }> => {
  const workers = Array.from(
    { length: WORKERS },
    (_, index) =>
      new Worker(new URL('./simulate-worker.ts', import.meta.url), {
        workerData: { first: index * EACH, count: EACH, draws: DRAWS },
      }),
  );
  await Promise.all(workers.map(word));
  const start = performance.now();
  const done = workers.map(word);
  for (const worker of workers) worker.postMessage('go', []);
  const cpuSeconds = z.array(z.number()).parse(await Promise.all(done));
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return {
    wall: (WORKERS * EACH) / seconds,
    cpu: (WORKERS * EACH) / cpuSeconds.reduce((sum, each) => sum + each, 0),
  };
};

/** Milliseconds of the clock and of the processor. */
const comparisonMs = (): { readonly wall: number; readonly cpu: number } => {
  const twin = benchTwin();
  const posterior = calibrate(priorFromTwin(twin), undefined, { draws: DRAWS, seed: 1 });
  const input = {
    twin,
    posterior,
    weather: bordeaux,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    economics: shippedEconomics,
  };
  const named = ['wall-insulation-outside', 'roof-insulation', 'windows', 'heat-pump-air'];
  const options = Array.from({ length: OPTIONS }, (_, index) => ({
    id: String(index),
    measures: shippedCatalogue.filter(
      ({ id }) => named.includes(id) && ((index + 1) & (1 << named.indexOf(id))) !== 0,
    ),
  }));
  const start = performance.now();
  const cpu = process.cpuUsage();
  const compared = compareScenarios({ ...input, options });
  if (compared.refused.length > 0) throw new Error('The building of the bench takes every option');
  const years = {
    year: madeYear(bordeaux, bordeauxPlace),
    hot: madeYear(bordeaux, bordeauxPlace, hotSpell()),
    spell: hotSpell(),
  };
  for (const { measures } of [{ measures: [] }, ...options]) summerComfort({ ...input, measures }, years);
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
};

const run = async (): Promise<Figure[]> => {
  const rate = await scenariosASecond();
  const first = comparisonMs();
  const again = comparisonMs();
  return [
    figure({
      id: 'scenarios',
      metric: `Scenarios a second on ${DRAWS} draws, ${WORKERS} workers, monthly balance, 1 to 6 measures`,
      value: rate.wall,
      unit: '1/s',
      goal: 'at least 2,000',
      holds: rate.wall >= 2000,
      n: WORKERS * EACH,
    }),
    figure({
      id: 'scenarios-processor',
      metric: 'The same a second of one worker’s own processor time, whatever else the machine runs',
      value: rate.cpu,
      unit: '1/s',
      goal: 'reported',
      holds: null,
      n: WORKERS * EACH,
    }),
    figure({
      id: 'comparison',
      metric: `Comparison of ${OPTIONS} options on ${DRAWS} draws, hourly comfort and heat-wave week included, first run of the process`,
      value: first.wall,
      unit: 'ms',
      goal: 'under 2,000 ms',
      holds: first.wall < 2000,
      n: 1,
    }),
    figure({
      id: 'comparison-warm',
      metric: 'The same once more',
      value: again.wall,
      unit: 'ms',
      goal: 'under 2,000 ms',
      holds: again.wall < 2000,
      n: 1,
    }),
    figure({
      id: 'comparison-processor',
      metric: 'The first run in processor time',
      value: first.cpu,
      unit: 'ms',
      goal: 'reported',
      holds: null,
      n: 1,
    }),
  ];
};

export const simulatePart: Part = {
  title: 'Speed of scenarios and comparisons',
  notes: `A made-up block of flats; wall-clock time, for two workers share the machine with whatever else runs. Shares of measures (Shapley) are in the comparison, not in the scenarios a second.`,
  run,
};
