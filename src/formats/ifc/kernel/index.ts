export { type Budget, createBudget, type KernelContext } from './context.ts';
export { representationShape } from './representation.ts';
