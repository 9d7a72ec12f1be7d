import {
  asOperand,
  difference,
  dot,
  fromPlane,
  type Region,
  toPlane,
  totalArea,
} from '#core/geometry/index.ts';
import type { Body } from './plan.ts';
import { type PlaneGroup, planeGroups } from './plane-groups.ts';

/** One of the large vertical faces of a wall, and how thick the wall is behind it. */
export type WallSide = PlaneGroup & { readonly depthM: number };

const UPRIGHT = 0.35;
const MIN_SIDE_M2 = 0.02;
const MIN_SIDE_SHARE = 0.005;
const SAME_NORMAL = 0.9999;
const JOINT_M = 2e-3;

const overlap = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.min(a[1], b[1]) - Math.max(a[0], b[0]);

/** Thickness of the solid behind a group: the distance to the nearest group that looks the other way. */
const depthBehind = (group: PlaneGroup, groups: readonly PlaneGroup[]): number | undefined => {
  let depth: number | undefined;
  for (const other of groups) {
    if (dot(other.normal, group.normal) > -0.95) continue;
    const along = other.regions
      .flatMap((region) => region[0] ?? [])
      .map(([u, v]) => {
        const { origin, u: axisU, v: axisV } = other.frame;
        const at = (i: 0 | 1 | 2): number => origin[i] + u * axisU[i] + v * axisV[i];
        const d = [
          at(0) - group.frame.origin[0],
          at(1) - group.frame.origin[1],
          at(2) - group.frame.origin[2],
        ] as const;
        return { u: dot(d, group.frame.u), behind: -dot(d, group.normal) };
      });
    if (along.length === 0) continue;
    const range: [number, number] = [Math.min(...along.map((p) => p.u)), Math.max(...along.map((p) => p.u))];
    const behind = along.reduce((sum, p) => sum + p.behind, 0) / along.length;
    if (behind > 0.005 && overlap(range, group.u) > 0.01 && (depth === undefined || behind < depth))
      depth = behind;
  }
  return depth;
};

/**
 * Takes away faces that touch each other back to back: the joints between the layers or pieces of one body. What
 * is left bounds the body as a whole.
 */
const withoutJoints = (groups: readonly PlaneGroup[]): PlaneGroup[] =>
  groups.flatMap((group): PlaneGroup[] => {
    const against = groups.filter(
      (other) =>
        dot(other.normal, group.normal) < -SAME_NORMAL && Math.abs(other.offset + group.offset) < JOINT_M,
    );
    if (against.length === 0) return [group];
    const hidden = against.flatMap((other) =>
      other.regions.map(
        (region): Region =>
          region.map((ring) => ring.map((p) => toPlane(group.frame, fromPlane(other.frame, p)))),
      ),
    );
    const free = difference(group.regions, hidden);
    const areaM2 = totalArea(free);
    if (areaM2 < MIN_SIDE_M2) return [];
    return areaM2 > 0.999 * group.areaM2 ? [group] : [{ ...group, regions: asOperand(free), areaM2 }];
  });

/**
 * The sides of a wall: upright faces wider than the wall is thick behind them. Ends, reveals and edges are not
 * sides. Works for straight, bent and faceted walls alike.
 */
export const wallSides = (body: Body): WallSide[] => {
  const groups = withoutJoints(planeGroups(body.faces, (normal) => Math.abs(normal[2]) < UPRIGHT));
  const sides = groups.flatMap((group): WallSide[] => {
    if (group.areaM2 < MIN_SIDE_M2) return [];
    const depthM = depthBehind(group, groups);
    const width = group.u[1] - group.u[0];
    return depthM !== undefined && width >= depthM * 0.999 ? [{ ...group, depthM }] : [];
  });
  const largest = Math.max(0, ...sides.map((side) => side.areaM2));
  // Rebates of a cut-out door are not sides of the wall.
  if (sides.length > 0) return sides.filter((side) => side.areaM2 > MIN_SIDE_SHARE * largest);
  return groups.map((group) => ({ ...group, depthM: depthBehind(group, groups) ?? 0.2 }));
};
