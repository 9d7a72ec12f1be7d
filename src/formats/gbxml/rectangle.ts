import type { Vec3 } from '#core/building-model.ts';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const along = (from: Vec3, u: Vec3, a: number, v: Vec3, b: number): Vec3 => [
  from[0] + a * u[0] + b * v[0],
  from[1] + a * u[1] + b * v[1],
  from[2] + a * u[2] + b * v[2],
];

/** A rectangle facing outward: `right` and `up` as seen from outside, so that its corners turn counter-clockwise there. */
export type Rectangle = {
  readonly corner: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  readonly widthM: number;
  readonly heightM: number;
};

/** x east, y north, z up; azimuth clockwise from north, tilt 0 facing up and 90 vertical. */
export const facing = (
  corner: Vec3,
  azimuthDeg: number,
  tiltDeg: number,
  widthM: number,
  heightM: number,
): Rectangle => {
  const a = radians(azimuthDeg);
  const t = radians(tiltDeg);
  const normal: Vec3 = [Math.sin(a) * Math.sin(t), Math.cos(a) * Math.sin(t), Math.cos(t)];
  const right: Vec3 = [-Math.cos(a), Math.sin(a), 0];
  const up: Vec3 = [
    normal[1] * right[2] - normal[2] * right[1],
    normal[2] * right[0] - normal[0] * right[2],
    normal[0] * right[1] - normal[1] * right[0],
  ];
  return { corner, right, up, widthM, heightM };
};

/** A smaller rectangle in the plane of another, its corner at (x, y) there. */
export const within = (
  host: Rectangle,
  x: number,
  y: number,
  widthM: number,
  heightM: number,
): Rectangle => ({
  ...host,
  corner: along(host.corner, host.right, x, host.up, y),
  widthM,
  heightM,
});

/** The four corners, m, counter-clockwise seen from outside, from the lower left. */
export const corners = ({ corner, right, up, widthM, heightM }: Rectangle): Vec3[] => [
  corner,
  along(corner, right, widthM, up, 0),
  along(corner, right, widthM, up, heightM),
  along(corner, right, 0, up, heightM),
];
