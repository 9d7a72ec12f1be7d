import { faceArea, faceNormal } from '#core/geometry/index.ts';
import type { Exposure } from '#core/twin.ts';
import type { Face } from '#core/building-model.ts';
import { cellsOver } from './cells-over.ts';
import type { BuildingPlan } from './plan.ts';
import { ACROSS_M, gridAt, nearestSolid, probe } from './probe.ts';
import { visitSamples } from './sampling.ts';
import { cellOf } from './storey-grid.ts';
import { exposureAbove, exposureBelow } from './exposure-vertical.ts';

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

type Sight = Pick<Seen, 'element' | 'with' | 'exposure'>;
type Sum = Sight & { areaM2: number };

const isSame = (one: Sight, other: Sight): boolean =>
  one.element === other.element &&
  one.exposure === other.exposure &&
  one.with?.length === other.with?.length &&
  (one.with === undefined || one.with.every((owner, i) => owner === other.with?.[i]));

/** Only what a record of the sight keeps. */
const sight = ({ element, exposure, with: others }: Sight): Sight => ({
  exposure,
  ...(element !== undefined && { element }),
  ...(others !== undefined && { with: others }),
});

/** Samples summed by element and exposure. */
class Tally {
  readonly #sums = new Map<string, Sum>();
  /** Samples that follow each other mostly meet the same. */
  #last: Sum | undefined;

  add(met: Sight, areaM2: number): void {
    if (this.#last === undefined || !isSame(this.#last, met)) {
      const key = `${met.element ?? ''}:${met.exposure}:${met.with?.join() ?? ''}`;
      this.#last = this.#sums.get(key);
      if (this.#last === undefined) this.#sums.set(key, (this.#last = { ...sight(met), areaM2: 0 }));
    }
    this.#last.areaM2 += areaM2;
  }

  seen(room: number, part: Seen['part']): Seen[] {
    return [...this.#sums.values()].map((one) => ({ room, part, ...one }));
  }

  /** The same for samples of one face, whose exact area is shared among them. */
  seenOfFace(room: number, part: Seen['part'], exactM2: number): Seen[] {
    const all = this.seen(room, part);
    const total = all.reduce((sum, one) => sum + one.areaM2, 0);
    return total === 0 ? [] : all.map((one) => ({ ...one, areaM2: (one.areaM2 * exactM2) / total }));
  }
}

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
      tally.add({ element, exposure: buried ? 'ground' : 'exterior' }, areaM2);
    } else if (met.kind === 'cell' && met.cell !== undefined)
      tally.add({ element, exposure: plan.cells[met.cell]?.heated ? 'internal' : 'unheated' }, areaM2);
    else tally.add({ element, exposure: 'internal' }, areaM2);
  });
  return tally.seenOfFace(room, 'wall', faceArea(face));
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
    if (met.wall === undefined) slabs.add(met, areaM2);
    else {
      wallTops.add({ element: met.wall, exposure: met.exposure }, areaM2);
      topsM2 += areaM2;
    }
  });
  const exact = faceArea(face);
  const tops = totalM2 === 0 ? 0 : (exact * topsM2) / totalM2;
  return [
    ...slabs.seenOfFace(room, upwards ? 'roof' : 'floor', exact - tops),
    ...wallTops.seenOfFace(room, 'wall', tops),
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
  const tallies = new Map<number, { readonly roof: Tally; readonly floor: Tally }>();
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
      const tally = tallies.get(own) ?? { roof: new Tally(), floor: new Tally() };
      tallies.set(own, tally);
      tally.roof.add(up, weight * up.slope);
      tally.floor.add(down, weight * down.slope);
    }
  }
  const seen = [...tallies].flatMap(([own, { roof, floor }]) => [
    ...roof.seen(own, 'roof'),
    ...floor.seen(own, 'floor'),
  ]);
  return { seen, volumesM3, areasM2 };
};
