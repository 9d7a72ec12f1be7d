export { checkProblem, planSavingDraws, programmeModel, programmePlan } from './programme.ts';
export type {
  Candidate,
  Choice,
  MilpSolution,
  NotChosen,
  Package,
  ProgrammePlan,
  ProgrammeProblem,
} from './types.ts';
