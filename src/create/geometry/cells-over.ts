import type { Interval } from './columns.ts';
import type { BuildingPlan } from './plan.ts';
import { PointCache } from './point-cache.ts';

const DEFAULT_STOREY_M = 2.7;

const cellsAt = (plan: BuildingPlan, x: number, y: number): readonly Interval[] => {
  const rooms = plan.roomColumns.at(x, y);
  let found: Interval[] | undefined;
  let solids: readonly Interval[] = [];
  const point = plan.grids.length === 0 ? -1 : plan.grids[0].indexAt(x, y);
  if (point < 0) return rooms;
  for (let i = 0; i < plan.grids.length; i++) {
    const grid = plan.grids[i];
    const index = grid.cellNearAir(point);
    if (index === undefined || plan.cells[index]?.level === undefined) continue;
    if (found === undefined) {
      found = rooms.slice();
      solids = plan.elementColumns.at(x, y);
    }
    let z0 = -Infinity;
    let z1 = Infinity;
    for (let k = 0; k < solids.length; k++) {
      const one = solids[k];
      if (one.z0 > grid.z && one.z0 < z1) z1 = one.z0;
      if (one.z1 <= grid.z && one.z1 > z0) z0 = one.z1;
    }
    if (z0 === -Infinity) z0 = plan.levels[i].base;
    if (z1 === Infinity) z1 = plan.levels[i + 1]?.base ?? plan.levels[i].base + DEFAULT_STOREY_M;
    // In order of height; most levels come in that order.
    let at = found.length;
    for (; at > 0 && found[at - 1].z0 > z0; at--) found[at] = found[at - 1];
    found[at] = { owner: index, z0, z1 };
  }
  return found ?? rooms;
};

const asked = new WeakMap<BuildingPlan, PointCache<readonly Interval[]>>();

/**
 * Intervals of rooms and of enclosed air over a point of the plan; owners index the plan's cells. What is above and
 * what is below are asked for the same points in turn: the last answers are kept.
 */
export const cellsOver = (plan: BuildingPlan, x: number, y: number): readonly Interval[] => {
  let known = asked.get(plan);
  if (known === undefined) asked.set(plan, (known = new PointCache((px, py) => cellsAt(plan, px, py))));
  return known.get(x, y);
};
