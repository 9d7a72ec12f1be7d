import type { Face, Shape, SourceElement, SourceOpening, Vec3 } from '#core/building-model.ts';
import {
  asOperand,
  type Box3,
  boxOfFaces,
  difference,
  dot,
  faceNormal,
  intersection,
  type Operand,
  type Region,
  toPlane,
  totalArea,
  type Trapezoid,
  union,
} from '#core/geometry/index.ts';
import type { PlaneGroup } from './plane-groups.ts';

/** An opening cut in a host: its solids, and the windows or doors in it. */
export type Hole = {
  readonly id: string;
  readonly hostId: string;
  readonly fillings: readonly SourceElement[];
  readonly faces: readonly Face[];
};

type Cut = { readonly id: string; readonly hostId: string; readonly shape: Shape; fillings: SourceElement[] };

/** How far a window's placement may lie outside the opening it was put in. */
const BESIDE_OPENING_M = 0.3;

const holds = (box: Box3, point: Vec3): boolean =>
  point.every((value, axis) => {
    const i = axis as 0 | 1 | 2;
    return value > box.min[i] - BESIDE_OPENING_M && value < box.max[i] + BESIDE_OPENING_M;
  });

const sizeOf = ({ min, max }: Box3): number => (max[0] - min[0]) * (max[1] - min[1]) * (max[2] - min[2]);

/** Puts windows and doors that the file ties to no opening into the smallest empty opening they are placed in. */
const fillByPlace = (cuts: readonly Cut[], elements: readonly SourceElement[]): void => {
  const empty = cuts.flatMap((cut) => {
    const box = cut.fillings.length === 0 ? boxOfFaces(cut.shape.faces) : undefined;
    return box === undefined ? [] : [{ cut, box }];
  });
  for (const element of elements) {
    const { position } = element;
    if (position === undefined || element.partOf !== undefined) continue;
    const around = empty.filter(({ box }) => holds(box, position));
    const smallest = around.toSorted((a, b) => sizeOf(a.box) - sizeOf(b.box))[0];
    smallest?.cut.fillings.push(element);
  }
};

/**
 * Every opening of the model by host, with what fills it. A filling whose opening has no own record stands for it;
 * one that the file ties to no opening fills the one it stands in. What is cut in a whole without a body (a roof made
 * of slabs) is cut in its parts.
 */
export const holesByHost = (
  openings: readonly SourceOpening[],
  elements: readonly SourceElement[],
): ReadonlyMap<string, readonly Hole[]> => {
  const known = new Map(elements.map((element) => [element.globalId, element]));
  const partsOf = new Map<string, string[]>();
  for (const element of elements)
    if (element.partOf !== undefined && element.shape !== undefined)
      partsOf.set(element.partOf, [...(partsOf.get(element.partOf) ?? []), element.globalId]);
  const cuts: Cut[] = [];
  const byShape = new Map<Shape, Cut>();
  for (const opening of openings) {
    const filling = opening.filledBy === undefined ? undefined : known.get(opening.filledBy);
    const shape = opening.shape ?? filling?.openingShape;
    if (shape === undefined) continue;
    const cut: Cut = {
      id: opening.globalId,
      hostId: opening.hostId,
      shape,
      fillings: filling === undefined ? [] : [filling],
    };
    cuts.push(cut);
    byShape.set(shape, cut);
  }
  for (const element of elements) {
    if (element.openingShape === undefined || element.hostId === undefined) continue;
    const cut = byShape.get(element.openingShape);
    if (cut === undefined) {
      const { globalId: id, hostId, openingShape: shape } = element;
      cuts.push({ id, hostId, shape, fillings: [element] });
    } else if (!cut.fillings.includes(element)) cut.fillings.push(element);
  }
  fillByPlace(cuts, elements);
  const byHost = new Map<string, Hole[]>();
  for (const { id, hostId, shape, fillings } of cuts) {
    const isWhole = known.get(hostId)?.shape === undefined;
    for (const host of isWhole ? (partsOf.get(hostId) ?? [hostId]) : [hostId])
      byHost.set(host, [...(byHost.get(host) ?? []), { id, hostId: host, fillings, faces: shape.faces }]);
  }
  return byHost;
};

const statedSize = (filling: SourceElement): number =>
  (filling.overallWidthM ?? 0) * (filling.overallHeightM ?? 0);

/** Each filling's share of its opening, and of those before it: by stated size when every one has it, else alike. */
export const fillingShares = (
  hole: Hole,
): readonly { readonly filling: SourceElement; readonly share: number; readonly from: number }[] => {
  const sizes = hole.fillings.map(statedSize);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const bySize = sizes.every((size) => size > 0);
  let from = 0;
  return hole.fillings.map((filling, i) => {
    const share = bySize ? sizes[i] / total : 1 / hole.fillings.length;
    const before = from;
    from += share;
    return { filling, share, from: before };
  });
};

export type CutHole = {
  readonly hole: Hole;
  readonly areaM2: number;
  readonly perimeterM: number;
  /** Where its middle lies in the side's plane. */
  readonly middle: readonly [u: number, v: number];
  /** Its outline on the side, in pieces. */
  readonly pieces: readonly Trapezoid[];
  /** The body of the host is cut already: its side has the hole. */
  readonly inBody: boolean;
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
    const pieces = isCut ? within : solid;
    const clipped = asOperand(pieces);
    for (const piece of clipped) taken.push(piece);
    if (isCut) for (const piece of clipped) added.push(piece);
    const [a, b, c, d] = extentOf(clipped);
    cut.push({
      hole,
      areaM2: isCut ? full : totalArea(solid),
      perimeterM: 2 * (b - a + d - c),
      middle: [(a + b) / 2, (c + d) / 2],
      pieces,
      inBody: isCut,
    });
  }
  if (cut.length === 0) return { grossM2: group.areaM2, netM2: group.areaM2, holes: [] };
  const netM2 = totalArea(difference(group.regions, taken));
  const grossM2 = added.length === 0 ? group.areaM2 : totalArea(union([...group.regions, ...added]));
  return { grossM2, netM2, holes: cut };
};
