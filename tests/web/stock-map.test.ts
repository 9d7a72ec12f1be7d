import { describe, expect, it } from 'vitest';
import {
  closer,
  fitted,
  isClosest,
  moved,
  pointOf,
  scaleBarM,
  widthM,
} from '../../src/web/stock/map-geometry.ts';

const bordeaux = { west: -0.7, east: -0.5, south: 44.8, north: 44.9 };

describe('the plan of the stock', () => {
  it('shows the whole box in any shape, undistorted at its latitude', () => {
    for (const [width, height] of [
      [600, 300],
      [300, 600],
    ] as const) {
      const box = fitted(bordeaux, width, height);
      expect(box.west).toBeLessThanOrEqual(bordeaux.west + 1e-12);
      expect(box.north).toBeGreaterThanOrEqual(bordeaux.north - 1e-12);
      // A kilometre is as many pixels east as north.
      const perPx = widthM(box) / width;
      expect(((box.north - box.south) * 111_320) / height).toBeCloseTo(perPx, 6);
    }
  });

  it('puts the corners in the corners', () => {
    expect(pointOf({ longitudeDeg: -0.7, latitudeDeg: 44.9 }, bordeaux, 200, 100)).toEqual([0, 0]);
    const [x, y] = pointOf({ longitudeDeg: -0.5, latitudeDeg: 44.8 }, bordeaux, 200, 100);
    expect([x, y]).toEqual([expect.closeTo(200, 6), expect.closeTo(100, 6)]);
  });

  it('looks closer up to an end, and back', () => {
    const near = closer(bordeaux, 4, { longitudeDeg: -0.55, latitudeDeg: 44.82 });
    expect(near.north - near.south).toBeCloseTo(0.025, 9);
    expect((near.west + near.east) / 2).toBeCloseTo(-0.55, 9);
    let box = bordeaux;
    for (let step = 0; step < 40; step++) box = closer(box, 2);
    expect(isClosest(box)).toBe(true);
    for (let step = 0; step < 60; step++) box = closer(box, 0.5);
    expect(box.south).toBeGreaterThanOrEqual(-90);
    expect(box.east).toBeLessThanOrEqual(180);
  });

  it('moves by its own size and has a round scale', () => {
    expect(moved(bordeaux, 0.5, 0).west).toBeCloseTo(-0.6, 9);
    // 0.2° of longitude at 44.85° north are 15.8 km; a quarter is 3.9 km.
    expect(scaleBarM(bordeaux)).toBe(2000);
  });
});
