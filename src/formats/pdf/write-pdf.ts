import { keptTogether } from '../../core/kept-together.ts';
import { writeChart } from './chart.ts';
import { bytesOf, fonts, ink, makeRoom, numberPages, openSheet, type Sheet } from './sheet.ts';
import { writeSignatures } from './signatures.ts';
import { writeTable } from './table.ts';
import type { PdfBlock, PdfContent } from './types.ts';

const headingSizes = { 1: 17, 2: 12.5, 3: 10 } as const;
/** A heading stays with at least this much of what follows it; before a table, with its caption, titles and first row. */
const KEPT_WITH_HEADING = { text: 70, table: 115 } as const;

const writeHeading = (
  sheet: Sheet,
  { level, text }: Extract<PdfBlock, { kind: 'heading' }>,
  next: PdfBlock | undefined,
): void => {
  const { doc, root, left, width } = sheet;
  doc.font(fonts.bold).fontSize(headingSizes[level]).fillColor(ink.text);
  makeRoom(
    sheet,
    doc.heightOfString(text, { width }) + KEPT_WITH_HEADING[next?.kind === 'table' ? 'table' : 'text'],
  );
  if (doc.y > doc.page.margins.top) doc.y += level === 1 ? 8 : 6;
  const heading = doc.struct(`H${level}`);
  root.add(heading);
  heading.add(() => doc.text(text, left, doc.y, { width }));
  heading.end();
  if (level < 3) doc.outline.addItem(text);
  doc.y += 4;
};

const writeParagraph = (
  sheet: Sheet,
  { text, tone = 'plain' }: Extract<PdfBlock, { kind: 'paragraph' }>,
): void => {
  const { doc, root, left, width } = sheet;
  doc
    .font(tone === 'strong' ? fonts.bold : fonts.plain)
    .fontSize(tone === 'quiet' ? 8 : 9)
    .fillColor(tone === 'quiet' ? ink.quiet : ink.text);
  makeRoom(sheet, 2 * doc.currentLineHeight(true));
  const paragraph = doc.struct('P');
  root.add(paragraph);
  paragraph.add(() => doc.text(text, left, doc.y, { width, lineGap: 1.5 }));
  paragraph.end();
  doc.y += 5;
};

const BULLET = 12;

const writeList = (sheet: Sheet, items: readonly string[]): void => {
  const { doc, root, left, width } = sheet;
  const list = doc.struct('L');
  root.add(list);
  for (const item of items) {
    doc.font(fonts.plain).fontSize(9).fillColor(ink.text);
    makeRoom(sheet, Math.min(doc.heightOfString(item, { width: width - BULLET, lineGap: 1.5 }), 200));
    const entry = doc.struct('LI');
    list.add(entry);
    const top = doc.y;
    const label = doc.struct('Lbl');
    entry.add(label);
    label.add(() => doc.text('•', left, top, { lineBreak: false }));
    const body = doc.struct('LBody');
    entry.add(body);
    body.add(() => doc.text(item, left + BULLET, top, { width: width - BULLET, lineGap: 1.5 }));
    doc.x = left;
    doc.y += 2;
  }
  list.end();
  doc.y += 4;
};

const writeBlock = (sheet: Sheet, block: PdfBlock, next: PdfBlock | undefined): void => {
  switch (block.kind) {
    case 'heading':
      return writeHeading(sheet, { ...block, text: keptTogether(block.text) }, next);
    case 'paragraph':
      return writeParagraph(sheet, { ...block, text: keptTogether(block.text) });
    case 'list':
      return writeList(sheet, block.items.map(keptTogether));
    case 'table':
      return writeTable(sheet, {
        ...block,
        caption: keptTogether(block.caption),
        rows: block.rows.map((cells) => cells.map(keptTogether)),
      });
    case 'bars':
    case 'drawing':
    case 'curves':
      return writeChart(sheet, block);
    case 'signatures':
      return writeSignatures(sheet, block);
    case 'page-break':
      sheet.doc.addPage();
  }
};

/**
 * A document on A4 as tagged PDF 1.7 (PDF/UA-1, ISO 14289-1: structure, language, title, words for figures), fonts embedded, pages
 * numbered. The same content gives the same bytes.
 */
export const writePdf = async (content: PdfContent): Promise<Uint8Array> => {
  const sheet = openSheet(content);
  for (const [index, block] of content.blocks.entries()) writeBlock(sheet, block, content.blocks[index + 1]);
  sheet.root.end();
  numberPages(sheet, content.footer);
  return bytesOf(sheet.doc);
};
