import type { Language } from '../../core/message.ts';
import { drawFaces, layOut } from './drawing.ts';
import { type Doc, fonts, ink, makeRoom, type Sheet } from './sheet.ts';
import type { PdfChart, PdfTick } from './types.ts';
import { decimalOf } from '../../core/wording.ts';

type Bars = Extract<PdfChart, { kind: 'bars' }>;
type Curves = Extract<PdfChart, { kind: 'curves' }>;

const BAR = 9;
const ROW = 17;
const CURVES_HEIGHT = 190;
/** Told apart without colour as well: by dash and by shade. */
const strokes = [
  { color: ink.accent, dash: undefined },
  { color: ink.text, dash: 3 },
  { color: '#a4571f', dash: 1.5 },
  { color: ink.quiet, dash: 6 },
] as const;

/** Round steps of 1, 2 or 5 that cut a span into about `count` parts (Heckbert 1990). */
const ticksOf = (low: number, high: number, count: number, language: Language): PdfTick[] => {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks: PdfTick[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    ticks.push({ at: k * step, label: decimalOf(k * step, decimals, language) });
  return ticks;
};

const spanOf = (values: readonly number[]): { readonly low: number; readonly high: number } => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  return high > low ? { low, high } : { low: low - 0.5, high: high + 0.5 };
};

const small = (doc: Doc): Doc => doc.font(fonts.plain).fontSize(7.5).fillColor(ink.text);

const drawBars = ({ doc, left, width }: Sheet, { bars }: Bars): void => {
  const labelWidth = 0.34 * width;
  const textWidth = 0.22 * width;
  const from = left + labelWidth + 6;
  const room = width - labelWidth - textWidth - 12;
  const ends = bars.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const { low, high } = spanOf([0, ...ends]);
  const x = (value: number): number => from + ((value - low) / (high - low)) * room;
  const top = doc.y;
  bars.forEach((bar, index) => {
    const y = top + index * ROW;
    small(doc).text(bar.label, left, y + 1, { width: labelWidth, height: 10, ellipsis: true });
    const [a, b] = [x(Math.min(0, bar.value)), x(Math.max(0, bar.value))];
    doc.rect(a, y, Math.max(0.5, b - a), BAR).fill(ink.pale);
    if (bar.low !== undefined && bar.high !== undefined)
      doc
        .moveTo(x(bar.low), y + BAR / 2)
        .lineTo(x(bar.high), y + BAR / 2)
        .lineWidth(1.2)
        .strokeColor(ink.accent)
        .stroke();
    small(doc).text(bar.text, left + width - textWidth, y + 1, {
      width: textWidth,
      align: 'right',
      lineBreak: false,
    });
  });
  doc
    .moveTo(x(0), top - 2)
    .lineTo(x(0), top + bars.length * ROW - 4)
    .lineWidth(0.6)
    .strokeColor(ink.text)
    .stroke();
  doc.y = top + bars.length * ROW;
};

const drawCurves = ({ doc, left, width, language }: Sheet, chart: Curves): void => {
  const points = chart.series.flatMap((series) => series.points);
  const xs = spanOf([...points.map(({ x }) => x), ...(chart.xTicks ?? []).map(({ at }) => at)]);
  const ys = spanOf(points.map(({ y }) => y));
  const legendTop = doc.y;
  const [x0, x1] = [left + 52, left + width - 8];
  const [y1, y0] = [legendTop + 26, legendTop + CURVES_HEIGHT - 28];
  const at = {
    x: (v: number) => x0 + ((v - xs.low) / (xs.high - xs.low)) * (x1 - x0),
    y: (v: number) => y0 - ((v - ys.low) / (ys.high - ys.low)) * (y0 - y1),
  };
  let pen = x0;
  chart.series.forEach(({ name, mark }, index) => {
    const { color, dash } = strokes[index % strokes.length];
    if (mark === 'dots') doc.circle(pen + 8, legendTop + 4, 1.8).fill(color);
    else {
      doc
        .moveTo(pen, legendTop + 4)
        .lineTo(pen + 16, legendTop + 4)
        .lineWidth(1.3)
        .strokeColor(color);
      if (dash !== undefined) doc.dash(dash, {});
      doc.stroke().undash();
    }
    small(doc).text(name, pen + 20, legendTop, { lineBreak: false });
    pen += 34 + doc.widthOfString(name);
  });
  small(doc).text(chart.yTitle, left, legendTop + 12, { lineBreak: false });
  for (const { at: value, label } of ticksOf(ys.low, ys.high, 5, language)) {
    doc.moveTo(x0, at.y(value)).lineTo(x1, at.y(value)).lineWidth(0.3).strokeColor(ink.rule).stroke();
    small(doc).text(label, left, at.y(value) - 4, { width: 48, align: 'right', lineBreak: false });
  }
  for (const { at: value, label } of chart.xTicks ?? ticksOf(xs.low, xs.high, 7, language)) {
    doc
      .moveTo(at.x(value), y0)
      .lineTo(at.x(value), y0 + 3)
      .lineWidth(0.5)
      .strokeColor(ink.text)
      .stroke();
    small(doc).text(label, at.x(value) - 30, y0 + 5, { width: 60, align: 'center', lineBreak: false });
  }
  doc.moveTo(x0, y0).lineTo(x1, y0).lineWidth(0.6).strokeColor(ink.text).stroke();
  small(doc).text(chart.xTitle, x0, y0 + 16, { width: x1 - x0, align: 'right', lineBreak: false });
  chart.series.forEach(({ points: own, mark }, index) => {
    const { color, dash } = strokes[index % strokes.length];
    if (mark === 'dots') {
      for (const { x, y } of own) doc.circle(at.x(x), at.y(y), 1.6).fill(color);
      return;
    }
    own.forEach(({ x, y }, k) => (k === 0 ? doc.moveTo(at.x(x), at.y(y)) : doc.lineTo(at.x(x), at.y(y))));
    doc.lineWidth(1.3).strokeColor(color);
    if (dash !== undefined) doc.dash(dash, {});
    if (own.length > 1) doc.stroke();
    doc.undash();
  });
  doc.y = legendTop + CURVES_HEIGHT;
};

const heightOf = (chart: PdfChart, width: number): number => {
  if (chart.kind === 'bars') return chart.bars.length * ROW;
  return chart.kind === 'drawing' ? layOut(chart, width).height : CURVES_HEIGHT;
};

/** Most bars a figure holds, so that it fits a page. */
const MAX_BARS = 30;

/** A chart as one tagged figure with its words; bars beyond thirty belong in a table and are a mistake of the caller. */
export const writeChart = (sheet: Sheet, chart: PdfChart): void => {
  if (chart.kind === 'bars' && chart.bars.length > MAX_BARS)
    throw new RangeError(`A figure of ${chart.bars.length} bars does not fit a page.`);
  const { doc, root, left, width } = sheet;
  const height = heightOf(chart, width);
  makeRoom(sheet, height + 30);
  const caption = doc.struct('P');
  root.add(caption);
  caption.add(() => {
    doc.font(fonts.bold).fontSize(8).fillColor(ink.text).text(chart.caption, left, doc.y, { width });
  });
  caption.end();
  doc.y += 6;
  const figure = doc.struct('Figure', {
    alt: chart.alt,
    bbox: [left, doc.y, left + width, doc.y + height],
  });
  root.add(figure);
  figure.add(() => {
    if (chart.kind === 'bars') drawBars(sheet, chart);
    else if (chart.kind === 'drawing') drawFaces(sheet, chart);
    else drawCurves(sheet, chart);
  });
  figure.end();
  doc.x = left;
  doc.y += 10;
};
