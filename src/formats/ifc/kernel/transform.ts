import type { Face, Vec3 } from '#core/building-model.ts';
import { cross, dot, scale, subtract, unit } from '#core/geometry/index.ts';

/** Affine map p -> x·p.x + y·p.y + z·p.z + origin. */
export type Transform = { readonly x: Vec3; readonly y: Vec3; readonly z: Vec3; readonly origin: Vec3 };

export const identity: Transform = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], origin: [0, 0, 0] };

/** The image of a direction: turned and scaled, not moved. */
export const applyDirection = (t: Transform, p: Vec3): Vec3 => [
  t.x[0] * p[0] + t.y[0] * p[1] + t.z[0] * p[2],
  t.x[1] * p[0] + t.y[1] * p[1] + t.z[1] * p[2],
  t.x[2] * p[0] + t.y[2] * p[1] + t.z[2] * p[2],
];

/** The image of a point. */
export const applyPoint = (t: Transform, p: Vec3): Vec3 => {
  const d = applyDirection(t, p);
  return [d[0] + t.origin[0], d[1] + t.origin[1], d[2] + t.origin[2]];
};

/** `outer` after `inner`. */
export const compose = (outer: Transform, inner: Transform): Transform => ({
  x: applyDirection(outer, inner.x),
  y: applyDirection(outer, inner.y),
  z: applyDirection(outer, inner.z),
  origin: applyPoint(outer, inner.origin),
});

/** A map that turns left hands into right ones makes outward faces face inwards unless their rings are turned. */
const isMirrored = (t: Transform): boolean => dot(cross(t.x, t.y), t.z) < 0;

/** The image of a face; under a mirroring its rings are turned, so that it still faces outwards. */
export const transformFace = (t: Transform, face: Face): Face => {
  const move = (ring: readonly Vec3[]): Vec3[] => {
    const moved = ring.map((p) => applyPoint(t, p));
    return isMirrored(t) ? moved.reverse() : moved;
  };
  return { outer: move(face.outer), holes: face.holes.map(move) };
};

/**
 * Axes of ISO 10303-42 build_axes: z as given, x made square to it. A missing or parallel x falls back to the
 * world axis that is farthest from z.
 */
export const squareAxes = (origin: Vec3, axis?: Vec3, refDirection?: Vec3): Transform => {
  const z = (axis && unit(axis)) ?? ([0, 0, 1] as const);
  const wanted = refDirection && unit(refDirection);
  const project = (v: Vec3): Vec3 | undefined => {
    const flat = subtract(v, scale(z, dot(v, z)));
    return Math.hypot(...flat) > 1e-6 ? unit(flat) : undefined;
  };
  const x = (wanted && project(wanted)) ?? project([1, 0, 0]) ?? project([0, 1, 0]) ?? ([1, 0, 0] as const);
  return { x, y: cross(z, x), z, origin };
};
