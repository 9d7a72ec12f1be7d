import type { BuildingModel } from '#core/building-model.ts';
import { type Operand, totalArea, union } from '#core/geometry/index.ts';
import { type Warning, warning } from '#core/message.ts';
import { findOpen } from './geometry/closure.ts';
import { drawOutlines } from './geometry/drawing.ts';
import { type Seen, seenFromAir, seenFromRooms } from './geometry/exposure-interior.ts';
import { measureJunctions } from './geometry/junctions.ts';
import { openingElements } from './geometry/opening-elements.ts';
import { type Hole, holesByHost } from './geometry/openings.ts';
import type { GeometryOptions } from './geometry/options.ts';
import { byOrientation } from './geometry/orientation.ts';
import { airOfLevels, airPlanArea, heatedOutlines } from './geometry/outline.ts';
import { buildPlan, type BuildingPlan, levelIndexAt } from './geometry/plan.ts';
import { slabElements } from './geometry/slab-elements.ts';
import { terrainHeight } from './geometry/terrain.ts';
import { boundaryVotes } from './geometry/votes.ts';
import { innerShare, measureWall } from './geometry/wall-elements.ts';
import type { Exposure } from '#core/twin.ts';
import type { Cell, EnvelopeAreas, Outlines, ThermalElement, ThermalGeometry } from './types.ts';
import { countFr } from '../core/wording.ts';

export type { GeometryOptions } from './geometry/options.ts';

/** Whether an opening stands in a wall; a flatter one is a roof light. */
const isUpright = ({ tiltDeg }: ThermalElement): boolean => tiltDeg > 60;

const isShown = (one: { readonly exposure: string }): boolean =>
  one.exposure === 'exterior' || one.exposure === 'ground';

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/**
 * Area of the lowest floors of one exposure out to the outer faces of the walls around them: each level's outline, by
 * the share of its rooms' floors that have that exposure.
 */
const floorOutline = (
  plan: BuildingPlan,
  seen: readonly Seen[],
  outlines: readonly Operand[],
  exposure: Exposure,
): number =>
  sum([...outlines.entries()], ([level, outline]) => {
    const here = seen.filter((one) => {
      const cell = plan.cells[one.room];
      const at = cell?.level ?? levelIndexAt(plan, (cell?.room?.box.min[2] ?? 0) + 0.3);
      return one.part === 'floor' && at === level;
    });
    const all = sum(here, (one) => one.areaM2);
    const shown = sum(
      here.filter((one) => one.exposure === exposure),
      (one) => one.areaM2,
    );
    return shown === 0 ? 0 : (totalArea(union(outline)) * shown) / all;
  });

const shapeWarnings = (model: BuildingModel): Warning[] => {
  const solid = model.elements.filter(
    (one) => one.kind === 'wall' || one.kind === 'floor' || one.kind === 'roof',
  );
  const parts = new Set(model.elements.map((one) => one.partOf));
  const bodiless = solid.filter((one) => one.shape === undefined && !parts.has(one.globalId));
  const rough = solid.filter((one) => one.shape?.exact === false);
  return [
    ...(bodiless.length === 0
      ? []
      : [
          warning(
            'element-without-body',
            `${countFr(bodiless.length, 'mur, dalle ou toiture', 'murs, dalles ou toitures')} sans volume lisible : rien n’en est compté.`,
            `${bodiless.length} walls, slabs or roofs have no readable body: they do not count.`,
            { ref: bodiless[0]?.globalId ?? '' },
          ),
        ]),
    ...(rough.length === 0
      ? []
      : [
          warning(
            'approximate-body',
            `${countFr(rough.length, 'élément a', 'éléments ont')} une forme approchée (courbes, solides non pris en charge).`,
            `${rough.length} elements have an approximate shape (curves, unsupported solids).`,
            { ref: rough[0]?.globalId ?? '' },
          ),
        ]),
  ];
};

/** The geometry as measured, and its outlines for whoever asks: drawing them costs time that figures do not need. */
const measured = (
  model: BuildingModel,
  options: GeometryOptions,
): { readonly geometry: ThermalGeometry; readonly outlines: () => Outlines } => {
  const plan = buildPlan(model, options);
  const terrain = terrainHeight(plan);
  const fromRooms = seenFromRooms(plan, terrain.heightM);
  const airRegions = airOfLevels(plan);
  const air = seenFromAir(plan, terrain.heightM, (level) =>
    airPlanArea(plan, airRegions[level] ?? [], level),
  );
  const seen = [...fromRooms, ...air.seen];
  const kindOf = (one: Seen): string | undefined =>
    one.element === undefined ? undefined : plan.bodies[one.element]?.element.kind;
  const shown = (part: Seen['part'], test: (one: Seen) => boolean): number =>
    sum(
      seen.filter((one) => one.part === part && test(one)),
      (one) => one.areaM2,
    );
  const holes = holesByHost(model.openings, model.elements);
  const holesOf = (id: string): readonly Hole[] => holes.get(id) ?? [];
  const rooms = new Set(plan.cells.map((cell) => cell.id));
  const boundaries = boundaryVotes(
    model,
    (id) => rooms.has(id),
    sum(seen.filter(isShown), (one) => one.areaM2),
  );
  const wallSeen = Map.groupBy(
    fromRooms.filter((one) => one.part === 'wall'),
    (one) => one.element,
  );
  const walls = plan.bodies.flatMap(({ element }, index) =>
    element.kind === 'wall' || element.kind === 'curtain-wall'
      ? [
          measureWall(
            plan,
            index,
            holesOf(element.globalId),
            wallSeen.get(index) ?? [],
            boundaries.get(element.globalId),
            terrain.heightM,
          ),
        ]
      : [],
  );
  const standing = new Set(
    walls
      .filter(
        (one) => one.verdict.exposure !== 'internal' || one.sides.some(({ outcome }) => outcome.internal > 0),
      )
      .map((one) => one.index),
  );
  const outlines = heatedOutlines(plan, airRegions, standing);
  const slabs = slabElements(
    plan,
    seen,
    outlines,
    (exposure) => floorOutline(plan, seen, outlines, exposure),
    holesOf,
  );
  const openings = openingElements(plan, walls, slabs.roofHoles);
  const elements: ThermalElement[] = [
    ...walls.flatMap((one) => one.elements),
    ...slabs.elements,
    ...openings.elements,
  ];
  const of = (kind: ThermalElement['kind']): ThermalElement[] => elements.filter((one) => one.kind === kind);
  const windows = of('window').filter((one) => one.exposure !== 'internal');
  const doors = of('door').filter((one) => one.exposure !== 'internal');
  const outerWalls = of('wall').filter(isShown);
  const roofs = of('roof').filter((one) => one.exposure !== 'internal');
  const ground = of('floor').filter((one) => one.exposure === 'ground');
  const exterior: EnvelopeAreas = {
    wallGrossM2: sum(outerWalls, (one) => one.areaGrossM2),
    wallNetM2: sum(outerWalls, (one) => one.areaNetM2),
    roofM2: sum(roofs, (one) => one.areaNetM2),
    groundM2: sum(ground, (one) => one.areaNetM2),
  };
  const inWalls = [...windows, ...doors].filter((one) => isUpright(one) && one.exposure !== 'unheated');
  const wallBodies = walls.filter((one) => plan.bodies[one.index]?.element.kind === 'wall');
  const wallGrossM2 = plan.hasRooms
    ? shown('wall', (one) => isShown(one) && kindOf(one) !== 'curtain-wall') +
      sum(wallBodies, (wall) =>
        wall.verdict.exposure === 'internal'
          ? 0
          : innerShare(wall.sides) *
            sum(wall.sides, ({ outcome }) => outcome.fromAir.exterior + outcome.fromAir.ground),
      )
    : sum(outerWalls, (one) => one.interiorGrossM2);
  const interior: EnvelopeAreas = {
    wallGrossM2,
    wallNetM2: Math.max(0, wallGrossM2 - sum(inWalls, (one) => one.areaNetM2)),
    roofM2: shown('roof', (one) => one.exposure !== 'internal'),
    groundM2: shown('floor', (one) => one.exposure === 'ground'),
  };
  const cells: Cell[] = plan.cells.map((cell, index) => ({
    id: cell.id,
    name: cell.name,
    heated: cell.heated,
    reason: cell.reason,
    floorAreaM2: cell.room?.floorAreaM2 ?? air.areasM2.get(index) ?? cell.planAreaM2,
    volumeM3: cell.room?.volumeM3 ?? air.volumesM3.get(index) ?? 0,
  }));
  const heated = cells.filter(
    (cell, i) => cell.heated && (plan.cells[i]?.room !== undefined || plan.airCounts),
  );
  const missing = findOpen(plan, seen, elements);
  const sized: Warning[] =
    openings.bySize + openings.unmeasured === 0
      ? []
      : [
          warning(
            'opening-by-size',
            `${countFr(openings.bySize, 'fenêtre ou porte', 'fenêtres ou portes')} sans ouverture lisible : largeur et hauteur du fichier ; ${openings.unmeasured} sans aucune dimension.`,
            `${openings.bySize} windows or doors without a readable opening: width and height of the file; ${openings.unmeasured} without any size.`,
          ),
        ];
  const geometry: ThermalGeometry = {
    closed: missing.length === 0,
    missing,
    warnings: [...plan.warnings, ...shapeWarnings(model), ...sized],
    exterior,
    interior,
    windowM2: sum(windows.filter(isUpright), (one) => one.areaNetM2),
    roofLightM2: sum(
      windows.filter((one) => !isUpright(one)),
      (one) => one.areaNetM2,
    ),
    doorM2: sum(doors, (one) => one.areaNetM2),
    floorAreaM2: sum(heated, (cell) => cell.floorAreaM2),
    volumeM3: sum(heated, (cell) => cell.volumeM3),
    externalWalls: wallBodies.filter((one) => one.verdict.exposure !== 'internal').length,
    internalWalls: wallBodies.filter((one) => one.verdict.exposure === 'internal').length,
    byOrientation: byOrientation(elements),
    elements,
    cells,
    ...measureJunctions(plan, walls, seen, openings.perimeterM),
  };
  return {
    geometry,
    outlines: () =>
      drawOutlines(
        { walls, slabs: slabs.drawn, openings: openings.drawn, heated: outlines.flat() },
        model.northDeg,
      ),
  };
};

/**
 * The thermal envelope's geometry: heated and unheated cells, the exposure of every element by vote with its
 * reason, outer and inner areas, openings, junctions, and what keeps the envelope open. Areas m2, lengths m,
 * azimuths in degrees from true north. `options` holds what a person typed about the spaces. Never fails: a model
 * without a closed volume gives `closed: false` with the reasons.
 */
export const thermalGeometry = (model: BuildingModel, options: GeometryOptions = {}): ThermalGeometry =>
  measured(model, options).geometry;

/** The same, with the outlines of the elements of the envelope. */
export const drawnGeometry = (
  model: BuildingModel,
  options: GeometryOptions = {},
): { readonly geometry: ThermalGeometry; readonly outlines: Outlines } => {
  const { geometry, outlines } = measured(model, options);
  return { geometry, outlines: outlines() };
};
