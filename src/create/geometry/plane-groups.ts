import type { Face, Vec3 } from '#core/building-model.ts';
import {
  dot,
  faceArea,
  faceNormal,
  type PlaneFrame,
  planeFrame,
  type Region,
  toPlane,
  type Vec2,
} from '#core/geometry/index.ts';

/** The faces of one solid that lie in one plane and look the same way. */
export type PlaneGroup = {
  readonly frame: PlaneFrame;
  readonly normal: Vec3;
  /** normal·p of the plane. */
  readonly offset: number;
  readonly regions: readonly Region[];
  readonly areaM2: number;
  /** Extent along the frame's horizontal and upward axes. */
  readonly u: readonly [number, number];
  readonly v: readonly [number, number];
};

const SAME_NORMAL = 1 - 1e-4;
const SAME_PLANE_M = 2e-3;

/** Groups of coplanar faces of a shape, so that triangles and convex pieces count as the wall side they make. */
export const planeGroups = (
  faces: readonly Face[],
  wanted: (normal: Vec3) => boolean = () => true,
): PlaneGroup[] => {
  const open: { normal: Vec3; offset: number; faces: Face[]; area: number }[] = [];
  for (const face of faces) {
    const normal = faceNormal(face);
    const corner = face.outer[0];
    if (normal === undefined || corner === undefined || !wanted(normal)) continue;
    const offset = dot(normal, corner);
    const area = faceArea(face);
    const group = open.find(
      (one) =>
        dot(one.normal, normal) > SAME_NORMAL &&
        Math.abs(dot(one.normal, corner) - one.offset) < SAME_PLANE_M,
    );
    if (group === undefined) open.push({ normal, offset, faces: [face], area });
    else {
      group.faces.push(face);
      group.area += area;
    }
  }
  return open
    .filter((one) => one.area > 1e-4)
    .map((one) => {
      const frame = planeFrame(one.faces[0]?.outer[0], one.normal);
      const flat = (ring: readonly Vec3[]): Vec2[] => ring.map((p) => toPlane(frame, p));
      const regions = one.faces.map((face): Region => [flat(face.outer), ...face.holes.map(flat)]);
      const points = regions.flatMap((region) => region[0] ?? []);
      const range = (axis: 0 | 1): [number, number] => {
        let low = Infinity;
        let high = -Infinity;
        for (const p of points) {
          low = Math.min(low, p[axis]);
          high = Math.max(high, p[axis]);
        }
        return [low, high];
      };
      return {
        frame,
        normal: one.normal,
        offset: one.offset,
        regions,
        areaM2: one.area,
        u: range(0),
        v: range(1),
      };
    });
};
