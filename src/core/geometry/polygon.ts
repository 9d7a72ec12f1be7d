import type { Face, Vec3 } from '../building-model.ts';
import { add, cross, dot, length, scale, subtract, unit, type Vec2 } from './vector.ts';

export type Ring2 = readonly Vec2[];

/** Half the sum of the cross products of successive corners: the area times the normal (Newell's method), m2. */
export const ringAreaVector = (ring: readonly Vec3[]): Vec3 => {
  const origin = ring[0];
  if (origin === undefined) return [0, 0, 0];
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const one = cross(subtract(ring[i], origin), subtract(ring[i + 1], origin));
    x += one[0];
    y += one[1];
    z += one[2];
  }
  return [x / 2, y / 2, z / 2];
};

/** Outward normal times net area, m2: the outer ring less its holes, whichever way the holes turn. */
export const faceAreaVector = (face: Face): Vec3 => {
  const outer = ringAreaVector(face.outer);
  return face.holes.reduce((total, hole) => {
    const inner = ringAreaVector(hole);
    return dot(inner, outer) > 0 ? subtract(total, inner) : add(total, inner);
  }, outer);
};

/** Net area of a planar face, m2. */
export const faceArea = (face: Face): number => length(faceAreaVector(face));

/**
 * Outward normal of length one, by Newell's method over the outer ring; undefined for a face without area.
 */
export const faceNormal = (face: Face): Vec3 | undefined => unit(ringAreaVector(face.outer));

/**
 * Volume inside a closed set of outward faces, m3, by the divergence theorem; negative when they face inwards.
 */
export const enclosedVolume = (faces: readonly Face[]): number => {
  const origin = faces[0]?.outer[0];
  if (origin === undefined) return 0;
  return faces.reduce((sum, face) => {
    const corner = face.outer[0];
    return corner === undefined ? sum : sum + dot(faceAreaVector(face), subtract(corner, origin)) / 3;
  }, 0);
};

export type Box3 = { readonly min: Vec3; readonly max: Vec3 };

/** Smallest box along the axes that holds the points, m; undefined when there are none. */
export const boxOf = (points: Iterable<Vec3>): Box3 | undefined => {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const point of points)
    for (let i = 0; i < 3; i++) {
      const value = point[i];
      if (value < min[i]) min[i] = value;
      if (value > max[i]) max[i] = value;
    }
  return min[0] <= max[0] ? { min, max } : undefined;
};

/**
 * Smallest box along the axes that holds the faces, m; undefined when there are none. Holes lie within their
 * outer ring and are not looked at.
 */
export const boxOfFaces = (faces: readonly Face[]): Box3 | undefined =>
  boxOf(faces.flatMap((face) => face.outer));

/** A right-handed frame in a plane: `u` and `v` span it, `u × v` is the normal. */
export type PlaneFrame = { readonly origin: Vec3; readonly u: Vec3; readonly v: Vec3; readonly normal: Vec3 };

/** A frame whose `u` is horizontal, so that `v` points up a vertical plane. */
export const planeFrame = (origin: Vec3, normal: Vec3): PlaneFrame => {
  const u = unit(cross([0, 0, 1], normal)) ?? [1, 0, 0];
  return { origin, u, v: cross(normal, u), normal };
};

/** Coordinates along `u` and `v`, m, of a point's foot in the plane; its distance from the plane is lost. */
export const toPlane = (frame: PlaneFrame, point: Vec3): Vec2 => {
  const offset = subtract(point, frame.origin);
  return [dot(offset, frame.u), dot(offset, frame.v)];
};

/** The point in space, m, of coordinates along `u` and `v`. */
export const fromPlane = (frame: PlaneFrame, point: Vec2): Vec3 =>
  add(frame.origin, add(scale(frame.u, point[0]), scale(frame.v, point[1])));

/** Signed area of a ring in the plane, counter-clockwise positive. */
export const ringArea = (ring: Ring2): number => {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j];
    const b = ring[i];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum / 2;
};

/** The same face seen from its other side: every ring turns the other way, so that the normal is opposite. */
export const reversed = (face: Face): Face => ({
  outer: face.outer.toReversed(),
  holes: face.holes.map((hole) => hole.toReversed()),
});
