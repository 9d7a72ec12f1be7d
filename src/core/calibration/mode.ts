import { invert3, type Observation, observed, quadratic3, type Symmetric3 } from './likelihood.ts';
import { dimensions, type Transform } from './prior.ts';

/** The most likely draw in standard normals, with the slope of what is seen there. */
export type Mode = {
  readonly z: Float64Array;
  /** 3 × dimensions, row by row: change of the signature per standard normal. */
  readonly jacobian: Float64Array;
  /** dimensions × 3, row by row: the linear update from a residual. */
  readonly gain: Float64Array;
};

export type Target = {
  readonly transform: Transform;
  readonly observation: Observation;
  readonly precision: Symmetric3;
  readonly seasonSolarWm2: number;
};

const draw = new Float64Array(dimensions);

/**
 * What the evidence would show of one draw, written into `into` in the units and order of `observed`. The
 * draw is the row of standard normals of `z` that starts at `offset`. One buffer serves every call: it runs
 * some thousand times a calibration.
 */
export const signatureAt = (target: Target, z: Float64Array, offset: number, into: Float64Array): void => {
  target.transform(z, offset, draw);
  target.observation.predict(draw, target.seasonSolarWm2, into);
};

/** Minus twice the log-likelihood of the evidence at a signature. */
export const misfit = ({ observation: { seen }, precision }: Target, signature: Float64Array): number =>
  quadratic3(precision, seen[0] - signature[0], seen[1] - signature[1], seen[2] - signature[2]);

const jacobianAt = (target: Target, z: Float64Array): Float64Array => {
  const step = 1e-4;
  const up = new Float64Array(observed);
  const down = new Float64Array(observed);
  const jacobian = new Float64Array(observed * dimensions);
  for (let k = 0; k < dimensions; k += 1) {
    const moved = Float64Array.from(z);
    moved[k] = z[k] + step;
    signatureAt(target, moved, 0, up);
    moved[k] = z[k] - step;
    signatureAt(target, moved, 0, down);
    for (let row = 0; row < observed; row += 1)
      jacobian[row * dimensions + k] = (up[row] - down[row]) / (2 * step);
  }
  return jacobian;
};

/** J'·(J·J' + R)⁻¹, the Kalman gain from a standard normal prior. */
const gainOf = (jacobian: Float64Array, covariance: Symmetric3): Float64Array => {
  const product = (a: number, b: number): number => {
    let sum = 0;
    for (let k = 0; k < dimensions; k += 1)
      sum += jacobian[a * dimensions + k] * jacobian[b * dimensions + k];
    return sum;
  };
  const [c00, c01, c02, c11, c12, c22] = covariance;
  const inverse = invert3([
    c00 + product(0, 0),
    c01 + product(0, 1),
    c02 + product(0, 2),
    c11 + product(1, 1),
    c12 + product(1, 2),
    c22 + product(2, 2),
  ]);
  if (inverse === undefined)
    throw new Error('The covariance of the evidence was checked to be positive definite');
  const [i00, i01, i02, i11, i12, i22] = inverse;
  const gain = new Float64Array(dimensions * observed);
  for (let k = 0; k < dimensions; k += 1) {
    const a = jacobian[k];
    const b = jacobian[dimensions + k];
    const c = jacobian[2 * dimensions + k];
    gain[k * 3] = a * i00 + b * i01 + c * i02;
    gain[k * 3 + 1] = a * i01 + b * i11 + c * i12;
    gain[k * 3 + 2] = a * i02 + b * i12 + c * i22;
  }
  return gain;
};

const cost = (target: Target, z: Float64Array, signature: Float64Array): number => {
  signatureAt(target, z, 0, signature);
  let square = 0;
  for (const value of z) square += value * value;
  return square + misfit(target, signature);
};

/** Gauss–Newton from the prior's centre, halving a step that does not descend. */
export const findMode = (target: Target): Mode => {
  let z = new Float64Array(dimensions);
  const signature = new Float64Array(observed);
  let best = cost(target, z, signature);
  let jacobian = jacobianAt(target, z);
  let gain = gainOf(jacobian, target.observation.covariance);
  for (let iteration = 0; iteration < 30; iteration += 1) {
    signatureAt(target, z, 0, signature);
    const residual = target.observation.seen.map((value, row) => {
      let linear = value - signature[row];
      for (let k = 0; k < dimensions; k += 1) linear += jacobian[row * dimensions + k] * z[k];
      return linear;
    }) as [number, number, number];
    const goal = Float64Array.from(
      z,
      (_, k) => gain[k * 3] * residual[0] + gain[k * 3 + 1] * residual[1] + gain[k * 3 + 2] * residual[2],
    );
    let moved = goal;
    let reached = cost(target, moved, signature);
    for (let halving = 1; halving < 12 && !(reached <= best); halving += 1) {
      const share = 0.5 ** halving;
      const from = z;
      moved = goal.map((value, k) => from[k] + share * (value - from[k]));
      reached = cost(target, moved, signature);
    }
    if (!(reached <= best)) break;
    const gained = best - reached;
    z = Float64Array.from(moved);
    best = reached;
    jacobian = jacobianAt(target, z);
    gain = gainOf(jacobian, target.observation.covariance);
    if (gained < 1e-6) break;
  }
  return { z, jacobian, gain };
};
