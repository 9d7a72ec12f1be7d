import type { Face, Vec3 } from '#core/building-model.ts';
import { scale, unit } from '#core/geometry/index.ts';
import { numberOf } from '../fields.ts';
import { isList, type StepValue } from '../step-file.ts';
import { booleanFaces } from './boolean.ts';
import { spendFaces } from './context.ts';
import { ringOf } from './curves.ts';
import { profileOf } from './profiles.ts';
import {
  axisPlacement,
  directionOf,
  type Entity,
  entity,
  lengthOf,
  numbersOf,
  pointOf,
  type Reading,
  refsOf,
  transformationOperator,
} from './read.ts';
import { connectedFaces } from './shells.ts';
import { blockFaces, isFlat, outward, prism, revolution } from './solid.ts';
import { applyDirection, compose, identity, type Transform, transformFace } from './transform.ts';

const moved = (faces: readonly Face[], t: Transform): Face[] => faces.map((face) => transformFace(t, face));

const extrusion = (reading: Reading, record: Entity, depth: number): Face[] => {
  const [profile, position, direction, length] = record.fields;
  const height = lengthOf(reading, length);
  const way = unit(directionOf(reading, direction, depth) ?? [0, 0, 1]);
  if (height === undefined || way === undefined || height === 0) return [];
  const place = axisPlacement(reading, position, depth);
  const top =
    record.type === 'IFCEXTRUDEDAREASOLIDTAPERED' ? profileOf(reading, record.fields[4], depth + 1) : [];
  return profileOf(reading, profile, depth + 1).flatMap((area, i) =>
    prism(area, place, applyDirection(place, scale(way, height)), top[i] ?? area),
  );
};

const revolved = (reading: Reading, record: Entity, depth: number): Face[] => {
  const axis = axisOf(reading, record.fields[2], depth);
  const angle = numberOf(record.fields[3]);
  if (axis === undefined || angle === undefined) return [];
  reading.exact = false;
  const place = axisPlacement(reading, record.fields[1], depth);
  return profileOf(reading, record.fields[0], depth + 1).flatMap((area) =>
    moved(revolution(area, axis.origin, axis.direction, angle * reading.context.planeAngleScaleRad), place),
  );
};

const axisOf = (
  reading: Reading,
  value: StepValue | undefined,
  depth: number,
): { origin: Vec3; direction: Vec3 } | undefined => {
  const record = entity(reading, value, depth);
  if (record === undefined) return undefined;
  const origin = pointOf(reading, record.fields[0], depth);
  const direction = unit(directionOf(reading, record.fields[1], depth) ?? [0, 0, 1]);
  return origin && direction && { origin, direction };
};

const pointTable = (reading: Reading, value: StepValue | undefined, depth: number): Vec3[] => {
  const record = entity(reading, value, depth);
  const k = reading.context.lengthScaleM;
  return record === undefined || !isList(record.fields[0])
    ? []
    : record.fields[0].map((row) => {
        const c = numbersOf(row);
        return [(c[0] ?? 0) * k, (c[1] ?? 0) * k, (c[2] ?? 0) * k];
      });
};

const polygonalFaceSet = (reading: Reading, record: Entity, depth: number): Face[] => {
  const points = pointTable(reading, record.fields[0], depth);
  const table = isList(record.fields[3]) ? numbersOf(record.fields[3]) : undefined;
  const corner = (index: number): Vec3[] => {
    const point = points[(table === undefined ? index : (table[index - 1] ?? 0)) - 1];
    return point === undefined ? [] : [point];
  };
  return refsOf(record.fields[2]).flatMap((one): Face[] => {
    const face = entity(reading, one, depth);
    if (face === undefined) return [];
    const outer = ringOf(numbersOf(face.fields[0]).flatMap(corner));
    const holes = refsOf(face.fields[1])
      .map((hole) => ringOf(numbersOf(hole).flatMap(corner)))
      .filter((hole) => hole.length > 2);
    return outer.length < 3 ? [] : [{ outer, holes }];
  });
};

const triangulatedFaceSet = (reading: Reading, record: Entity, depth: number): Face[] => {
  const points = pointTable(reading, record.fields[0], depth);
  const table = isList(record.fields[4]) ? numbersOf(record.fields[4]) : undefined;
  const rows = record.fields[3];
  return (isList(rows) ? rows : []).flatMap((row): Face[] => {
    const outer = ringOf(
      numbersOf(row).flatMap((index): Vec3[] => {
        const point = points[(table === undefined ? index : (table[index - 1] ?? 0)) - 1];
        return point === undefined ? [] : [point];
      }),
    );
    return outer.length === 3 ? [{ outer, holes: [] }] : [];
  });
};

const mappedItem = (reading: Reading, record: Entity, depth: number): Face[] => {
  const map = entity(reading, record.fields[0], depth);
  const representation = map && entity(reading, map.fields[1], depth);
  if (map === undefined || representation === undefined) return [];
  const t = compose(
    transformationOperator(reading, record.fields[1], depth),
    axisPlacement(reading, map.fields[0], depth),
  );
  const faces = refsOf(representation.fields[3]).flatMap((item) => itemFaces(reading, item, depth + 1));
  spendFaces(reading.context.budget, faces.length);
  return moved(faces, t);
};

const primitive = (reading: Reading, record: Entity, depth: number): Face[] => {
  const at = (index: number): number => lengthOf(reading, record.fields[index]) ?? 0;
  const place = axisPlacement(reading, record.fields[0], depth);
  switch (record.type) {
    case 'IFCBLOCK':
      return moved(blockFaces([0, 0, 0], [at(1), at(2), at(3)]), place);
    case 'IFCBOUNDINGBOX': {
      const corner = pointOf(reading, record.fields[0], depth) ?? [0, 0, 0];
      reading.exact = false;
      return blockFaces(corner, [at(1), at(2), at(3)]);
    }
    case 'IFCRIGHTCIRCULARCYLINDER': {
      const radius = at(2);
      const steps = 36;
      const swell = Math.sqrt((2 * Math.PI) / steps / Math.sin((2 * Math.PI) / steps));
      const outer = Array.from({ length: steps }, (_, i) => {
        const angle = (2 * Math.PI * i) / steps;
        return [radius * swell * Math.cos(angle), radius * swell * Math.sin(angle)] as const;
      });
      return moved(prism({ outer, holes: [] }, identity, [0, 0, at(1)]), place);
    }
    default:
      reading.exact = false;
      return [];
  }
};

const surfaceFaces = (reading: Reading, record: Entity, depth: number): Face[] => {
  const shells = refsOf(record.fields[0]);
  return shells.flatMap((shell) => connectedFaces(reading, shell, depth + 1));
};

/** Faces of one representation item in the axes of its representation, metres, outward where it is a solid. */
export const itemFaces = (reading: Reading, value: StepValue | undefined, depth: number): Face[] => {
  const record = entity(reading, value, depth);
  if (record === undefined) return [];
  const faces = solidFaces(reading, record, depth);
  spendFaces(reading.context.budget, faces.length);
  return faces;
};

const solidFaces = (reading: Reading, record: Entity, depth: number): Face[] => {
  switch (record.type) {
    case 'IFCEXTRUDEDAREASOLID':
    case 'IFCEXTRUDEDAREASOLIDTAPERED':
      return extrusion(reading, record, depth);
    case 'IFCREVOLVEDAREASOLID':
      return revolved(reading, record, depth);
    case 'IFCFACETEDBREP':
      return outward(connectedFaces(reading, record.fields[0], depth + 1));
    case 'IFCFACETEDBREPWITHVOIDS':
      return [
        ...outward(connectedFaces(reading, record.fields[0], depth + 1)),
        ...refsOf(record.fields[1]).flatMap((one) =>
          outward(connectedFaces(reading, one, depth + 1)).map((face) => ({
            outer: face.outer.toReversed(),
            holes: face.holes.map((hole) => hole.toReversed()),
          })),
        ),
      ];
    case 'IFCADVANCEDBREP':
    case 'IFCADVANCEDBREPWITHVOIDS': {
      const faces = outward(connectedFaces(reading, record.fields[0], depth + 1));
      if (!faces.every(isFlat)) reading.exact = false;
      return faces;
    }
    case 'IFCSHELLBASEDSURFACEMODEL':
    case 'IFCFACEBASEDSURFACEMODEL':
      return outward(surfaceFaces(reading, record, depth));
    case 'IFCPOLYGONALFACESET':
      return outward(polygonalFaceSet(reading, record, depth));
    case 'IFCTRIANGULATEDFACESET':
    case 'IFCTRIANGULATEDIRREGULARNETWORK':
      return outward(triangulatedFaceSet(reading, record, depth));
    case 'IFCMAPPEDITEM':
      return mappedItem(reading, record, depth);
    case 'IFCBOOLEANRESULT':
    case 'IFCBOOLEANCLIPPINGRESULT':
      return booleanFaces(reading, record, depth, itemFaces);
    case 'IFCCSGSOLID':
      return itemFaces(reading, record.fields[0], depth + 1);
    default:
      return primitive(reading, record, depth);
  }
};
