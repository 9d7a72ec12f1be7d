import type { Face } from '#core/building-model.ts';
import { dot, ringArea, scale, subtract } from '#core/geometry/index.ts';
import { isEnum, type StepValue } from '../step-file.ts';
import { areApart, booleanSolid, reachFrom } from './csg.ts';
import { curvePoints, ringOf } from './curves.ts';
import { cutSolid, flipped, type Plane, planeThrough } from './plane-cut.ts';
import type { ProfileArea } from './profiles.ts';
import { axisPlacement, type Entity, entity, flagOf, flatten2, type Reading } from './read.ts';
import { outward, prism } from './solid.ts';
import type { Transform } from './transform.ts';

/** Material lies where normal·p >= offset. */
type HalfSpace = { readonly plane: Plane; readonly bound?: { place: Transform; area: ProfileArea } };

const halfSpaceOf = (reading: Reading, record: Entity, depth: number): HalfSpace | undefined => {
  const surface = entity(reading, record.fields[0], depth);
  if (surface?.type !== 'IFCPLANE') {
    reading.exact = false;
    return undefined;
  }
  const base = axisPlacement(reading, surface.fields[0], depth);
  const outwards = planeThrough(base.origin, base.z);
  // Agreement true: the material is on the side the normal points away from.
  const plane = flagOf(record.fields[1]) ? flipped(outwards) : outwards;
  if (record.type !== 'IFCPOLYGONALBOUNDEDHALFSPACE') return { plane };
  const place = axisPlacement(reading, record.fields[2], depth);
  const outer = ringOf(curvePoints(reading, record.fields[3], depth)).map(flatten2);
  if (outer.length < 3) {
    reading.exact = false;
    return { plane };
  }
  return { plane, bound: { place, area: { outer, holes: [] } } };
};

/** The bounded half-space as a closed solid, long enough to pass through everything within `reach`. */
const boundedSolid = (half: HalfSpace, faces: readonly Face[]): Face[] | undefined => {
  if (half.bound === undefined) return undefined;
  const { place, area } = half.bound;
  const reach = reachFrom(faces, place.origin) * 2 + 10;
  const start: Transform = { ...place, origin: subtract(place.origin, scale(place.z, reach)) };
  return cutSolid(outward(prism(area, start, scale(place.z, 2 * reach))), half.plane);
};

/** Whether the bound's prism holds every part of the solid that the half-space would take away. */
const boundCovers = (half: HalfSpace, faces: readonly Face[]): boolean => {
  if (half.bound === undefined) return true;
  const taken = cutSolid(faces, half.plane);
  const { place, area } = half.bound;
  const n = area.outer.length;
  return area.outer.every((a, i) => {
    const b = area.outer[(i + 1) % n];
    const size = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (size < 1e-9) return true;
    const winding = Math.sign(ringArea(area.outer));
    return taken.every((face) =>
      face.outer.every((p) => {
        const d = subtract(p, place.origin);
        const x = dot(d, place.x);
        const y = dot(d, place.y);
        return (winding * ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]))) / size > -1e-4;
      }),
    );
  });
};

const isHalfSpace = (type: string | undefined): boolean =>
  type === 'IFCHALFSPACESOLID' || type === 'IFCPOLYGONALBOUNDEDHALFSPACE' || type === 'IFCBOXEDHALFSPACE';

const withHalfSpace = (
  reading: Reading,
  operator: string,
  first: Face[],
  second: Entity,
  depth: number,
): Face[] => {
  const half = halfSpaceOf(reading, second, depth);
  if (half === undefined || first.length === 0) return first;
  if (operator === 'INTERSECTION' && half.bound === undefined) return cutSolid(first, half.plane);
  if (operator !== 'DIFFERENCE') {
    reading.exact = false;
    return first;
  }
  if (boundCovers(half, first)) return cutSolid(first, flipped(half.plane));
  const solid = boundedSolid(half, first);
  if (solid === undefined || solid.length === 0 || areApart(first, solid)) return first;
  return booleanSolid('DIFFERENCE', first, solid, reading.context.budget);
};

/** Faces of an operand; handed in, since operands nest items and items nest booleans. */
type OperandFaces = (reading: Reading, value: StepValue | undefined, depth: number) => Face[];

/**
 * IfcBooleanResult and IfcBooleanClippingResult. Plain half-spaces are cut directly; a bounded one likewise where
 * its outline holds all it would remove (ISO 16739 IfcPolygonalBoundedHalfSpace), else by solid boolean.
 */
export const booleanFaces = (
  reading: Reading,
  record: Entity,
  depth: number,
  facesOf: OperandFaces,
): Face[] => {
  const operator = isEnum(record.fields[0]) ? record.fields[0].enum : 'DIFFERENCE';
  const first = facesOf(reading, record.fields[1], depth + 1);
  const second = entity(reading, record.fields[2], depth);
  if (second === undefined) return first;
  if (isHalfSpace(second.type)) return withHalfSpace(reading, operator, first, second, depth);
  const other: StepValue = record.fields[2] ?? null;
  const faces = facesOf(reading, other, depth + 1);
  if (operator !== 'DIFFERENCE' && operator !== 'UNION' && operator !== 'INTERSECTION') return first;
  if (faces.length === 0) {
    reading.exact = false;
    return first;
  }
  if (first.length === 0) return operator === 'UNION' ? faces : [];
  if (areApart(first, faces))
    return operator === 'UNION' ? [...first, ...faces] : operator === 'DIFFERENCE' ? first : [];
  return booleanSolid(operator, first, faces, reading.context.budget);
};
