import type { Face, Vec3 } from '#core/building-model.ts';
import {
  decompose,
  faceNormal,
  fromPlane,
  type PlaneFrame,
  planeFrame,
  toPlane,
  type Trapezoid,
} from '#core/geometry/index.ts';

/** A point of a face and the area it stands for. */
export type VisitSample = (point: Vec3, areaM2: number) => void;

const TARGET_STEP_M = 0.6;
const MAX_PER_SIDE = 40;

type Strip = { readonly at: number; readonly share: number };

/** Strips of a length, the two at its ends half as wide: what changes beyond a face changes near its rim (wall tops). */
const cutIn = (count: number): readonly Strip[] => {
  if (count < 3)
    return Array.from({ length: count }, (_, i) => ({ at: (i + 0.5) / count, share: 1 / count }));
  const rim = { share: 0.5 / count };
  return [
    { at: 0.25 / count, ...rim },
    ...Array.from({ length: count - 1 }, (_, i) => ({ at: (i + 1) / count, share: 1 / count })),
    { at: 1 - 0.25 / count, ...rim },
  ];
};

const STRIPS = Array.from({ length: MAX_PER_SIDE + 1 }, (_, count) => cutIn(count));

const strips = (lengthM: number, stepM: number): readonly Strip[] =>
  STRIPS[Math.min(MAX_PER_SIDE, Math.max(1, Math.ceil(lengthM / stepM)))];

const visitIn = (frame: PlaneFrame, one: Trapezoid, stepM: number, visit: VisitSample): void => {
  const width = one.x1 - one.x0;
  for (const across of strips(width, stepM)) {
    const low = one.low0 + (one.low1 - one.low0) * across.at;
    const high = one.high0 + (one.high1 - one.high0) * across.at;
    for (const up of strips(high - low, stepM))
      visit(
        fromPlane(frame, [one.x0 + width * across.at, low + (high - low) * up.at]),
        width * across.share * (high - low) * up.share,
      );
  }
};

/** Points spread over a planar face, each with the area it stands for; their areas add up to the face's. */
export const visitSamples = (face: Face, visit: VisitSample, stepM = TARGET_STEP_M): void => {
  const normal = faceNormal(face);
  const corner = face.outer[0];
  if (normal === undefined || corner === undefined) return;
  const frame = planeFrame(corner, normal);
  const region = [face.outer, ...face.holes].map((ring) => ring.map((p) => toPlane(frame, p)));
  for (const one of decompose([[region]], ([inside]) => inside)) visitIn(frame, one, stepM, visit);
};
