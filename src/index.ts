/**
 * The public library: what a notebook or another program needs to take a building through the loop on files. The
 * same functions serve the command line and the API.
 */
export { type Digitised, digitise } from './app/create-file.ts';
export { openFileSource } from './app/files.ts';
export { openMeterFile, type OpenedMeter } from './app/open-meter.ts';
export { calibrate, measurementValues, type Posterior, priorFromTwin } from './core/calibration/index.ts';
export { formatDay, parseDay } from './core/calendar.ts';
export { bordeaux } from './core/physics/bordeaux.ts';
export { chooseStation } from './core/weather/station-choice.ts';
export { fillDays } from './core/weather/fill-days.ts';
export { type HeatPump, heatPumpYear } from './core/physics/heat-pump.ts';
export type { Quantity } from './core/quantity.ts';
export type { Result } from './core/result.ts';
export { lossGroups, type Twin } from './core/twin.ts';
export { type EpwFile, readEpw } from './formats/epw/index.ts';
export { twinFromEnvelope, twinFromForm } from './create/index.ts';
export { streamReadingsCsv } from './formats/readings-csv/index.ts';
export { readAllReadings, readWeather, recognise } from './formats/registry.ts';
export {
  allocate,
  fitModel,
  flagReadings,
  indoorEvidence,
  measureSavings,
  parseFormula,
  possibleUse,
  qualityFindings,
  selfConsumption,
  signatureEvidence,
  virtualReadings,
} from './measure/index.ts';
export {
  compareScenarios,
  labelChances,
  labelOf,
  type Measure,
  primaryFactor,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  simulateHourly,
  simulateScenario,
} from './simulate/index.ts';
