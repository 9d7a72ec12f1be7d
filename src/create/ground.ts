import {
  basementWall,
  DEFAULT_SOIL_CONDUCTIVITY,
  floorOverUnheatedBasement,
  slabOnGround,
} from '#core/physics/u-values/index.ts';
import table from '../../models/unheated-spaces.json' with { type: 'json' };
import { keyWords, namesInclude, wordsOf } from './materials.ts';
import type { Cell, ThermalElement } from './types.ts';

/** What the factors b need of the whole building. Lengths in m, areas in m2. */
export type GroundContext = {
  readonly groundAreaM2: number;
  readonly groundPerimeterM: number;
  /** Of all floors over unheated cellars together. */
  readonly cellarAreaM2: number;
  readonly cellarPerimeterM: number;
  readonly unheatedCells: readonly Cell[];
};

type Reduction = { readonly b: number; readonly basis: string };

/** Films already inside the U of a floor, m2 K/W: taken out again to find the floor's own resistance. */
const FLOOR_FILMS = 0.21;
const WALL_FILMS = 0.17;
const WALL_THICKNESS_M = table.basement.wallThicknessM;
type Perimeter = { readonly exposedPerimeterM: number; readonly told: string };

/** Without a perimeter the floor is read as a square, whose perimeter is the least it can be for its area. */
const perimeterOf = (knownM: number, areaM2: number): Perimeter =>
  knownM > 0
    ? { exposedPerimeterM: knownM, told: `perimeter ${knownM.toFixed(1)} m` }
    : {
        exposedPerimeterM: 4 * Math.sqrt(areaM2),
        told: `perimeter ${(4 * Math.sqrt(areaM2)).toFixed(1)} m of a square assumed`,
      };

const share = (through: number, own: number): number => Math.min(1, Math.max(0, through / own));

const towardsSoil = (element: ThermalElement, uWm2K: number, context: GroundContext): Reduction => {
  const areaM2 = Math.max(context.groundAreaM2, element.areaNetM2, 1);
  const { exposedPerimeterM, told } = perimeterOf(
    context.groundPerimeterM,
    Math.max(context.groundAreaM2, 1),
  );
  const floor = {
    areaM2,
    exposedPerimeterM,
    wallThicknessM: WALL_THICKNESS_M,
    soilConductivityWmK: DEFAULT_SOIL_CONDUCTIVITY,
  };
  const assumed = `soil λ ${DEFAULT_SOIL_CONDUCTIVITY} and wall ${WALL_THICKNESS_M} m assumed`;
  if (element.kind === 'wall') {
    const u = basementWall({
      depthM: table.basement.depthM,
      wallResistanceM2KW: Math.max(0, 1 / uWm2K - WALL_FILMS),
      floorThicknessM: WALL_THICKNESS_M + DEFAULT_SOIL_CONDUCTIVITY * FLOOR_FILMS,
      soilConductivityWmK: DEFAULT_SOIL_CONDUCTIVITY,
    });
    return {
      b: share(u, uWm2K),
      basis: `ISO 13370:2017 7.3.3, wall against soil, depth ${table.basement.depthM} m assumed: U ${u.toFixed(3)} through the soil; ${assumed}`,
    };
  }
  const slab = slabOnGround({ ...floor, floorResistanceM2KW: Math.max(0, 1 / uWm2K - FLOOR_FILMS) });
  return {
    b: share(slab.uWm2K, uWm2K),
    basis: `ISO 13370:2017 7.1, slab on ground: ${told}, B' ${slab.characteristicDimensionM.toFixed(2)} m, d_t ${slab.equivalentThicknessM.toFixed(2)} m, U ${slab.uWm2K.toFixed(3)} through the soil; ${assumed}`,
  };
};

const spaceOf = (element: ThermalElement, cells: readonly Cell[]) => {
  const roofLike = element.kind === 'roof' || (element.kind === 'floor' && element.tiltDeg < 90);
  const fallback = roofLike ? table.defaultSpace.roof : table.defaultSpace.wall;
  const fits = (id: string): boolean => (id === 'attic') === roofLike;
  const names = cells.map((cell) => wordsOf(cell.name));
  const named = table.spaces.find(
    (space) =>
      fits(space.id) &&
      names.some((words) => space.words.some((word) => namesInclude(words, keyWords(word)))),
  );
  return { space: named ?? table.spaces.find((one) => one.id === fallback), named: named !== undefined };
};

const towardsUnheated = (element: ThermalElement, uWm2K: number, context: GroundContext): Reduction => {
  if (element.kind === 'floor' && element.tiltDeg >= 90) {
    // One cellar for all the floors over it, as ISO 13370 has it.
    const areaM2 = Math.max(context.cellarAreaM2, element.areaNetM2, 1);
    const { exposedPerimeterM, told } = perimeterOf(context.cellarPerimeterM, areaM2);
    const { depthM, heightAboveGroundM, wallAboveUWm2K, airChangePerH } = table.basement;
    const u = floorOverUnheatedBasement({
      floorUWm2K: uWm2K,
      areaM2,
      exposedPerimeterM,
      depthM,
      heightAboveGroundM,
      wallAboveUWm2K,
      airChangePerH,
      volumeM3: areaM2 * (depthM + heightAboveGroundM),
      wallThicknessM: WALL_THICKNESS_M,
      soilConductivityWmK: DEFAULT_SOIL_CONDUCTIVITY,
    });
    return {
      b: share(u, uWm2K),
      basis: `ISO 13370:2017 7.4, floor over an unheated basement of assumed depth ${depthM} m, ${told}: U ${u.toFixed(3)} to the outside; table version ${table.version}`,
    };
  }
  const { space, named } = spaceOf(element, context.unheatedCells);
  const loss = space?.equivalentLossWm2K ?? 3;
  const column = Math.max(0, table.equivalentLossesWm2K.indexOf(loss));
  const ratio = table.assumedRatio.value;
  const row = table.rows.find((one) => one.ratioUpTo === null || ratio <= one.ratioUpTo);
  const insulated = uWm2K < table.insulatedBelowUWm2K;
  const b = (insulated ? row?.['insulated-bare'] : row?.['bare-bare'])?.[column] ?? 1;
  return {
    b,
    basis: `b ${b} towards an unheated ${space?.id ?? 'space'}${named ? '' : ' (kind assumed)'}, area ratio ${ratio} assumed, ${insulated ? 'insulated' : 'bare'} element: 3CL-DPE 2021; table version ${table.version}`,
  };
};

/**
 * Temperature reduction factor b of an element, 1 outside, 0 between heated rooms, U·b being the U towards outside air
 * (ISO 13789:2017): soil by ISO 13370, unheated rooms by the 3CL-DPE 2021 table, floors over basements by ISO 13370 7.4.
 */
export const reductionFactor = (
  element: ThermalElement,
  uWm2K: number,
  context: GroundContext,
): Reduction => {
  if (element.exposure === 'exterior') return { b: 1, basis: 'outside air' };
  if (element.exposure === 'ground') return towardsSoil(element, uWm2K, context);
  if (element.exposure === 'unheated') return towardsUnheated(element, uWm2K, context);
  return { b: 0, basis: 'heated on both sides' };
};
