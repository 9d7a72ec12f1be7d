import type { Vec3 } from '#core/building-model.ts';
import {
  difference,
  fromPlane,
  intersection,
  type Operand,
  type PlaneFrame,
  ringsOf,
  type Trapezoid,
  type Vec2,
  asOperand,
} from '#core/geometry/index.ts';
import type { Outlines } from '../types.ts';
import { outward, type SideOutcome } from './exposure-walls.ts';
import type { DrawnOpening } from './opening-elements.ts';
import { planeGroups } from './plane-groups.ts';
import { type DrawnSlab, inPlan, LEVEL_NORMAL } from './slab-elements.ts';
import type { MeasuredWall } from './wall-elements.ts';

/** A centimetre: far finer than a picture of a building shows. */
const UNIT_M = 0.01;
/** Of a side, below which an exposure is a stray sample. */
const LEAST_SHARE = 0.02;

type Lift = (point: Vec2) => Vec3;
type Face = Outlines['faces'][string][number];

/** Turns the model's plan to true north. */
const toNorth = (northDeg: number): ((point: Vec3) => Vec3) => {
  const angle = (northDeg * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y, z]) => [x * cosine + y * sine, y * cosine - x * sine, z];
};

const faceOf = (pieces: readonly Trapezoid[], lift: Lift, turn: (point: Vec3) => Vec3): Face | undefined => {
  const rings = ringsOf(pieces).map((ring) =>
    ring.flatMap((point) => turn(lift(point)).map((value) => Math.round(value / UNIT_M))),
  );
  return rings.length === 0 ? undefined : rings;
};

const onPlane =
  (frame: PlaneFrame): Lift =>
  (point) =>
    fromPlane(frame, point);

/** Up from the plan to a sloping plane. */
const onSlope =
  ({ normal, offset }: { readonly normal: Vec3; readonly offset: number }): Lift =>
  ([x, y]) => [x, y, (offset - normal[0] * x - normal[1] * y) / normal[2]];

const mostSeen = (outcome: SideOutcome): (typeof outward)[number] | undefined => {
  const [most] = outward.toSorted((a, b) => outcome[b] - outcome[a]);
  return most !== undefined && outcome[most] > LEAST_SHARE * outcome.side.areaM2 ? most : undefined;
};

/** The part of an opening's pieces that one of several windows fills. */
const spanOf = ({ pieces, span: [from, to] }: DrawnOpening): readonly Trapezoid[] => {
  if (from === 0 && to > 0.999) return pieces;
  const [x0, x1] = [Math.min(...pieces.map((one) => one.x0)), Math.max(...pieces.map((one) => one.x1))];
  const [low, high] = [
    Math.min(...pieces.flatMap((one) => [one.low0, one.low1])),
    Math.max(...pieces.flatMap((one) => [one.high0, one.high1])),
  ];
  const [a, b] = [x0 + (x1 - x0) * from, x0 + (x1 - x0) * to];
  return intersection(asOperand(pieces), [
    [
      [
        [a, low],
        [b, low],
        [b, high],
        [a, high],
      ],
    ],
  ]);
};

/**
 * The outlines of what was measured, for a picture: each element's faces on its host's plane, holes included, in whole
 * centimetres, x to the east and y to the north. An element in two exposures is drawn once, with what most of each of
 * its sides or slabs looks at; openings that were only stated have no place and are not drawn.
 */
export const drawOutlines = (
  measured: {
    readonly walls: readonly MeasuredWall[];
    readonly slabs: readonly DrawnSlab[];
    readonly openings: readonly DrawnOpening[];
    readonly heated: Operand;
  },
  northDeg: number,
): Outlines => {
  const turn = toNorth(northDeg);
  const faces: Record<string, Face[]> = {};
  const add = (id: string, pieces: readonly Trapezoid[], lift: Lift): void => {
    const face = faceOf(pieces, lift, turn);
    if (face !== undefined) (faces[id] ??= []).push(face);
  };
  for (const { elements, sides } of measured.walls) {
    const [main] = elements;
    if (main === undefined || main.exposure === 'internal') continue;
    for (const { outcome, cut } of sides) {
      const exposure = main.exposure === 'adiabatic' ? undefined : mostSeen(outcome);
      const owner = main.exposure === 'adiabatic' ? main : elements.find((one) => one.exposure === exposure);
      if (owner === undefined) continue;
      const holes = cut.holes.filter(({ inBody }) => !inBody).flatMap(({ pieces }) => asOperand(pieces));
      add(owner.globalId, difference(outcome.side.regions, holes), onPlane(outcome.side.frame));
    }
  }
  for (const { id, part, body, tops } of measured.slabs) {
    for (const { group, free } of tops) add(id, free, onSlope(group));
    if (part === 'roof') continue;
    for (const group of planeGroups(body.faces, (normal) => normal[2] < -LEVEL_NORMAL))
      add(id, intersection(inPlan(group), measured.heated), onSlope(group));
  }
  for (const opening of measured.openings) add(opening.id, spanOf(opening), onPlane(opening.frame));
  return { schema: 'stacoptim.outlines/1', unitM: UNIT_M, faces };
};
