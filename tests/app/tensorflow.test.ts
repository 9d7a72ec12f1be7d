import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadFromTensorflow,
  openTensorflow,
  saveForTensorflow,
  type Tensorflow,
  toTensorflow,
  trainOnTensorflow,
} from '#app/tensorflow.ts';
import { saveTensorflowNet } from '#app/tensorflow-net.ts';
import { seededRandom } from '#core/random.ts';
import {
  netOutput,
  netSettings,
  type NetData,
  scaledInputs,
  trainNet,
} from '#core/regression/hourly/index.ts';

/** The portable packages stand for `@tensorflow/tfjs-node`, whose native part is fetched at install. */
const tf: Tensorflow = { ...core, ...layers };

const random = seededRandom(5);
const rows = 600;
const x = Float64Array.from({ length: rows * 3 }, () => 40 * random() - 10);
const data: NetData = {
  inputs: 3,
  x,
  y: Float64Array.from({ length: rows }, (_, r) => Math.sin(x[3 * r] / 10) + 0.05 * x[3 * r + 1]),
};
const settings = { ...netSettings, hidden: 8, epochs: 60 };

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = mkdtempSync(join(tmpdir(), 'net-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const outputs = (net: ReturnType<typeof trainNet>): number[] =>
  Array.from({ length: rows }, (_, r) => netOutput(net, data.x.subarray(3 * r, 3 * r + 3)));

const squaredError = (net: ReturnType<typeof trainNet>): number =>
  outputs(net).reduce((sum, value, r) => sum + (value - data.y[r]) ** 2, 0) / rows;

describe('the net on TensorFlow.js', () => {
  const net = trainNet(data, settings);

  it('predicts the same, to the single precision TensorFlow.js works in', () => {
    const model = toTensorflow(tf, net);
    const scaled = tf.tensor2d(Float32Array.from(scaledInputs(data).x), [rows, 3]);
    const theirs = (model.predict(scaled) as core.Tensor).dataSync();
    outputs(net).forEach((value, r) => {
      expect(theirs[r]).toBeCloseTo(value, 4);
    });
  });

  it('is saved and loaded in its format, and predicts the same after', async () => {
    await saveForTensorflow(tf, net, folder);
    const loaded = await loadFromTensorflow(tf, folder);
    if (!loaded.ok) throw new Error(loaded.error.code);
    const again = outputs(loaded.value);
    outputs(net).forEach((value, r) => {
      expect(again[r]).toBeCloseTo(value, 4);
    });
  });

  it('learns there what it learns here', async () => {
    const theirs = await trainOnTensorflow(tf, data, settings);
    const spread = data.y.reduce((sum, value) => sum + value ** 2, 0) / rows;
    expect(squaredError(net)).toBeLessThan(0.05 * spread);
    expect(squaredError(theirs)).toBeLessThan(0.05 * spread);
  });

  it('a folder that holds no net is refused', async () => {
    expect((await loadFromTensorflow(tf, join(folder, 'none'))).ok).toBe(false);
    writeFileSync(join(folder, 'model.json'), '{"modelTopology":{}}');
    const loaded = await loadFromTensorflow(tf, folder);
    expect(loaded.ok ? 'read' : loaded.error.code).toBe('net-unreadable');
  });

  it('is absent unless the user installed it, and that is said', async () => {
    const opened = await openTensorflow();
    expect(opened.ok ? 'opened' : opened.error.code).toBe('tensorflow-absent');
  });
});

describe('stacoptim fit --tensorflow', () => {
  it('trains, saves and reads back the net of a readings file', async () => {
    const file = join(folder, 'meter.csv');
    const lines = Array.from({ length: 200 * 24 }, (_, hour) => {
      const instant = new Date(Date.UTC(2022, 0, 3) + hour * 3_600_000).toISOString();
      const outdoorC = 10 - 8 * Math.cos(hour / 900) + 4 * Math.sin(hour / 3.8);
      const busy = hour % 24 >= 8 && hour % 24 < 18 ? 30 : 10;
      return `${instant},${(busy + Math.max(0, 15 - outdoorC)).toFixed(2)},${outdoorC.toFixed(1)}`;
    });
    writeFileSync(file, ['start,kWh,outdoor_C', ...lines].join('\n'));
    const periods = { baseline: { from: 18_995, to: 19_194 } };
    const options = { timezone: 'UTC', temperatureColumn: 'outdoor_C', holidays: 'none' as const };
    const saved = await saveTensorflowNet(file, periods, options, join(folder, 'meter-net'), tf);
    if (!saved.ok) throw new Error(`${saved.error.code}: ${saved.error.message.en}`);
    expect(saved.value.en).toMatch(/CV\(RMSE\) [\d.]+ %, [\d.]+ % without it/);
    expect((await loadFromTensorflow(tf, join(folder, 'meter-net'))).ok).toBe(true);
  });
});
