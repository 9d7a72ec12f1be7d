import type { Face, SourceElement, SourceOpening } from '#core/building-model.ts';
import {
  asOperand,
  difference,
  dot,
  faceNormal,
  intersection,
  type Operand,
  type Region,
  toPlane,
  totalArea,
  union,
} from '#core/geometry/index.ts';
import type { PlaneGroup } from './plane-groups.ts';

/** An opening cut in a host: its solids, and the window or door in it. */
export type Hole = {
  readonly id: string;
  readonly hostId: string;
  readonly filling?: SourceElement;
  readonly faces: readonly Face[];
};

/** Every opening of the model by host; a filling whose opening has no own record stands for it. */
export const holesByHost = (
  openings: readonly SourceOpening[],
  elements: readonly SourceElement[],
): ReadonlyMap<string, readonly Hole[]> => {
  const fillings = new Map(elements.map((element) => [element.globalId, element]));
  const byHost = new Map<string, Hole[]>();
  const put = (hole: Hole): void => {
    const list = byHost.get(hole.hostId);
    if (list === undefined) byHost.set(hole.hostId, [hole]);
    else list.push(hole);
  };
  const filled = new Set<string>();
  for (const opening of openings) {
    const filling = opening.filledBy === undefined ? undefined : fillings.get(opening.filledBy);
    const faces = opening.shape?.faces ?? filling?.openingShape?.faces;
    if (faces === undefined) continue;
    if (filling !== undefined) filled.add(filling.globalId);
    put({ id: opening.globalId, hostId: opening.hostId, faces, ...(filling && { filling }) });
  }
  for (const element of elements)
    if (element.openingShape !== undefined && element.hostId !== undefined && !filled.has(element.globalId))
      put({
        id: element.globalId,
        hostId: element.hostId,
        filling: element,
        faces: element.openingShape.faces,
      });
  return byHost;
};

export type CutHole = {
  readonly hole: Hole;
  readonly areaM2: number;
  readonly perimeterM: number;
  /** Where its middle lies in the side's plane. */
  readonly middle: readonly [u: number, v: number];
};

export type CutSide = {
  readonly grossM2: number;
  readonly netM2: number;
  readonly holes: readonly CutHole[];
};

const NEAR_M = 0.06;
const FACING = 0.3;
const CUT_SHARE = 0.5;

/** Whether a hole's solid comes through the host at this side, and not through another side behind it. */
const reaches = (group: PlaneGroup, depthM: number, faces: readonly Face[]): boolean => {
  let low = Infinity;
  let high = -Infinity;
  for (const face of faces)
    for (const p of face.outer) {
      const h = dot(group.normal, p) - group.offset;
      low = Math.min(low, h);
      high = Math.max(high, h);
    }
  return low < NEAR_M && high > -Math.min(depthM / 2, 0.5);
};

/** The solid's shadow on the plane: its faces that look along the normal, projected; overlaps count once. */
const shadow = (group: PlaneGroup, faces: readonly Face[]): Operand => {
  const facing = faces.filter((face) => {
    const normal = faceNormal(face);
    return normal !== undefined && dot(normal, group.normal) > FACING;
  });
  return (facing.length > 0 ? facing : faces).map(
    (face): Region => [face.outer, ...face.holes].map((ring) => ring.map((p) => toPlane(group.frame, p))),
  );
};

const extentOf = (operand: Operand): readonly [u0: number, u1: number, v0: number, v1: number] => {
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const region of operand)
    for (const ring of region)
      for (const [u, v] of ring) {
        u0 = Math.min(u0, u);
        u1 = Math.max(u1, u);
        v0 = Math.min(v0, v);
        v1 = Math.max(v1, v);
      }
  return [u0, u1, v0, v1];
};

/**
 * Gross and net area of a host's side and the area of each hole in it: the union of the hole's solids projected on
 * the side and clipped to it. Where the body is already cut (boundary representations), the hole is measured
 * within the side's extent and not taken away again.
 */
export const cutSide = (group: PlaneGroup, depthM: number, holes: readonly Hole[]): CutSide => {
  const [u0, u1] = group.u;
  const [v0, v1] = group.v;
  const extent: Operand = [
    [
      [
        [u0, v0],
        [u1, v0],
        [u1, v1],
        [u0, v1],
      ],
    ],
  ];
  const cut: CutHole[] = [];
  const taken: Region[] = [];
  const added: Region[] = [];
  for (const hole of holes) {
    if (!reaches(group, depthM, hole.faces)) continue;
    const outline = shadow(group, hole.faces);
    const within = intersection(outline, extent);
    const full = totalArea(within);
    if (full < 1e-4) continue;
    const solid = intersection(outline, group.regions);
    const isCut = totalArea(solid) < CUT_SHARE * full;
    const clipped = asOperand(isCut ? within : solid);
    taken.push(...clipped);
    if (isCut) added.push(...clipped);
    const [a, b, c, d] = extentOf(clipped);
    cut.push({
      hole,
      areaM2: isCut ? full : totalArea(solid),
      perimeterM: 2 * (b - a + d - c),
      middle: [(a + b) / 2, (c + d) / 2],
    });
  }
  if (cut.length === 0) return { grossM2: group.areaM2, netM2: group.areaM2, holes: [] };
  const netM2 = totalArea(difference(group.regions, taken));
  const grossM2 = added.length === 0 ? group.areaM2 : totalArea(union([...group.regions, ...added]));
  return { grossM2, netM2, holes: cut };
};
