import type { Vec3 } from '#core/building-model.ts';
import type { Exposure } from '#core/twin.ts';
import type { Interval } from './columns.ts';
import { cellsOver } from './cells-over.ts';
import type { BuildingPlan } from './plan.ts';
import { meetsSpan } from './spans.ts';
import { ACROSS_M, probe } from './probe.ts';
import { cellOf, OUTDOORS, solidOf, type StoreyGrid } from './storey-grid.ts';

export type VerticalMet = {
  readonly exposure: Exposure;
  readonly element?: number;
  /** Other elements in contact with it, over or under it: the rest of the same construction (screed, insulated slab). */
  readonly with?: readonly number[];
  /** Set instead when the point stands on the top of an outer wall. */
  readonly wall?: number;
  /** Area of the sloped element over its plan, 1 when level. */
  readonly slope: number;
};

/** Air between a ceiling and the floor above that still belongs to the construction, m. */
const PLENUM_M = 1.6;
/** Air above a ceiling that makes a loft of its own, m. */
const LOFT_M = 0.35;
const TOUCH_M = 0.05;
/** A floor up to this much over the terrain stands on it (plinth, hardcore, slope). */
const PLINTH_M = 1;
const WALL_BELOW_M = 0.5;
const STOREY_MAX_M = 6;

const isRoom = (plan: BuildingPlan, owner: number): boolean => plan.cells[owner] !== undefined;

const heatedOf = (plan: BuildingPlan, one: Interval): Exposure =>
  plan.cells[one.owner]?.heated ? 'internal' : 'unheated';

/** Slope factor of the underside or top met, from the heights a small step away in plan. */
const slopeAt = (
  plan: BuildingPlan,
  element: number,
  x: number,
  y: number,
  z: number,
  top: boolean,
): number => {
  if (plan.elementColumns.plateOf(element) !== undefined) return 1;
  const d = 0.02;
  const at = (px: number, py: number): number | undefined => {
    const one = plan.elementColumns
      .at(px, py, element)
      .toSorted((p, q) => Math.abs((top ? p.z1 : p.z0) - z) - Math.abs((top ? q.z1 : q.z0) - z))[0];
    return one && (top ? one.z1 : one.z0);
  };
  const [ax, bx, ay, by] = [at(x - d, y), at(x + d, y), at(x, y - d), at(x, y + d)];
  if (ax === undefined || bx === undefined || ay === undefined || by === undefined) return 1;
  return Math.min(3, Math.hypot(1, (bx - ax) / (2 * d), (by - ay) / (2 * d)));
};

/** The solids from the first up that make one construction, without a loft between them. */
const stackFrom = (solids: readonly Interval[]): Interval[] => {
  const stack: Interval[] = [];
  let top = -Infinity;
  for (const one of solids) {
    if (stack.length > 0 && one.z0 - top > LOFT_M) break;
    stack.push(one);
    top = Math.max(top, one.z1);
  }
  return stack;
};

const CONTACT_M = 0.02;

/** Owners of the solids that touch the one at `at`, directly or through each other; `ordered` from the lowest up. */
const inContact = (ordered: readonly Interval[], at: number): readonly number[] => {
  if (ordered.length === 1) return ALONE;
  const { owner } = ordered[at];
  const owners: number[] = [];
  const add = (other: number): void => {
    if (other !== owner && !owners.includes(other)) owners.push(other);
  };
  let top = ordered[at].z1;
  for (let i = at + 1; i < ordered.length && ordered[i].z0 - top <= CONTACT_M; i++) {
    add(ordered[i].owner);
    top = Math.max(top, ordered[i].z1);
  }
  for (let i = at - 1; i >= 0 && ordered[i + 1].z0 - ordered[i].z1 <= CONTACT_M; i--) add(ordered[i].owner);
  return owners;
};

const ALONE: readonly number[] = [];

/** What lies above a point at the top of a heated cell. */
export const exposureAbove = (
  plan: BuildingPlan,
  point: Vec3,
  terrainM: number,
  own: number,
): VerticalMet => {
  const [x, y, z] = point;
  const next = cellsOver(plan, x, y).find(
    (one) => isRoom(plan, one.owner) && one.owner !== own && one.z0 > z - TOUCH_M,
  );
  const isNext = next !== undefined && next.z0 - z < PLENUM_M;
  const last = isNext ? next.z0 - TOUCH_M : Infinity;
  const solids = plan.elementColumns
    .at(x, y)
    .filter((one) => one.z1 > z - TOUCH_M && one.z0 > z - 0.6 && one.z0 <= last);
  const first = solids[0];
  const stack = first === undefined ? [] : stackFrom(solids);
  const at = Math.max(
    0,
    stack.findIndex((one) => plan.bodies[one.owner]?.element.kind === 'roof'),
  );
  const owner = stack[at];
  const slope = owner === undefined ? 1 : slopeAt(plan, owner.owner, x, y, owner.z0, false);
  const met = (exposure: Exposure): VerticalMet => ({
    exposure,
    slope,
    ...(owner !== undefined &&
      (exposure !== 'internal' || owner.z0 - z < PLENUM_M) && {
        element: owner.owner,
        with: inContact(stack, at),
      }),
  });
  if (isNext) return met(heatedOf(plan, next));
  if (wallAt(plan, gridAbove(plan, z), x, y) !== undefined) return met('internal');
  if (betweenHeated(plan, point, ABOVE)) return met('internal');
  if (first === undefined) return met(z < terrainM - 0.3 ? 'ground' : 'exterior');
  if (stack.length < solids.length) return met('unheated');
  return met(Math.max(...stack.map((one) => one.z1)) < terrainM - 0.3 ? 'ground' : 'exterior');
};

/**
 * The wall that a point of a cut lies in, when it has a heated cell on a side: what stands on or under it is inside
 * the building, unless the wall itself is an outer one.
 */
const wallAt = (
  plan: BuildingPlan,
  grid: StoreyGrid | undefined,
  x: number,
  y: number,
): { readonly element: number; readonly outer: boolean } | undefined => {
  const element = grid === undefined ? undefined : solidOf(grid.labelAt(x, y));
  if (grid === undefined || element === undefined) return undefined;
  const around = sidesInPlan.map((direction) => probe(grid, [x, y, grid.z], direction, ACROSS_M / 2));
  const isWarm = around.some((met) => met.cell !== undefined && plan.cells[met.cell]?.heated);
  return isWarm ? { element, outer: around.some((met) => met.kind === 'exterior') } : undefined;
};

const sidesInPlan = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** Half a partition and a little more: how far beside a point the rooms on both its sides are looked for. */
const BESIDE_M = 0.3;

/** Where cells beside a point are looked for: those of the storey above, or of the one below. */
type Beyond = {
  /** Whether enclosed air that a cut shows may be among them. */
  readonly mayHoldAir: (plan: BuildingPlan, level: number, z: number) => boolean;
  readonly mayHoldRooms: (plan: BuildingPlan, z: number) => boolean;
  readonly fits: (one: Interval, z: number) => boolean;
};

const ABOVE: Beyond = {
  // Enclosed air begins below the cut that shows it.
  mayHoldAir: ({ grids, levels }, level, z) => Math.max(grids[level].z, levels[level].base) > z - TOUCH_M,
  mayHoldRooms: ({ roomFloors }, z) => meetsSpan(roomFloors, z - TOUCH_M, z + PLENUM_M),
  fits: ({ z0 }, z) => z0 > z - TOUCH_M && z0 - z < PLENUM_M,
};

const BELOW: Beyond = {
  // Enclosed air ends above the cut that shows it, or at the next level.
  mayHoldAir: ({ grids, levels }, level, z) =>
    Math.min(grids[level].z, levels[level + 1]?.base ?? levels[level].base) < z + TOUCH_M,
  mayHoldRooms: ({ roomCeilings }, z) => meetsSpan(roomCeilings, z - PLENUM_M, z + TOUCH_M),
  fits: ({ z1 }, z) => z1 < z + TOUCH_M && z - z1 < PLENUM_M,
};

/**
 * Whether heated cells beyond lie on two opposite sides of a point: it is under or over a partition. The heights of
 * cells are only worked out where some may fit.
 */
const betweenHeated = (plan: BuildingPlan, [x, y, z]: Vec3, beyond: Beyond): boolean => {
  const grids = plan.grids.filter((_, level) => beyond.mayHoldAir(plan, level, z));
  const rooms = beyond.mayHoldRooms(plan, z);
  if (grids.length === 0 && !rooms) return false;
  const isHeated = (px: number, py: number): boolean =>
    (rooms || grids.some((grid) => cellOf(grid.labelAt(px, py)) !== undefined)) &&
    cellsOver(plan, px, py).some((one) => beyond.fits(one, z) && plan.cells[one.owner]?.heated);
  return (
    (isHeated(x + BESIDE_M, y) && isHeated(x - BESIDE_M, y)) ||
    (isHeated(x, y + BESIDE_M) && isHeated(x, y - BESIDE_M))
  );
};

const gridBelow = (plan: BuildingPlan, z: number): StoreyGrid | undefined => {
  const grid = plan.grids.findLast((one) => one.z < z - WALL_BELOW_M);
  return grid !== undefined && z - grid.z < STOREY_MAX_M ? grid : undefined;
};

const gridAbove = (plan: BuildingPlan, z: number): StoreyGrid | undefined => {
  const index = plan.levels.findIndex((level) => level.base > z - TOUCH_M);
  const grid = plan.grids[index];
  return grid !== undefined && grid.z - z < PLENUM_M ? grid : undefined;
};

const highest = (intervals: readonly Interval[], fits: (one: Interval) => boolean): Interval | undefined => {
  let found: Interval | undefined;
  for (const one of intervals) if (fits(one) && (found === undefined || one.z1 > found.z1)) found = one;
  return found;
};

/** What lies below a point at the bottom of a heated cell. */
export const exposureBelow = (
  plan: BuildingPlan,
  point: Vec3,
  terrainM: number,
  own: number,
): VerticalMet => {
  const [x, y, z] = point;
  const next = highest(cellsOver(plan, x, y), (one) => one.owner !== own && one.z1 < z + TOUCH_M);
  const isNext = next !== undefined && z - next.z1 < PLENUM_M;
  const last = isNext ? next.z1 + TOUCH_M : -Infinity;
  const solids = plan.elementColumns
    .at(x, y)
    .filter((one) => one.z0 < z + TOUCH_M && one.z1 < z + 0.6 && one.z1 > z - PLENUM_M && one.z1 >= last);
  const first = solids.at(-1);
  const met = (exposure: Exposure): VerticalMet => ({
    exposure,
    slope: 1,
    ...(first !== undefined && { element: first.owner, with: inContact(solids, solids.length - 1) }),
  });
  if (isNext) return met(heatedOf(plan, next));
  const wall = wallAt(plan, gridBelow(plan, z), x, y);
  if (wall !== undefined)
    return wall.outer && first === undefined
      ? { exposure: 'exterior', slope: 1, wall: wall.element }
      : met('internal');
  if (betweenHeated(plan, point, BELOW)) return met('internal');
  if (z <= terrainM + PLINTH_M) return met('ground');
  const openBelow = plan.grids.some(
    (grid) => grid.z > terrainM && grid.z < z - 0.5 && grid.labelAt(x, y) === OUTDOORS,
  );
  return met(openBelow || plan.grids.every((grid) => grid.z > z - 0.5) ? 'exterior' : 'unheated');
};
