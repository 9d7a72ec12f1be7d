import type { BuildingModel, Face } from '#core/building-model.ts';
import { type Box3, boxOfFaces, dot } from '#core/geometry/index.ts';
import { mainNormal } from './curtain-walls.ts';
import type { Body } from './plan.ts';

/** An opening as the piece of wall that fills it: where in plan it lies within its wall's thickness. */
export type Plug = {
  /** Index of the wall's body. */
  readonly host: number;
  readonly faces: readonly Face[];
  readonly box: Box3;
  readonly holds: (x: number, y: number) => boolean;
};

const SLACK_M = 0.01;

/**
 * Openings of walls as solids: bodies drawn with their openings already cut would let the outside in through every
 * doorway. What an opening's solid sticks out of its wall is left out.
 */
export const openingPlugs = (model: BuildingModel, bodies: readonly Body[]): Plug[] => {
  const hosts = new Map(
    bodies.flatMap(({ element, faces }, index) => {
      const normal = element.kind === 'wall' ? mainNormal(faces) : undefined;
      if (normal === undefined) return [];
      const depths = faces.flatMap((face) => face.outer.map((point) => dot(normal, point)));
      const [low, high] = depths.reduce(
        ([least, most], depth) => [Math.min(least, depth), Math.max(most, depth)],
        [Infinity, -Infinity],
      );
      return [[element.globalId, { index, normal, low: low - SLACK_M, high: high + SLACK_M }] as const];
    }),
  );
  return model.openings.flatMap(({ hostId, shape }): Plug[] => {
    const host = hosts.get(hostId);
    const box = shape && boxOfFaces(shape.faces);
    if (host === undefined || shape === undefined || box === undefined) return [];
    const { index, normal, low, high } = host;
    const holds = (x: number, y: number): boolean => {
      const depth = normal[0] * x + normal[1] * y;
      return depth > low && depth < high;
    };
    return [{ host: index, faces: shape.faces, box, holds }];
  });
};
