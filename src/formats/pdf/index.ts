export type {
  PdfBar,
  PdfBlock,
  PdfChart,
  PdfColumn,
  PdfContent,
  PdfPoint,
  PdfSeries,
  PdfTable,
  PdfTick,
} from './types.ts';
export { writePdf } from './write-pdf.ts';
