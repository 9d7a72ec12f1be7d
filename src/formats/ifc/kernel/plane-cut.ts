import type { Face, Vec3 } from '#core/building-model.ts';
import {
  dot,
  length,
  mix,
  planeFrame,
  type Region,
  regionHolds,
  ringArea,
  scale,
  subtract,
  toPlane,
} from '#core/geometry/index.ts';

/** Points with normal·p = offset; the normal has length one. */
export type Plane = { readonly normal: Vec3; readonly offset: number };

/** The plane through a point, m; `normal` must have length one. */
export const planeThrough = (point: Vec3, normal: Vec3): Plane => ({ normal, offset: dot(normal, point) });

/** The same plane with its other side up. */
export const flipped = (plane: Plane): Plane => ({
  normal: scale(plane.normal, -1),
  offset: -plane.offset,
});

const ON_M = 1e-5;

const heightOver = (plane: Plane, p: Vec3): number => {
  const h = dot(plane.normal, p) - plane.offset;
  return Math.abs(h) < ON_M ? 0 : h;
};

/** The part of a ring on the positive side of the plane (Sutherland-Hodgman). */
export const clipRing = (ring: readonly Vec3[], plane: Plane): Vec3[] => {
  const out: Vec3[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j];
    const b = ring[i];
    const ha = heightOver(plane, a);
    const hb = heightOver(plane, b);
    if ((ha > 0 && hb < 0) || (ha < 0 && hb > 0)) out.push(mix(a, b, ha / (ha - hb)));
    if (hb >= 0) out.push(b);
  }
  return out.length >= 3 ? out : [];
};

/** Directed edge lying in the cutting plane. */
type Edge = readonly [from: Vec3, to: Vec3];

const edgesInPlane = (ring: readonly Vec3[], plane: Plane): Edge[] =>
  ring.flatMap((b, i): Edge[] => {
    const a = ring[(i + ring.length - 1) % ring.length];
    const inPlane = heightOver(plane, a) === 0 && heightOver(plane, b) === 0;
    return inPlane && length(subtract(b, a)) > ON_M ? [[a, b]] : [];
  });

/**
 * Cancels edges run both ways: along each line of the plane the directed edges are summed, and what is left over
 * is the boundary of the hole that the cut opened. Handles the doubled edges that clipping a concave ring leaves.
 */
const leftover = (edges: readonly Edge[]): Edge[] => {
  const lines: { direction: Vec3; origin: Vec3; marks: { t: number; change: number; point: Vec3 }[] }[] = [];
  for (const [from, to] of edges) {
    const step = subtract(to, from);
    const size = length(step);
    const line =
      lines.find(({ direction, origin }) => {
        const d = subtract(from, origin);
        const e = subtract(to, origin);
        const off = (v: Vec3): number => length(subtract(v, scale(direction, dot(v, direction))));
        return off(d) < 5 * ON_M && off(e) < 5 * ON_M;
      }) ??
      (() => {
        const made = { direction: scale(step, 1 / size), origin: from, marks: [] };
        lines.push(made);
        return made;
      })();
    const a = dot(subtract(from, line.origin), line.direction);
    const b = dot(subtract(to, line.origin), line.direction);
    const sign = b > a ? 1 : -1;
    line.marks.push({ t: Math.min(a, b), change: sign, point: b > a ? from : to });
    line.marks.push({ t: Math.max(a, b), change: -sign, point: b > a ? to : from });
  }
  const out: Edge[] = [];
  for (const { marks } of lines) {
    const ordered = marks.toSorted((p, q) => p.t - q.t);
    let level = 0;
    for (let i = 0; i + 1 < ordered.length; i++) {
      const here = ordered[i];
      const next = ordered[i + 1] as { t: number; point: Vec3 };
      level += here.change;
      if (next.t - here.t < ON_M || level === 0) continue;
      out.push(level > 0 ? [here.point, next.point] : [next.point, here.point]);
    }
  }
  return out;
};

const chain = (edges: readonly Edge[]): Vec3[][] => {
  const open = [...edges];
  const rings: Vec3[][] = [];
  while (open.length > 0) {
    const first = open.pop() as Edge;
    const ring: Vec3[] = [first[0]];
    let end = first[1];
    while (length(subtract(end, first[0])) > 10 * ON_M) {
      ring.push(end);
      let best = -1;
      let gap = 1e-3;
      for (const [i, edge] of open.entries()) {
        const d = length(subtract(edge[0], end));
        if (d < gap) {
          gap = d;
          best = i;
        }
      }
      if (best < 0) break;
      end = open[best][1];
      open.splice(best, 1);
    }
    if (ring.length >= 3) rings.push(ring);
  }
  return rings;
};

/** Rings in one plane as faces with holes; `normal` is the side the outer rings turn about. */
const nestRings = (rings: readonly (readonly Vec3[])[], normal: Vec3): Face[] => {
  const origin = rings[0]?.[0];
  if (origin === undefined) return [];
  const frame = planeFrame(origin, normal);
  const flat = rings.map((ring) => ({ ring, plan: ring.map((p) => toPlane(frame, p)) }));
  const outers = flat.filter(({ plan }) => ringArea(plan) > 0);
  const holes = flat.filter(({ plan }) => ringArea(plan) < 0);
  return outers.map(({ ring, plan }) => ({
    outer: ring,
    holes: holes
      .filter((hole) => {
        const region: Region = [plan];
        const [a, b] = [hole.plan[0], hole.plan[1]];
        return a && b && regionHolds(region, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      })
      .map((hole) => hole.ring),
  }));
};

/** The part of a closed solid on the positive side of a plane, closed again by the section. */
export const cutSolid = (faces: readonly Face[], plane: Plane): Face[] => {
  let above = false;
  let below = false;
  for (const face of faces)
    for (const p of face.outer) {
      const h = heightOver(plane, p);
      if (h > 0) above = true;
      if (h < 0) below = true;
    }
  if (!below) return [...faces];
  if (!above) return [];
  const kept: Face[] = [];
  const rim: Edge[] = [];
  for (const face of faces) {
    const outer = clipRing(face.outer, plane);
    if (outer.length === 0) continue;
    const flat = outer.every((p) => heightOver(plane, p) === 0);
    if (flat && face.outer.some((p) => heightOver(plane, p) !== 0)) continue;
    const holes = face.holes.map((hole) => clipRing(hole, plane)).filter((hole) => hole.length > 0);
    kept.push({ outer, holes });
    rim.push(...edgesInPlane(outer, plane), ...holes.flatMap((hole) => edgesInPlane(hole, plane)));
  }
  const cap = chain(leftover(rim).map(([a, b]): Edge => [b, a]));
  return [...kept, ...nestRings(cap, scale(plane.normal, -1))];
};
