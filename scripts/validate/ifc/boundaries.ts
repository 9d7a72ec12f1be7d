import type { BuildingModel, SpaceBoundary } from '../../../src/core/building-model.ts';
import {
  dot,
  faceArea,
  faceNormal,
  intersection,
  planeFrame,
  type Region,
  subtract,
  toPlane,
  totalArea,
} from '../../../src/core/geometry/index.ts';

const BESIDE_M = 0.6;

/**
 * Share of the file's external window boundaries that its own wall boundaries cover: near 1 where a tool draws walls
 * without holes (their sum is then a gross area, whatever it is called), near 0 where it cuts the windows out.
 */
export const windowsUnderWalls = (model: BuildingModel): number => {
  const kinds = new Map(model.elements.map((element) => [element.globalId, element.kind]));
  const outside = (kind: string): SpaceBoundary[] =>
    model.boundaries.filter(
      (one) => one.side === 'external' && one.face && kinds.get(one.elementId ?? '') === kind,
    );
  const walls = outside('wall');
  let all = 0;
  let covered = 0;
  for (const { face, spaceId } of outside('window')) {
    const normal = face && faceNormal(face);
    const corner = face?.outer[0];
    if (face === undefined || normal === undefined || corner === undefined) continue;
    const frame = planeFrame(corner, normal);
    const flat = (one: NonNullable<SpaceBoundary['face']>): Region =>
      [one.outer, ...one.holes].map((ring) => ring.map((point) => toPlane(frame, point)));
    all += faceArea(face);
    for (const wall of walls) {
      const other = wall.face && faceNormal(wall.face);
      const at = wall.face?.outer[0];
      if (wall.spaceId !== spaceId || wall.face === undefined || other === undefined || at === undefined)
        continue;
      if (Math.abs(dot(other, normal)) < 0.99 || Math.abs(dot(subtract(at, corner), normal)) > BESIDE_M)
        continue;
      covered += totalArea(intersection([flat(face)], [flat(wall.face)]));
    }
  }
  return all === 0 ? 0 : covered / all;
};
