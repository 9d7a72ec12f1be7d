export { type Anomaly, heatingHabits, type HeatingLine } from './anomalies.ts';
export { type Benchmarked, type BenchmarkResult, benchmarkWithin } from './benchmark.ts';
export { fitBills, measureBills, toPeriods } from './bills.ts';
export {
  billedWindow,
  knownWithin,
  lastKnownDay,
  readByBills,
  toSeries,
  wholeBills,
} from './billed-series.ts';
export { yearlyOf } from './mean-year.ts';
export {
  type BaseLoad,
  type DegreeDayMonth,
  degreeDayMonths,
  type DegreeDayYear,
} from './degree-day-months.ts';
export {
  differenceInDifferences,
  FEWEST_COMPARED,
  heatingTraits,
  type HeatingTraits,
  MOST_COMPARED,
  traitsDistance,
} from './comparison-group.ts';
export { coldDayC, type DailyOptions, type DailyReadings, toDaily } from './daily.ts';
export { sampleReadings } from './sampled.ts';
export { fitJson, savingsJson } from './answers.ts';
export { applyDecisions, type DecidedDays } from './decisions.ts';
export { type Fault, type FaultCode, findFaults, findNightFault } from './faults.ts';
export { nightDays } from './night-days.ts';
export { fitModel, signatureEvidence } from './fit.ts';
export { intervalOfSum, sumOfMeters, yearHalfWidthLn } from './interval.ts';
export { fitHourly, hourlyNetTask } from './fit-hourly.ts';
export { toHourly, weatherOfDays } from './hourly.ts';
export {
  type ModelRecord,
  modelRecord,
  modelRecordSchema,
  readModelRecord,
  type RecordSource,
  recordWindow,
} from './model-record.ts';
export { recordLine } from './record-line.ts';
export { type ExpectedDay, expectedDays } from './record-residuals.ts';
export { explainGap, gapCauses, type GapPart, type PromisedSignature } from './gaps.ts';
export { indoorEvidence, type IndoorReadings } from './indoor.ts';
export { measureSavings } from './savings.ts';
export {
  calendarSavings,
  type NormalisedSavings,
  normalisedSavings,
  type PeriodSavings,
} from './savings-periods.ts';
export { type MeterPart, type SummedSavings, summedSavings } from './summed-savings.ts';
export { learnStockDrift, type PlaceboYear, type StockDrift } from './stock-drift.ts';
export {
  type ModelJson,
  modelJsonSchema,
  type SavingsJson,
  savingsJsonSchema,
} from './schema.ts';
export type {
  Adjustment,
  BaselineModel,
  DayRow,
  Drift,
  FitOptions,
  FitOutcome,
  HourlyBaselineModel,
  HourlyFitOutcome,
  NonRoutine,
  SavingsOptions,
  SavingsOutcome,
  SavingsStatus,
  Signature,
} from './types.ts';
export { type QualityJson, qualityFindings, qualityJson } from './quality.ts';
export { asksPerson, type Finding, type FindingCode, findingCodes } from './quality-types.ts';
export { flagBits, flagReadings } from './quality-flags.ts';
export { type PossibleUse, possibleUse } from './quality-possible.ts';
export {
  type Allocation,
  allocate,
  type AllocationRule,
  type SelfConsumption,
  selfConsumption,
} from './allocation.ts';
export {
  type Derivation,
  derivationSchema,
  derivationText,
  derivedReadings,
  sourcesOf,
} from './derivation.ts';
export { parseFormula, type VirtualMeter, virtualReadings } from './virtual-meter.ts';
