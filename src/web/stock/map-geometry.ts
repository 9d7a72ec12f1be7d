import type { StockMap } from '../../client/names.ts';

export type Box = NonNullable<StockMap['box']>;
export type Cell = StockMap['cells'][number];

/** Below this height a box is not looked at closer, degrees: some fifty metres. */
const LEAST_DEG = 0.0005;

const RAD = Math.PI / 180;

/** Length of a degree of longitude over one of latitude, at a latitude. */
const shrink = ({ south, north }: Pick<Box, 'south' | 'north'>): number =>
  Math.max(0.05, Math.cos(((south + north) / 2) * RAD));

/** The box grown on two sides to the shape of a drawing, so that nothing in it is cut off. */
export const fitted = (box: Box, width: number, height: number): Box => {
  const along = shrink(box);
  const [wide, high] = [(box.east - box.west) * along, box.north - box.south];
  const scale = Math.max(wide / width, high / height);
  const [halfLon, halfLat] = [(scale * width) / along / 2, (scale * height) / 2];
  const [lon, lat] = [(box.west + box.east) / 2, (box.south + box.north) / 2];
  return { west: lon - halfLon, east: lon + halfLon, south: lat - halfLat, north: lat + halfLat };
};

/** Where a place stands in a drawing of the box, px from its upper left corner (a plan at the box's own latitude). */
export const pointOf = (
  { longitudeDeg, latitudeDeg }: { readonly longitudeDeg: number; readonly latitudeDeg: number },
  box: Box,
  width: number,
  height: number,
): readonly [number, number] => [
  ((longitudeDeg - box.west) / (box.east - box.west)) * width,
  ((box.north - latitudeDeg) / (box.north - box.south)) * height,
];

/** The box seen `factor` times as close around a place of it; never closer than makes sense. */
export const closer = (
  box: Box,
  factor: number,
  { longitudeDeg, latitudeDeg } = {
    longitudeDeg: (box.west + box.east) / 2,
    latitudeDeg: (box.south + box.north) / 2,
  },
): Box => {
  const high = Math.min(160, Math.max(LEAST_DEG, (box.north - box.south) / factor));
  const wide = Math.min(340, ((box.east - box.west) * high) / (box.north - box.south));
  return {
    west: Math.max(-180, longitudeDeg - wide / 2),
    east: Math.min(180, longitudeDeg + wide / 2),
    south: Math.max(-90, latitudeDeg - high / 2),
    north: Math.min(90, latitudeDeg + high / 2),
  };
};

/** True where a closer look would show no more. */
export const isClosest = (box: Box): boolean => box.north - box.south <= LEAST_DEG * 1.01;

/** The box moved by shares of its own size, east and north. */
export const moved = (box: Box, east: number, north: number): Box => {
  const [lon, lat] = [(box.east - box.west) * east, (box.north - box.south) * north];
  return { west: box.west + lon, east: box.east + lon, south: box.south + lat, north: box.north + lat };
};

/** Metres of a box's width. */
export const widthM = (box: Box): number => (box.east - box.west) * shrink(box) * 111_320;

/** A round length (1, 2 or 5 times a power of ten) of at most a share of the box's width, m. */
export const scaleBarM = (box: Box, share = 0.25): number => {
  const most = widthM(box) * share;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([5, 2, 1].find((step) => step * power <= most) ?? 1);
};

/** Radius of the circle of a cell, px: its area grows with the number of buildings, up to what leaves its neighbours room. */
export const radiusPx = (count: number): number => Math.min(26, 9 + 2.2 * Math.log2(count));
