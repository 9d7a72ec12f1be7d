import type { Face } from '#core/building-model.ts';
import { type Box3, horizontalSection, type Segment2 } from '#core/geometry/index.ts';

/** Metres between points of the plan; fine enough for a partition, coarse enough for a hall. */
const FINE_STEP_M = 0.12;
const MAX_POINTS = 1_500_000;

export const INDOORS = 0;
export const OUTDOORS = 1;
/** Free points too near to something drawn for a flood that closes gaps; only while it runs. */
const HELD = -1;
const FIRST = 2;

/**
 * Label of the points an element stands on: even from 2 on, so that one integer tells elements from cells.
 */
export const solidLabel = (element: number): number => FIRST + 2 * element;

/** Label of the points of a cell: odd from 3 on. */
export const cellLabel = (cell: number): number => FIRST + 2 * cell + 1;

/** Position of the element behind a label; undefined for a cell, the outside or unclaimed air. */
export const solidOf = (label: number): number | undefined =>
  label >= FIRST && label % 2 === 0 ? (label - FIRST) / 2 : undefined;

/** Points of a run in which enclosed air is looked for: a power of two. */
const RUN_POINTS = 32;

const isCell = (label: number): boolean => label > FIRST && (label & 1) === 1;

/** Position of the cell behind a label; undefined for an element, the outside or unclaimed air. */
export const cellOf = (label: number): number | undefined =>
  isCell(label) ? (label - FIRST - 1) / 2 : undefined;

/**
 * One horizontal slice of the building as a raster: what stands at each point of the plan (an element, a cell, the
 * outside, or enclosed air that no space covers).
 */
export class StoreyGrid {
  readonly z: number;
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  readonly #x0: number;
  readonly #y0: number;
  readonly labels: Int32Array;
  /** One for the runs of points that hold enclosed air: most cuts have none at most places. */
  readonly #air: Uint8Array;

  constructor(z: number, box: Box3) {
    const width = box.max[0] - box.min[0];
    const depth = box.max[1] - box.min[1];
    const margin = 1;
    const area = (width + 2 * margin) * (depth + 2 * margin);
    this.z = z;
    this.step = Math.max(FINE_STEP_M, Math.sqrt(area / MAX_POINTS));
    this.#x0 = box.min[0] - margin;
    this.#y0 = box.min[1] - margin;
    this.columns = Math.ceil((width + 2 * margin) / this.step) + 1;
    this.rows = Math.ceil((depth + 2 * margin) / this.step) + 1;
    this.labels = new Int32Array(this.columns * this.rows);
    this.#air = new Uint8Array(Math.ceil(this.labels.length / RUN_POINTS));
  }

  indexAt(x: number, y: number): number {
    const column = Math.floor((x - this.#x0) / this.step);
    const row = Math.floor((y - this.#y0) / this.step);
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows
      ? -1
      : row * this.columns + column;
  }

  labelAt(x: number, y: number): number {
    const index = this.indexAt(x, y);
    return index < 0 ? OUTDOORS : this.labels[index];
  }

  centre(index: number): readonly [x: number, y: number] {
    return [
      this.#x0 + ((index % this.columns) + 0.5) * this.step,
      this.#y0 + (Math.floor(index / this.columns) + 0.5) * this.step,
    ];
  }

  /** How many points have a label. */
  pointsOf(label: number): number {
    let count = 0;
    for (let i = 0; i < this.labels.length; i++) if (this.labels[i] === label) count++;
    return count;
  }

  /** Plan area of the cells drawn, m2. */
  cellsM2(): number {
    let count = 0;
    for (let i = 0; i < this.labels.length; i++) if (isCell(this.labels[i])) count++;
    return count * this.step * this.step;
  }

  mark(points: Int32Array, label: number): void {
    for (let i = 0; i < points.length; i++) this.labels[points[i]] = label;
  }

  /** The same for enclosed air of the cell at `cell`. */
  markAir(points: Int32Array, cell: number): void {
    this.mark(points, cellLabel(cell));
    for (let i = 0; i < points.length; i++) this.#air[Math.floor(points[i] / RUN_POINTS)] = 1;
  }

  /** The cell at a point, when enclosed air was marked near it; rooms may be there too. */
  cellNearAir(index: number): number | undefined {
    return this.#air[Math.floor(index / RUN_POINTS)] === 1 ? cellOf(this.labels[index]) : undefined;
  }

  /** The next point from `index` on near which enclosed air was marked, or one past the last. */
  nextNearAir(index: number): number {
    let run = Math.floor(index / RUN_POINTS);
    if (this.#air[run] === 1) return index;
    while (run < this.#air.length && this.#air[run] === 0) run++;
    return Math.min(this.labels.length, run * RUN_POINTS);
  }

  /** Marks a solid where the slice meets it: every point its outline touches, and its inside. */
  drawSolid(faces: readonly Face[], label: number): void {
    const segments = horizontalSection(faces, this.z);
    for (const [a, b] of segments) {
      const size = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const n = Math.max(1, Math.ceil(size / (this.step * 0.4)));
      for (let i = 0; i <= n; i++) {
        const index = this.indexAt(a[0] + ((b[0] - a[0]) * i) / n, a[1] + ((b[1] - a[1]) * i) / n);
        if (index >= 0) this.labels[index] = label;
      }
    }
    this.#fill(segments, label);
  }

  /** Marks the points whose middle lies in the section; a room wins over the walls drawn before it. */
  drawCell(faces: readonly Face[], label: number): void {
    this.#fill(horizontalSection(faces, this.z), label);
  }

  /** Marks free points whose middle lies in the section and where `holds`. */
  drawInFree(faces: readonly Face[], label: number, holds: (x: number, y: number) => boolean): void {
    this.#spans(horizontalSection(faces, this.z), (from, to) => {
      for (let index = from; index <= to; index++)
        if (this.labels[index] === INDOORS && holds(...this.centre(index))) this.labels[index] = label;
    });
  }

  #fill(segments: readonly Segment2[], label: number): void {
    this.#spans(segments, (from, to) => this.labels.fill(label, from, to + 1));
  }

  /** Runs of points, first and last index, whose middles lie inside the outlines. */
  #spans(segments: readonly Segment2[], visit: (from: number, to: number) => void): void {
    const hits = new Map<number, number[]>();
    for (const [a, b] of segments) {
      const [low, high] = a[1] < b[1] ? [a, b] : [b, a];
      const from = Math.max(0, Math.ceil((low[1] - this.#y0) / this.step - 0.5));
      const to = Math.min(this.rows - 1, Math.ceil((high[1] - this.#y0) / this.step - 0.5) - 1);
      for (let row = from; row <= to; row++) {
        const y = this.#y0 + (row + 0.5) * this.step;
        const x = low[0] + ((high[0] - low[0]) * (y - low[1])) / (high[1] - low[1]);
        const list = hits.get(row);
        if (list === undefined) hits.set(row, [x]);
        else list.push(x);
      }
    }
    for (const [row, list] of hits) {
      if (list.length > 2) list.sort((p, q) => p - q);
      else if (list[0] > list[1]) list.reverse();
      for (let i = 0; i + 1 < list.length; i += 2) {
        const from = Math.max(0, Math.ceil((list[i] - this.#x0) / this.step - 0.5));
        const to = Math.min(this.columns - 1, Math.ceil((list[i + 1] - this.#x0) / this.step - 0.5) - 1);
        if (to >= from) visit(row * this.columns + from, row * this.columns + to);
      }
    }
  }

  /**
   * Floods the outside from the rim through every free point. `closing` first closes gaps of up to twice that many
   * steps, for walls that do not quite meet.
   */
  flood(closing: number): void {
    const { columns, rows, labels } = this;
    if (closing > 0) {
      const blocked = this.#near((label) => label !== INDOORS, closing);
      for (let i = 0; i < labels.length; i++) if (labels[i] === INDOORS && blocked[i] === 1) labels[i] = HELD;
    }
    // Runs of a row at a time: a point of each run still to be flooded waits here.
    const waiting: number[] = [];
    for (let column = 0; column < columns; column++) waiting.push(column, (rows - 1) * columns + column);
    for (let row = 0; row < rows; row++) waiting.push(row * columns, row * columns + columns - 1);
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (labels[index] !== INDOORS) continue;
      const start = index - (index % columns);
      let from = index;
      let to = index;
      while (from > start && labels[from - 1] === INDOORS) from--;
      while (to + 1 < start + columns && labels[to + 1] === INDOORS) to++;
      labels.fill(OUTDOORS, from, to + 1);
      for (let side = -1; side <= 1; side += 2) {
        const step = side * columns;
        if (start + step < 0 || start + step >= labels.length) continue;
        for (let beside = from + step; beside <= to + step; beside++)
          if (labels[beside] === INDOORS && (beside === from + step || labels[beside - 1] !== INDOORS))
            waiting.push(beside);
      }
    }
    if (closing === 0) return;
    const reached = this.#near((label) => label === OUTDOORS, closing);
    for (let i = 0; i < labels.length; i++)
      if (labels[i] === INDOORS || labels[i] === HELD) labels[i] = reached[i] === 1 ? OUTDOORS : INDOORS;
  }

  /** One for the points within a square of `radius` steps around those whose label is wanted. */
  #near(isWanted: (label: number) => boolean, radius: number): Uint8Array {
    const { columns, rows, labels } = this;
    const near = new Uint8Array(labels.length);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        if (!isWanted(labels[row * columns + column])) continue;
        const from = Math.max(0, column - radius);
        while (column + 1 < columns && isWanted(labels[row * columns + column + 1])) column++;
        const to = Math.min(columns - 1, column + radius);
        for (let r = Math.max(0, row - radius); r <= Math.min(rows - 1, row + radius); r++)
          near.fill(1, r * columns + from, r * columns + to + 1);
      }
    return near;
  }

  /** Connected patches of enclosed air that no space covers: their points, nearest to the first of each first. */
  voids(): Int32Array[] {
    const { columns, rows, labels } = this;
    const seen = new Uint8Array(labels.length);
    const found: Int32Array[] = [];
    let queue: Int32Array | undefined;
    let tail = 0;
    const push = (index: number): void => {
      if (queue === undefined || labels[index] !== INDOORS || seen[index] === 1) return;
      seen[index] = 1;
      queue[tail++] = index;
    };
    for (let start = labels.indexOf(INDOORS); start >= 0; start = labels.indexOf(INDOORS, start + 1)) {
      while (labels[start] === INDOORS && seen[start] === 1) start++;
      if (labels[start] !== INDOORS) continue;
      queue ??= new Int32Array(labels.length);
      const first = tail;
      push(start);
      for (let head = first; head < tail; head++) {
        const index = queue[head];
        const column = index % columns;
        if (column > 0) push(index - 1);
        if (column < columns - 1) push(index + 1);
        if (index >= columns) push(index - columns);
        if (index < columns * (rows - 1)) push(index + columns);
      }
      found.push(queue.subarray(first, tail));
    }
    return found;
  }
}
