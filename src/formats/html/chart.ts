import type { Language } from '../../core/message.ts';
import { layOut, type PdfChart, type PdfDrawing, shadeOf } from '../pdf/index.ts';
import { escaped } from './escape.ts';
import { precisionOf } from '../../core/wording.ts';

type Bars = Extract<PdfChart, { kind: 'bars' }>;
type Curves = Extract<PdfChart, { kind: 'curves' }>;

const WIDTH = 680;
const ROW = 24;
const LABEL = 220;
const TEXT = 150;
const HEIGHT = 300;
const inks = ['#1f5f8b', '#1d1d1b', '#a4571f', '#55554f'] as const;
const dashes = ['', '6 4', '2 3', '10 6'] as const;

const scaleOf = (low: number, high: number, from: number, to: number) => {
  const span = high > low ? high - low : 1;
  return (value: number): string => (from + ((value - low) / span) * (to - from)).toFixed(1);
};

const bars = ({ bars: rows }: Bars): string => {
  const ends = rows.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const x = scaleOf(Math.min(0, ...ends), Math.max(0, ...ends), LABEL, WIDTH - TEXT);
  return rows
    .map(({ label, value, text, low, high }, index) => {
      const y = index * ROW + 6;
      const [left, right] = [x(Math.min(0, value)), x(Math.max(0, value))];
      const interval =
        low === undefined || high === undefined
          ? ''
          : `<path d="M${x(low)} ${y + 6}H${x(high)}" stroke="${inks[0]}" stroke-width="2"/>`;
      return `<text x="0" y="${y + 11}">${escaped(label)}</text><rect x="${left}" y="${y}" width="${(Number(right) - Number(left)).toFixed(1)}" height="12" fill="#a9c6da"/>${interval}<text x="${WIDTH}" y="${y + 11}" text-anchor="end">${escaped(text)}</text>`;
    })
    .join('');
};

const curves = ({ series, xTitle, yTitle }: Curves, language: Language): string => {
  const points = series.flatMap((one) => one.points);
  const ends = (pick: (one: (typeof points)[number]) => number): [number, number] => {
    const values = points.map(pick);
    return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  };
  const [left, right] = ends((one) => one.x);
  const [low, high] = ends((one) => one.y);
  const x = scaleOf(left, right, 60, WIDTH - 10);
  const y = scaleOf(low, high, HEIGHT - 40, 40);
  const number = (value: number): string => precisionOf(value, 3, language);
  const drawn = series.map(({ points: own, mark }, index) => {
    const ink = inks[index % inks.length];
    if (mark === 'dots')
      return `<path d="${own.map((one) => `M${x(one.x)} ${y(one.y)}h0`).join('')}" stroke="${ink}" stroke-width="3" stroke-linecap="round" stroke-opacity=".5"/>`;
    return `<path d="M${own.map((one) => `${x(one.x)} ${y(one.y)}`).join('L')}" fill="none" stroke="${ink}" stroke-width="2" stroke-dasharray="${dashes[index % dashes.length]}"/>`;
  });
  const legend = series.map(
    ({ name }, index) =>
      `<text x="${60 + index * 155}" y="14" fill="${inks[index % inks.length]}">${escaped(name)}</text>`,
  );
  return `${legend.join('')}<text x="0" y="32">${escaped(yTitle)}</text><text x="52" y="${y(low)}" text-anchor="end">${number(low)}</text><text x="52" y="${Number(y(high)) + 8}" text-anchor="end">${number(high)}</text><path d="M60 ${HEIGHT - 40}H${WIDTH - 10}" stroke="#1d1d1b"/><text x="60" y="${HEIGHT - 22}">${number(left)}</text><text x="${WIDTH - 10}" y="${HEIGHT - 22}" text-anchor="end">${number(right)}</text><text x="${WIDTH - 10}" y="${HEIGHT - 4}" text-anchor="end">${escaped(xTitle)}</text>${drawn.join('')}`;
};

const drawing = (drawn: PdfDrawing): string => {
  const { scale, places } = layOut(drawn, WIDTH);
  const size = (metres: number): string => (metres * scale).toFixed(1);
  return drawn.faces
    .map(({ widthM, heightM, strength, panes, title, text }, index) => {
      const { x, y } = places[index] ?? { x: 0, y: 0 };
      const glass = panes
        .map(
          (pane) =>
            `<rect x="${(x + pane.xM * scale).toFixed(1)}" y="${(y + pane.yM * scale).toFixed(1)}" width="${size(pane.widthM)}" height="${size(pane.heightM)}" fill="${inks[0]}"/>`,
        )
        .join('');
      const under = y + heightM * scale;
      const lines = text
        .split('\n')
        .map(
          (line, at) =>
            `<text x="${x.toFixed(1)}" y="${(under + 22 + 10 * at).toFixed(1)}" font-size="9">${escaped(line)}</text>`,
        )
        .join('');
      return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${size(widthM)}" height="${size(heightM)}" fill="${shadeOf(strength)}" stroke="${inks[1]}"/>${glass}<text x="${x.toFixed(1)}" y="${(under + 11).toFixed(1)}" font-weight="bold" font-size="11">${escaped(title)}</text>${lines}`;
    })
    .join('');
};

const heightOf = (chart: PdfChart): number => {
  if (chart.kind === 'bars') return chart.bars.length * ROW + 6;
  return chart.kind === 'drawing' ? layOut(chart, WIDTH).height : HEIGHT;
};

const innerOf = (chart: PdfChart, language: Language): string => {
  if (chart.kind === 'bars') return bars(chart);
  return chart.kind === 'drawing' ? drawing(chart) : curves(chart, language);
};

/** A chart as one picture in the page, with its words for those who do not see it. */
export const chartHtml = (chart: PdfChart, language: Language): string => {
  const height = heightOf(chart);
  const inner = innerOf(chart, language);
  return `<figure><figcaption>${escaped(chart.caption)}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(chart.alt)}">${inner}</svg></figure>`;
};
