import type { Vec3 } from '../building-model.ts';

export type Vec2 = readonly [x: number, y: number];

/** a + b, component by component. */
export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** a − b: for points, the way from `b` to `a`, m. */
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** k·a. */
export const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k];

/** a·b; for vectors of length one, the cosine of the angle between them. */
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** a × b, by the right-hand rule; its length is the area of the parallelogram, m2 for sides in m. */
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Euclidean norm, in the unit of the components. */
export const length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);

/** The point that divides the way from `a` (t = 0) to `b` (t = 1). */
export const mix = (a: Vec3, b: Vec3, t: number): Vec3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** The vector of length one in the same direction, or undefined for one too short to have a direction. */
export const unit = (a: Vec3): Vec3 | undefined => {
  const size = length(a);
  return size > 1e-12 && Number.isFinite(size) ? scale(a, 1 / size) : undefined;
};
