import type { Vec3 } from '#core/building-model.ts';
import { type BuildingPlan, levelIndexAt } from './plan.ts';
import { cellOf, OUTDOORS, solidOf, type StoreyGrid } from './storey-grid.ts';

/** What lies on a side of a point: a cell, the outside, or nothing but solids as far as was looked. */
export type Met = {
  readonly kind: 'cell' | 'exterior' | 'blocked';
  readonly cell?: number;
  /** First element passed on the way. */
  readonly solid?: number;
};

/** Thickest construction looked through, m: beyond it the way runs along a wall, not across. */
export const ACROSS_M = 1.2;

/**
 * Walks in plan from a point along a horizontal direction, in the cut that speaks for its height, until air is
 * met. The own cell is not counted before a solid was passed, since a room's rim lies on its walls; the own solid is
 * not counted as passed.
 */
export const probe = (
  grid: StoreyGrid,
  from: Vec3,
  direction: readonly [number, number],
  reachM: number,
  own: { readonly cell?: number; readonly solid?: number } = {},
): Met => {
  let solid: number | undefined;
  const step = grid.step / 2;
  for (let d = step / 2; d <= reachM; d += step) {
    const label = grid.labelAt(from[0] + direction[0] * d, from[1] + direction[1] * d);
    if (label === OUTDOORS) return { kind: 'exterior', ...(solid !== undefined && { solid }) };
    const cell = cellOf(label);
    if (cell !== undefined && !(cell === own.cell && solid === undefined))
      return { kind: 'cell', cell, ...(solid !== undefined && { solid }) };
    const passed = solidOf(label);
    if (passed !== own.solid) solid ??= passed;
  }
  return { kind: 'blocked', ...(solid !== undefined && { solid }) };
};

/** Nearest element behind or before a point, within half a metre; for rooms drawn to the wall's middle or outer face. */
export const nearestSolid = (
  grid: StoreyGrid,
  from: Vec3,
  direction: readonly [number, number],
): number | undefined => {
  for (let d = 0; d <= 0.6; d += grid.step / 2)
    for (const sign of [-1, 1]) {
      const label = grid.labelAt(from[0] + sign * direction[0] * d, from[1] + sign * direction[1] * d);
      const solid = solidOf(label);
      if (solid !== undefined) return solid;
    }
  return undefined;
};

/** The cut of the plan that speaks for a height `z`, m; undefined for a building without storeys. */
export const gridAt = (plan: BuildingPlan, z: number): StoreyGrid | undefined =>
  plan.grids[levelIndexAt(plan, z)];
