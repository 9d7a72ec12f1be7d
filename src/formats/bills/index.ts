export { billsCsv, billsXlsx } from './format.ts';
