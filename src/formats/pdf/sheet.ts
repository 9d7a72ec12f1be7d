import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Pdf from 'pdfkit';
import type { Language } from '../../core/message.ts';
import type { PdfContent } from './types.ts';
import { unpackWoff } from './unpack-woff.ts';

declare global {
  namespace PDFKit.Mixins {
    // Both are read by pdfkit 0.20.2 (lib/structure_element.js) and missing from its types.
    interface StructureElementOptions {
      scope?: 'Column' | 'Row';
      bbox?: [number, number, number, number];
    }
  }
}

export type Doc = PDFKit.PDFDocument;
export type Element = PDFKit.PDFStructureElement;

/** A page being filled: where text may stand and the element that holds what is written. */
export type Sheet = {
  readonly doc: Doc;
  readonly root: Element;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly language: Language;
};

/** A4 with margins of 18 mm, in points. */
const MARGIN = 51;
const FOOTER_HEIGHT = 24;

export const fonts = { plain: 'plain', bold: 'bold' } as const;
export const ink = {
  text: '#1d1d1b',
  quiet: '#55554f',
  rule: '#b9b8b0',
  accent: '#1f5f8b',
  pale: '#a9c6da',
} as const;

const require = createRequire(import.meta.url);
let fontFiles: { readonly plain: Buffer; readonly bold: Buffer } | undefined;
// DejaVu Sans has what French figures need and the fonts every reader brings do not: −, ≤, ₂, the narrow no-break space.
const load = (weight: 400 | 700): Buffer =>
  unpackWoff(
    readFileSync(require.resolve(`@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff`)),
  );
const loadFonts = () => (fontFiles ??= { plain: load(400), bold: load(700) });

/** A tagged A4 document with its fonts and title, before anything is written on it. */
export const openSheet = ({ title, language, subject, author, createdMs }: PdfContent): Sheet => {
  const doc = new Pdf({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER_HEIGHT },
    bufferPages: true,
    tagged: true,
    displayTitle: true,
    lang: language,
    pdfVersion: '1.7',
    // pdfkit knows PDF/UA (ISO 14289-1), its types do not yet.
    subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets,
    info: {
      Title: title,
      Producer: 'Stacoptim',
      Creator: 'Stacoptim',
      ...(subject === undefined ? {} : { Subject: subject }),
      ...(author === undefined ? {} : { Author: author }),
      CreationDate: new Date(createdMs),
    },
  });
  const { plain, bold } = loadFonts();
  doc.registerFont(fonts.plain, plain).registerFont(fonts.bold, bold);
  const root = doc.struct('Document');
  doc.addStructure(root);
  return {
    doc,
    root,
    left: MARGIN,
    width: doc.page.width - 2 * MARGIN,
    bottom: doc.page.height - MARGIN - FOOTER_HEIGHT,
    language,
  };
};

/** Starts a page when less than `height` is left of this one. */
export const makeRoom = ({ doc, bottom }: Sheet, height: number): boolean => {
  if (doc.y + height <= bottom) return false;
  doc.addPage();
  return true;
};

/** What is drawn but not read aloud: rules, repeated headers, page numbers. */
export const asArtifact = (doc: Doc, type: 'Pagination' | 'Layout', draw: () => void): void => {
  doc.markContent('Artifact', { type });
  draw();
  doc.endMarkedContent();
};

/** The footer goes on last, when the number of pages is known. */
export const numberPages = ({ doc, left, width, bottom }: Sheet, footer: string): void => {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    // Text below the bottom margin would start a page of its own.
    doc.page.margins.bottom = 0;
    asArtifact(doc, 'Pagination', () => {
      doc
        .moveTo(left, bottom + 10)
        .lineTo(left + width, bottom + 10)
        .lineWidth(0.5)
        .strokeColor(ink.rule)
        .stroke();
      doc.font(fonts.plain).fontSize(7.5).fillColor(ink.quiet);
      doc.text(footer, left, bottom + 16, { width: width - 60, height: 10, ellipsis: true });
      doc.text(`${page + 1} / ${count}`, left + width - 60, bottom + 16, {
        width: 60,
        align: 'right',
        lineBreak: false,
      });
    });
  }
};

/** Ends the document and gives its bytes. Rejects with the error of the writer. */
export const bytesOf = (doc: Doc): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
    doc.end();
  });
