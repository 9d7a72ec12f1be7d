export { type LiveFit, type LiveOutcome, liveStep, type Tried } from './live-step.ts';
export { promotionGate } from './promotion.ts';
export { type Family, familyName, familyOf } from './family.ts';
export { learnRealisationRates, shippedRealisationPrior } from './realisation.ts';
export type {
  LearntRate,
  LearntRates,
  Promotion,
  RealisationCase,
  RealisationPrior,
  Trial,
} from './types.ts';
export {
  type DefaultCase,
  defaultCase,
  type DefaultFigure,
  defaultFigures,
  defaultParts,
} from './default-loss.ts';
export {
  type DefaultPrior,
  type LearntDefault,
  type LearntDefaults,
  learnDefaults,
  shippedDefaultPrior,
} from './default-model.ts';
export { defaultsFor, learntTwin, type UsableDefault } from './learnt-twin.ts';
