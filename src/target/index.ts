export { checkProblem } from './check.ts';
export { type Alternative, decidingSets, type DecidingSet } from './deciding.ts';
export { yearWeights } from './compile.ts';
export { costFront, type FrontPoint } from './front.ts';
export {
  fewestInstruments,
  type Instrument,
  type InstrumentSet,
  instrumentSets,
  type Meterable,
  type MeteringChoice,
  shippedInstruments,
} from './metering.ts';
export { moreMoney } from './more-money.ts';
export { optimiseProgramme } from './optimise.ts';
export { type Rank, rankCandidates, type Ranked } from './ranking.ts';
export { type DatedChance, daysUntilOutside, statedDraws } from './stated-draws.ts';
export { type Relaxation, relaxations } from './relax.ts';
export {
  type CertainPlan,
  chanceOfSaving,
  mostCertainPlan,
  planBaselineDraws,
  planSavingDraws,
  type SavingAtRisk,
  savingAtRisk,
} from './robustness.ts';
export type { SearchCheckpoint } from './search.ts';
export { unspentMoney } from './unspent.ts';
export { brokenConstraints } from './verify.ts';
export type {
  Candidate,
  Choice,
  LinearAnswer,
  LinearModel,
  LinearSolver,
  Objective,
  Package,
  ProgrammePlan,
  ProgrammeProblem,
  Reason,
} from './types.ts';
