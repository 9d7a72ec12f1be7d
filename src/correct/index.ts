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
