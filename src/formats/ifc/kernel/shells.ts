import type { Face, Vec3 } from '#core/building-model.ts';
import { length, ringAreaVector } from '#core/geometry/index.ts';
import { isEnum, type StepValue } from '../step-file.ts';
import { curvePoints, ringOf } from './curves.ts';
import { entity, flagOf, pointOf, type Reading, refsOf } from './read.ts';

const vertexPoint = (reading: Reading, value: StepValue | undefined, depth: number): Vec3 | undefined => {
  const vertex = entity(reading, value, depth);
  return vertex && pointOf(reading, vertex.fields[0], depth);
};

/** Points of one oriented edge from its start up to, not including, its end. */
const edgePoints = (reading: Reading, value: StepValue | undefined, depth: number): Vec3[] => {
  const oriented = entity(reading, value, depth);
  const edge = oriented && entity(reading, oriented.fields[2], depth);
  if (oriented === undefined || edge === undefined) return [];
  const start = vertexPoint(reading, edge.fields[0], depth);
  const end = vertexPoint(reading, edge.fields[1], depth);
  if (start === undefined || end === undefined) return [];
  const curve = edge.type === 'IFCEDGECURVE' ? entity(reading, edge.fields[2], depth) : undefined;
  const isStraight = curve === undefined || curve.type === 'IFCLINE';
  const between =
    isStraight || curve === undefined ? [] : curvePoints(reading, edge.fields[2], depth + 1).slice(1, -1);
  if (!isStraight) reading.exact = false;
  const whole = [start, ...between, end];
  if (!flagOf(oriented.fields[3])) whole.reverse();
  return whole.slice(0, -1);
};

const loopPoints = (reading: Reading, value: StepValue | undefined, depth: number): Vec3[] => {
  const loop = entity(reading, value, depth);
  if (loop === undefined) return [];
  const parts = refsOf(loop.fields[0]);
  if (loop.type === 'IFCEDGELOOP') return ringOf(parts.flatMap((one) => edgePoints(reading, one, depth)));
  if (loop.type !== 'IFCPOLYLOOP') return [];
  return ringOf(
    parts.flatMap((one) => {
      const point = pointOf(reading, one, depth);
      return point === undefined ? [] : [point];
    }),
  );
};

const faceOf = (reading: Reading, value: StepValue, depth: number): Face | undefined => {
  const record = entity(reading, value, depth);
  if (record === undefined) return undefined;
  const rings = refsOf(record.fields[0]).flatMap((one) => {
    const bound = entity(reading, one, depth);
    if (bound === undefined) return [];
    const ring = loopPoints(reading, bound.fields[0], depth);
    const turned = isEnum(bound.fields[1]) && bound.fields[1].enum === 'F' ? ring.reverse() : ring;
    return turned.length < 3 ? [] : [{ ring: turned, isOuter: bound.type === 'IFCFACEOUTERBOUND' }];
  });
  if (rings.length === 0) return undefined;
  const size = (ring: readonly Vec3[]): number => length(ringAreaVector(ring));
  const marked = rings.filter((one) => one.isOuter);
  // Some exporters mark every bound as outer, or none: the largest ring is the outer one.
  const outer = marked.length === 1 ? marked[0] : rings.toSorted((a, b) => size(b.ring) - size(a.ring))[0];
  if (outer === undefined) return undefined;
  return { outer: outer.ring, holes: rings.filter((one) => one !== outer).map((one) => one.ring) };
};

/** Faces of an IfcClosedShell, IfcOpenShell or IfcConnectedFaceSet, as the file turns them. */
export const connectedFaces = (reading: Reading, value: StepValue | undefined, depth: number): Face[] => {
  const shell = entity(reading, value, depth);
  if (shell === undefined) return [];
  return refsOf(shell.fields[0]).flatMap((one) => {
    const face = faceOf(reading, one, depth);
    return face === undefined ? [] : [face];
  });
};
