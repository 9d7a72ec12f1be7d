import { fillNormals, seededRandom } from '../../random.ts';
import type { NetWeights } from './candidate.ts';

/** How a net is trained; the defaults are what `npm run validate -- --only hourly` was measured with. */
export type NetSettings = {
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
};

export const netSettings: NetSettings = {
  hidden: 24,
  epochs: 5,
  batch: 64,
  rate: 0.004,
  seed: 20_261_124,
};

/** Rows of inputs one after another, one target a row. */
export type NetData = { readonly inputs: number; readonly x: Float64Array; readonly y: Float64Array };

/** Number of weights of a net, biases included. */
export const weightCount = ({ inputs, hidden }: Pick<NetWeights, 'inputs' | 'hidden'>): number =>
  hidden * (inputs + 2) + 1;

const scaling = ({ inputs, x, y }: NetData): { mean: Float64Array; spread: Float64Array } => {
  const mean = new Float64Array(inputs);
  const spread = new Float64Array(inputs);
  const rows = y.length;
  for (let r = 0; r < rows; r++) for (let a = 0; a < inputs; a++) mean[a] += x[r * inputs + a] / rows;
  for (let r = 0; r < rows; r++)
    for (let a = 0; a < inputs; a++) spread[a] += (x[r * inputs + a] - mean[a]) ** 2 / rows;
  return { mean, spread: spread.map((variance) => (variance > 1e-12 ? Math.sqrt(variance) : 1)) };
};

/** The data with its inputs scaled to mean 0 and spread 1, as the net sees them; what another back end trains on too. */
export const scaledInputs = (
  data: NetData,
): { readonly x: Float64Array; readonly mean: number[]; readonly spread: number[] } => {
  const { mean, spread } = scaling(data);
  const { inputs } = data;
  return {
    x: data.x.map((value, k) => (value - mean[k % inputs]) / spread[k % inputs]),
    mean: Array.from(mean),
    spread: Array.from(spread),
  };
};

/** Places in the flat vector of weights: hidden weights row by row, hidden biases, output weights, output bias. */
const layoutOf = (inputs: number, hidden: number) => ({
  bias: hidden * inputs,
  output: hidden * inputs + hidden,
  outputBias: hidden * inputs + 2 * hidden,
});

/** Normal start of variance 1/inputs (Glorot & Bengio 2010), small output weights so that the net begins near zero. */
const startWeights = (inputs: number, hidden: number, seed: number): Float64Array => {
  const weights = fillNormals(seededRandom(seed), new Float64Array(hidden * (inputs + 2) + 1));
  const { bias, output, outputBias } = layoutOf(inputs, hidden);
  for (let k = 0; k < weights.length; k++) {
    if (k < bias) weights[k] /= Math.sqrt(inputs);
    else if (k < output || k === outputBias) weights[k] = 0;
    else weights[k] *= 0.1 / Math.sqrt(hidden);
  }
  return weights;
};

const shuffled = (rows: number, random: () => number, order: Int32Array): void => {
  for (let k = rows - 1; k > 0; k--) {
    const j = Math.floor(random() * (k + 1));
    const held = order[k];
    order[k] = order[j];
    order[j] = held;
  }
};

/** One batch forward and backward: adds the gradient of half the mean squared error to `gradient`. */
const backward = (
  weights: Float64Array,
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  hidden: number,
  inputs: number,
  gradient: Float64Array,
): void => {
  const { bias, output, outputBias } = layoutOf(inputs, hidden);
  const active = new Float64Array(hidden);
  for (const row of rows) {
    const at = row * inputs;
    let value = weights[outputBias];
    for (let h = 0; h < hidden; h++) {
      let sum = weights[bias + h];
      const w = h * inputs;
      for (let a = 0; a < inputs; a++) sum += weights[w + a] * x[at + a];
      active[h] = Math.tanh(sum);
      value += weights[output + h] * active[h];
    }
    const error = (value - y[row]) / rows.length;
    gradient[outputBias] += error;
    for (let h = 0; h < hidden; h++) {
      gradient[output + h] += error * active[h];
      const slope = error * weights[output + h] * (1 - active[h] * active[h]);
      gradient[bias + h] += slope;
      const w = h * inputs;
      for (let a = 0; a < inputs; a++) gradient[w + a] += slope * x[at + a];
    }
  }
};

/**
 * Trains one hidden layer of tanh units by Adam (Kingma & Ba 2015, β 0.9 and 0.999) on the squared error, the rate falling linearly
 * to zero. The same seed gives the same weights. Inputs may be in any unit: they are scaled inside.
 */
export const trainNet = (data: NetData, settings: NetSettings = netSettings): NetWeights => {
  const { inputs, y } = data;
  const { hidden, epochs, batch, rate, seed } = settings;
  const { x, mean, spread } = scaledInputs(data);
  const weights = startWeights(inputs, hidden, seed);
  const { bias, output, outputBias } = layoutOf(inputs, hidden);
  const gradient = new Float64Array(weights.length);
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const order = Int32Array.from({ length: y.length }, (_, k) => k);
  const random = seededRandom(seed + 1);
  const steps = epochs * Math.ceil(y.length / batch);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffled(y.length, random, order);
    for (let from = 0; from < y.length; from += batch) {
      step++;
      gradient.fill(0);
      backward(weights, x, y, order.subarray(from, from + batch), hidden, inputs, gradient);
      const now = rate * (1 - (step - 1) / steps);
      const [unbias1, unbias2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      for (let k = 0; k < weights.length; k++) {
        first[k] = 0.9 * first[k] + 0.1 * gradient[k];
        second[k] = 0.999 * second[k] + 0.001 * gradient[k] * gradient[k];
        weights[k] -= (now * (first[k] / unbias1)) / (Math.sqrt(second[k] / unbias2) + 1e-8);
      }
    }
  }
  return {
    inputs,
    hidden,
    inputMean: mean,
    inputSpread: spread,
    hiddenWeights: Array.from(weights.subarray(0, bias)),
    hiddenBias: Array.from(weights.subarray(bias, output)),
    outputWeights: Array.from(weights.subarray(output, outputBias)),
    outputBias: weights[outputBias],
    seed,
  };
};

/** Output of the net for one row of unscaled inputs. */
export const netOutput = (net: NetWeights, row: Float64Array): number => {
  let value = net.outputBias;
  for (let h = 0; h < net.hidden; h++) {
    let sum = net.hiddenBias[h];
    const w = h * net.inputs;
    for (let a = 0; a < net.inputs; a++)
      sum += net.hiddenWeights[w + a] * ((row[a] - net.inputMean[a]) / net.inputSpread[a]);
    value += net.outputWeights[h] * Math.tanh(sum);
  }
  return value;
};
