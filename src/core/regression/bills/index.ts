export { type BillKind, billKinds, fitPeriods, type PeriodFit, predictPeriods } from './fit-periods.ts';
export { lengthOf, type PeriodSeries, usablePeriods } from './periods.ts';
