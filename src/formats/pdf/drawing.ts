import { fonts, ink, type Sheet } from './sheet.ts';
import type { PdfDrawing } from './types.ts';

/** Room under each face for its lines of words, between faces, and the tallest a face gets; points of a page or pixels of a picture. */
const WORDS = 36;
const GAP = 14;
const TALLEST = 110;
/** Four façades make a row. */
const ACROSS = 4;

type Rgb = readonly [red: number, green: number, blue: number];
const pale: Rgb = [0xea, 0xf1, 0xf6];
const dark: Rgb = [0xb0, 0x5a, 0x20];

/** Shade of a face between the palest and the darkest; `strength` 0 to 1. */
export const shadeOf = (strength: number): string => {
  const at = Math.min(1, Math.max(0, strength));
  return `#${pale
    .map((from, k) => Math.round(from + at * ((dark[k] ?? from) - from)))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;
};

type Laid = {
  /** Points a metre. */
  readonly scale: number;
  /** Room of each face and its words. */
  readonly slot: number;
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly height: number;
};

/** Where each face of a drawing stands: rows of four even slots, at most two, the feet of a row on one line, one scale for all. */
export const layOut = ({ faces }: Pick<PdfDrawing, 'faces'>, room: number): Laid => {
  const across = Math.max(1, Math.min(ACROSS, faces.length));
  const slot = (room - GAP * (across - 1)) / across;
  const scale = Math.min(...faces.map(({ widthM, heightM }) => Math.min(slot / widthM, TALLEST / heightM)));
  const rowOf = (index: number): number => Math.floor(index / across);
  const tallest = [0, 1].map((row) =>
    Math.max(0, ...faces.map(({ heightM }, index) => (rowOf(index) === row ? heightM * scale : 0))),
  );
  const [first = 0, second = 0] = tallest;
  const places = faces.map(({ heightM }, index) => ({
    x: (index % across) * (slot + GAP),
    y: rowOf(index) === 0 ? first - heightM * scale : first + WORDS + second - heightM * scale,
  }));
  return { scale, slot, places, height: first + WORDS + (second > 0 ? second + WORDS : 0) };
};

/** The faces as rectangles at one scale, their glass inside, two lines of words under each. */
export const drawFaces = ({ doc, left, width }: Sheet, drawing: PdfDrawing): void => {
  const { scale, slot, places, height } = layOut(drawing, width);
  const top = doc.y;
  for (const [index, { widthM, heightM, strength, panes, title, text }] of drawing.faces.entries()) {
    const place = places[index];
    if (place === undefined) continue;
    const [x, y] = [left + place.x, top + place.y];
    doc.rect(x, y, widthM * scale, heightM * scale).fill(shadeOf(strength));
    for (const pane of panes)
      doc
        .rect(x + pane.xM * scale, y + pane.yM * scale, pane.widthM * scale, pane.heightM * scale)
        .fill(ink.accent);
    doc
      .rect(x, y, widthM * scale, heightM * scale)
      .lineWidth(0.6)
      .strokeColor(ink.text)
      .stroke();
    const under = y + heightM * scale + 3;
    doc.font(fonts.bold).fontSize(7.5).fillColor(ink.text);
    doc.text(title, x, under, { width: slot, height: 10, ellipsis: true });
    doc.font(fonts.plain).fontSize(7);
    doc.text(text, x, under + 10, { width: slot, height: 18, ellipsis: true });
  }
  doc.y = top + height;
};
