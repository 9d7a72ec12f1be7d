import '@tensorflow/tfjs-backend-cpu';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { median } from 'simple-statistics';
import { cpuClockMs } from '../../src/app/clock.ts';
import { trainOnTensorflow } from '../../src/app/tensorflow.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import {
  type HourFeatures,
  hourFeatures,
  netData,
  selectHourly,
  towt,
  towtInertia,
  trainNet,
} from '#core/regression/hourly/index.ts';
import type { HourlySeries } from '#core/series.ts';
import { type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { normals } from '../validate/simulated-meter.ts';

const command = 'npm run bench -- --only hourly';
const figure = figuresOf('hourly', command);

const HOURS = 8760;
const ROUNDS = 15;

/** A simulated office year, so that the figure needs no corpus. */
const officeYear = (): HourlySeries => {
  const normal = normals(11);
  const localDay = Int32Array.from({ length: HOURS }, (_, i) => 18_993 + Math.floor(i / 24));
  const localHour = Uint8Array.from({ length: HOURS }, (_, i) => i % 24);
  let weather = 0;
  const outdoorC = Float64Array.from({ length: HOURS }, (_, i) => {
    weather = 0.98 * weather + 0.7 * normal();
    return 12 - 9 * Math.cos((2 * Math.PI * (i / 24 - 18)) / 365) - 4 * Math.cos((i % 24) / 3.8) + weather;
  });
  const energyKwh = outdoorC.map((t, i) => {
    const busy = (localDay[i] + 3) % 7 < 5 && localHour[i] >= 8 && localHour[i] < 18;
    return (busy ? 60 : 20) + (busy ? 1.5 : 0.8) * Math.max(0, 15 - t) + 4 * Math.abs(normal());
  });
  return { timezone: 'UTC', firstHourMs: 0, energyKwh, outdoorC, localDay, localHour };
};

/** Median milliseconds of processor time of `work` over some rounds, after two to warm up. */
const cpuMsOf = (rounds: number, work: () => void): number => {
  work();
  work();
  return median(
    Array.from({ length: rounds }, () => {
      const start = cpuClockMs();
      work();
      return cpuClockMs() - start;
    }),
  );
};

/** The same 168 levels and segments as one dense least-squares problem: normal equations and Cholesky of ml-matrix. */
const denseTowt = (features: HourFeatures, mask: Uint8Array): void => {
  const model = towt.fit(features, mask);
  if (model === undefined) throw new Error('The simulated office carries the model');
  const width = model.coefficients.length / 2;
  const row = new Float64Array(width);
  const design = Matrix.zeros(features.hours, 168 + 2 * width);
  for (let i = 0; i < features.hours; i++) {
    const slot = towt.row(model, features, i, row);
    design.set(i, slot, 1);
    const from = 168 + (model.occupied[slot] === 1 ? width : 0);
    row.forEach((x, a) => design.set(i, from + a, x));
  }
  const turned = design.transpose();
  const gram = turned.mmul(design);
  for (let a = 0; a < gram.rows; a++) gram.set(a, a, gram.get(a, a) + 1e-3);
  new CholeskyDecomposition(gram).solve(turned.mmul(Matrix.columnVector(Array.from(features.energyKwh))));
};

const run = async (): Promise<Figure[]> => {
  const series = officeYear();
  const mask = new Uint8Array(HOURS).fill(1);
  const features = hourFeatures(series, 'none');
  const columns = cpuMsOf(ROUNDS, () => hourFeatures(series, 'none'));
  const single = cpuMsOf(ROUNDS, () => towt.fit(features, mask));
  const whole = cpuMsOf(ROUNDS, () => selectHourly(features, mask, { net: 'never' }));
  const dense = cpuMsOf(3, () => denseTowt(features, mask));
  const base = towtInertia.fit(features, mask);
  if (base === undefined) throw new Error('The simulated office carries the model');
  const { data } = netData(base, features, mask);
  const own = cpuMsOf(3, () => trainNet(data));
  const tf = { ...core, ...layers };
  await tf.setBackend('cpu');
  const start = cpuClockMs();
  await trainOnTensorflow(tf, data);
  const theirs = cpuClockMs() - start;
  const joules = (cpuMs: number): number => cpuEnergyJ(cpuMs).value;
  return [
    figure({
      id: 'selection',
      metric: 'Hourly year with full selection (five rungs, six folds), columns included, CPU',
      value: columns + whole,
      unit: 'ms',
      goal: 'at most 50 ms',
      holds: columns + whole <= 50,
      n: ROUNDS,
      comparator: {
        name: 'one dense least squares of the same columns, ml-matrix',
        value: dense,
        unit: 'ms',
      },
    }),
    figure({
      id: 'towt',
      metric: 'Time of week and temperature alone over the dense least squares of ml-matrix, CPU',
      value: single / dense,
      unit: '1',
      goal: 'at most 0.1',
      holds: single / dense <= 0.1,
      n: ROUNDS,
      comparator: { name: 'ml-matrix', value: dense, unit: 'ms' },
    }),
    figure({
      id: 'net',
      metric: 'Training the net over TensorFlow.js (cpu backend), same rows, batch and epochs, CPU',
      value: own / theirs,
      unit: '1',
      goal: 'at most 0.2',
      holds: own / theirs <= 0.2,
      n: 3,
      comparator: { name: 'TensorFlow.js 4.22.0', value: theirs, unit: 'ms' },
    }),
    figure({
      id: 'energy.selection',
      metric: 'Energy of the full selection (CPU seconds × 10 W)',
      value: joules(columns + whole),
      unit: 'J',
      goal: 'under 1 J',
      holds: joules(columns + whole) < 1,
      n: ROUNDS,
    }),
    figure({
      id: 'energy.net',
      metric: 'Energy of training the net once',
      value: joules(own),
      unit: 'J',
      goal: 'reported',
      holds: null,
      n: 3,
      comparator: { name: 'TensorFlow.js 4.22.0', value: joules(theirs), unit: 'J' },
    }),
  ];
};

export const hourlyPart: Part = {
  title: 'Speed of the hourly models',
  notes: `A simulated office year of 8,760 hours; medians of processor time, which other work on the machine disturbs less than the clock does.
TensorFlow.js runs on its portable cpu backend; \`@tensorflow/tfjs-node\`, whose native part is fetched at install, is not measured.`,
  run,
};
