import { describe, expect, it } from 'vitest';
import { planeFrame, type Region } from '../../src/core/geometry/index.ts';
import { cutSide, type Hole } from '../../src/create/geometry/openings.ts';
import type { PlaneGroup } from '../../src/create/geometry/plane-groups.ts';
import { boxShape } from './model-house.ts';

/** More than may be passed to one call on the stack. */
const PIECES = 150_000;
const WIDTH_M = 300;
const HEIGHT_M = 3;

/** One side of a wall, facing south, that is there over `share` of its length only, in equal strips. */
const strips = (share: number): PlaneGroup => {
  const step = WIDTH_M / PIECES;
  const normal = [0, -1, 0] as const;
  return {
    frame: planeFrame([0, 0, 0], normal),
    normal,
    offset: 0,
    regions: Array.from({ length: PIECES }, (_, i): Region => {
      const [from, to] = [i * step, (i + share) * step];
      return [
        [
          [from, 0],
          [to, 0],
          [to, HEIGHT_M],
          [from, HEIGHT_M],
        ],
      ];
    }),
    areaM2: share * WIDTH_M * HEIGHT_M,
    u: [0, WIDTH_M],
    v: [0, HEIGHT_M],
  };
};

const hole: Hole = {
  id: 'hole',
  hostId: 'wall',
  fillings: [],
  faces: boxShape(0, -1, 0, WIDTH_M, 2, HEIGHT_M / 2).faces,
};

describe('a side in very many pieces', () => {
  it('loses what a hole takes of each piece', () => {
    const cut = cutSide(strips(0.8), 0.3, [hole]);
    expect(cut.holes[0]?.areaM2).toBeCloseTo(0.8 * 450, 3);
    expect(cut.grossM2).toBeCloseTo(0.8 * 900, 3);
    expect(cut.netM2).toBeCloseTo(0.8 * 450, 3);
  });
});
