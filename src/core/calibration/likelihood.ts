import discrepancy from '../../../models/calibration.json' with { type: 'json' };
import type { Evidence, IndoorEvidence, SignatureEvidence } from '../evidence.ts';
import { Z } from './prior.ts';

/**
 * What is seen, as a vector. Of a meter: slope kWh/(K·d), balance point °C, base load kWh/d. Of a meter with indoor
 * temperature: recovery, response K/W, offset K.
 */
export const observed = 3;

/**
 * The steady signature of a draw (DESIGN section 4): slope = 24·H·share/(1000·η); balance point = set point −
 * (internal gains + aperture × season's sun)/(H·share); base load as drawn.
 */
export const predictSignature = (draw: Float64Array, seasonSolarWm2: number, target: Float64Array): void => {
  let h = 0;
  for (let group = 0; group < 7; group += 1) h += draw[group];
  const loss = h * draw[Z.share];
  target[0] = (0.024 * loss) / draw[Z.efficiency];
  const gains = draw[Z.gains] + draw[Z.aperture] * seasonSolarWm2;
  target[1] = draw[Z.setPoint] - gains / loss;
  target[2] = draw[Z.base];
};

const DAY_S = 86_400;

/** The day's response of a draw: recovery = 1 − exp(−24 h·H/C), response = recovery·η/H, offset = recovery·gains/H, H as heated. */
const predictResponse = (draw: Float64Array, seasonSolarWm2: number, target: Float64Array): void => {
  let h = 0;
  for (let group = 0; group < 7; group += 1) h += draw[group];
  const loss = h * draw[Z.share];
  const recovery = -Math.expm1((-DAY_S * loss) / draw[Z.capacity]);
  target[0] = recovery;
  target[1] = (recovery * draw[Z.efficiency]) / loss;
  target[2] = (recovery * (draw[Z.gains] + draw[Z.aperture] * seasonSolarWm2)) / loss;
};

export type Symmetric3 = readonly [
  a00: number,
  a01: number,
  a02: number,
  a11: number,
  a12: number,
  a22: number,
];

/** Inverse of a symmetric 3 × 3 matrix; undefined unless it is positive definite. */
export const invert3 = ([a, b, c, d, e, f]: Symmetric3): Symmetric3 | undefined => {
  const m00 = d * f - e * e;
  const m01 = c * e - b * f;
  const m02 = b * e - c * d;
  const determinant = a * m00 + b * m01 + c * m02;
  if (!(a > 0 && a * d - b * b > 0 && determinant > 0)) return undefined;
  return [
    m00 / determinant,
    m01 / determinant,
    m02 / determinant,
    (a * f - c * c) / determinant,
    (b * c - a * e) / determinant,
    (a * d - b * b) / determinant,
  ];
};

/** v'·A·v. */
export const quadratic3 = (a: Symmetric3, x: number, y: number, z: number): number =>
  a[0] * x * x + a[3] * y * y + a[5] * z * z + 2 * (a[1] * x * y + a[2] * x * z + a[4] * y * z);

/**
 * Covariance of evidence around the true signature: the fit's own, the drift of single years (shared by slope and
 * base, less with more years), and what the steady model leaves out (models/calibration.json). Undefined where the
 * evidence cannot be used.
 */
export const signatureCovariance = (evidence: SignatureEvidence): Symmetric3 | undefined => {
  const { slopeKwhKDay: slope, baseLoadKwhDay: base, balancePointC, covariance, days, yearDrift } = evidence;
  if (!(slope > 0 && Number.isFinite(slope) && Number.isFinite(base) && Number.isFinite(balancePointC)))
    return undefined;
  const at = (row: number, column: number): number => covariance[row]?.[column] ?? Number.NaN;
  const drift = yearDrift ** 2 / Math.max(1, days / 365);
  const total: Symmetric3 = [
    at(0, 0) + slope * slope * (drift + discrepancy.slopeDiscrepancy.value ** 2),
    (at(0, 1) + at(1, 0)) / 2,
    (at(0, 2) + at(2, 0)) / 2 + slope * base * drift,
    at(1, 1) + discrepancy.balanceDiscrepancyK.value ** 2,
    (at(1, 2) + at(2, 1)) / 2,
    // A base of zero still has the spread of a hundredth of a cold day.
    at(2, 2) + base * base * (drift + discrepancy.baseDiscrepancy.value ** 2) + (0.1 * slope) ** 2,
  ];
  return total.every(Number.isFinite) && invert3(total) !== undefined ? total : undefined;
};

/** The same for indoor evidence: the fit's own covariance and what one capacity, one loss and one sun leave out. */
const responseCovariance = (evidence: IndoorEvidence): Symmetric3 | undefined => {
  const { recovery, responseKW, offsetK, covariance } = evidence;
  if (!(recovery > 0 && recovery < 1 && responseKW > 0 && Number.isFinite(offsetK))) return undefined;
  const at = (row: number, column: number): number => covariance[row]?.[column] ?? Number.NaN;
  const model = discrepancy.responseDiscrepancy.value ** 2;
  const total: Symmetric3 = [
    at(0, 0) + recovery ** 2 * model,
    (at(0, 1) + at(1, 0)) / 2,
    (at(0, 2) + at(2, 0)) / 2,
    at(1, 1) + responseKW ** 2 * model,
    (at(1, 2) + at(2, 1)) / 2,
    at(2, 2) + (recovery * discrepancy.offsetDiscrepancyK.value) ** 2,
  ];
  return total.every(Number.isFinite) && invert3(total) !== undefined ? total : undefined;
};

/** Evidence as the calibration weighs it: what was seen, how a draw predicts it, and the covariance between the two. */
export type Observation = {
  readonly seen: readonly [number, number, number];
  readonly predict: (draw: Float64Array, seasonSolarWm2: number, target: Float64Array) => void;
  readonly covariance: Symmetric3;
};

/** Undefined where the evidence cannot be used. */
export const observationOf = (evidence: Evidence): Observation | undefined => {
  const indoor = 'recovery' in evidence;
  const covariance = indoor ? responseCovariance(evidence) : signatureCovariance(evidence);
  if (covariance === undefined) return undefined;
  return indoor
    ? {
        seen: [evidence.recovery, evidence.responseKW, evidence.offsetK],
        predict: predictResponse,
        covariance,
      }
    : {
        seen: [evidence.slopeKwhKDay, evidence.balancePointC, evidence.baseLoadKwhDay],
        predict: predictSignature,
        covariance,
      };
};
