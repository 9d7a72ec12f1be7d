import { describe, expect, it } from 'vitest';
import {
  difference,
  type Operand,
  ringsOf,
  ringArea,
  totalArea,
  union,
} from '../../src/core/geometry/index.ts';

const square = (x: number, y: number, size: number): Operand => [
  [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
    ],
  ],
];

const areaOf = (rings: ReturnType<typeof ringsOf>): number =>
  rings.reduce((sum, ring) => sum + ringArea(ring), 0);

describe('outlines of an area cut into pieces', () => {
  it('are the corners alone, whatever cuts went through it', () => {
    const pieces = union([...square(0, 0, 2), ...square(1, 1, 2)]);
    const rings = ringsOf(pieces);
    expect(rings.map((ring) => ring.length)).toEqual([8]);
    expect(areaOf(rings)).toBeCloseTo(7, 6);
  });

  it('have holes the other way round, each of its own', () => {
    const pieces = difference(square(0, 0, 10), [...square(1, 1, 2), ...square(5, 1, 3)]);
    const rings = ringsOf(pieces);
    expect(rings.map((ring) => Math.sign(ringArea(ring))).toSorted((a, b) => a - b)).toEqual([-1, -1, 1]);
    expect(rings.every((ring) => ring.length === 4)).toBe(true);
    expect(areaOf(rings)).toBeCloseTo(totalArea(pieces), 6);
  });

  it('keep slopes, and parts that lie apart', () => {
    const triangle: Operand = [
      [
        [
          [0, 0],
          [4, 0],
          [1, 3],
        ],
      ],
    ];
    const pieces = union([...triangle, ...square(10, 10, 1)]);
    expect(ringsOf(pieces).map((ring) => ring.length)).toEqual([3, 4]);
    expect(areaOf(ringsOf(pieces))).toBeCloseTo(7, 6);
  });

  it('of nothing are none', () => {
    expect(ringsOf([])).toEqual([]);
  });
});
