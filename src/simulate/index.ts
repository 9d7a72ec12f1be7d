export { checkMeasures } from './applicability.ts';
export { carbonFactor } from './bills.ts';
export { type CeeZone, ceeZoneOf, zoneOfDepartment } from './climate-zone.ts';
export {
  otherCarbonFactors,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  shippedSubsidies,
} from './catalogue.ts';
export { parsePrices } from './prices.ts';
export { parseSubsidy, type Subsidy, subsidySchema } from './subsidy.ts';
export {
  type Chances,
  chancesOfBest,
  type Comparison,
  type ComparisonInput,
  compareScenarios,
  type ComparedOption,
  criteria,
  type Criterion,
  type IndicatorRow,
  type Option,
} from './compare.ts';
export { type ComfortYears, comfortApplies, summerComfort, type SummerComfort } from './comfort.ts';
export { type HourlyOutcome, simulateHourly } from './hourly.ts';
export { type HourlyOptions } from './hourly-run.ts';
export { hotSpell, julyWarmingK, warmer2050, warmingSpread } from './weather-choice.ts';
export { type Measure, measureSchema, parseMeasure } from './schema.ts';
export {
  type DpeZone,
  type Label,
  labelChances,
  type LabelledDwelling,
  labelOf,
  labelRulesOn,
  labels,
  primaryFactor,
} from './label.ts';
export {
  bindingDate,
  DATE_BINDS_ABOVE,
  keepsLaw,
  lastWorksYear,
  type LegalDate,
} from './legal-date.ts';
export { type PaidBack } from './payback.ts';
export { renovatedTwin } from './renovated-twin.ts';
export { scenarioDraws, simulateScenario } from './scenario.ts';
export { type Applicability, assessMeasures, suggestOptions } from './suggest.ts';
export type {
  CarbonFactors,
  Comfort,
  Economics,
  Economy,
  EnergyPrices,
  MeasureShare,
  RealisationRate,
  ScenarioDraws,
  ScenarioInput,
  ScenarioResult,
  Site,
  Tenancy,
} from './types.ts';
export { conventionalUse, type ConventionalResult } from './dpe/consumption.ts';
export { type LabelPlace, type RentalBan, type TwinLabel, twinLabel } from './dpe/twin-label.ts';
export {
  declarationDue,
  subjectFromM2,
  isDisproportionate,
  type TertiaryLanding,
  tertiaryLanding,
  type TertiarySite,
} from './tertiary-decree.ts';
