import type { Ring2 } from './polygon.ts';
import { ringArea } from './polygon.ts';
import type { Vec2 } from './vector.ts';

/** Two sides parallel to y: from x0 to x1, between the lines low0-low1 and high0-high1. */
export type Trapezoid = {
  readonly x0: number;
  readonly x1: number;
  readonly low0: number;
  readonly low1: number;
  readonly high0: number;
  readonly high1: number;
};

/**
 * Outer rings and holes together: inside where an odd number of them covers. A ring of two points is one edge of
 * an outline given in pieces (a section through a solid).
 */
export type Region = readonly Ring2[];

/** One outline of an operand whose outlines may overlap: covered where any outline has an odd count. */
export type Operand = readonly Region[];

type Edge = {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly low: number;
  readonly high: number;
  readonly region: number;
  /** Place among edges ordered by where they start; settles which of two edges at one height comes first. */
  rank: number;
  /** Height in the middle of the slab at hand. */
  y: number;
};

const SNAP_M = 1e-7;

const edgesOf = (regions: readonly Region[]): Edge[] => {
  const edges: Edge[] = [];
  for (const [region, rings] of regions.entries())
    for (const ring of rings)
      for (let i = ring.length === 2 ? 1 : 0, j = i === 1 ? 0 : ring.length - 1; i < ring.length; j = i++) {
        const a = ring[j];
        const b = ring[i];
        if (Math.abs(a[0] - b[0]) < SNAP_M) continue;
        const [from, to] = a[0] < b[0] ? [a, b] : [b, a];
        const [ay, by] = [from[1], to[1]];
        const [low, high] = ay < by ? [ay, by] : [by, ay];
        edges.push({ ax: from[0], ay, bx: to[0], by, low, high, region, rank: 0, y: 0 });
      }
  edges.sort((a, b) => a.ax - b.ax);
  for (let i = 0; i < edges.length; i++) edges[i].rank = i;
  return edges;
};

/** Sorts edges by height at `x`. From slab to slab their order hardly changes, which insertion makes use of. */
const sortByHeight = (edges: Edge[], x: number): void => {
  for (const edge of edges) edge.y = heightAt(edge, x);
  for (let i = 1; i < edges.length; i++) {
    const edge = edges[i];
    let at = i;
    for (; at > 0; at--) {
      const before = edges[at - 1];
      if (before.y < edge.y || (before.y === edge.y && before.rank < edge.rank)) break;
      edges[at] = before;
    }
    edges[at] = edge;
  }
};

const heightAt = (edge: Edge, x: number): number =>
  edge.ay + ((edge.by - edge.ay) * (x - edge.ax)) / (edge.bx - edge.ax);

const crossingX = (a: Edge, b: Edge): number | undefined => {
  const left = Math.max(a.ax, b.ax);
  const right = Math.min(a.bx, b.bx);
  if (right - left < SNAP_M) return undefined;
  const atLeft = heightAt(a, left) - heightAt(b, left);
  const atRight = heightAt(a, right) - heightAt(b, right);
  if (atLeft * atRight >= 0 || Math.max(Math.abs(atLeft), Math.abs(atRight)) < SNAP_M) return undefined;
  return left + ((right - left) * atLeft) / (atLeft - atRight);
};

const slabLimits = (regions: readonly Region[], byStart: readonly Edge[]): number[] => {
  const limits: number[] = [];
  for (const rings of regions) for (const ring of rings) for (const point of ring) limits.push(point[0]);
  for (let i = 0; i < byStart.length; i++) {
    const a = byStart[i];
    const { bx, low, high } = a;
    for (let j = i + 1; j < byStart.length; j++) {
      const b = byStart[j];
      if (b.ax >= bx) break;
      if (b.low > high || b.high < low) continue;
      const x = crossingX(a, b);
      if (x !== undefined) limits.push(x);
    }
  }
  limits.sort((a, b) => a - b);
  return limits.filter((x, i) => i === 0 || x - limits[i - 1] > 0);
};

/**
 * The part of the plane where `inside` holds, cut into trapezoids between the corners and crossings of all
 * outlines (slab decomposition). `operands` are tested separately; `inside` is told which of them cover. Exact to
 * rounding; coincident edges need no care because a slab's middle never lies on a corner.
 */
export const decompose = (
  operands: readonly Operand[],
  inside: (covered: readonly boolean[]) => boolean,
): Trapezoid[] => {
  const regions = operands.flat();
  const operandOf = operands.flatMap((operand, index) => operand.map(() => index));
  const byStart = edgesOf(regions);
  const limits = slabLimits(regions, byStart);
  const found: Trapezoid[] = [];
  let next = 0;
  let live: Edge[] = [];
  const odd = Array.from({ length: regions.length }, () => false);
  const count = Array.from({ length: operands.length }, () => 0);
  const covered = Array.from({ length: operands.length }, () => false);
  for (let i = 0; i + 1 < limits.length; i++) {
    const x0 = limits[i];
    const x1 = limits[i + 1];
    const middle = (x0 + x1) / 2;
    while (next < byStart.length && byStart[next].ax <= middle) live.push(byStart[next++]);
    live = live.filter((edge) => edge.bx >= middle);
    if (x1 - x0 < SNAP_M || live.length === 0) continue;
    sortByHeight(live, middle);
    // Only what crosses this slab: with very many outlines, clearing them all for each slab is what would take the time.
    for (const edge of live) odd[edge.region] = false;
    count.fill(0);
    covered.fill(false);
    let open: Edge | undefined;
    for (const edge of live) {
      const operand = operandOf[edge.region];
      const now = !odd[edge.region];
      odd[edge.region] = now;
      count[operand] = count[operand] + (now ? 1 : -1);
      covered[operand] = count[operand] > 0;
      const within = inside(covered);
      if (within && open === undefined) open = edge;
      else if (!within && open !== undefined) {
        const piece = {
          x0,
          x1,
          low0: heightAt(open, x0),
          low1: heightAt(open, x1),
          high0: heightAt(edge, x0),
          high1: heightAt(edge, x1),
        };
        if (trapezoidArea(piece) > 1e-9) found.push(piece);
        open = undefined;
      }
    }
  }
  return found;
};

export const trapezoidArea = (one: Trapezoid): number =>
  ((one.x1 - one.x0) * (one.high0 - one.low0 + one.high1 - one.low1)) / 2;

export const totalArea = (pieces: readonly Trapezoid[]): number =>
  pieces.reduce((sum, piece) => sum + trapezoidArea(piece), 0);

/** Corners counter-clockwise, without the doubled corner of a triangle. */
export const trapezoidRing = (one: Trapezoid): Vec2[] => {
  const ring: Vec2[] = [[one.x0, one.low0]];
  ring.push([one.x1, one.low1]);
  if (one.high1 - one.low1 > SNAP_M) ring.push([one.x1, one.high1]);
  if (one.high0 - one.low0 > SNAP_M) ring.push([one.x0, one.high0]);
  return ring;
};

const first = (covered: readonly boolean[]): boolean => covered[0];
const both = (covered: readonly boolean[]): boolean => covered[0] && covered[1];
const onlyFirst = (covered: readonly boolean[]): boolean => covered[0] && !covered[1];

export type Extent = readonly [x0: number, x1: number, y0: number, y1: number];

export const extentOf = (region: Region): Extent => {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of region)
    for (let i = 0; i < ring.length; i++) {
      const point = ring[i];
      const x = point[0];
      const y = point[1];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  return [x0, x1, y0, y1];
};

const meet = (a: Extent, b: Extent): boolean => a[0] <= b[1] && b[0] <= a[1] && a[2] <= b[3] && b[2] <= a[3];

/** Extents of regions, which do not change: the same outlines are asked about for each roof and wall in turn. */
const extents = new WeakMap<Region, Extent>();

const knownExtentOf = (region: Region): Extent => {
  let extent = extents.get(region);
  if (extent === undefined) extents.set(region, (extent = extentOf(region)));
  return extent;
};

/** The regions of an operand whose extent meets that of `near`. */
const regionsNear = (operand: Operand, near: Region): Operand => {
  const extent = extentOf(near);
  return operand.filter((region) => meet(knownExtentOf(region), extent));
};

/** Parts of an operand that lie apart from each other, so that each is cut into its own slabs only. */
const partsApart = (operand: Operand): Region[][] => {
  const ordered = operand
    .map((region) => ({ region, extent: extentOf(region) }))
    .toSorted((a, b) => a.extent[0] - b.extent[0]);
  type Part = { readonly extent: Extent; readonly regions: Region[] };
  const done: Part[] = [];
  let open: Part[] = [];
  for (const { region, extent } of ordered) {
    let [x0, x1, y0, y1] = extent;
    const regions = [region];
    const still: Part[] = [];
    for (const part of open) {
      // Taken from left to right, what ends before this one meets none of the others either.
      if (part.extent[1] < extent[0]) done.push(part);
      else if (meet(part.extent, [x0, x1, y0, y1])) {
        regions.push(...part.regions);
        x0 = Math.min(x0, part.extent[0]);
        x1 = Math.max(x1, part.extent[1]);
        y0 = Math.min(y0, part.extent[2]);
        y1 = Math.max(y1, part.extent[3]);
      } else still.push(part);
    }
    still.push({ extent: [x0, x1, y0, y1], regions });
    open = still;
  }
  return [...done, ...open].map((part) => part.regions);
};

/** Outlines that overlap are counted once. */
export const union = (a: Operand): Trapezoid[] => partsApart(a).flatMap((part) => decompose([part], first));
export const intersection = (a: Operand, b: Operand): Trapezoid[] =>
  decompose([a, regionsNear(b, a.flat())], both);
export const difference = (a: Operand, b: Operand): Trapezoid[] =>
  decompose([a, regionsNear(b, a.flat())], onlyFirst);

export const asOperand = (pieces: readonly Trapezoid[]): Operand => pieces.map((one) => [trapezoidRing(one)]);

/** Even-odd test of a point against the rings of one region. */
export const regionHolds = (region: Region, x: number, y: number): boolean => {
  let within = false;
  for (const ring of region)
    for (let i = ring.length === 2 ? 1 : 0, j = i === 1 ? 0 : ring.length - 1; i < ring.length; j = i++) {
      const a = ring[j];
      const b = ring[i];
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) within = !within;
    }
  return within;
};

export const isConvex = (ring: Ring2): boolean => {
  const turn = Math.sign(ringArea(ring));
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    const c = ring[(i + 2) % ring.length];
    const bend = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
    if (bend * turn < -1e-9) return false;
  }
  return true;
};
