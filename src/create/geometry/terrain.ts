import { boxOfFaces } from '#core/geometry/index.ts';
import { ACROSS_M, gridAt, probe } from './probe.ts';
import type { BuildingPlan } from './plan.ts';

/** Whether an opening's middle leads from a cell to the outside along either plan axis of its box. */
const leadsOut = (plan: BuildingPlan, box: { min: readonly number[]; max: readonly number[] }): boolean => {
  const [x0, y0, z0] = box.min as [number, number, number];
  const [x1, y1, z1] = box.max as [number, number, number];
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2] as const;
  const grid = gridAt(plan, z0 + 0.3);
  if (grid === undefined) return false;
  const across: readonly [number, number] = x1 - x0 < y1 - y0 ? [1, 0] : [0, 1];
  const reach = ACROSS_M;
  const one = probe(grid, middle, across, reach);
  const two = probe(grid, middle, [-across[0], -across[1]], reach);
  return (one.kind === 'exterior' && two.kind === 'cell') || (two.kind === 'exterior' && one.kind === 'cell');
};

/**
 * Height of the ground outside, m in the model's frame: the lowest threshold of a door that leads out; without
 * one, the storey stated nearest zero, else the lowest level. `basis` says which.
 */
export const terrainHeight = (
  plan: BuildingPlan,
): { readonly heightM: number; readonly basis: 'door' | 'storey' | 'lowest' } => {
  const thresholds = plan.model.elements.flatMap((element) => {
    if (element.kind !== 'door' || element.openingShape === undefined) return [];
    const box = boxOfFaces(element.openingShape.faces);
    return box !== undefined && leadsOut(plan, box) ? [box.min[2]] : [];
  });
  if (thresholds.length > 0) return { heightM: Math.min(...thresholds), basis: 'door' };
  const lowest = plan.levels[0]?.base ?? 0;
  const atZero = plan.levels.find((level) => Math.abs(level.base) < 0.5);
  return atZero === undefined
    ? { heightM: lowest, basis: 'lowest' }
    : { heightM: atZero.base, basis: 'storey' };
};
