import type { Face, Vec3 } from '#core/building-model.ts';
import { BudgetSpent } from './kernel/context.ts';
import { curvePoints, ringOf } from './kernel/curves.ts';
import {
  axisPlacement,
  directionOf,
  type Entity,
  entity,
  lengthOf,
  localPlacement,
  pointOf,
  type Reading,
  refsOf,
} from './kernel/read.ts';
import { applyDirection, applyPoint, compose, type Transform, transformFace } from './kernel/transform.ts';
import type { StepValue } from './step-file.ts';

const PLACEMENT_OF_PRODUCT = 5;

const ringIn = (reading: Reading, frame: Transform, curve: StepValue | undefined): Vec3[] =>
  ringOf(curvePoints(reading, curve, 0).map((point) => applyPoint(frame, point)));

/** IfcCurveBoundedPlane: curves in the axes of the plane. */
const boundedPlane = (reading: Reading, frame: Transform, surface: Entity): Face[] => {
  const plane = entity(reading, surface.fields[0], 0);
  const axes = compose(frame, axisPlacement(reading, plane?.fields[0], 0));
  const outer = ringIn(reading, axes, surface.fields[1]);
  if (outer.length < 3) return [];
  const holes = refsOf(surface.fields[2]).map((curve) => ringIn(reading, axes, curve));
  return [{ outer, holes: holes.filter((hole) => hole.length >= 3) }];
};

/** IfcSurfaceOfLinearExtrusion: one upright quadrilateral for each straight piece of the swept curve. */
const extrudedSurface = (reading: Reading, frame: Transform, surface: Entity): Face[] => {
  const profile = entity(reading, surface.fields[0], 0);
  const direction = directionOf(reading, surface.fields[2], 0);
  const depth = lengthOf(reading, surface.fields[3]);
  if (profile === undefined || direction === undefined || depth === undefined) return [];
  const axes = compose(frame, axisPlacement(reading, surface.fields[1], 0));
  const size = depth / Math.hypot(...direction);
  const sweep = applyDirection(axes, [direction[0] * size, direction[1] * size, direction[2] * size]);
  const base = curvePoints(reading, profile.fields[2], 0).map((point) => applyPoint(axes, point));
  const lift = (p: Vec3): Vec3 => [p[0] + sweep[0], p[1] + sweep[1], p[2] + sweep[2]];
  return base.slice(1).map((to, i) => {
    const from = base[i];
    return { outer: [from, to, lift(to), lift(from)], holes: [] };
  });
};

/** IfcFaceBasedSurfaceModel: sets of faces whose bounds are loops of points. */
const surfaceModel = (reading: Reading, frame: Transform, model: Entity): Face[] => {
  const faces: Face[] = [];
  for (const set of refsOf(model.fields[0])) {
    for (const item of refsOf(entity(reading, set, 0)?.fields[0])) {
      const rings: Vec3[][] = [];
      for (const bound of refsOf(entity(reading, item, 0)?.fields[0])) {
        const record = entity(reading, bound, 0);
        const loop = entity(reading, record?.fields[0], 0);
        if (loop?.type !== 'IFCPOLYLOOP') continue;
        const ring = ringOf(
          refsOf(loop.fields[0]).flatMap((one) => {
            const point = pointOf(reading, one, 0);
            return point === undefined ? [] : [point];
          }),
        );
        if (record?.type === 'IFCFACEOUTERBOUND') rings.unshift(ring);
        else rings.push(ring);
      }
      const [outer, ...holes] = rings;
      if (outer !== undefined && outer.length >= 3) faces.push(transformFace(frame, { outer, holes }));
    }
  }
  return faces;
};

/**
 * Faces of an IfcConnectionSurfaceGeometry, in metres in world axes, its surface lying in the axes `frame`. Curved
 * surfaces give no face.
 */
export const boundaryFaces = (reading: Reading, connection: number, frame: Transform): readonly Face[] => {
  try {
    const surface = entity(reading, entity(reading, { ref: connection }, 0)?.fields[0], 0);
    switch (surface?.type) {
      case 'IFCCURVEBOUNDEDPLANE':
        return boundedPlane(reading, frame, surface);
      case 'IFCSURFACEOFLINEAREXTRUSION':
        return extrudedSurface(reading, frame, surface);
      case 'IFCFACEBASEDSURFACEMODEL':
        return surfaceModel(reading, frame, surface);
      default:
        return [];
    }
  } catch (error) {
    if (error instanceof BudgetSpent) return [];
    throw error;
  }
};

/**
 * Axes the boundaries of a space may be written in: its own, as the standard says, or those it is placed in, as
 * some exporters do.
 */
export const boundaryFrames = (reading: Reading, space: number): readonly Transform[] => {
  const placement = entity(reading, { ref: space }, 0)?.fields[PLACEMENT_OF_PRODUCT];
  const parent = entity(reading, placement, 0)?.fields[0];
  return [localPlacement(reading, placement), localPlacement(reading, parent)];
};
