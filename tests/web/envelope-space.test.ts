import { describe, expect, it } from 'vitest';
import { axesOf, matrixOf, startView, triangleAt, turned, zoomed } from '../../src/web/envelope/camera.ts';
import { trianglesOf } from '../../src/web/envelope/triangles.ts';

const wallWithWindow = [
  [0, 0, 0, 100, 0, 0, 100, 0, 60, 0, 0, 60],
  [20, 0, 10, 20, 0, 40, 50, 0, 40, 50, 0, 10],
];

const areaOf = (triangles: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < triangles.length; i += 9) {
    const side = (corner: number): number[] =>
      [0, 1, 2].map((axis) => (triangles[i + 3 * corner + axis] ?? 0) - (triangles[i + axis] ?? 0));
    const [ax = 0, ay = 0, az = 0] = side(1);
    const [bx = 0, by = 0, bz = 0] = side(2);
    sum += Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx) / 2;
  }
  return sum;
};

describe('a face as triangles', () => {
  it('fills what is not a hole', () => {
    expect(areaOf(trianglesOf(wallWithWindow))).toBeCloseTo(100 * 60 - 30 * 30, 6);
  });

  it('lies in the plane of the face, sloping ones too', () => {
    const roof = [[0, 0, 0, 40, 0, 0, 40, 30, 30, 0, 30, 30]];
    const triangles = trianglesOf(roof);
    for (let i = 0; i < triangles.length; i += 3) expect(triangles[i + 1]).toBeCloseTo(triangles[i + 2] ?? 0);
    expect(areaOf(triangles)).toBeCloseTo(40 * Math.hypot(30, 30), 6);
  });

  it('of a face that is a line are none', () => {
    expect(trianglesOf([[0, 0, 0, 10, 0, 0, 20, 0, 0]])).toEqual([]);
  });
});

describe('the view', () => {
  const projection = {
    view: { azimuthDeg: 180, heightDeg: 0, zoom: 1 },
    middle: [50, 0, 30] as const,
    radius: 60,
    width: 600,
    height: 600,
  };

  it('from the south has the east at its right and the sky above', () => {
    const { right, up, near } = axesOf(projection.view);
    const whole = (value: number): number => Math.round(value) + 0;
    expect(right.map(whole)).toEqual([1, 0, 0]);
    expect(up.map(whole)).toEqual([0, 0, 1]);
    expect(near.map(whole)).toEqual([0, -1, 0]);
  });

  it('puts the middle of the building in the middle of the screen', () => {
    const m = matrixOf(projection);
    const at = (row: number): number =>
      [50, 0, 30, 1].reduce((sum, value, i) => sum + value * (m[4 * i + row] ?? 0), 0);
    expect([at(0), at(1), at(2)].map((value) => Math.abs(Math.round(value * 1e6)))).toEqual([0, 0, 0]);
  });

  it('finds the triangle under the pointer, the nearest of two, and none beside or through a window', () => {
    const behind = wallWithWindow.map((ring) => ring.map((value, i) => (i % 3 === 1 ? 20 : value)));
    const front = trianglesOf(wallWithWindow);
    const triangles = new Float32Array([...trianglesOf([behind[0] ?? []]), ...front]);
    const pixel = (x: number, z: number): [number, number] => [300 + 5 * (x - 50), 300 - 5 * (z - 30)];
    const first = triangles.length / 9 - front.length / 9;
    expect(triangleAt(triangles, projection, ...pixel(80, 30))).toBeGreaterThanOrEqual(first);
    expect(triangleAt(triangles, projection, ...pixel(30, 20))).toBeLessThan(first);
    expect(triangleAt(triangles, projection, ...pixel(-5, 30))).toBeUndefined();
  });

  it('stays within what can be looked at', () => {
    expect(turned(startView, -1000, 500)).toMatchObject({ heightDeg: 89 });
    expect(turned(startView, -1000, 0).azimuthDeg).toBeGreaterThanOrEqual(0);
    expect(zoomed(startView, 1000).zoom).toBe(12);
  });
});
