import {
  areaOf,
  azimuthOf,
  edgesOf,
  innerOutline,
  openingsOf,
  roomsOf,
  SLAB_M,
  thicknessOf,
  uOf,
} from './plan.ts';
import type { BuildingSpec } from './specification.ts';

/** What is true of a fictional building by construction: areas m2, U W/(m2 K), losses W/K. */
export type Truth = ReturnType<typeof truthOf>;

const GROUND_WMK = 2;

/** ISO 13370:2017, 7.1: slab on ground, uninsulated edge; soil category "sand or gravel". */
const groundU = (areaM2: number, perimeterM: number, wallM: number, floorM2KW: number): number => {
  const dimension = areaM2 / (0.5 * perimeterM);
  const equivalent = wallM + GROUND_WMK * (0.17 + floorM2KW + 0.04);
  return equivalent < dimension
    ? ((2 * GROUND_WMK) / (Math.PI * dimension + equivalent)) *
        Math.log((Math.PI * dimension) / equivalent + 1)
    : GROUND_WMK / (0.457 * dimension + equivalent);
};

export const truthOf = (spec: BuildingSpec) => {
  const edges = edgesOf(spec.outline);
  const inner = innerOutline(spec.outline, thicknessOf(spec.wall));
  const { rooms } = roomsOf(inner);
  const innerAreaM2 = areaOf(inner);
  const heightM = spec.storeys * spec.storeyHeightM;
  const depth = spec.outline[2]?.[1] ?? 0;
  const gableRise = spec.gable?.riseM ?? 0;
  const isGableEnd = (direction: readonly [number, number]): boolean => gableRise > 0 && direction[0] === 0;
  const walls = edges.map((edge, edgeIndex) => {
    const storeys = Array.from({ length: spec.storeys }, (_, storey) =>
      openingsOf(spec, edge, edgeIndex, storey),
    ).flat();
    const sum = (kind: string): number =>
      storeys
        .filter((one) => one.kind === kind)
        .reduce((area, { widthM, heightM: tall }) => area + widthM * tall, 0);
    const grossM2 = edge.lengthM * heightM + (isGableEnd(edge.direction) ? (depth * gableRise) / 2 : 0);
    const [windowM2, doorM2] = [sum('window'), sum('door')];
    return {
      azimuthDeg: azimuthOf(edge.direction, spec.trueNorthDeg),
      wallGrossM2: grossM2,
      wallNetM2: grossM2 - windowM2 - doorM2,
      windowM2,
      doorM2,
    };
  });
  const total = (pick: (one: (typeof walls)[number]) => number): number =>
    walls.reduce((sum, one) => sum + pick(one), 0);
  const slope = gableRise > 0 ? Math.hypot(depth / 2, gableRise) / (depth / 2) : 1;
  const roofM2 = innerAreaM2 * slope;
  const roomAreaM2 = rooms.reduce((sum, room) => sum + areaOf(room), 0);
  const floorAreaM2 = roomAreaM2 * spec.storeys;
  const clearM = spec.storeyHeightM - SLAB_M;
  const wallM = thicknessOf(spec.wall);
  // Under a gable roof the top rooms rise to the planes: their mean height is that of the eaves plus what the roof adds.
  const innerDepth = depth - 2 * wallM;
  const gableMeanM = gableRise === 0 ? 0 : (gableRise * (wallM + innerDepth / 4)) / (depth / 2) + SLAB_M;
  const volumeM3 = roomAreaM2 * (clearM * spec.storeys + gableMeanM);
  const perimeterM = edges.reduce((sum, { lengthM }) => sum + lengthM, 0);
  const innerPerimeterM = edgesOf(inner).reduce((sum, { lengthM }) => sum + lengthM, 0);
  const floorR = spec.floor.layers.reduce(
    (sum, { thicknessM, conductivityWmK }) => sum + thicknessM / conductivityWmK,
    0,
  );
  const u = {
    wall: uOf(spec.wall, 0.17),
    roof: uOf(spec.roof, 0.14),
    floor: spec.cellar ? uOf(spec.floor, 0.34) : groundU(innerAreaM2, innerPerimeterM, wallM, floorR),
    window: spec.window.uWm2K,
    door: spec.door.uWm2K,
  };
  const bFloor = spec.cellar ? 0.55 : 1;
  const lossesWK = {
    walls: total((one) => one.wallNetM2) * u.wall,
    roof: roofM2 * u.roof,
    floor: innerAreaM2 * u.floor * bFloor,
    windows: total((one) => one.windowM2) * u.window,
    doors: total((one) => one.doorM2) * u.door,
    bridges: 0.08 * total((one) => one.wallGrossM2),
    air: 0.34 * spec.airChangePerHour * volumeM3,
  };
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    exterior: { wallGrossM2: total((one) => one.wallGrossM2), wallNetM2: total((one) => one.wallNetM2) },
    interior: { roofM2, groundM2: innerAreaM2 },
    windowM2: total((one) => one.windowM2),
    doorM2: total((one) => one.doorM2),
    floorAreaM2,
    volumeM3,
    perimeterM,
    externalWalls: edges.length * spec.storeys,
    byOrientation: walls.map((one) => ({ ...one, azimuthDeg: round(one.azimuthDeg) })),
    uWm2K: u,
    bFloor,
    lossesWK,
    heatLossWK: Object.values(lossesWK).reduce((sum, loss) => sum + loss, 0),
  };
};
