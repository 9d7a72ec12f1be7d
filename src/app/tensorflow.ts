import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { z } from 'zod';
import {
  type NetData,
  type NetSettings,
  netSettings,
  type NetWeights,
  scaledInputs,
} from '#core/regression/hourly/index.ts';
import { failure, ok, type Result } from '../core/result.ts';

/** TensorFlow.js as one module: what `@tensorflow/tfjs-node` exports, and the portable packages together. */
export type Tensorflow = Omit<typeof Core, 'default'> & Omit<typeof Layers, 'default'>;

/**
 * The user's own TensorFlow.js (optional: `npm install @tensorflow/tfjs-node`). Fails with `tensorflow-absent`; nothing of the program
 * needs it.
 */
export const openTensorflow = async (): Promise<Result<Tensorflow>> => {
  // Not written as a literal: type-check and bundle must not look for a package that is not ours.
  const name = ['@tensorflow', 'tfjs-node'].join('/');
  try {
    return ok((await import(name)) as Tensorflow);
  } catch {
    return failure(
      'tensorflow-absent',
      'TensorFlow.js n’est pas installé. Installez @tensorflow/tfjs-node à côté de Stacoptim, ou enlevez --tensorflow : le même réseau est appris sans lui.',
      'TensorFlow.js is not installed. Install @tensorflow/tfjs-node beside Stacoptim, or leave --tensorflow out: the same net is trained without it.',
    );
  }
};

const emptyModel = (tf: Tensorflow, inputs: number, hidden: number, seed: number): Layers.Sequential =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [inputs],
        units: hidden,
        activation: 'tanh',
        kernelInitializer: tf.initializers.randomNormal({ stddev: 1 / Math.sqrt(inputs), seed }),
      }),
      tf.layers.dense({
        units: 1,
        kernelInitializer: tf.initializers.randomNormal({ stddev: 0.1 / Math.sqrt(hidden), seed: seed + 1 }),
      }),
    ],
  });

/** Rows of one vector after another, turned: TensorFlow.js keeps a layer's weights input by input, we unit by unit. */
const turned = (values: ArrayLike<number>, rows: number, columns: number): number[] =>
  Array.from({ length: rows * columns }, (_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);

/** The same net as a TensorFlow.js layers model; its inputs are scaled by the caller (`scaledInputs`). */
export const toTensorflow = (tf: Tensorflow, net: NetWeights): Layers.Sequential => {
  const model = emptyModel(tf, net.inputs, net.hidden, net.seed);
  tf.tidy(() => {
    model.setWeights([
      tf.tensor2d(turned(net.hiddenWeights, net.hidden, net.inputs), [net.inputs, net.hidden]),
      tf.tensor1d([...net.hiddenBias]),
      tf.tensor2d([...net.outputWeights], [net.hidden, 1]),
      tf.tensor1d([net.outputBias]),
    ]);
  });
  return model;
};

type Scaling = {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  readonly seed: number;
};

/** The weights of a TensorFlow.js model of our shape (dense tanh, dense linear) as a net of ours. */
const fromTensorflow = (model: Layers.LayersModel, { mean, spread, seed }: Scaling): NetWeights => {
  const weights = model.getWeights();
  const [inputs, hidden] = weights[0].shape as [number, number];
  const [kernel, bias, output, outputBias] = weights.map((tensor) => tensor.dataSync());
  return {
    inputs,
    hidden,
    inputMean: mean,
    inputSpread: spread,
    hiddenWeights: turned(kernel, inputs, hidden),
    hiddenBias: Array.from(bias),
    outputWeights: Array.from(output),
    outputBias: outputBias[0],
    seed,
  };
};

/** No progress bar; its type is an enum, which only a value of TensorFlow.js's own would satisfy. */
const quiet: object = { verbose: 0 };

/** Trains the net of `trainNet` on TensorFlow.js: the same shape, data, optimiser, batch and epochs; the rate does not fall. */
export const trainOnTensorflow = async (
  tf: Tensorflow,
  data: NetData,
  settings: NetSettings = netSettings,
): Promise<NetWeights> => {
  const { x, mean, spread } = scaledInputs(data);
  const model = emptyModel(tf, data.inputs, settings.hidden, settings.seed);
  model.compile({ optimizer: tf.train.adam(settings.rate), loss: 'meanSquaredError' });
  const inputs = tf.tensor2d(Float32Array.from(x), [data.y.length, data.inputs]);
  const targets = tf.tensor2d(Float32Array.from(data.y), [data.y.length, 1]);
  await model.fit(inputs, targets, {
    epochs: settings.epochs,
    batchSize: settings.batch,
    shuffle: true,
    ...quiet,
  });
  const net = fromTensorflow(model, { mean, spread, seed: settings.seed });
  tf.dispose([inputs, targets]);
  model.dispose();
  return net;
};

const MODEL_FILE = 'model.json';
const WEIGHTS_FILE = 'weights.bin';

/** Writes a net in the format of TensorFlow.js (`model.json` and `weights.bin`), with its scaling in the user's metadata. */
export const saveForTensorflow = async (tf: Tensorflow, net: NetWeights, folder: string): Promise<void> => {
  const model = toTensorflow(tf, net);
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      mkdirSync(folder, { recursive: true });
      const { weightData, weightSpecs, ...rest } = artifacts;
      const bytes = Array.isArray(weightData)
        ? Buffer.concat(weightData.map((one) => Buffer.from(one)))
        : Buffer.from(weightData ?? new ArrayBuffer(0));
      // The weights first: a model.json without them would promise what is not there.
      writeFileSync(join(folder, WEIGHTS_FILE), bytes);
      writeFileSync(
        join(folder, MODEL_FILE),
        JSON.stringify({
          ...rest,
          weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs }],
          userDefinedMetadata: { mean: net.inputMean, spread: net.inputSpread, seed: net.seed },
        }),
      );
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const },
      });
    }),
  );
  model.dispose();
};

const savedModel = z.object({
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(z.object({ weights: z.array(z.looseObject({ name: z.string() })) })).min(1),
  userDefinedMetadata: z.object({
    mean: z.array(z.number()),
    spread: z.array(z.number()),
    seed: z.number().int(),
  }),
});

const unreadable = (folder: string): Result<never> =>
  failure(
    'net-unreadable',
    'Ce dossier ne contient pas un réseau enregistré par Stacoptim (model.json et weights.bin).',
    'This folder does not hold a net saved by Stacoptim (model.json and weights.bin).',
    { file: folder },
  );

/** Reads what `saveForTensorflow` wrote, through TensorFlow.js. Fails with `net-unreadable`. */
export const loadFromTensorflow = async (tf: Tensorflow, folder: string): Promise<Result<NetWeights>> => {
  try {
    const saved = savedModel.parse(JSON.parse(readFileSync(join(folder, MODEL_FILE), 'utf8')));
    const bytes = readFileSync(join(folder, WEIGHTS_FILE));
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: saved.modelTopology,
        weightSpecs: saved.weightsManifest.flatMap(
          ({ weights }) => weights,
        ) as unknown as Core.io.WeightsManifestEntry[],
        weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      }),
    );
    const net = fromTensorflow(model, saved.userDefinedMetadata);
    model.dispose();
    return net.inputMean.length === net.inputs ? ok(net) : unreadable(folder);
  } catch {
    return unreadable(folder);
  }
};
