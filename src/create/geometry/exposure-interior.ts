import { faceArea, faceNormal } from '#core/geometry/index.ts';
import type { Exposure } from '#core/twin.ts';
import type { Face } from '#core/building-model.ts';
import { cellsOver } from './cells-over.ts';
import type { BuildingPlan } from './plan.ts';
import { ACROSS_M, gridAt, nearestSolid, probe } from './probe.ts';
import { visitSamples } from './sampling.ts';
import { cellOf } from './storey-grid.ts';
import { exposureAbove, exposureBelow, type VerticalMet } from './exposure-vertical.ts';

/** Area that a heated room shows to another side, and the element it meets first, if any. */
export type Seen = {
  readonly room: number;
  readonly element?: number;
  /** The rest of the construction that the element is part of. */
  readonly with?: readonly number[];
  readonly part: 'wall' | 'roof' | 'floor';
  readonly exposure: Exposure;
  readonly areaM2: number;
};

const LEVEL_NORMAL = 0.35;

/** Samples of a face, summed by element and exposure; their total is the face's exact area. */
class Tally {
  readonly #sums = new Map<string, { met: Pick<Seen, 'element' | 'with' | 'exposure'>; areaM2: number }>();

  add(met: Pick<Seen, 'element' | 'with' | 'exposure'>, areaM2: number): void {
    const key = `${met.element ?? ''}:${met.exposure}:${met.with?.join() ?? ''}`;
    const known = this.#sums.get(key);
    if (known !== undefined) known.areaM2 += areaM2;
    else this.#sums.set(key, { met, areaM2 });
  }

  seen(room: number, part: Seen['part'], exactM2: number): Seen[] {
    const all = [...this.#sums.values()];
    const total = all.reduce((sum, one) => sum + one.areaM2, 0);
    return total === 0
      ? []
      : all.map(({ met, areaM2 }) => ({ room, part, ...met, areaM2: (areaM2 * exactM2) / total }));
  }
}

/** Only what a record of the sight keeps. */
const sight = (element: number | undefined, exposure: Exposure): Pick<Seen, 'element' | 'exposure'> => ({
  exposure,
  ...(element !== undefined && { element }),
});

const seenSideways = (
  plan: BuildingPlan,
  room: number,
  face: Face,
  normal: readonly number[],
  terrainM: number,
): Seen[] => {
  const size = Math.hypot(normal[0], normal[1]);
  const direction = [normal[0] / size, normal[1] / size] as const;
  const tally = new Tally();
  visitSamples(face, (point, areaM2) => {
    const grid = gridAt(plan, point[2]);
    if (grid === undefined) return;
    const met = probe(grid, point, direction, ACROSS_M, { cell: room });
    const element = met.solid ?? nearestSolid(grid, point, direction);
    if (met.kind === 'exterior') {
      const buried = point[2] < terrainM - 0.1;
      tally.add(sight(element, buried ? 'ground' : 'exterior'), areaM2);
    } else if (met.kind === 'cell' && met.cell !== undefined)
      tally.add(sight(element, plan.cells[met.cell]?.heated ? 'internal' : 'unheated'), areaM2);
    else tally.add(sight(element, 'internal'), areaM2);
  });
  return tally.seen(room, 'wall', faceArea(face));
};

const seenUpOrDown = (
  plan: BuildingPlan,
  room: number,
  face: Face,
  upwards: boolean,
  terrainM: number,
): Seen[] => {
  const slabs = new Tally();
  const wallTops = new Tally();
  let topsM2 = 0;
  let totalM2 = 0;
  visitSamples(face, (point, areaM2) => {
    const met = upwards
      ? exposureAbove(plan, point, terrainM, room)
      : exposureBelow(plan, point, terrainM, room);
    totalM2 += areaM2;
    if (met.wall === undefined)
      slabs.add({ ...sight(met.element, met.exposure), ...(met.with && { with: met.with }) }, areaM2);
    else {
      wallTops.add(sight(met.wall, met.exposure), areaM2);
      topsM2 += areaM2;
    }
  });
  const exact = faceArea(face);
  const tops = totalM2 === 0 ? 0 : (exact * topsM2) / totalM2;
  return [
    ...slabs.seen(room, upwards ? 'roof' : 'floor', exact - tops),
    ...wallTops.seen(room, 'wall', tops),
  ];
};

/**
 * What each heated room sees through each of its faces: interior dimensions. Every face keeps its exact area,
 * shared among what samples of it meet.
 */
export const seenFromRooms = (plan: BuildingPlan, terrainM: number): Seen[] =>
  plan.cells.flatMap((cell, index) => {
    if (!cell.heated || cell.room === undefined) return [];
    return cell.room.faces.flatMap((face) => {
      const normal = faceNormal(face);
      if (normal === undefined) return [];
      if (normal[2] > LEVEL_NORMAL) return seenUpOrDown(plan, index, face, true, terrainM);
      if (normal[2] < -LEVEL_NORMAL) return seenUpOrDown(plan, index, face, false, terrainM);
      return seenSideways(plan, index, face, normal, terrainM);
    });
  });

export type AirSeen = {
  readonly seen: readonly Seen[];
  /** By index of the cell. */
  readonly volumesM3: ReadonlyMap<number, number>;
  readonly areasM2: ReadonlyMap<number, number>;
};

const AIR_SPACING_M = 0.5;

/**
 * Ceilings and floors of enclosed air, from points of the plan; walls are seen from their sides. The raster's rim is
 * made good by `exactAreaM2`, the plan area of the level's air measured between the walls.
 */
export const seenFromAir = (
  plan: BuildingPlan,
  terrainM: number,
  exactAreaM2: (level: number) => number,
): AirSeen => {
  const seen: Seen[] = [];
  const volumesM3 = new Map<number, number>();
  const areasM2 = new Map<number, number>();
  for (const [level, grid] of plan.grids.entries()) {
    const every = Math.max(1, Math.round(AIR_SPACING_M / grid.step));
    const found: { own: number; x: number; y: number }[] = [];
    for (let row = 0; row < grid.rows; row += every)
      for (let column = 0; column < grid.columns; column += every) {
        const index = row * grid.columns + column;
        const own = cellOf(grid.labels[index]);
        const cell = own === undefined ? undefined : plan.cells[own];
        if (own === undefined || cell?.heated !== true || cell.level !== level) continue;
        const [x, y] = grid.centre(index);
        found.push({ own, x, y });
      }
    const weight = found.length === 0 ? 0 : exactAreaM2(level) / found.length;
    for (const { own, x, y } of found) {
      const interval = cellsOver(plan, x, y).find((one) => one.owner === own);
      if (interval === undefined) continue;
      const up = exposureAbove(plan, [x, y, interval.z1], terrainM, own);
      const down = exposureBelow(plan, [x, y, interval.z0], terrainM, own);
      volumesM3.set(own, (volumesM3.get(own) ?? 0) + weight * (interval.z1 - interval.z0));
      areasM2.set(own, (areasM2.get(own) ?? 0) + weight);
      const put = (part: 'roof' | 'floor', met: VerticalMet): void => {
        seen.push({
          room: own,
          part,
          exposure: met.exposure,
          areaM2: weight * met.slope,
          ...(met.element !== undefined && { element: met.element }),
          ...(met.with !== undefined && { with: met.with }),
        });
      };
      put('roof', up);
      put('floor', down);
    }
  }
  return { seen, volumesM3, areasM2 };
};
