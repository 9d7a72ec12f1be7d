import type { Face } from '#core/building-model.ts';
import { type Extent, extentOf, faceNormal } from '#core/geometry/index.ts';

/** Where a vertical line is inside a solid, metres. */
export type Interval = { readonly owner: number; readonly z0: number; readonly z1: number };

type Slope = {
  readonly owner: number;
  /** Corners in plan, x and y in turn, one array a ring. */
  readonly rings: readonly Float64Array[];
  readonly extent: Extent;
  /** z = a + b·x + c·y over the plan. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

const BUCKET_M = 1;
const STEEP = 1e-3;
/** Far more than the rounding of where a line crosses an edge. */
const ROUNDING_M = 1e-6;

const isNear = (extent: Extent, x: number, y: number): boolean =>
  x > extent[0] - ROUNDING_M &&
  x < extent[1] + ROUNDING_M &&
  y > extent[2] - ROUNDING_M &&
  y < extent[3] + ROUNDING_M;

/** Even-odd test of a point against the rings, holes among them. */
const holds = (rings: readonly Float64Array[], x: number, y: number): boolean => {
  let within = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const ay = ring[j + 1];
      const by = ring[i + 1];
      if (ay > y !== by > y && x < ((ring[i] - ring[j]) * (y - ay)) / (by - ay) + ring[j]) within = !within;
    }
  return within;
};

type Hit = { readonly owner: number; readonly z: number };

const NONE: readonly Interval[] = [];

const intervalsOf = (hits: readonly Hit[]): readonly Interval[] => {
  if (hits.length < 2) return NONE;
  const [first, second] = hits;
  // One solid alone, as over most points.
  if (hits.length === 2)
    return first.owner === second.owner
      ? [{ owner: first.owner, z0: Math.min(first.z, second.z), z1: Math.max(first.z, second.z) }]
      : NONE;
  const heights = new Map<number, number[]>();
  for (const { owner, z } of hits) {
    const list = heights.get(owner);
    if (list === undefined) heights.set(owner, [z]);
    else list.push(z);
  }
  const intervals: Interval[] = [];
  for (const [owner, list] of heights) {
    list.sort((p, q) => p - q);
    for (let i = 0; i + 1 < list.length; i += 2) intervals.push({ owner, z0: list[i], z1: list[i + 1] });
  }
  return intervals.sort((p, q) => p.z0 - q.z0);
};

/** Two buckets a million apart may share a key: the extent of a slope tells them apart. */
const bucketKey = (x: number, y: number): number => x * 2 ** 20 + y;

/** Faces of solids by plan position, so that a vertical line meets only those near it. */
export class ColumnIndex {
  readonly #buckets = new Map<number, Slope[]>();
  readonly #large: Slope[] = [];
  #last: { readonly x: number; readonly y: number; readonly found: readonly Interval[] } | undefined;

  add(owner: number, faces: readonly Face[]): void {
    for (const face of faces) {
      const normal = faceNormal(face);
      const corner = face.outer[0];
      if (normal === undefined || corner === undefined || Math.abs(normal[2]) < STEEP) continue;
      const b = -normal[0] / normal[2];
      const c = -normal[1] / normal[2];
      const rings = [face.outer, ...face.holes];
      const slope: Slope = {
        owner,
        rings: rings.map((ring) => Float64Array.from(ring.flatMap((p) => [p[0], p[1]]))),
        extent: extentOf(rings.map((ring) => ring.map((p) => [p[0], p[1]] as const))),
        a: corner[2] - b * corner[0] - c * corner[1],
        b,
        c,
      };
      this.#place(slope);
    }
  }

  #place(slope: Slope): void {
    const [x0, x1, y0, y1] = slope.extent.map((at) => Math.floor(at / BUCKET_M));
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > 400) {
      this.#large.push(slope);
      return;
    }
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) {
        const key = bucketKey(x, y);
        const list = this.#buckets.get(key);
        if (list === undefined) this.#buckets.set(key, [slope]);
        else list.push(slope);
      }
  }

  /**
   * Intervals of every solid, or of one, over a point of the plan, from the lowest up. Asked again for the same point,
   * as callers do in turn, it gives the same array.
   */
  at(x: number, y: number, only?: number): readonly Interval[] {
    if (only !== undefined) return this.#find(x, y, only);
    if (this.#last?.x !== x || this.#last.y !== y) this.#last = { x, y, found: this.#find(x, y) };
    return this.#last.found;
  }

  #find(x: number, y: number, only?: number): readonly Interval[] {
    const hits: Hit[] = [];
    const visit = (slopes: readonly Slope[]): void => {
      for (const slope of slopes) {
        if (only !== undefined && slope.owner !== only) continue;
        if (!isNear(slope.extent, x, y) || !holds(slope.rings, x, y)) continue;
        hits.push({ owner: slope.owner, z: slope.a + slope.b * x + slope.c * y });
      }
    };
    const bucket = this.#buckets.get(bucketKey(Math.floor(x / BUCKET_M), Math.floor(y / BUCKET_M)));
    if (bucket !== undefined) visit(bucket);
    visit(this.#large);
    return intervalsOf(hits);
  }
}
