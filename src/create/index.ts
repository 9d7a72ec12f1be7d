export { answersOfCertificate } from './certificate-answers.ts';
export { type EnvelopeOptions, envelopeFrom } from './envelope.ts';
export type { InsulationPosition } from './bridges.ts';
export {
  type ClimateZone,
  type Period,
  periodClassOf,
  periodClassYears,
  type PeriodUse,
  parsePeriod,
  unknownPeriod,
} from './period.ts';
export type {
  Cell,
  CreateLedger,
  Envelope,
  EnvelopeAreas,
  EnvelopeElement,
  JunctionClass,
  Outlines,
  ThermalElement,
  ThermalGeometry,
  ThermalKind,
} from './types.ts';
export { type ResolvedU, resolveU, type UContext, uContext } from './u-value.ts';
export {
  type Answers,
  answersSchema,
  type BuildingFacts,
  type BuildingForm,
  buildingFactsSchema,
  buildingFormSchema,
  type EnvelopeJson,
  type EnvelopeOverrides,
  envelopeJsonSchema,
  overridesSchema,
  siteSchema,
} from './schema.ts';
export { twinFromEnvelope } from './twin.ts';
export { envelopeJson } from './envelope-json.ts';
export { type FormTwin, twinFromForm } from './form.ts';
export { applyOverrides } from './overrides.ts';
export { type Preflight, preflight } from './preflight.ts';
export type { AnswerField, Choice, Question } from './questions.ts';
export { type Described, describeReading, siteOfModel } from './described.ts';
export {
  answered,
  type Answered,
  describeCertificate,
  describeForm,
  parseAnswers,
  spacesSaid,
} from './describe.ts';
export {
  type CheckCard,
  type FormRows,
  type SheetCard,
  preflightRows,
  type SheetPreflight,
  twinsFromRows,
} from './form-rows.ts';
export { type GeometryOptions, thermalGeometry } from './geometry.ts';
export { pictureOfDescription } from './picture.ts';
