export { readXlsx, type XlsxCell, type XlsxSheet } from './read-xlsx.ts';
export { writeXlsx } from './write-xlsx.ts';
