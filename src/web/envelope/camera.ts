/** Where the building is looked at from: the azimuth and the height of the viewer in degrees, and the enlargement. */
export type View = { readonly azimuthDeg: number; readonly heightDeg: number; readonly zoom: number };

export const startView: View = { azimuthDeg: 205, heightDeg: 28, zoom: 1 };

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const turned = (view: View, byAzimuth: number, byHeight: number): View => ({
  ...view,
  azimuthDeg: (((view.azimuthDeg + byAzimuth) % 360) + 360) % 360,
  heightDeg: within(view.heightDeg + byHeight, -80, 89),
});

export const zoomed = (view: View, by: number): View => ({ ...view, zoom: within(view.zoom * by, 0.5, 12) });

/** The three axes of the screen in the world: to the right, up, and towards the viewer. */
export type Axes = {
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly near: readonly [number, number, number];
};

/** Orthographic: parallel edges stay parallel, as on a drawing. */
export const axesOf = ({ azimuthDeg, heightDeg }: View): Axes => {
  const [a, h] = [(azimuthDeg * Math.PI) / 180, (heightDeg * Math.PI) / 180];
  const near = [Math.sin(a) * Math.cos(h), Math.cos(a) * Math.cos(h), Math.sin(h)] as const;
  const right = [-Math.cos(a), Math.sin(a), 0] as const;
  const up = [
    near[1] * right[2] - near[2] * right[1],
    near[2] * right[0] - near[0] * right[2],
    near[0] * right[1] - near[1] * right[0],
  ] as const;
  return { right, up, near };
};

type Point = readonly [number, number, number];

const along = (axis: Point, x: number, y: number, z: number): number =>
  axis[0] * x + axis[1] * y + axis[2] * z;

/** Everything that a point's place on the screen depends on; sizes in pixels, the middle and the radius in the scene's unit. */
export type Projection = {
  readonly view: View;
  readonly middle: Point;
  readonly radius: number;
  readonly width: number;
  readonly height: number;
};

/** Pixels of the scene's unit. */
export const scaleOf = ({ view, radius, width, height }: Projection): number =>
  (view.zoom * Math.min(width, height)) / (2 * Math.max(1e-9, radius));

/** The matrix that WebGL takes, column by column. */
export const matrixOf = (projection: Projection): number[] => {
  const { right, up, near } = axesOf(projection.view);
  const { middle, radius, width, height } = projection;
  const scale = scaleOf(projection);
  const [sx, sy, sz] = [(2 * scale) / width, (2 * scale) / height, -1 / (2 * radius)];
  const offset = (axis: Point, by: number): number => -by * along(axis, ...middle);
  return [
    ...[0, 1, 2].flatMap((i) => {
      const axis = i as 0 | 1 | 2;
      return [sx * right[axis], sy * up[axis], sz * near[axis], 0];
    }),
    offset(right, sx),
    offset(up, sy),
    offset(near, sz),
    1,
  ];
};

/** Index of the triangle nearest to the viewer at a pixel; undefined where there is none. */
export const triangleAt = (
  triangles: Float32Array,
  projection: Projection,
  x: number,
  y: number,
): number | undefined => {
  const { right, up, near } = axesOf(projection.view);
  const { middle, width, height } = projection;
  const scale = scaleOf(projection);
  const [px, py] = [(x - width / 2) / scale, (height / 2 - y) / scale];
  let found: number | undefined;
  let nearest = -Infinity;
  for (let i = 0; i < triangles.length; i += 9) {
    const corner = (k: number): readonly [number, number, number] => {
      const [a, b, c] = [0, 1, 2].map(
        (axis) => (triangles[i + 3 * k + axis] ?? 0) - middle[axis as 0 | 1 | 2],
      ) as [number, number, number];
      return [along(right, a, b, c), along(up, a, b, c), along(near, a, b, c)];
    };
    const [a, b, c] = [corner(0), corner(1), corner(2)];
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (Math.abs(area) < 1e-9) continue;
    const beta = ((px - a[0]) * (c[1] - a[1]) - (py - a[1]) * (c[0] - a[0])) / area;
    const gamma = ((b[0] - a[0]) * (py - a[1]) - (b[1] - a[1]) * (px - a[0])) / area;
    if (beta < 0 || gamma < 0 || beta + gamma > 1) continue;
    const depth = a[2] + beta * (b[2] - a[2]) + gamma * (c[2] - a[2]);
    if (depth > nearest) [nearest, found] = [depth, i / 9];
  }
  return found;
};
