import type { ThermalElement } from '../../client/names.ts';
import { areaVector, linesOf, trianglesOf } from './triangles.ts';

/** A building made ready to be drawn; coordinates in metres. */
export type Scene = {
  /** Nine numbers a triangle. */
  readonly triangles: Float32Array;
  /** Three numbers a corner, as many as there are corners. */
  readonly normals: Float32Array;
  /** Index of the element of each triangle. */
  readonly owners: Uint32Array;
  /** Six numbers an edge, and the element of each. */
  readonly lines: Float32Array;
  readonly lineOwners: Uint32Array;
  readonly middle: readonly [number, number, number];
  readonly radius: number;
};

/** How far elements move from the middle when they are drawn apart, of their distance. */
const APART = 0.45;

type Point = [number, number, number];

const middleOf = (points: readonly number[]): Point => {
  const low: Point = [Infinity, Infinity, Infinity];
  const high: Point = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i++) {
    const axis = (i % 3) as 0 | 1 | 2;
    low[axis] = Math.min(low[axis], points[i] ?? 0);
    high[axis] = Math.max(high[axis], points[i] ?? 0);
  }
  return [0, 1, 2].map((axis) => (low[axis as 0 | 1 | 2] + high[axis as 0 | 1 | 2]) / 2) as Point;
};

/** The faces of the elements as triangles and edges; with `apart`, each element moved away from the middle. */
export const buildScene = (
  elements: readonly ThermalElement[],
  unitM: number,
  apart: boolean,
): Scene | undefined => {
  const all: number[] = [];
  for (const { faces } of elements)
    for (const face of faces) for (const ring of face) for (const value of ring) all.push(value);
  if (all.length === 0) return undefined;
  const centre = middleOf(all);
  const triangles: number[] = [];
  const normals: number[] = [];
  const owners: number[] = [];
  const lines: number[] = [];
  const lineOwners: number[] = [];
  for (const [index, { faces }] of elements.entries()) {
    if (faces.length === 0) continue;
    const own = middleOf(faces.flatMap((face) => face.flat()));
    const move = own.map((value, axis) => (apart ? APART * (value - (centre[axis] ?? 0)) : 0));
    const placed = (values: readonly number[]): number[] =>
      values.map((value, i) => (value + (move[i % 3] ?? 0) - (centre[i % 3] ?? 0)) * unitM);
    for (const face of faces) {
      const vector = areaVector(face);
      const size = Math.hypot(...vector);
      if (size === 0) continue;
      const corners = placed(trianglesOf(face));
      for (let i = 0; i < corners.length; i += 9) owners.push(index);
      for (let i = 0; i < corners.length; i += 3) normals.push(...vector.map((one) => one / size));
      for (const value of corners) triangles.push(value);
      const edges = placed(linesOf(face));
      for (let i = 0; i < edges.length; i += 6) lineOwners.push(index);
      for (const value of edges) lines.push(value);
    }
  }
  const middle = middleOf(triangles);
  let radius = 0;
  for (let i = 0; i < triangles.length; i += 3)
    radius = Math.max(
      radius,
      Math.hypot(
        (triangles[i] ?? 0) - middle[0],
        (triangles[i + 1] ?? 0) - middle[1],
        (triangles[i + 2] ?? 0) - middle[2],
      ),
    );
  return {
    triangles: new Float32Array(triangles),
    normals: new Float32Array(normals),
    owners: new Uint32Array(owners),
    lines: new Float32Array(lines),
    lineOwners: new Uint32Array(lineOwners),
    middle,
    radius: Math.max(0.1, radius),
  };
};
