export { type FractionalSavingsInput, fractionalSavingsUncertainty } from './ashrae14.ts';
export { cusumAlarm, type CusumAlarm, type CusumOptions, whitened } from './cusum.ts';
export { finiteMean, type Goodness, goodness, lagOneCorrelation } from './goodness.ts';
export { inverseOf, solveInPlace } from './linear.ts';
export { studentQuantile } from './student.ts';
