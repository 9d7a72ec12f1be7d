import type { BuildingSpec, Construction } from './specification.ts';

export type Point = readonly [number, number];

export const SLAB_M = 0.25;
const PARTITION_M = 0.1;
export const CELLAR_M = 2.4;

export const thicknessOf = ({ layers }: Construction): number =>
  layers.reduce((sum, { thicknessM }) => sum + thicknessM, 0);

/** ISO 6946:2017, 6.7.1: layers in series with the surface resistances of the heat's direction. */
export const uOf = ({ layers }: Construction, surfacesM2KW: number): number =>
  1 /
  layers.reduce((sum, { thicknessM, conductivityWmK }) => sum + thicknessM / conductivityWmK, surfacesM2KW);

export const areaOf = (polygon: readonly Point[]): number =>
  polygon.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [0, 0];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

/** An outer wall in plan: where it starts, which way it runs (the inside is on its left), how its ends are mitred. */
export type Edge = {
  readonly start: Point;
  readonly direction: Point;
  readonly lengthM: number;
  /** 1 where the corner stands out, -1 where it stands in. */
  readonly startTurn: number;
  readonly endTurn: number;
};

export const edgesOf = (outline: readonly Point[]): Edge[] => {
  const count = outline.length;
  const at = (index: number): Point => outline[(index + count) % count] ?? [0, 0];
  const along = (index: number): Point => {
    const [[x, y], [nextX, nextY]] = [at(index), at(index + 1)];
    const length = Math.hypot(nextX - x, nextY - y);
    return [(nextX - x) / length, (nextY - y) / length];
  };
  const turn = (index: number): number => {
    const [before, after] = [along(index - 1), along(index)];
    return Math.sign(before[0] * after[1] - before[1] * after[0]);
  };
  return outline.map((start, index) => {
    const [nextX, nextY] = at(index + 1);
    return {
      start,
      direction: along(index),
      lengthM: Math.hypot(nextX - start[0], nextY - start[1]),
      startTurn: turn(index),
      endTurn: turn(index + 1),
    };
  });
};

/** The inner face of the outer walls: each corner moved in along both its edges (right angles). */
export const innerOutline = (outline: readonly Point[], thicknessM: number): Point[] =>
  edgesOf(outline).map((edge, index, edges) => {
    const before = edges[(index + edges.length - 1) % edges.length] ?? edge;
    const [x, y] = edge.start;
    return [
      x - before.direction[1] * thicknessM - edge.direction[1] * thicknessM,
      y + before.direction[0] * thicknessM + edge.direction[0] * thicknessM,
    ];
  });

type Partition = { readonly start: Point; readonly lengthM: number };

/** One partition along y cuts each storey in two rooms: at mid-length of a rectangle, at the joint of an L. */
export const roomsOf = (inner: readonly Point[]): { rooms: Point[][]; partition: Partition } => {
  const [corner = [0, 0], , , fourth = [0, 0], fifth, sixth] = inner;
  const [x0, y0] = corner;
  const x1 = inner[1]?.[0] ?? 0;
  if (fifth === undefined || sixth === undefined) {
    const y1 = fourth[1];
    const middle = (x0 + x1) / 2;
    const [left, right] = [middle - PARTITION_M / 2, middle + PARTITION_M / 2];
    return {
      rooms: [
        [
          [x0, y0],
          [left, y0],
          [left, y1],
          [x0, y1],
        ],
        [
          [right, y0],
          [x1, y0],
          [x1, y1],
          [right, y1],
        ],
      ],
      partition: { start: [left, y0], lengthM: y1 - y0 },
    };
  }
  const [xJoint, yJoint] = fourth;
  const left = xJoint - PARTITION_M;
  return {
    rooms: [
      [
        [x0, y0],
        [left, y0],
        [left, yJoint],
        [xJoint, yJoint],
        [xJoint, fifth[1]],
        [x0, sixth[1]],
      ],
      [
        [xJoint, y0],
        [x1, y0],
        [x1, yJoint],
        [xJoint, yJoint],
      ],
    ],
    partition: { start: [left, y0], lengthM: yJoint - y0 },
  };
};

type PlacedOpening = {
  readonly kind: 'window' | 'door';
  readonly offsetM: number;
  readonly sillM: number;
  readonly widthM: number;
  readonly heightM: number;
};

/** Windows in even steps along each wall; one door on the first wall of the ground floor. */
export const openingsOf = (
  spec: BuildingSpec,
  edge: Edge,
  edgeIndex: number,
  storey: number,
): PlacedOpening[] => {
  const { window, door } = spec;
  const clear = edge.lengthM - 2;
  const count = Math.max(0, Math.floor(clear / window.spacingM));
  const pitch = clear / Math.max(1, count);
  const placed: PlacedOpening[] = Array.from({ length: count }, (_, index) => ({
    kind: 'window' as const,
    offsetM: 1 + pitch * (index + 0.5) - window.widthM / 2,
    sillM: window.sillM,
    widthM: window.widthM,
    heightM: window.heightM,
  }));
  const first = placed[0];
  if (storey === 0 && edgeIndex === 0 && first !== undefined)
    placed[0] = {
      kind: 'door',
      offsetM: first.offsetM,
      sillM: 0,
      widthM: door.widthM,
      heightM: door.heightM,
    };
  return placed;
};

/** Degrees clockwise from true north of the outward normal of a wall that runs along `direction`. */
export const azimuthOf = ([dx, dy]: Point, trueNorthDeg: number): number => {
  const plan = (Math.atan2(dy, -dx) * 180) / Math.PI;
  return (((plan - trueNorthDeg) % 360) + 360) % 360;
};
