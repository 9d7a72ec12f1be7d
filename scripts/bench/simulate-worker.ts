import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import {
  scenarioDraws,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
} from '#simulate/index.ts';
import { benchTwin } from './simulate-twin.ts';

/** Runs scenarios of one building one after another and tells the processor seconds they took; every worker takes its own share. */
const { first, count, draws } = z
  .object({ first: z.number(), count: z.number(), draws: z.number() })
  .parse(workerData);

const twin = benchTwin();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws, seed: 1 });
const singles = [
  'wall-insulation-outside',
  'roof-insulation',
  'windows',
  'ventilation-hygro',
  'set-back',
  'heat-pump-air',
];

const run = (index: number): void => {
  const mask = (index % 63) + 1;
  const measures = shippedCatalogue.filter(
    ({ id }) => (mask & (1 << singles.indexOf(id))) !== 0 && singles.includes(id),
  );
  const result = scenarioDraws({
    twin,
    posterior,
    measures,
    weather: bordeaux,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    economics: shippedEconomics,
  });
  if (!result.ok) throw new Error(result.error.message.en);
};

for (let warm = 0; warm < 100; warm += 1) run(warm);
parentPort?.once('message', () => {
  const start = process.threadCpuUsage();
  for (let index = first; index < first + count; index += 1) run(index);
  const { user, system } = process.threadCpuUsage(start);
  parentPort?.postMessage((user + system) / 1e6, []);
});
parentPort?.postMessage('ready', []);
