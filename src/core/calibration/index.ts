export { calibrate } from './calibrate.ts';
export { measurementTold, worthMeasuring } from './identifiability.ts';
export { predictSignature } from './likelihood.ts';
export { type MeasurementValue, measurementValues } from './measurement-value.ts';
export { logNormalOf, priorFromTwin } from './prior.ts';
export type { CalibrationMethod, CalibrationOptions, LogNormal, Posterior, Prior } from './types.ts';
