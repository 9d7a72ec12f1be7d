export { resolveTimes } from './clock.ts';
export { type Dialect, detectDialect, splitLine } from './dialect.ts';
export { columnNamed, plainName } from './names.ts';
export { firstInflated, type OpenText, openText } from './open-text.ts';
export { numberInText } from './number.ts';
export { type Ordered, orderRows, pickRows } from './order.ts';
export { type RowReason, readTable, type Table } from './table.ts';
export { sheetRows } from './sheet-rows.ts';
export type { DateOrder } from './stamp.ts';
