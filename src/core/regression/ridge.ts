import { solveInPlace } from '../statistics/index.ts';
import type { Candidate, Coefficients, ModelKind } from './candidate.ts';
import type { DayFeatures } from './features.ts';

const hinge = (temperature: number, knot: number): number =>
  temperature < knot ? (knot - temperature) / 8 : 0;

/** Penalties of the heating columns, for about a year of days, in the order `writeHeating` fills them. */
const heatingPenalties = [
  1e-6, 1e-6, 10, 10, 10, 10, 10, 10, 10, 10, 0.05, 0.05, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 30,
];

const writeHeating = (features: DayFeatures, i: number, out: Float64Array): void => {
  const t1 = features.smooth1C[i];
  const h = hinge(t1, 15);
  const w = features.nonWorking[i];
  const s = features.saturdaySunday[i];
  const r = features.firstDayBack[i];
  const x = features.christmas[i];
  const b = features.bankHoliday[i];
  out[0] = 1;
  out[1] = h;
  out[2] = hinge(t1, 9);
  out[3] = hinge(t1, 12);
  out[4] = hinge(t1, 18);
  out[5] = hinge(features.outdoorC[i], 15) - h;
  out[6] = hinge(features.yesterdayC[i], 15) - h;
  out[7] = hinge(features.smooth3C[i], 15) - h;
  out[8] = hinge(features.smooth7C[i], 15) - h;
  out[9] = hinge(features.smooth14C[i], 15) - h;
  out[10] = w;
  out[11] = w * h;
  out[12] = s;
  out[13] = s * h;
  out[14] = r;
  out[15] = r * h;
  out[16] = x;
  out[17] = x * h;
  out[18] = b;
  out[19] = b * h;
  out[20] = (features.smoothGhiWm2[i] / 100) * Math.min(h, 1);
  const summer = features.summerDepth[i];
  out[21] = summer >= 1 ? h : 0;
  out[22] = summer >= 2 ? h : 0;
  out[23] = summer >= 3 ? h : 0;
  out[24] = summer >= 1 ? 1 : 0;
};

/** Cooling columns: smoothed hinges above 15, 18 and 21 °C, and the part of closed days. */
const coolingPenalties = [1e-2, 10, 10, 10, 0.05];

const writeCooling = (features: DayFeatures, i: number, out: Float64Array): void => {
  const t1 = features.smooth1C[i];
  const c = hinge(-t1, -18);
  out[25] = c;
  out[26] = hinge(-t1, -15);
  out[27] = hinge(-t1, -21);
  out[28] = hinge(-features.outdoorC[i], -18) - c;
  out[29] = c * features.nonWorking[i];
};

const ridgeCandidate = (
  kind: ModelKind,
  penalties: readonly number[],
  write: (features: DayFeatures, i: number, out: Float64Array) => void,
): Candidate => {
  const width = penalties.length;
  // Features are shared by every fit of a meter, so their rows are kept as long as they live.
  const designs = new WeakMap<DayFeatures, Float64Array>();
  const designOf = (features: DayFeatures): Float64Array => {
    let design = designs.get(features);
    if (design === undefined) {
      design = new Float64Array(features.days * width);
      for (let i = 0; i < features.days; i++) write(features, i, design.subarray(i * width, (i + 1) * width));
      designs.set(features, design);
    }
    return design;
  };
  return {
    kind,
    parameters: width,
    minimumDays: 120,
    penalties,
    fit: (features, mask) => {
      const design = designOf(features);
      const gram = new Float64Array(width * width);
      const right = new Float64Array(width);
      let n = 0;
      let total = 0;
      let nonNegative = true;
      for (let i = 0; i < features.days; i++) {
        if (mask[i] !== 1) continue;
        const y = features.energyKwh[i];
        if (y < 0) nonNegative = false;
        n++;
        total += y;
        const at = i * width;
        for (let a = 0; a < width; a++) {
          const xa = design[at + a];
          if (xa === 0) continue;
          right[a] = right[a] + xa * y;
          const row = a * width;
          for (let b = 0; b <= a; b++) gram[row + b] = gram[row + b] + xa * design[at + b];
        }
      }
      const scale = total / n;
      if (!(scale > 0)) return undefined;
      for (let a = 0; a < width; a++) {
        right[a] = right[a] / scale;
        gram[a * width + a] = gram[a * width + a] + penalties[a];
      }
      if (!solveInPlace(gram, right, width)) return undefined;
      return { kind, coefficients: Array.from(right), scaleKwhDay: scale, nonNegative };
    },
    predict: (model: Coefficients, features, i) => {
      if (!Number.isFinite(features.outdoorC[i])) return Number.NaN;
      const design = designOf(features);
      let sum = 0;
      for (let a = 0; a < width; a++) sum += design[i * width + a] * model.coefficients[a];
      return model.scaleKwhDay * (model.nonNegative && sum < 0 ? 0 : sum);
    },
    gradient: (model, features, i, out) => {
      const design = designOf(features);
      for (let a = 0; a < width; a++) out[a] = model.scaleKwhDay * design[i * width + a];
    },
  };
};

/**
 * Twenty-five columns and one ridge solve: smoothed and lagged temperatures (thermal inertia), closed days, Saturday against
 * Sunday, the first day back, Christmas and bank holidays, sun, and heating that is off in summer. Penalties hold for about a year of days and were measured on year-ahead
 * error; between a third and the whole of them it is flat.
 */
export const ridgeHeating = ridgeCandidate('ridge-heating', heatingPenalties, writeHeating);

/** The same with cooling columns, for electricity and for buildings that are cooled. */
export const ridgeHeatingCooling = ridgeCandidate(
  'ridge-heating-cooling',
  [...heatingPenalties, ...coolingPenalties],
  (features, i, out) => {
    writeHeating(features, i, out);
    writeCooling(features, i, out);
  },
);
