import type { Face, Vec3 } from '../building-model.ts';
import type { Vec2 } from './vector.ts';

export type Segment2 = readonly [Vec2, Vec2];

/**
 * Where the faces of a solid meet the horizontal plane at `z`: plan segments, unordered. Corners exactly at `z`
 * count as above, so that a closed solid always gives closed outlines.
 */
export const horizontalSection = (faces: readonly Face[], z: number): Segment2[] => {
  const segments: Segment2[] = [];
  for (const face of faces) {
    const hits: { readonly at: Vec2; readonly key: number }[] = [];
    let dx = 0;
    let dy = 0;
    const collect = (ring: readonly Vec3[]): void => {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[j];
        const b = ring[i];
        if (a[2] >= z === b[2] >= z) continue;
        const t = (z - a[2]) / (b[2] - a[2]);
        hits.push({ at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], key: 0 });
      }
    };
    collect(face.outer);
    for (const hole of face.holes) collect(hole);
    if (hits.length < 2) continue;
    const start = hits[0] as { at: Vec2 };
    let far = 0;
    for (const hit of hits) {
      const x = hit.at[0] - start.at[0];
      const y = hit.at[1] - start.at[1];
      if (x * x + y * y > far) {
        far = x * x + y * y;
        dx = x;
        dy = y;
      }
    }
    if (far === 0) continue;
    const ordered = hits
      .map(({ at }) => ({ at, key: at[0] * dx + at[1] * dy }))
      .sort((a, b) => a.key - b.key);
    for (let i = 0; i + 1 < ordered.length; i += 2)
      segments.push([(ordered[i] as { at: Vec2 }).at, (ordered[i + 1] as { at: Vec2 }).at]);
  }
  return segments;
};
