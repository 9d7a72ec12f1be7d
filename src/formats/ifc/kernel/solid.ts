import type { Face, Vec3 } from '#core/building-model.ts';
import {
  add,
  cross,
  dot,
  enclosedVolume,
  faceAreaVector,
  faceNormal,
  fromPlane,
  length,
  type PlaneFrame,
  planeFrame,
  type Region,
  regionHolds,
  reversed,
  scale,
  subtract,
  toPlane,
  trapezoidArea,
  union,
} from '#core/geometry/index.ts';
import { applyPoint, type Transform } from './transform.ts';
import type { ProfileArea } from './profiles.ts';

/** Outward faces between a plane area and its copy moved by `sweep` (perhaps turned or scaled by `top`). */
export const prism = (
  base: ProfileArea,
  place: Transform,
  sweep: Vec3,
  topArea: ProfileArea = base,
): Face[] => {
  const at = (ring: ProfileArea['outer'], shift: Vec3): Vec3[] =>
    ring.map(([x, y]) => add(applyPoint(place, [x, y, 0]), shift));
  const none: Vec3 = [0, 0, 0];
  const faces: Face[] = [
    { outer: at(base.outer, none).reverse(), holes: base.holes.map((h) => at(h, none).reverse()) },
    { outer: at(topArea.outer, sweep), holes: topArea.holes.map((h) => at(h, sweep)) },
  ];
  const rings = [
    [base.outer, topArea.outer] as const,
    ...base.holes.map((hole, i) => [hole, topArea.holes[i] ?? hole] as const),
  ];
  for (const [below, above] of rings) {
    const low = at(below, none);
    const high = at(above.length === below.length ? above : below, sweep);
    for (let i = 0, j = low.length - 1; i < low.length; j = i++)
      faces.push({ outer: [low[j], low[i], high[i], high[j]] as Vec3[], holes: [] });
  }
  const downwards = dot(sweep, cross(place.x, place.y)) < 0;
  return downwards ? faces.map(reversed) : faces;
};

/**
 * Facets of a plane area turned about an axis; end caps unless the turn is whole. Facets are pushed to no side:
 * the caller marks the shape approximate.
 */
export const revolution = (base: ProfileArea, origin: Vec3, axis: Vec3, angleRad: number): Face[] => {
  const whole = Math.abs(angleRad) > 2 * Math.PI - 1e-6;
  const steps = Math.max(2, Math.ceil(Math.abs(angleRad) / (Math.PI / 18)));
  const turned = (p: Vec3, angle: number): Vec3 => {
    const d = subtract(p, origin);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const along = scale(axis, dot(axis, d) * (1 - c));
    return add(origin, add(add(scale(d, c), scale(cross(axis, d), s)), along));
  };
  const points = (ring: ProfileArea['outer'], k: number): Vec3[] =>
    ring.map(([x, y]) => turned([x, y, 0], (angleRad * k) / steps));
  const faces: Face[] = [];
  for (let k = 0; k < steps; k++)
    for (const ring of [base.outer, ...base.holes]) {
      const near = points(ring, k);
      const far = points(ring, k + 1);
      for (let i = 0, j = near.length - 1; i < near.length; j = i++)
        faces.push({ outer: [near[j], near[i], far[i], far[j]] as Vec3[], holes: [] });
    }
  if (!whole) {
    faces.push({
      outer: points(base.outer, 0).reverse(),
      holes: base.holes.map((h) => points(h, 0).reverse()),
    });
    faces.push({ outer: points(base.outer, steps), holes: base.holes.map((h) => points(h, steps)) });
  }
  return enclosedVolume(faces) < 0 ? faces.map(reversed) : faces;
};

const CLOSED_SHARE = 1e-3;
const MAX_FACES_TURNED_ONE_BY_ONE = 400;

/** A face in its own plane, made once for all the rays that may meet it. */
type Target = {
  readonly face: Face;
  readonly corner: Vec3;
  readonly normal: Vec3;
  readonly frame: PlaneFrame;
  readonly region: Region;
};

const targetOf = (face: Face): Target | undefined => {
  const normal = faceNormal(face);
  const corner = face.outer[0];
  if (normal === undefined || corner === undefined) return undefined;
  const frame = planeFrame(corner, normal);
  const region = [face.outer, ...face.holes].map((ring) => ring.map((p) => toPlane(frame, p)));
  return { face, corner, normal, frame, region };
};

/** A point inside a face and off its edges. */
const insideOf = ({ frame, region }: Target): Vec3 | undefined => {
  const widest = union([region]).toSorted((a, b) => trapezoidArea(b) - trapezoidArea(a))[0];
  if (widest === undefined) return undefined;
  const t = 0.437;
  const low = widest.low0 + (widest.low1 - widest.low0) * t;
  const high = widest.high0 + (widest.high1 - widest.high0) * t;
  return fromPlane(frame, [widest.x0 + (widest.x1 - widest.x0) * t, low + (high - low) * 0.541]);
};

const isHit = ({ corner, normal, frame, region }: Target, from: Vec3, direction: Vec3): boolean => {
  const slope = dot(normal, direction);
  if (Math.abs(slope) < 1e-9) return false;
  const t = dot(normal, subtract(corner, from)) / slope;
  if (t <= 1e-6) return false;
  const [u, v] = toPlane(frame, add(from, scale(direction, t)));
  return regionHolds(region, u, v);
};

/** Turns each face by counting what a ray from it meets: an even count means it already looks outwards. */
const turnedOneByOne = (faces: readonly Face[]): Face[] => {
  const targets = faces.flatMap((face) => targetOf(face) ?? []);
  const turned = new Map<Face, Face>();
  for (const target of targets) {
    const from = insideOf(target);
    if (from === undefined) continue;
    const slant = add(target.normal, [0.0131, 0.0173, 0.0097]);
    const hits = targets.filter((other) => other !== target && isHit(other, from, slant)).length;
    if (hits % 2 === 1) turned.set(target.face, reversed(target.face));
  }
  return faces.map((face) => turned.get(face) ?? face);
};

/**
 * Faces of a shell turned outwards: all together when they agree with each other, one by one when their area
 * vectors do not add up to nothing, as exporters that lose face orientations leave them. An open shell stays.
 */
export const outward = (faces: readonly Face[]): Face[] => {
  const vectors = faces.map(faceAreaVector);
  const total = vectors.reduce((sum, one) => sum + length(one), 0);
  const off = (list: readonly Vec3[]): number => length(list.reduce(add, [0, 0, 0]));
  if (off(vectors) > CLOSED_SHARE * total && faces.length <= MAX_FACES_TURNED_ONE_BY_ONE) {
    const turned = turnedOneByOne(faces);
    if (off(turned.map(faceAreaVector)) <= CLOSED_SHARE * total) return turned;
  }
  return enclosedVolume(faces) < 0 ? faces.map(reversed) : [...faces];
};

/** Outward faces of a box along the axes, m: `corner` is the lowest one. */
export const blockFaces = (corner: Vec3, size: Vec3): Face[] =>
  prism(
    {
      outer: [
        [0, 0],
        [size[0], 0],
        [size[0], size[1]],
        [0, size[1]],
      ],
      holes: [],
    },
    { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], origin: corner },
    [0, 0, size[2]],
  );

const FLAT_M = 2e-4;

/** Whether every corner lies in the plane of the outer ring. */
export const isFlat = (face: Face): boolean => {
  const normal = faceNormal(face);
  const origin = face.outer[0];
  if (normal === undefined || origin === undefined) return true;
  return [face.outer, ...face.holes].every((ring) =>
    ring.every((p) => Math.abs(dot(normal, subtract(p, origin))) < FLAT_M),
  );
};
