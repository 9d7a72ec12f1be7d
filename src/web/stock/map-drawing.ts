import { type Box, type Cell, pointOf, radiusPx, scaleBarM, widthM } from './map-geometry.ts';
import { labelLetters } from './words.ts';

/** What the points of the map are coloured by. */
export type Colouring = 'label' | 'urgency' | 'intensity';

export type Tint = {
  readonly name: string;
  readonly mark: string;
  readonly colour: string;
  readonly ink: string;
};

const dark = '#14150f';
const none: Tint = { name: 'unknown', mark: '?', colour: '#8d9094', ink: dark };

/** The official colours, for energy labels only. */
const labelColours = ['#00a06d', '#52b153', '#a5cc74', '#f4e70f', '#f0b50f', '#eb8235', '#d7221f'];

const labelTints: readonly Tint[] = [
  ...labelLetters.map((letter, index) => ({
    name: letter,
    mark: letter,
    colour: labelColours[index] ?? none.colour,
    ink: letter === 'G' ? '#fff' : dark,
  })),
  none,
];

/** One hue from light to dark, safe for colour-blind eyes; each step has its own mark. */
const steps = ['#fde8c8', '#fdbb84', '#e8754a', '#a3260c'];

const urgencyTints: readonly Tint[] = [
  { name: 'none', mark: '–', colour: steps[0] ?? '', ink: dark },
  { name: 'later', mark: '1', colour: steps[1] ?? '', ink: dark },
  { name: 'soon', mark: '2', colour: steps[2] ?? '', ink: dark },
  { name: 'outside', mark: '3', colour: steps[3] ?? '', ink: '#fff' },
  none,
];

/** Upper bounds of the steps of intensity, kWh/m2 a year; the last has none. */
export const intensitySteps = [80, 150, 250] as const;

const intensityTints: readonly Tint[] = [
  ...steps.map((colour, index) => ({
    name: String(index),
    mark: ['–', '1', '2', '3'][index] ?? '',
    colour,
    ink: index === 3 ? '#fff' : dark,
  })),
  none,
];

export const tintsOf = (by: Colouring): readonly Tint[] =>
  ({ label: labelTints, urgency: urgencyTints, intensity: intensityTints })[by];

/** Buildings of a cell by tint; the intensity of a cell is its mean, and stands for all. */
export const sharesOf = (cell: Cell, by: Colouring): Readonly<Record<string, number>> => {
  if (by === 'label') return cell.labels;
  if (by === 'urgency') return cell.urgencies;
  const { intensityKwhM2 } = cell;
  if (intensityKwhM2 === null) return { unknown: cell.count };
  const step = intensitySteps.findIndex((bound) => intensityKwhM2 < bound);
  return { [step === -1 ? intensitySteps.length : step]: cell.count };
};

const drawCell = (
  ink: CanvasRenderingContext2D,
  cell: Cell,
  [x, y]: readonly [number, number],
  by: Colouring,
  paper: string,
): void => {
  const radius = radiusPx(cell.count);
  const shares = sharesOf(cell, by);
  let angle = -Math.PI / 2;
  for (const tint of tintsOf(by)) {
    const turn = ((shares[tint.name] ?? 0) / cell.count) * 2 * Math.PI;
    if (turn === 0) continue;
    ink.beginPath();
    ink.moveTo(x, y);
    ink.arc(x, y, radius, angle, angle + turn);
    ink.closePath();
    ink.fillStyle = tint.colour;
    ink.fill();
    angle += turn;
  }
  ink.beginPath();
  ink.arc(x, y, radius, 0, 2 * Math.PI);
  ink.lineWidth = 1.5;
  ink.strokeStyle = dark;
  ink.stroke();
  const only = tintsOf(by).find(({ name }) => shares[name] === cell.count);
  if (cell.count > 1) {
    ink.beginPath();
    ink.arc(x, y, radius * 0.66, 0, 2 * Math.PI);
    ink.fillStyle = paper;
    ink.fill();
  }
  ink.fillStyle = cell.count > 1 ? ink.strokeStyle : (only?.ink ?? dark);
  ink.font = `600 ${cell.count > 999 ? 9 : 11}px system-ui, sans-serif`;
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillText(cell.count > 1 ? String(cell.count) : (only?.mark ?? ''), x, y + 0.5);
};

const drawPlan = (
  ink: CanvasRenderingContext2D,
  box: Box,
  width: number,
  height: number,
  rule: string,
  text: string,
): void => {
  const bar = scaleBarM(box);
  const barPx = (bar / widthM(box)) * width;
  ink.strokeStyle = rule;
  ink.lineWidth = 1;
  // A grid of the scale bar's length, so that distances are read without a ruler.
  for (let x = barPx; x < width; x += barPx) {
    ink.beginPath();
    ink.moveTo(x, 0);
    ink.lineTo(x, height);
    ink.stroke();
  }
  for (let y = height - barPx; y > 0; y -= barPx) {
    ink.beginPath();
    ink.moveTo(0, y);
    ink.lineTo(width, y);
    ink.stroke();
  }
  ink.strokeStyle = text;
  ink.fillStyle = text;
  ink.lineWidth = 2;
  ink.beginPath();
  ink.moveTo(10, height - 12);
  ink.lineTo(10 + barPx, height - 12);
  ink.stroke();
  ink.font = '12px system-ui, sans-serif';
  ink.textAlign = 'left';
  ink.textBaseline = 'bottom';
  ink.fillText(bar >= 1000 ? `${bar / 1000} km` : `${bar} m`, 12, height - 16);
  ink.textAlign = 'right';
  ink.textBaseline = 'top';
  ink.fillText('N ↑', width - 10, 8);
};

/** Draws the plan: a grid, a scale, north, and a circle for each cell, the largest first so that none hides a small one. */
export const drawMap = (canvas: HTMLCanvasElement, cells: readonly Cell[], box: Box, by: Colouring): void => {
  const ink = canvas.getContext('2d');
  if (ink === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  drawPlan(ink, box, width, height, style.getPropertyValue('border-top-color'), style.color);
  for (const cell of cells)
    drawCell(ink, cell, pointOf(cell, box, width, height), by, 'rgb(255 255 255 / 0.9)');
};
