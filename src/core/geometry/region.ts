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

/** Numbers kept of an edge: its ends from left to right, its lowest and highest y, its height in the slab at hand. */
const [AX, AY, BX, BY, LOW, HIGH, Y, EDGE] = [0, 1, 2, 3, 4, 5, 6, 7];

const SNAP_M = 1e-7;

/**
 * Edges of the outlines at hand, ordered by where they start, as rows of numbers: an object an edge would be the most
 * of what a model's geometry leaves to collect. A call of `decompose` fills it anew.
 */
let table = new Float64Array(EDGE * 256);
let unordered = new Float64Array(EDGE * 256);
/** Region of each edge. */
let regionOf = new Int32Array(256);
let unorderedRegionOf = new Int32Array(256);

const makeRoom = (edges: number): void => {
  if (edges <= regionOf.length) return;
  const size = Math.max(edges, 2 * regionOf.length);
  table = new Float64Array(EDGE * size);
  unordered = new Float64Array(EDGE * size);
  regionOf = new Int32Array(size);
  unorderedRegionOf = new Int32Array(size);
};

/** Fills the table and returns how many edges there are; upright ones bound nothing and are left out. */
const fillTable = (regions: readonly Region[]): number => {
  let most = 0;
  for (let r = 0; r < regions.length; r++)
    for (let k = 0; k < regions[r].length; k++) most += regions[r][k].length;
  makeRoom(most);
  const order: number[] = [];
  for (let region = 0; region < regions.length; region++)
    for (let k = 0; k < regions[region].length; k++) {
      const ring = regions[region][k];
      for (let i = ring.length === 2 ? 1 : 0, j = i === 1 ? 0 : ring.length - 1; i < ring.length; j = i++) {
        const isForward = ring[j][0] < ring[i][0];
        const from = isForward ? ring[j] : ring[i];
        const to = isForward ? ring[i] : ring[j];
        if (to[0] - from[0] < SNAP_M) continue;
        const row = order.length * EDGE;
        unordered[row + AX] = from[0];
        unordered[row + AY] = from[1];
        unordered[row + BX] = to[0];
        unordered[row + BY] = to[1];
        unordered[row + LOW] = Math.min(from[1], to[1]);
        unordered[row + HIGH] = Math.max(from[1], to[1]);
        unorderedRegionOf[order.length] = region;
        order.push(order.length);
      }
    }
  order.sort((a, b) => unordered[a * EDGE + AX] - unordered[b * EDGE + AX]);
  for (let i = 0; i < order.length; i++) {
    const from = order[i] * EDGE;
    for (let k = 0; k < Y; k++) table[i * EDGE + k] = unordered[from + k];
    regionOf[i] = unorderedRegionOf[order[i]];
  }
  return order.length;
};

/**
 * Sorts edges by height at `x`, those of one height by where they start. From slab to slab their
 * order hardly changes, which insertion makes use of.
 */
const sortByHeight = (edges: number[], x: number): void => {
  for (let i = 0; i < edges.length; i++) table[edges[i] * EDGE + Y] = heightAt(edges[i], x);
  for (let i = 1; i < edges.length; i++) {
    const edge = edges[i];
    const y = table[edge * EDGE + Y];
    let at = i;
    for (; at > 0; at--) {
      const before = edges[at - 1];
      const yBefore = table[before * EDGE + Y];
      if (yBefore < y || (yBefore === y && before < edge)) break;
      edges[at] = before;
    }
    edges[at] = edge;
  }
};

const heightAt = (edge: number, x: number): number => {
  const row = edge * EDGE;
  const ax = table[row + AX];
  const ay = table[row + AY];
  return ay + ((table[row + BY] - ay) * (x - ax)) / (table[row + BX] - ax);
};

const crossingX = (a: number, b: number): number | undefined => {
  const left = Math.max(table[a * EDGE + AX], table[b * EDGE + AX]);
  const right = Math.min(table[a * EDGE + BX], table[b * EDGE + BX]);
  if (right - left < SNAP_M) return undefined;
  const atLeft = heightAt(a, left) - heightAt(b, left);
  const atRight = heightAt(a, right) - heightAt(b, right);
  if (atLeft * atRight >= 0 || Math.max(Math.abs(atLeft), Math.abs(atRight)) < SNAP_M) return undefined;
  return left + ((right - left) * atLeft) / (atLeft - atRight);
};

const slabLimits = (regions: readonly Region[], edges: number): Float64Array => {
  const limits: number[] = [];
  for (let r = 0; r < regions.length; r++)
    for (let k = 0; k < regions[r].length; k++) {
      const ring = regions[r][k];
      for (let i = 0; i < ring.length; i++) limits.push(ring[i][0]);
    }
  for (let i = 0; i < edges; i++) {
    const bx = table[i * EDGE + BX];
    const low = table[i * EDGE + LOW];
    const high = table[i * EDGE + HIGH];
    for (let j = i + 1; j < edges; j++) {
      const row = j * EDGE;
      if (table[row + AX] >= bx) break;
      if (table[row + LOW] > high || table[row + HIGH] < low) continue;
      const x = crossingX(i, j);
      if (x !== undefined) limits.push(x);
    }
  }
  const ordered = Float64Array.from(limits).sort();
  let count = 0;
  for (let i = 0; i < ordered.length; i++)
    if (i === 0 || ordered[i] - ordered[i - 1] > 0) ordered[count++] = ordered[i];
  return ordered.subarray(0, count);
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
  const operandOf: number[] = [];
  for (let i = 0; i < operands.length; i++) for (let k = 0; k < operands[i].length; k++) operandOf.push(i);
  const edges = fillTable(regions);
  const limits = slabLimits(regions, edges);
  const found: Trapezoid[] = [];
  let next = 0;
  const live: number[] = [];
  const odd = new Uint8Array(regions.length);
  const count = operands.map(() => 0);
  const covered = operands.map(() => false);
  for (let i = 0; i + 1 < limits.length; i++) {
    const x0 = limits[i];
    const x1 = limits[i + 1];
    const middle = (x0 + x1) / 2;
    let kept = 0;
    for (let k = 0; k < live.length; k++) if (table[live[k] * EDGE + BX] >= middle) live[kept++] = live[k];
    live.length = kept;
    for (; next < edges && table[next * EDGE + AX] <= middle; next++)
      if (table[next * EDGE + BX] >= middle) live.push(next);
    if (x1 - x0 < SNAP_M || live.length === 0) continue;
    sortByHeight(live, middle);
    // Only what crosses this slab: with very many outlines, clearing them all for each slab is what would take the time.
    for (let k = 0; k < live.length; k++) odd[regionOf[live[k]]] = 0;
    count.fill(0);
    covered.fill(false);
    let open = -1;
    for (let k = 0; k < live.length; k++) {
      const edge = live[k];
      const region = regionOf[edge];
      const operand = operandOf[region];
      odd[region] ^= 1;
      count[operand] += odd[region] === 1 ? 1 : -1;
      covered[operand] = count[operand] > 0;
      const within = inside(covered);
      if (within && open < 0) open = edge;
      else if (!within && open >= 0) {
        const piece = {
          x0,
          x1,
          low0: heightAt(open, x0),
          low1: heightAt(open, x1),
          high0: heightAt(edge, x0),
          high1: heightAt(edge, x1),
        };
        if (trapezoidArea(piece) > 1e-9) found.push(piece);
        open = -1;
      }
    }
  }
  return found;
};

/** Area, m2: width times the mean of the two upright sides; negative where the outline is crossed. */
export const trapezoidArea = (one: Trapezoid): number =>
  ((one.x1 - one.x0) * (one.high0 - one.low0 + one.high1 - one.low1)) / 2;

/** Sum of the areas, m2; that of the covered plane, since pieces of one decomposition do not overlap. */
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

/**
 * Smallest rectangle along the axes that holds the outlines, m; from Infinity to -Infinity without corners.
 */
export const extentOf = (region: Region): Extent => {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < region.length; k++)
    for (let i = 0; i < region[k].length; i++) {
      const point = region[k][i];
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
export const regionsNear = (operand: Operand, near: Region): Operand => {
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

/** What both cover, as pieces that do not overlap, m. */
export const intersection = (a: Operand, b: Operand): Trapezoid[] =>
  decompose([a, regionsNear(b, a.flat())], both);

/** What `a` covers and `b` does not, as pieces that do not overlap, m. */
export const difference = (a: Operand, b: Operand): Trapezoid[] =>
  decompose([a, regionsNear(b, a.flat())], onlyFirst);

/** Pieces of one decomposition as the operand of the next. */
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

/**
 * Whether a ring turns one way at every corner, whichever way it runs; corners in line count as turning
 * either way.
 */
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
