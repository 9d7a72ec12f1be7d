import type { Face } from '#core/building-model.ts';
import { type Extent, extentOf, faceNormal, regionHolds, type Region } from '#core/geometry/index.ts';

/** Where a vertical line is inside a solid, metres. */
export type Interval = { readonly owner: number; readonly z0: number; readonly z1: number };

type Slope = {
  readonly owner: number;
  readonly region: Region;
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

const isNear = ([x0, x1, y0, y1]: Extent, x: number, y: number): boolean =>
  x > x0 - ROUNDING_M && x < x1 + ROUNDING_M && y > y0 - ROUNDING_M && y < y1 + ROUNDING_M;

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
      const region = [face.outer, ...face.holes].map((ring) => ring.map((p) => [p[0], p[1]] as const));
      const slope: Slope = {
        owner,
        region,
        extent: extentOf(region),
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

  #find(x: number, y: number, only?: number): Interval[] {
    const hits = new Map<number, number[]>();
    const visit = (slope: Slope): void => {
      if (only !== undefined && slope.owner !== only) return;
      if (!isNear(slope.extent, x, y) || !regionHolds(slope.region, x, y)) return;
      const z = slope.a + slope.b * x + slope.c * y;
      const list = hits.get(slope.owner);
      if (list === undefined) hits.set(slope.owner, [z]);
      else list.push(z);
    };
    for (const slope of this.#buckets.get(bucketKey(Math.floor(x / BUCKET_M), Math.floor(y / BUCKET_M))) ??
      [])
      visit(slope);
    for (const slope of this.#large) visit(slope);
    const intervals: Interval[] = [];
    for (const [owner, list] of hits) {
      list.sort((p, q) => p - q);
      for (let i = 0; i + 1 < list.length; i += 2) intervals.push({ owner, z0: list[i], z1: list[i + 1] });
    }
    return intervals.sort((p, q) => p.z0 - q.z0);
  }
}
