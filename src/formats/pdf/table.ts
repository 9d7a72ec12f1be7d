import { asArtifact, type Element, fonts, ink, makeRoom, type Sheet } from './sheet.ts';
import type { PdfColumn, PdfTable } from './types.ts';

const SIZE = 8;
const PAD_X = 4;
const PAD_Y = 3;

type Box = { readonly x: number; readonly width: number; readonly align: 'left' | 'right' };

const boxesOf = ({ left, width }: Sheet, columns: readonly PdfColumn[]): Box[] => {
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  let x = left;
  return columns.map(({ width: share, align = 'left' }) => {
    const box = { x, width: (share / all) * width, align };
    x += box.width;
    return box;
  });
};

const heightOf = ({ doc, bottom }: Sheet, boxes: readonly Box[], cells: readonly string[]): number => {
  const tallest = Math.max(
    ...boxes.map(({ width }, c) => doc.heightOfString(cells[c] || ' ', { width: width - 2 * PAD_X })),
  );
  return Math.min(tallest + 2 * PAD_Y, bottom - doc.page.margins.top - 60);
};

/** Draws one row at the pen; `cellOf` wraps the drawing of each cell into what holds it. */
const drawRow = (
  { doc, left, width }: Sheet,
  boxes: readonly Box[],
  cells: readonly string[],
  height: number,
  cellOf: (column: number, draw: () => void) => void,
): void => {
  const top = doc.y;
  boxes.forEach((box, c) =>
    cellOf(c, () =>
      doc.text(cells[c] ?? '', box.x + PAD_X, top + PAD_Y, {
        width: box.width - 2 * PAD_X,
        height: height - 2 * PAD_Y + 1,
        align: box.align,
        ellipsis: true,
      }),
    ),
  );
  asArtifact(doc, 'Layout', () =>
    doc
      .moveTo(left, top + height)
      .lineTo(left + width, top + height)
      .lineWidth(0.4)
      .strokeColor(ink.rule)
      .stroke(),
  );
  doc.x = left;
  doc.y = top + height;
};

/** A table whose headers are drawn again on each page it goes on to; a row is never cut in two, and one taller than a page ends in “…”. */
export const writeTable = (sheet: Sheet, { caption, columns, rows }: PdfTable): void => {
  const { doc, root, left, width } = sheet;
  const boxes = boxesOf(sheet, columns);
  const titles = columns.map(({ title }) => title);
  const headerFont = (): void => void doc.font(fonts.bold).fontSize(SIZE).fillColor(ink.text);
  const bodyFont = (): void => void doc.font(fonts.plain).fontSize(SIZE).fillColor(ink.text);
  const table = doc.struct('Table');
  root.add(table);
  const addTo = (parent: Element, tag: string, options = {}): Element => {
    const element = doc.struct(tag, options);
    parent.add(element);
    return element;
  };
  headerFont();
  const headerHeight = heightOf(sheet, boxes, titles);
  makeRoom(sheet, headerHeight + 60);
  const captionElement = addTo(table, 'Caption');
  captionElement.add(() => {
    doc.font(fonts.plain).fontSize(SIZE).fillColor(ink.quiet).text(caption, left, doc.y, { width });
  });
  doc.y += 3;
  headerFont();
  const head = addTo(table, 'TR');
  drawRow(sheet, boxes, titles, headerHeight, (_, draw) => {
    addTo(head, 'TH', { scope: 'Column' }).add(draw);
  });
  for (const cells of rows) {
    bodyFont();
    const height = heightOf(sheet, boxes, cells);
    if (makeRoom(sheet, height)) {
      headerFont();
      drawRow(sheet, boxes, titles, headerHeight, (_, draw) => asArtifact(doc, 'Pagination', draw));
      bodyFont();
    }
    const row = addTo(table, 'TR');
    drawRow(sheet, boxes, cells, height, (_, draw) => {
      addTo(row, 'TD').add(draw);
    });
  }
  table.end();
  doc.y += 10;
};
