import type { ThermalGeometry } from '../types.ts';
import { type BuildingPlan, levelIndexAt } from './plan.ts';
import { ACROSS_M } from './probe.ts';
import { solidOf } from './storey-grid.ts';
import type { MeasuredWall } from './wall-elements.ts';
import { cornersM } from './exposure-walls.ts';
import type { Seen } from './exposure-interior.ts';

export type Perimeters = {
  readonly groundPerimeterM: number;
  readonly cellarPerimeterM: number;
  readonly heatedStoreys: number;
  readonly junctions: ThermalGeometry['junctions'];
};

const STOREY_SHARE = 0.1;

/**
 * Length of the walls that bound each level's heated plan, m: what stands before a room (`clear`), and the same with the corners
 * of the building (`outer`).
 */
const perimeterByLevel = (
  plan: BuildingPlan,
  walls: readonly MeasuredWall[],
): { readonly clear: readonly number[]; readonly outer: readonly number[] } => {
  const clear = plan.levels.map(() => 0);
  const outer = plan.levels.map(() => 0);
  for (const wall of walls) {
    const body = plan.bodies[wall.index];
    if (body === undefined || wall.verdict.exposure === 'internal') continue;
    for (const { outcome } of wall.sides) {
      const { side } = outcome;
      const out = outcome.exterior + outcome.ground + outcome.unheated;
      if (out === 0) continue;
      const perM2 = (side.u[1] - side.u[0]) / side.areaM2;
      const corners = Math.min(outcome.elsewhere * perM2, cornersM(side));
      for (const [i, grid] of plan.grids.entries()) {
        if (body.box.min[2] >= grid.z || body.box.max[2] <= grid.z) continue;
        clear[i] += out * perM2;
        outer[i] += out * perM2 + corners;
      }
    }
  }
  return { clear, outer };
};

/** Heights of the ends of internal walls that stand against a wall of the envelope, m. */
const partitionLength = (
  plan: BuildingPlan,
  walls: readonly MeasuredWall[],
  outer: ReadonlySet<number>,
): number => {
  let total = 0;
  for (const wall of walls) {
    const body = plan.bodies[wall.index];
    const side = wall.sides.toSorted((a, b) => b.outcome.side.areaM2 - a.outcome.side.areaM2)[0]?.outcome
      .side;
    if (body === undefined || side === undefined || outer.has(wall.index)) continue;
    const middle = (body.box.min[2] + body.box.max[2]) / 2;
    const grid = plan.grids[levelIndexAt(plan, middle)];
    if (grid === undefined) continue;
    for (const [u, sign] of [
      [side.u[0], -1],
      [side.u[1], 1],
    ] as const)
      for (let d = grid.step / 2; d < ACROSS_M / 4; d += grid.step / 2) {
        const along = u + sign * d;
        const x = side.frame.origin[0] + along * side.frame.u[0] - (side.normal[0] * side.depthM) / 2;
        const y = side.frame.origin[1] + along * side.frame.u[1] - (side.normal[1] * side.depthM) / 2;
        const solid = solidOf(grid.labelAt(x, y));
        if (solid === undefined || !outer.has(solid)) continue;
        total += body.box.max[2] - body.box.min[2];
        break;
      }
  }
  return total;
};

/**
 * Lengths of the junctions that carry thermal bridges, by class (EN ISO 14683 names): walls with the lowest floor,
 * intermediate floors, roof, partitions, and around openings; the exposed perimeters of ISO 13370, on ground and
 * over unheated cellars, and the number of heated storeys.
 */
export const measureJunctions = (
  plan: BuildingPlan,
  walls: readonly MeasuredWall[],
  seen: readonly Seen[],
  openingPerimeterM: number,
): Perimeters => {
  const { clear, outer: outerLengths } = perimeterByLevel(plan, walls);
  const levelOf = (cell: number): number => {
    const one = plan.cells[cell];
    return one?.level ?? levelIndexAt(plan, (one?.room?.box.min[2] ?? 0) + 0.3);
  };
  const sums = plan.levels.map(() => ({
    ground: 0,
    cellar: 0,
    floor: 0,
    roof: 0,
    ceiling: 0,
    heatedBelow: 0,
  }));
  for (const one of seen) {
    const at = sums[levelOf(one.room)];
    if (at === undefined) continue;
    if (one.part === 'floor') {
      at.floor += one.areaM2;
      if (one.exposure === 'ground') at.ground += one.areaM2;
      if (one.exposure === 'unheated') at.cellar += one.areaM2;
      if (one.exposure === 'internal') at.heatedBelow += one.areaM2;
    }
    if (one.part === 'roof') {
      at.ceiling += one.areaM2;
      if (one.exposure !== 'internal') at.roof += one.areaM2;
    }
  }
  const weighted = (
    pick: (one: (typeof sums)[number]) => readonly [part: number, of: number],
    lengths = clear,
  ): number =>
    sums.reduce((total, one, i) => {
      const [part, of] = pick(one);
      return of === 0 ? total : total + (lengths[i] * part) / of;
    }, 0);
  const groundPerimeterM = weighted((one) => [one.ground, one.floor]);
  const largest = Math.max(0, ...sums.map((one) => one.floor));
  const outer = new Set(
    walls.filter((wall) => wall.verdict.exposure !== 'internal').map((wall) => wall.index),
  );
  return {
    groundPerimeterM,
    cellarPerimeterM: weighted((one) => [one.cellar, one.floor], outerLengths),
    heatedStoreys: sums.filter((one) => one.floor > STOREY_SHARE * largest && one.floor > 0).length,
    junctions: [
      { class: 'wall-ground', lengthM: groundPerimeterM },
      { class: 'wall-intermediate-floor', lengthM: weighted((one) => [one.heatedBelow, one.floor]) },
      { class: 'wall-roof', lengthM: weighted((one) => [one.roof, one.ceiling]) },
      { class: 'wall-partition', lengthM: partitionLength(plan, walls, outer) },
      { class: 'opening', lengthM: openingPerimeterM },
    ],
  };
};
