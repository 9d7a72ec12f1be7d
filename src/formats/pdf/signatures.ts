import { type Doc, fonts, ink, makeRoom, type Sheet } from './sheet.ts';
import type { PdfSignatures } from './types.ts';

const LINE = 17;
const HAND = 62;
const PAD = 6;
const GAP = 12;

const small = (doc: Doc): Doc => doc.font(fonts.plain).fontSize(8).fillColor(ink.quiet);

/** Boxes to be filled in and signed by hand, two a row, none cut by the end of a page. */
export const writeSignatures = (sheet: Sheet, { parties, fields, hand }: PdfSignatures): void => {
  const { doc, root, left, width } = sheet;
  const boxWidth = (width - GAP) / 2;
  const height = 2 * PAD + 14 + fields.length * LINE + 12 + HAND;
  for (let first = 0; first < parties.length; first += 2) {
    makeRoom(sheet, height + GAP);
    const top = doc.y;
    parties.slice(first, first + 2).forEach((party, column) => {
      const x = left + column * (boxWidth + GAP);
      const box = doc.struct('P');
      root.add(box);
      box.add(() => {
        doc.rect(x, top, boxWidth, height).lineWidth(0.6).strokeColor(ink.rule).stroke();
        doc.font(fonts.bold).fontSize(9).fillColor(ink.text);
        doc.text(party, x + PAD, top + PAD, { width: boxWidth - 2 * PAD, height: 12, ellipsis: true });
        fields.forEach((field, row) => {
          const y = top + PAD + 14 + (row + 1) * LINE;
          small(doc).text(field, x + PAD, y - 10, { lineBreak: false });
          const from = x + PAD + doc.widthOfString(field) + 4;
          doc
            .moveTo(from, y)
            .lineTo(x + boxWidth - PAD, y)
            .lineWidth(0.4)
            .strokeColor(ink.rule)
            .stroke();
        });
        small(doc).text(hand, x + PAD, top + PAD + 14 + fields.length * LINE + 8, { lineBreak: false });
      });
      box.end();
    });
    doc.x = left;
    doc.y = top + height + GAP;
  }
};
