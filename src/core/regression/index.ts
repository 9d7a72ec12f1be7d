export { type Candidate, type Coefficients, countDays, type ModelKind, modelKinds } from './candidate.ts';
export { type DayFeatures, dayFeatures } from './features.ts';
export { candidateOf, ladder } from './ladder.ts';
export { type ReadableHabits, readableHabits } from './readable.ts';
export { type Score, type Selection, selectModel } from './select.ts';
export {
  daySpreadKwh,
  type ModelUncertainty,
  modelUncertainty,
  type Noise,
  sumSpreadKwh,
} from './uncertainty.ts';
