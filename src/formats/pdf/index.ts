export type {
  PdfBar,
  PdfBlock,
  PdfChart,
  PdfColumn,
  PdfContent,
  PdfDrawing,
  PdfFace,
  PdfPoint,
  PdfSeries,
  PdfTable,
  PdfTick,
} from './types.ts';
export { layOut, shadeOf } from './drawing.ts';
export { writePdf } from './write-pdf.ts';
