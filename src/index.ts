/**
 * The public library: what a notebook or another program needs to take a building through the loop on files. The
 * same functions serve the command line and the API.
 */
export { type Digitised, digitise } from './app/create-file.ts';
export { openFileSource } from './app/files.ts';
export { openMeterFile, type OpenedMeter } from './app/meter-file.ts';
export { calibrate, type Posterior, priorFromTwin } from './core/calibration/index.ts';
export { formatDay, parseDay } from './core/calendar.ts';
export { bordeaux } from './core/physics/bordeaux.ts';
export type { Quantity } from './core/quantity.ts';
export type { Result } from './core/result.ts';
export { lossGroups, type Twin } from './core/twin.ts';
export { twinFromEnvelope } from './create/index.ts';
export { fitModel, measureSavings, signatureEvidence } from './measure/index.ts';
export {
  compareScenarios,
  type Measure,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedPrices,
  simulateScenario,
} from './simulate/index.ts';
