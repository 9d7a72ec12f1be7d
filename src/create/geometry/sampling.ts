import type { Face, Vec3 } from '#core/building-model.ts';
import {
  decompose,
  faceNormal,
  fromPlane,
  type PlaneFrame,
  planeFrame,
  type Region,
  toPlane,
  type Trapezoid,
} from '#core/geometry/index.ts';

export type Sample = { readonly point: Vec3; readonly areaM2: number };

const TARGET_STEP_M = 0.6;
const MAX_PER_SIDE = 40;

type Strip = { readonly at: number; readonly share: number };

/** Strips of a length, the two at its ends half as wide: what changes beyond a face changes near its rim (wall tops). */
const strips = (lengthM: number, stepM: number): Strip[] => {
  const count = Math.min(MAX_PER_SIDE, Math.max(1, Math.ceil(lengthM / stepM)));
  if (count < 3)
    return Array.from({ length: count }, (_, i) => ({ at: (i + 0.5) / count, share: 1 / count }));
  const rim = { share: 0.5 / count };
  return [
    { at: 0.25 / count, ...rim },
    ...Array.from({ length: count - 1 }, (_, i) => ({ at: (i + 1) / count, share: 1 / count })),
    { at: 1 - 0.25 / count, ...rim },
  ];
};

const samplesIn = (frame: PlaneFrame, one: Trapezoid, stepM: number): Sample[] => {
  const width = one.x1 - one.x0;
  return strips(width, stepM).flatMap((across) => {
    const low = one.low0 + (one.low1 - one.low0) * across.at;
    const high = one.high0 + (one.high1 - one.high0) * across.at;
    return strips(high - low, stepM).map((up) => ({
      point: fromPlane(frame, [one.x0 + width * across.at, low + (high - low) * up.at]),
      areaM2: width * across.share * (high - low) * up.share,
    }));
  });
};

/** Points spread over plane regions, each with the area it stands for; their areas add up to the regions'. */
export const regionSamples = (
  frame: PlaneFrame,
  regions: readonly Region[],
  stepM = TARGET_STEP_M,
): Sample[] => decompose([regions], ([inside]) => inside).flatMap((one) => samplesIn(frame, one, stepM));

/** The same over a planar face. */
export const faceSamples = (face: Face, stepM = TARGET_STEP_M): Sample[] => {
  const normal = faceNormal(face);
  const corner = face.outer[0];
  if (normal === undefined || corner === undefined) return [];
  const frame = planeFrame(corner, normal);
  const region = [face.outer, ...face.holes].map((ring) => ring.map((p) => toPlane(frame, p)));
  return regionSamples(frame, [region], stepM);
};
