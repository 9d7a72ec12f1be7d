import { SimpleLinearRegression } from 'ml-regression';
import { type Candidate, countDays } from './candidate.ts';
import { finiteMean } from '../statistics/index.ts';

/** A constant: what the weather adds is measured against it. */
export const meanCandidate: Candidate = {
  kind: 'mean',
  parameters: 1,
  minimumDays: 1,
  fit: (features, mask) => {
    if (countDays(mask) === 0) return undefined;
    const chosen = features.energyKwh.filter((_, i) => mask[i] === 1);
    return { kind: 'mean', coefficients: [finiteMean(chosen)], scaleKwhDay: 1, nonNegative: false };
  },
  predict: (model) => model.coefficients[0],
  gradient: (_model, _features, _i, out) => {
    out[0] = 1;
  },
};

/**
 * Base temperature of the fixed-base rung, °C: the British 15.5 (CIBSE TM41). French practice is 18 °C (COSTIC), but set
 * points and gains put most measured balance points nearer to this; the change-point rungs free it.
 */
const DEGREE_DAY_BASE_C = 15.5;

/** Degree days on a fixed base: the line every energy manager knows. */
export const degreeDayCandidate: Candidate = {
  kind: 'degree-day',
  parameters: 2,
  minimumDays: 30,
  fit: (features, mask) => {
    const x: number[] = [];
    const y: number[] = [];
    for (let i = 0; i < features.days; i++) {
      if (mask[i] !== 1) continue;
      x.push(Math.max(0, DEGREE_DAY_BASE_C - features.outdoorC[i]));
      y.push(features.energyKwh[i]);
    }
    if (x.length < 3 || x.every((value) => value === x[0])) return undefined;
    const line = new SimpleLinearRegression(x, y);
    if (line.slope < 0) return undefined;
    return {
      kind: 'degree-day',
      coefficients: [line.intercept, line.slope],
      scaleKwhDay: 1,
      nonNegative: y.every((value) => value >= 0),
    };
  },
  predict: (model, features, i) => {
    const value =
      model.coefficients[0] + model.coefficients[1] * Math.max(0, DEGREE_DAY_BASE_C - features.outdoorC[i]);
    return model.nonNegative && value < 0 ? 0 : value;
  },
  gradient: (_model, features, i, out) => {
    out[0] = 1;
    out[1] = Math.max(0, DEGREE_DAY_BASE_C - features.outdoorC[i]);
  },
};
