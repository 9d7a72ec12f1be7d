export { readXlsx, type XlsxCell, type XlsxSheet } from './read-xlsx.ts';
