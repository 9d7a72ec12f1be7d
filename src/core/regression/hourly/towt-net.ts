import type { HourlyCandidate, HourlyModel } from './candidate.ts';
import type { HourFeatures } from './features.ts';
import { towtInertia } from './linear.ts';
import { type NetData, netOutput, type NetSettings, netSettings, trainNet, weightCount } from './net.ts';

const NET_INPUTS = 13;

/** What the net sees of an hour: time of day and week as waves, day off, temperatures, sun, and what the linear rung says. */
const writeInputs = (base: number, features: HourFeatures, i: number, out: Float64Array): void => {
  const angle = (2 * Math.PI * features.localHour[i]) / 24;
  const week = (2 * Math.PI * features.hourOfWeek[i]) / 168;
  out[0] = Math.sin(angle);
  out[1] = Math.cos(angle);
  out[2] = Math.sin(2 * angle);
  out[3] = Math.cos(2 * angle);
  out[4] = Math.sin(week);
  out[5] = Math.cos(week);
  out[6] = features.nonWorking[i];
  out[7] = features.outdoorC[i];
  out[8] = features.smooth24C[i];
  out[9] = features.smooth72C[i];
  out[10] = features.smoothGhiWm2[i];
  out[11] = features.christmas[i];
  out[12] = base;
};

/** Inputs and targets of the net: what `towt-inertia` leaves, in units of the mean load. */
export const netData = (
  model: HourlyModel,
  features: HourFeatures,
  mask: Uint8Array,
): { readonly data: NetData; readonly scaleKwhHour: number } => {
  let [n, total] = [0, 0];
  for (let i = 0; i < features.hours; i++)
    if (mask[i] === 1) {
      n++;
      total += features.energyKwh[i];
    }
  const scaleKwhHour = total / n;
  const x = new Float64Array(n * NET_INPUTS);
  const y = new Float64Array(n);
  let row = 0;
  for (let i = 0; i < features.hours; i++) {
    if (mask[i] !== 1) continue;
    const base = towtInertia.predict(model, features, i);
    writeInputs(base / scaleKwhHour, features, i, x.subarray(row * NET_INPUTS, (row + 1) * NET_INPUTS));
    y[row++] = (features.energyKwh[i] - base) / scaleKwhHour;
  }
  return { data: { inputs: NET_INPUTS, x, y }, scaleKwhHour };
};

/** The `towt-net` rung with its own training settings. */
export const towtNetWith = (settings: NetSettings): HourlyCandidate => {
  const inputs = new Float64Array(NET_INPUTS);
  const fit = (features: HourFeatures, mask: Uint8Array): HourlyModel | undefined => {
    const base = towtInertia.fit(features, mask);
    if (base === undefined) return undefined;
    const { data, scaleKwhHour } = netData(base, features, mask);
    if (!(scaleKwhHour > 0)) return undefined;
    return { ...base, kind: 'towt-net', net: { ...trainNet(data, settings), scaleKwhHour } };
  };
  return {
    kind: 'towt-net',
    minimumHours: 300 * 24,
    needsTemperature: true,
    parameters: (model) =>
      towtInertia.parameters(model) + (model.net === undefined ? 0 : weightCount(model.net)),
    fit,
    fitFolds: (features, mask, folds, foldOf) => {
      const models: HourlyModel[] = [];
      for (let fold = 0; fold < folds; fold++) {
        const model = fit(
          features,
          mask.map((flag, i) => (foldOf[i] === fold ? 0 : flag)),
        );
        if (model === undefined) return undefined;
        models.push(model);
      }
      return models;
    },
    predict: (model, features, i) => {
      const base = towtInertia.predict(model, features, i);
      if (model.net === undefined || !Number.isFinite(base)) return base;
      writeInputs(base / model.net.scaleKwhHour, features, i, inputs);
      const value = base + model.net.scaleKwhHour * netOutput(model.net, inputs);
      return model.nonNegative && value < 0 ? 0 : value;
    },
    row: towtInertia.row,
    covariance: towtInertia.covariance,
  };
};

/**
 * A net of 361 weights on what `towt-inertia` leaves. The covariance is that of the linear rung under it: the net's own weights are
 * not in it, which the noise of the residuals stands for.
 */
export const towtNet = towtNetWith(netSettings);
