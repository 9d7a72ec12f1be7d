export { calibrate } from './calibrate.ts';
export { predictSignature } from './likelihood.ts';
export { type MeasurementValue, measurementValues } from './measurement-value.ts';
export { logNormalOf, priorFromTwin } from './prior.ts';
export type { CalibrationMethod, CalibrationOptions, LogNormal, Posterior, Prior } from './types.ts';
