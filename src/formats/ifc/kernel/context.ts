/**
 * What the kernel may spend on one file. Every record of geometry visited costs an instance, every face made costs
 * a face; `isExpired` is the caller's deadline. Once spent it stays spent, so that a nested bomb ends everywhere.
 */
export type Budget = {
  readonly maxDepth: number;
  instancesLeft: number;
  facesLeft: number;
  readonly isExpired: () => boolean;
};

export type KernelContext = {
  /** Metres in one file unit of length. */
  readonly lengthScaleM: number;
  /** Radians in one file unit of plane angle. */
  readonly planeAngleScaleRad: number;
  readonly budget: Budget;
};

/** A budget with the limits given; by default what no honest building model comes near. */
export const createBudget = (
  limits: {
    readonly maxDepth?: number;
    readonly maxInstances?: number;
    readonly maxFaces?: number;
    readonly isExpired?: () => boolean;
  } = {},
): Budget => ({
  maxDepth: limits.maxDepth ?? 64,
  instancesLeft: limits.maxInstances ?? 5_000_000,
  facesLeft: limits.maxFaces ?? 2_000_000,
  isExpired: limits.isExpired ?? (() => false),
});

/** Leaves a representation whose cost or nesting is beyond the budget; caught at the kernel's door. */
export class BudgetSpent extends Error {}

const CLOCK_EVERY = 256;

/** Charges a record visited at a depth. Throws `BudgetSpent`. */
export const spendInstance = (budget: Budget, depth: number): void => {
  budget.instancesLeft -= 1;
  if (depth > budget.maxDepth) throw new BudgetSpent('depth');
  if (budget.instancesLeft < 0) throw new BudgetSpent('instances');
  if (budget.instancesLeft % CLOCK_EVERY === 0 && budget.isExpired()) throw new BudgetSpent('time');
};

/** Charges faces made. Throws `BudgetSpent`. */
export const spendFaces = (budget: Budget, count: number): void => {
  budget.facesLeft -= count;
  if (budget.facesLeft < 0) throw new BudgetSpent('faces');
};
