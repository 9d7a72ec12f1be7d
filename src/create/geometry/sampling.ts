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

const samplesIn = (frame: PlaneFrame, one: Trapezoid, stepM: number): Sample[] => {
  const width = one.x1 - one.x0;
  const across = Math.min(MAX_PER_SIDE, Math.max(1, Math.ceil(width / stepM)));
  const samples: Sample[] = [];
  for (let i = 0; i < across; i++) {
    const t = (i + 0.5) / across;
    const low = one.low0 + (one.low1 - one.low0) * t;
    const high = one.high0 + (one.high1 - one.high0) * t;
    const up = Math.min(MAX_PER_SIDE, Math.max(1, Math.ceil((high - low) / stepM)));
    for (let j = 0; j < up; j++)
      samples.push({
        point: fromPlane(frame, [one.x0 + width * t, low + ((high - low) * (j + 0.5)) / up]),
        areaM2: ((width / across) * (high - low)) / up,
      });
  }
  return samples;
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
