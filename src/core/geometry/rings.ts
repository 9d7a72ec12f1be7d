import type { Trapezoid } from './region.ts';
import type { Vec2 } from './vector.ts';

/** Corners nearer than this are one: pieces cut side by side agree to rounding only. */
const GRID_M = 1e-4;

type Interval = readonly [low: number, high: number];

const onGrid = (value: number): number => Math.round(value / GRID_M);

/** What is covered by `a` and not by `b`; both sorted and without overlaps of their own. */
const without = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  b.reduce<Interval[]>(
    (left, [low, high]) =>
      left.flatMap(([from, to]): Interval[] =>
        high <= from || low >= to
          ? [[from, to]]
          : [...(from < low ? [[from, low] as const] : []), ...(high < to ? [[high, to] as const] : [])],
      ),
    [...a],
  );

type Corner = readonly [x: number, y: number];

/** Whether the corner between two others turns: one that does not is left out. */
const turns = (before: Corner, at: Corner, after: Corner): boolean =>
  Math.abs((at[0] - before[0]) * (after[1] - at[1]) - (at[1] - before[1]) * (after[0] - at[0])) >
  20 * Math.max(1, Math.hypot(after[0] - before[0], after[1] - before[1]));

const simplified = (ring: readonly Corner[]): readonly Corner[] => {
  const kept: Corner[] = [];
  for (const [i, at] of ring.entries()) {
    const before = kept.at(-1) ?? ring.at(-1);
    const after = ring[(i + 1) % ring.length];
    if (before !== undefined && after !== undefined && turns(before, at, after)) kept.push(at);
  }
  return kept;
};

/**
 * The outlines of an area that was cut into trapezoids (`union`, `difference`…): outer rings counter-clockwise, holes
 * clockwise, without the cuts. Filled by the even-odd rule they give the area again, to a tenth of a millimetre.
 */
export const ringsOf = (pieces: readonly Trapezoid[]): Vec2[][] => {
  const next = new Map<string, Corner[]>();
  const edge = (from: Corner, to: Corner): void => {
    if (from[0] === to[0] && from[1] === to[1]) return;
    const key = from.join();
    const known = next.get(key);
    if (known === undefined) next.set(key, [to]);
    else known.push(to);
  };
  const sides = new Map<number, { ends: Interval[]; starts: Interval[] }>();
  const sideAt = (x: number): { ends: Interval[]; starts: Interval[] } => {
    const known = sides.get(x) ?? { ends: [], starts: [] };
    sides.set(x, known);
    return known;
  };
  const cornersAt = new Map<number, Set<number>>();
  for (const piece of pieces) {
    const [x0, x1] = [onGrid(piece.x0), onGrid(piece.x1)];
    const [low0, low1] = [onGrid(piece.low0), onGrid(piece.low1)];
    const [high0, high1] = [onGrid(piece.high0), onGrid(piece.high1)];
    if (x0 === x1) continue;
    edge([x0, low0], [x1, low1]);
    edge([x1, high1], [x0, high0]);
    if (low1 < high1) sideAt(x1).ends.push([low1, high1]);
    if (low0 < high0) sideAt(x0).starts.push([low0, high0]);
    for (const [x, y] of [
      [x0, low0],
      [x0, high0],
      [x1, low1],
      [x1, high1],
    ] as const)
      cornersAt.set(x, (cornersAt.get(x) ?? new Set<number>()).add(y));
  }
  for (const [x, { ends, starts }] of sides) {
    const corners = [...(cornersAt.get(x) ?? [])].toSorted((a, b) => a - b);
    /** A side is walked corner by corner, so that every corner that another piece has on it is met. */
    const walk = ([low, high]: Interval, up: boolean): void => {
      const stops = corners.filter((y) => y >= low && y <= high);
      for (let i = 0; i + 1 < stops.length; i++) {
        const [a, b] = [stops[i] ?? 0, stops[i + 1] ?? 0];
        if (up) edge([x, a], [x, b]);
        else edge([x, b], [x, a]);
      }
    };
    for (const side of without(ends, starts)) walk(side, true);
    for (const side of without(starts, ends)) walk(side, false);
  }
  const rings: Vec2[][] = [];
  for (const [key, ways] of next)
    while (ways.length > 0) {
      const [x = 0, y = 0] = key.split(',').map(Number);
      const ring: Corner[] = [];
      for (let at: Corner | undefined = [x, y]; at !== undefined; ) {
        const step: Corner | undefined = next.get(at.join())?.pop();
        if (step === undefined) break;
        ring.push(step);
        if (step[0] === x && step[1] === y) break;
        at = step;
      }
      const corners = simplified(ring);
      if (corners.length > 2) rings.push(corners.map((at) => [at[0] * GRID_M, at[1] * GRID_M] as const));
    }
  return rings;
};
