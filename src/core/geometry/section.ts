import type { Face, Vec3 } from '../building-model.ts';
import type { Vec2 } from './vector.ts';

export type Segment2 = readonly [Vec2, Vec2];

/**
 * Where the faces of a solid meet the horizontal plane at `z`: plan segments, unordered. Corners exactly at `z`
 * count as above, so that a closed solid always gives closed outlines.
 */
export const horizontalSection = (faces: readonly Face[], z: number): Segment2[] => {
  const segments: Segment2[] = [];
  for (let k = 0; k < faces.length; k++) {
    const face = faces[k];
    const hits: Vec2[] = [];
    collectHits(face.outer, z, hits);
    for (let h = 0; h < face.holes.length; h++) collectHits(face.holes[h], z, hits);
    if (hits.length < 2) continue;
    // The hit farthest from the first gives the direction to order them by.
    const [startX, startY] = hits[0];
    let [far, dx, dy] = [0, 0, 0];
    for (let i = 1; i < hits.length; i++) {
      const x = hits[i][0] - startX;
      const y = hits[i][1] - startY;
      if (x * x + y * y > far) {
        far = x * x + y * y;
        dx = x;
        dy = y;
      }
    }
    if (far === 0) continue;
    if (hits.length > 2) hits.sort((a, b) => a[0] * dx + a[1] * dy - (b[0] * dx + b[1] * dy));
    for (let i = 0; i + 1 < hits.length; i += 2) segments.push([hits[i], hits[i + 1]]);
  }
  return segments;
};

const collectHits = (ring: readonly Vec3[], z: number, hits: Vec2[]): void => {
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j];
    const b = ring[i];
    if (a[2] >= z === b[2] >= z) continue;
    const t = (z - a[2]) / (b[2] - a[2]);
    hits.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
  }
};
