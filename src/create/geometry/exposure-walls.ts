import type { Vec3 } from '#core/building-model.ts';
import { fromPlane, regionHolds } from '#core/geometry/index.ts';
import { type BuildingPlan, levelIndexAt } from './plan.ts';
import { type Met, probe } from './probe.ts';
import { type WallSide, wallSides } from './sides.ts';
import type { StoreyGrid } from './storey-grid.ts';

/** What a side of a wall looks at while its other side looks at a heated cell; m2 of the side. */
export type SideOutcome = {
  readonly side: WallSide;
  readonly exterior: number;
  readonly ground: number;
  readonly unheated: number;
  readonly internal: number;
  /** The other side is not heated: not a matter of this side. */
  readonly elsewhere: number;
  /** Outside, but another wall stands in front: that one is counted. */
  readonly covered: number;
  /** Of what looks out, what has enclosed air behind it instead of a room of the file: no room's face measures it. */
  readonly fromAir: Readonly<Record<Outward, number>>;
};

export const outward = ['exterior', 'ground', 'unheated'] as const;
export type Outward = (typeof outward)[number];
type Outcome = Exclude<keyof SideOutcome, 'side' | 'fromAir'>;

const isOutward = (outcome: Outcome): outcome is Outward => outward.some((one) => one === outcome);

/** How far beyond a wall's own face air may begin: cladding, a second leaf, the raster's rim. */
const BEYOND_M = 0.7;
const SPACING_M = 0.4;
const MAX_SAMPLES = 60;

/** Places a side of a width is looked from, evenly spaced. */
const samplesOf = (widthM: number): number =>
  Math.min(MAX_SAMPLES, Math.max(3, Math.ceil(widthM / SPACING_M)));

/**
 * What the two ends of a side may take of its length: behind a corner stands the next wall, not a room, so that samples there
 * fall `elsewhere` although the facade goes on; m.
 */
export const cornersM = ({ u, depthM }: WallSide): number =>
  2 * (depthM + (u[1] - u[0]) / samplesOf(u[1] - u[0]));

const isHeated = (plan: BuildingPlan, met: Met): boolean =>
  met.cell !== undefined && plan.cells[met.cell]?.heated;

const outcomeOf = (plan: BuildingPlan, front: Met, back: Met, buried: boolean): Outcome => {
  if (!isHeated(plan, back)) return 'elsewhere';
  if (front.kind === 'exterior') {
    const before = front.solid === undefined ? undefined : plan.bodies[front.solid];
    if (before?.element.kind === 'wall') return 'covered';
    return buried ? 'ground' : 'exterior';
  }
  if (front.kind === 'cell') return isHeated(plan, front) ? 'internal' : 'unheated';
  return 'internal';
};

type Band = { readonly grid: StoreyGrid; readonly z: number; readonly heightM: number };

/** The cuts that speak for a height range, each with the height it stands for. */
const bandsOf = (plan: BuildingPlan, low: number, high: number): Band[] => {
  const bands = plan.grids.flatMap((grid, i): Band[] => {
    const from = i === 0 ? -Infinity : plan.levels[i].base;
    const to = plan.levels[i + 1]?.base ?? Infinity;
    const heightM = Math.min(high, to) - Math.max(low, from);
    return heightM > 0.05 && grid.z > low && grid.z < high ? [{ grid, z: grid.z, heightM }] : [];
  });
  if (bands.length > 0) return bands;
  const middle = (low + high) / 2;
  const grid = plan.grids[levelIndexAt(plan, middle)];
  return grid === undefined ? [] : [{ grid, z: middle, heightM: high - low }];
};

/** Each side of a wall with what lies before and behind it (IFC.md section 6, step 5b and 5c). */
export const sideOutcomes = (plan: BuildingPlan, index: number, terrainM: number): SideOutcome[] => {
  const body = plan.bodies[index];
  if (body === undefined) return [];
  const isOpaque = body.element.kind !== 'curtain-wall';
  return wallSides(body).map((side) => {
    const sums = { exterior: 0, ground: 0, unheated: 0, internal: 0, elsewhere: 0, covered: 0 };
    const air = { exterior: 0, ground: 0, unheated: 0 };
    const flat = Math.hypot(side.normal[0], side.normal[1]);
    const out = [side.normal[0] / flat, side.normal[1] / flat] as const;
    const upright = side.frame.v[2];
    const low = side.frame.origin[2] + side.v[0] * upright;
    const high = side.frame.origin[2] + side.v[1] * upright;
    const width = side.u[1] - side.u[0];
    const n = samplesOf(width);
    for (const band of bandsOf(plan, low, high)) {
      const v = (band.z - side.frame.origin[2]) / upright;
      for (let i = 0; i < n; i++) {
        const u = side.u[0] + (width * (i + 0.5)) / n;
        if (!side.regions.some((region) => regionHolds(region, u, v))) continue;
        const point = fromPlane(side.frame, [u, v]);
        const behind: Vec3 = [point[0] - out[0] * side.depthM, point[1] - out[1] * side.depthM, point[2]];
        const front = probe(band.grid, point, out, BEYOND_M, { solid: index });
        const back = probe(band.grid, behind, [-out[0], -out[1]], BEYOND_M, { solid: index });
        const outcome = outcomeOf(plan, front, back, isOpaque && band.z < terrainM - 0.1);
        const areaM2 = (band.heightM * width) / n;
        sums[outcome] += areaM2;
        if (isOutward(outcome) && plan.cells[back.cell ?? -1]?.room === undefined) air[outcome] += areaM2;
      }
    }
    const total = Object.values(sums).reduce((sum, one) => sum + one, 0);
    const k = total === 0 ? 0 : side.areaM2 / total;
    return {
      side,
      exterior: sums.exterior * k,
      ground: sums.ground * k,
      unheated: sums.unheated * k,
      internal: sums.internal * k,
      elsewhere: sums.elsewhere * k,
      covered: sums.covered * k,
      fromAir: { exterior: air.exterior * k, ground: air.ground * k, unheated: air.unheated * k },
    };
  });
};
