/** Conductivity of the soil when its kind is unknown, W/(m K) (ISO 13370:2017, table 7: sand or gravel). */
export const DEFAULT_SOIL_CONDUCTIVITY = 2;

/** Films of a floor: heat flows down inside, still outdoor air beyond the soil, m2 K/W (ISO 13370:2017, 6.4.3). */
const FLOOR_FILMS = { rsi: 0.17, rse: 0.04 };
const WALL_FILMS = { rsi: 0.13, rse: 0.04 };

/** A floor on the ground: area in m2, exposed perimeter in m, wall thickness in m, own resistance Rf in m2 K/W. */
type GroundFloor = {
  readonly areaM2: number;
  readonly exposedPerimeterM: number;
  readonly wallThicknessM: number;
  readonly floorResistanceM2KW: number;
  readonly soilConductivityWmK: number;
};

type GroundFloorU = {
  readonly uWm2K: number;
  /** B' = A / (P/2), m. */
  readonly characteristicDimensionM: number;
  /** d_t, m of soil. */
  readonly equivalentThicknessM: number;
};

const floorThickness = (floor: GroundFloor): number =>
  floor.wallThicknessM +
  floor.soilConductivityWmK * (FLOOR_FILMS.rsi + floor.floorResistanceM2KW + FLOOR_FILMS.rse);

const groundFloorU = (soil: number, dimension: number, thickness: number): number =>
  thickness < dimension
    ? ((2 * soil) / (Math.PI * dimension + thickness)) * Math.log((Math.PI * dimension) / thickness + 1)
    : soil / (0.457 * dimension + thickness);

/**
 * Slab on ground, from room to outside air (ISO 13370:2017, 7.1, formulas 12 and 13): the logarithmic form while the floor is
 * lightly insulated (d_t < B'), the linear one beyond. A floor without exposed edge has B' without bound and U near 0.
 */
export const slabOnGround = (floor: GroundFloor): GroundFloorU => {
  const characteristicDimensionM = floor.areaM2 / (floor.exposedPerimeterM / 2);
  const equivalentThicknessM = floorThickness(floor);
  return {
    uWm2K: Number.isFinite(characteristicDimensionM)
      ? groundFloorU(floor.soilConductivityWmK, characteristicDimensionM, equivalentThicknessM)
      : 0,
    characteristicDimensionM,
    equivalentThicknessM,
  };
};

/** Floor of a heated basement `depthM` below ground (ISO 13370:2017, 7.3.2): the slab with d_t + z/2 in place of d_t. */
export const heatedBasementFloor = (floor: GroundFloor & { readonly depthM: number }): GroundFloorU =>
  slabOnGround({ ...floor, wallThicknessM: floor.wallThicknessM + floor.depthM / 2 });

/** A wall against soil down to `depthM`, its own resistance Rw in m2 K/W, `floorThicknessM` the floor's d_t in m. */
type BasementWall = {
  readonly depthM: number;
  readonly wallResistanceM2KW: number;
  readonly floorThicknessM: number;
  readonly soilConductivityWmK: number;
};

/**
 * Wall of a basement against soil, W/(m2 K) (ISO 13370:2017, 7.3.3). When d_w < d_t the standard takes d_w in both places,
 * which is what the minimum does here.
 */
export const basementWall = (wall: BasementWall): number => {
  const wallThickness =
    wall.soilConductivityWmK * (WALL_FILMS.rsi + wall.wallResistanceM2KW + WALL_FILMS.rse);
  const floorThickness = Math.min(wall.floorThicknessM, wallThickness);
  return (
    ((2 * wall.soilConductivityWmK) / (Math.PI * wall.depthM)) *
    (1 + (0.5 * floorThickness) / (floorThickness + wall.depthM)) *
    Math.log(wall.depthM / wallThickness + 1)
  );
};

/** The unheated basement under a floor. Heights in m, air change in 1/h, U of its parts above ground in W/(m2 K). */
type UnheatedBasement = {
  readonly floorUWm2K: number;
  readonly areaM2: number;
  readonly exposedPerimeterM: number;
  readonly depthM: number;
  readonly heightAboveGroundM: number;
  readonly wallAboveUWm2K: number;
  readonly airChangePerH: number;
  readonly volumeM3: number;
  readonly wallThicknessM: number;
  readonly soilConductivityWmK: number;
};

/** Floor over an unheated basement, from room to outside air, W/(m2 K) (ISO 13370:2017, 7.4). Basement floor and walls bare. */
export const floorOverUnheatedBasement = (basement: UnheatedBasement): number => {
  const bare: GroundFloor = {
    areaM2: basement.areaM2,
    exposedPerimeterM: basement.exposedPerimeterM,
    wallThicknessM: basement.wallThicknessM,
    floorResistanceM2KW: 0,
    soilConductivityWmK: basement.soilConductivityWmK,
  };
  const floor = heatedBasementFloor({ ...bare, depthM: basement.depthM });
  const wall = basementWall({
    depthM: basement.depthM,
    wallResistanceM2KW: 0.2,
    floorThicknessM: floorThickness(bare),
    soilConductivityWmK: basement.soilConductivityWmK,
  });
  const outward =
    basement.areaM2 * floor.uWm2K +
    basement.depthM * basement.exposedPerimeterM * wall +
    basement.heightAboveGroundM * basement.exposedPerimeterM * basement.wallAboveUWm2K +
    0.33 * basement.airChangePerH * basement.volumeM3;
  return 1 / (1 / basement.floorUWm2K + basement.areaM2 / outward);
};
