import type { Face, Vec3 } from '#core/building-model.ts';
import {
  decompose,
  dot,
  faceNormal,
  fromPlane,
  isConvex,
  planeFrame,
  subtract,
  toPlane,
  trapezoidRing,
  type Vec2,
} from '#core/geometry/index.ts';
import { type Budget, spendFaces } from './context.ts';
import { clipRing, flipped, type Plane, planeThrough } from './plane-cut.ts';

/** A convex piece of a face with its plane. */
type Piece = { readonly ring: readonly Vec3[]; readonly plane: Plane };

type Node = { readonly plane: Plane; front?: Node; back?: Node };

const ON_M = 1e-5;

/** Faces cut into convex pieces; those too small to have a normal are dropped. */
const convexPieces = (faces: readonly Face[]): Piece[] =>
  faces.flatMap((face): Piece[] => {
    const normal = faceNormal(face);
    const origin = face.outer[0];
    if (normal === undefined || origin === undefined) return [];
    const frame = planeFrame(origin, normal);
    const flat = (ring: readonly Vec3[]): Vec2[] => ring.map((p) => toPlane(frame, p));
    const outer = flat(face.outer);
    const plane = planeThrough(origin, normal);
    if (face.holes.length === 0 && isConvex(outer)) return [{ ring: face.outer, plane }];
    return decompose([[[outer, ...face.holes.map(flat)]]], ([inside]) => inside).map((one) => ({
      ring: trapezoidRing(one).map((p) => fromPlane(frame, p)),
      plane,
    }));
  });

type Side = 'front' | 'back' | 'same' | 'opposite' | 'both';

const sideOf = (piece: Piece, plane: Plane): Side => {
  let front = false;
  let back = false;
  for (const p of piece.ring) {
    const h = dot(plane.normal, p) - plane.offset;
    if (h > ON_M) front = true;
    else if (h < -ON_M) back = true;
  }
  if (front && back) return 'both';
  if (front) return 'front';
  if (back) return 'back';
  return dot(piece.plane.normal, plane.normal) > 0 ? 'same' : 'opposite';
};

const halves = (piece: Piece, plane: Plane): { front: Piece[]; back: Piece[] } => {
  const make = (ring: Vec3[]): Piece[] => (ring.length >= 3 ? [{ ring, plane: piece.plane }] : []);
  return {
    front: make(clipRing(piece.ring, plane)),
    back: make(clipRing(piece.ring, flipped(plane))),
  };
};

const build = (pieces: readonly Piece[], budget: Budget): Node | undefined => {
  const head = pieces[0];
  if (head === undefined) return undefined;
  const root: Node = { plane: head.plane };
  const work: { node: Node; pieces: readonly Piece[] }[] = [{ node: root, pieces }];
  while (work.length > 0) {
    const { node, pieces: todo } = work.pop() as { node: Node; pieces: readonly Piece[] };
    const front: Piece[] = [];
    const back: Piece[] = [];
    // The first piece gave the node its plane. Rounding may put far corners off it, and it would come back for ever.
    for (const piece of todo.slice(1)) {
      const side = sideOf(piece, node.plane);
      if (side === 'same' || side === 'opposite') continue;
      if (side === 'front') front.push(piece);
      else if (side === 'back') back.push(piece);
      else {
        spendFaces(budget, 1);
        const cut = halves(piece, node.plane);
        front.push(...cut.front);
        back.push(...cut.back);
      }
    }
    if (front.length > 0) {
      node.front = { plane: front[0].plane };
      work.push({ node: node.front, pieces: front });
    }
    if (back.length > 0) {
      node.back = { plane: back[0].plane };
      work.push({ node: node.back, pieces: back });
    }
  }
  return root;
};

/** Where a piece lies against a solid; on its surface, whether turned as the solid's own face is. */
type Status = 'in' | 'out' | 'same' | 'opposite';
type Placed = { readonly piece: Piece; readonly status: Status };

const locate = (piece: Piece, node: Node | undefined, leaf: Status, budget: Budget): Placed[] => {
  if (node === undefined) return [{ piece, status: leaf }];
  const side = sideOf(piece, node.plane);
  if (side === 'front') return locate(piece, node.front, 'out', budget);
  if (side === 'back') return locate(piece, node.back, 'in', budget);
  if (side === 'both') {
    spendFaces(budget, 1);
    const cut = halves(piece, node.plane);
    return [
      ...cut.front.flatMap((part) => locate(part, node.front, 'out', budget)),
      ...cut.back.flatMap((part) => locate(part, node.back, 'in', budget)),
    ];
  }
  const turnedAs = (behind: Status, before: Status): Status => {
    if (behind === 'same' || behind === 'opposite') return behind;
    if (before === 'same' || before === 'opposite') return before;
    if (behind === before) return behind;
    return (behind === 'in') === (side === 'same') ? 'same' : 'opposite';
  };
  return locate(piece, node.back, 'in', budget).flatMap((behind) =>
    locate(behind.piece, node.front, 'out', budget).map((before) => ({
      piece: before.piece,
      status: turnedAs(behind.status, before.status),
    })),
  );
};

const kept = (
  pieces: readonly Piece[],
  root: Node | undefined,
  statuses: readonly Status[],
  budget: Budget,
): Piece[] =>
  pieces.flatMap((piece) => {
    const placed = locate(piece, root, 'out', budget);
    // A piece that stays whole keeps its outline instead of the cuts of the tree.
    if (placed.every(({ status }) => statuses.includes(status))) return [piece];
    return placed.filter(({ status }) => statuses.includes(status)).map((one) => one.piece);
  });

const asFaces = (pieces: readonly Piece[]): Face[] => pieces.map(({ ring }) => ({ outer: ring, holes: [] }));

const turned = (pieces: readonly Piece[]): Piece[] =>
  pieces.map(({ ring, plane }) => ({ ring: ring.toReversed(), plane: flipped(plane) }));

/** Boolean of two closed solids by binary space partition; faces come back cut into convex pieces. */
export const booleanSolid = (
  operator: 'DIFFERENCE' | 'UNION' | 'INTERSECTION',
  first: readonly Face[],
  second: readonly Face[],
  budget: Budget,
): Face[] => {
  const a = convexPieces(first);
  const b = convexPieces(second);
  spendFaces(budget, a.length + b.length);
  const treeA = build(a, budget);
  const treeB = build(b, budget);
  switch (operator) {
    case 'DIFFERENCE':
      return asFaces([
        ...kept(a, treeB, ['out', 'opposite'], budget),
        ...turned(kept(b, treeA, ['in'], budget)),
      ]);
    case 'INTERSECTION':
      return asFaces([...kept(a, treeB, ['in', 'same'], budget), ...kept(b, treeA, ['in'], budget)]);
    case 'UNION':
      return asFaces([...kept(a, treeB, ['out', 'same'], budget), ...kept(b, treeA, ['out'], budget)]);
    default:
      return operator satisfies never;
  }
};

/** Whether two boxes of corners keep apart, so that a difference changes nothing. */
export const areApart = (first: readonly Face[], second: readonly Face[]): boolean => {
  for (let axis = 0; axis < 3; axis++) {
    const range = (faces: readonly Face[]): [number, number] => {
      let low = Infinity;
      let high = -Infinity;
      for (const face of faces)
        for (const p of face.outer) {
          low = Math.min(low, p[axis]);
          high = Math.max(high, p[axis]);
        }
      return [low, high];
    };
    const [a0, a1] = range(first);
    const [b0, b1] = range(second);
    if (a1 <= b0 + ON_M || b1 <= a0 + ON_M) return true;
  }
  return false;
};

/** How far a solid reaches from a point; sizes the prism that stands in for an endless half-space. */
export const reachFrom = (faces: readonly Face[], point: Vec3): number => {
  let reach = 0;
  for (const face of faces)
    for (const p of face.outer) reach = Math.max(reach, Math.hypot(...subtract(p, point)));
  return reach;
};
