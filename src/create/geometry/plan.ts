import type { BuildingModel, Face, SourceElement, Vec3 } from '#core/building-model.ts';
import { type Box3, boxOf, boxOfFaces } from '#core/geometry/index.ts';
import { type Message, message, type Warning, warning } from '#core/message.ts';
import { type SpaceCell, spaceCells } from './cells.ts';
import { ColumnIndex } from './columns.ts';
import { curtainWallFaces } from './curtain-walls.ts';
import { type Level, levelsOf } from './levels.ts';
import type { GeometryOptions } from './options.ts';
import { openingPlugs, type Plug } from './plugs.ts';
import { mergedSpans, type Span } from './spans.ts';
import { cellLabel, cellOf, INDOORS, OUTDOORS, solidLabel, StoreyGrid } from './storey-grid.ts';
import { useOfName } from './space-names.ts';

/** An element with a body, ready to be asked about. */
export type Body = {
  readonly element: SourceElement;
  readonly faces: readonly Face[];
  readonly box: Box3;
};

/** A cell of the plan: a room of the file, or enclosed air found between walls. */
export type PlanCell = {
  readonly id: string;
  readonly name: string;
  readonly heated: boolean;
  readonly reason: Message;
  /** Absent for enclosed air found in the plan. */
  readonly room?: SpaceCell;
  /** Index of the level of enclosed air. */
  readonly level?: number;
  readonly planAreaM2: number;
};

/** The building cut into storeys: what stands where, in plan and along any vertical line. */
export type BuildingPlan = {
  readonly model: BuildingModel;
  readonly bodies: readonly Body[];
  readonly cells: readonly PlanCell[];
  readonly levels: readonly Level[];
  /** A cut for each level; all have the same points. */
  readonly grids: readonly StoreyGrid[];
  readonly elementColumns: ColumnIndex;
  readonly roomColumns: ColumnIndex;
  /** Heights at which rooms begin and end; all of their height for rooms that are not level. */
  readonly roomFloors: readonly Span[];
  readonly roomCeilings: readonly Span[];
  readonly warnings: readonly Warning[];
  readonly hasRooms: boolean;
  /** Enclosed air without a room is floor area and volume like the rooms: there are none, or they leave much out. */
  readonly airCounts: boolean;
};

/** Narrower or smaller enclosed air is a shaft or a cavity, not a room. */
const ROOM_HALF_WIDTH_M = 0.5;
const ROOM_AREA_M2 = 3;
const COVERED_SHARE = 0.5;
const ROOM_HEIGHT_M = 1.8;
/** A level that rooms fill less than this is one the file left undrawn: an attic, a crawl space. */
const DRAWN_SHARE = 0.05;
/** Less enclosed air than this beside the rooms is shafts and wall cavities, not floor that the file left out. */
const UNDRAWN_SHARE = 0.1;

const isStanding = (element: SourceElement): boolean =>
  element.kind === 'wall' || element.kind === 'curtain-wall';

const lies = (element: SourceElement): boolean => element.kind === 'floor' || element.kind === 'roof';

const bodiesOf = (model: BuildingModel): Body[] => {
  const curtains = curtainWallFaces(model);
  return model.elements.flatMap((element): Body[] => {
    if (element.kind === 'window' || element.kind === 'door') return [];
    const faces = curtains.get(element.globalId) ?? element.shape?.faces;
    const box = faces && boxOfFaces(faces);
    return faces === undefined || box === undefined ? [] : [{ element, faces, box }];
  });
};

const drawLevel = (
  level: Level,
  box: Box3,
  bodies: readonly Body[],
  plugs: readonly Plug[],
  rooms: readonly SpaceCell[],
): StoreyGrid => {
  const grid = new StoreyGrid(level.slice, box);
  const crosses = (one: { readonly box: Box3 }): boolean =>
    one.box.min[2] < level.slice && one.box.max[2] > level.slice;
  for (const [i, body] of bodies.entries())
    if (!isStanding(body.element) && crosses(body)) grid.drawSolid(body.faces, solidLabel(i));
  for (const [i, body] of bodies.entries())
    if (isStanding(body.element) && crosses(body)) grid.drawSolid(body.faces, solidLabel(i));
  for (const plug of plugs) if (crosses(plug)) grid.drawInFree(plug.faces, solidLabel(plug.host), plug.holds);
  for (const [i, room] of rooms.entries()) if (crosses(room)) grid.drawCell(room.faces, cellLabel(i));
  return grid;
};

/** Steps of closing tried on a storey without rooms: walls of models do not always meet. */
const CLOSINGS = [0, 1, 2];
const WIDEST_CLOSING = 4;
/** Walls hold their air when they hold this much of what they would with every gap under a metre closed. */
const HELD_SHARE = 0.85;

/** Floods the outside; on a storey without rooms, with the least closing that keeps its air from leaking out. */
const floodLevel = (grid: StoreyGrid, hasRooms: boolean): void => {
  if (hasRooms) {
    grid.flood(0);
    return;
  }
  const drawn = grid.labels.slice();
  const heldAt = (closing: number): number => {
    grid.labels.set(drawn);
    grid.flood(closing);
    return grid.pointsOf(INDOORS);
  };
  const most = heldAt(WIDEST_CLOSING);
  if (!CLOSINGS.some((closing) => heldAt(closing) >= HELD_SHARE * most)) heldAt(WIDEST_CLOSING);
};

const isRoomy = (grid: StoreyGrid, patch: Int32Array): boolean => {
  if (patch.length * grid.step * grid.step < ROOM_AREA_M2) return false;
  const held = new Uint8Array(grid.labels.length);
  for (let i = 0; i < patch.length; i++) held[patch[i]] = 1;
  const reach = Math.round(ROOM_HALF_WIDTH_M / grid.step);
  const rows = reach * grid.columns;
  return patch.some(
    (index) =>
      held[index + reach] === 1 &&
      held[index - reach] === 1 &&
      held[index + rows] === 1 &&
      held[index - rows] === 1,
  );
};

type Enclosure = { readonly roofed: boolean; readonly floored: boolean; readonly heightM: number };

/** What lies above and below a patch of enclosed air, asked at some of its points. */
const enclosureOf = (grid: StoreyGrid, base: number, patch: Int32Array, columns: ColumnIndex): Enclosure => {
  const every = Math.max(1, Math.floor(patch.length / 60));
  let asked = 0;
  let roofed = 0;
  let floored = 0;
  let heights = 0;
  for (let i = 0; i < patch.length; i += every) {
    const [x, y] = grid.centre(patch[i]);
    const solids = columns.at(x, y);
    const above = solids.filter((one) => one.z1 > grid.z).map((one) => one.z0);
    asked += 1;
    if (above.length > 0) {
      roofed += 1;
      heights += Math.min(...above) - base;
    }
    if (solids.some((one) => one.z1 < grid.z)) floored += 1;
  }
  return {
    roofed: roofed >= COVERED_SHARE * asked,
    floored: floored >= COVERED_SHARE * asked,
    heightM: roofed === 0 ? Infinity : heights / roofed,
  };
};

const SAME_AIR_SHARE = 0.5;

/**
 * The air cell of the cut below that a patch is the upper part of: most of the patch lies over it with no slab
 * between the two cuts (split levels, halls over two storeys).
 */
const airBelow = (
  grid: StoreyGrid,
  patch: Int32Array,
  below: StoreyGrid | undefined,
  cells: readonly PlanCell[],
  columns: ColumnIndex,
): number | undefined => {
  if (below === undefined) return undefined;
  const every = Math.max(1, Math.floor(patch.length / 60));
  const counts = new Map<number, number>();
  let asked = 0;
  for (let i = 0; i < patch.length; i += every) {
    const [x, y] = grid.centre(patch[i]);
    asked += 1;
    const cell = cellOf(below.labelAt(x, y));
    if (cell === undefined || cells[cell]?.room !== undefined) continue;
    if (columns.at(x, y).some((one) => one.z0 > below.z && one.z1 < grid.z)) continue;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const best = [...counts].toSorted((a, b) => b[1] - a[1])[0];
  return best !== undefined && best[1] > SAME_AIR_SHARE * asked ? best[0] : undefined;
};

/** Air open to the sky is outside; low air without a floor is earth between foundations. */
const isInside = (one: Enclosure, hasRooms: boolean): boolean =>
  one.roofed && (one.floored || !(hasRooms || one.heightM < ROOM_HEIGHT_M));

type Drawing = { readonly hasRooms: boolean; readonly drawn: boolean; readonly lit: boolean };

const airReason = (
  { hasRooms, drawn, lit }: Drawing,
  storeyName: string,
): { readonly heated: boolean; readonly reason: Message } => {
  if (!hasRooms) {
    const { use, reason } = useOfName([storeyName]);
    if (use === 'unheated') return { heated: false, reason };
    return {
      heated: true,
      reason: message(
        'Volume trouvé entre les murs de l’étage : le fichier ne décrit pas de local, il est supposé chauffé.',
        'Volume found between the walls of the storey: the file describes no room, it is taken as heated.',
      ),
    };
  }
  if (!drawn && lit)
    return {
      heated: true,
      reason: message(
        'Étage clos et éclairé de fenêtres, sans local décrit : supposé chauffé.',
        'Enclosed storey with windows, without any room described: taken as heated.',
      ),
    };
  return drawn
    ? {
        heated: true,
        reason: message(
          'Volume clos sans local à un étage où d’autres locaux sont décrits : supposé chauffé.',
          'Enclosed volume without a room on a storey where other rooms are described: taken as heated.',
        ),
      }
    : {
        heated: false,
        reason: message(
          'Volume clos à un étage où aucun local n’est décrit (combles, vide sanitaire) : supposé non chauffé.',
          'Enclosed volume on a storey where no room is described (attic, crawl space): taken as unheated.',
        ),
      };
};

const LIT_WINDOWS = 2;

/** Height of each window's sill, m. */
const sillsOf = (model: BuildingModel): number[] =>
  model.elements.flatMap((element): number[] => {
    if (element.kind !== 'window' || element.openingShape === undefined) return [];
    const box = boxOfFaces(element.openingShape.faces);
    return box === undefined ? [] : [box.min[2]];
  });

/** Whether windows open above a level's floor, between sill and head of an ordinary storey. */
const isLit = (sillsM: readonly number[], level: Level): boolean =>
  sillsM.filter((sill) => sill > level.base - 0.1 && sill < level.base + 2).length >= LIT_WINDOWS;

const storeyNameAt = (model: BuildingModel, base: number): string =>
  model.storeys.find((storey) => Math.abs(storey.elevationM - base) < 0.6)?.name ?? '';

/**
 * Cuts the building above each storey's floor, floods the outside in each cut, and names the enclosed air that no
 * room covers (IFC.md section 6, steps 4 and 5). Air open to the sky (courtyards, behind parapets) is outside.
 */
export const buildPlan = (model: BuildingModel, options: GeometryOptions): BuildingPlan => {
  const bodies = bodiesOf(model);
  const { cells: rooms, warnings } = spaceCells(model, options);
  const elementColumns = new ColumnIndex();
  for (const [i, body] of bodies.entries()) if (lies(body.element)) elementColumns.add(i, body.faces);
  const roomColumns = new ColumnIndex();
  for (const [i, room] of rooms.entries()) roomColumns.add(i, room.faces);
  /** Where the floor and the ceiling of each room may be. */
  const heights = rooms.map(({ box }, i): { floor: Span; ceiling: Span } => {
    const plate = roomColumns.plateOf(i);
    if (plate !== undefined) return { floor: [plate[0], plate[0]], ceiling: [plate[1], plate[1]] };
    return { floor: [box.min[2], box.max[2]], ceiling: [box.min[2], box.max[2]] };
  });
  const standing = [
    ...bodies
      .filter((body) => isStanding(body.element))
      .map((body) => ({
        box: body.box,
        weight: Math.hypot(body.box.max[0] - body.box.min[0], body.box.max[1] - body.box.min[1]),
      })),
    ...rooms.map((room) => ({ box: room.box, weight: 2 * Math.sqrt(room.floorAreaM2) })),
  ];
  const levels = levelsOf(standing);
  const corners = (box: Box3): Vec3[] => [box.min, box.max];
  const whole = boxOf([
    ...bodies.flatMap((body) => corners(body.box)),
    ...rooms.flatMap((r) => corners(r.box)),
  ]);
  const hasRooms = rooms.length > 0;
  const cells: PlanCell[] = rooms.map((room) => ({
    id: room.id,
    name: room.name,
    heated: room.heated,
    reason: room.reason,
    room,
    planAreaM2: room.floorAreaM2,
  }));
  const extra: Warning[] = [];
  const sills = sillsOf(model);
  const plugs = openingPlugs(model, bodies);
  const grids: StoreyGrid[] = [];
  if (whole !== undefined)
    for (const [levelIndex, level] of levels.entries()) {
      const grid = drawLevel(level, whole, bodies, plugs, rooms);
      floodLevel(grid, hasRooms);
      const drawnArea = grid.cellsM2();
      const patches = grid.voids().filter((patch) => isRoomy(grid, patch));
      const airArea = patches.reduce((sum, patch) => sum + patch.length, 0) * grid.step * grid.step;
      const drawn = drawnArea > DRAWN_SHARE * (drawnArea + airArea);
      for (const patch of patches) {
        if (!isInside(enclosureOf(grid, level.base, patch, elementColumns), hasRooms)) {
          grid.mark(patch, OUTDOORS);
          continue;
        }
        const lower = airBelow(grid, patch, grids.at(-1), cells, elementColumns);
        if (lower !== undefined) {
          grid.markAir(patch, lower);
          continue;
        }
        const planAreaM2 = patch.length * grid.step * grid.step;
        const name = storeyNameAt(model, level.base);
        const { heated, reason } = airReason({ hasRooms, drawn, lit: isLit(sills, level) }, name);
        grid.markAir(patch, cells.length);
        cells.push({
          id: `air-${levelIndex}-${cells.length}`,
          name: name === '' ? `z = ${level.base.toFixed(2)} m` : name,
          heated,
          reason,
          level: levelIndex,
          planAreaM2,
        });
      }
      grids.push(grid);
    }
  const air = cells.filter((cell) => cell.room === undefined && cell.heated);
  const airArea = air.reduce((sum, cell) => sum + cell.planAreaM2, 0);
  const roomArea = rooms.reduce((sum, room) => sum + room.floorAreaM2, 0);
  const airCounts = !hasRooms || airArea > UNDRAWN_SHARE * (airArea + roomArea);
  if (!hasRooms)
    extra.push(
      warning(
        'no-spaces',
        'Le fichier ne décrit aucun local : les volumes chauffés sont déduits du plan des étages.',
        'The file describes no room: heated volumes are deduced from the plan of the storeys.',
      ),
    );
  else if (airCounts)
    extra.push(
      warning(
        'rooms-incomplete',
        `Les locaux décrits (${Math.round(roomArea)} m²) ne remplissent pas les étages : ${Math.round(airArea)} m² clos sans local sont supposés chauffés et comptés.`,
        `The rooms described (${Math.round(roomArea)} m2) do not fill the storeys: ${Math.round(airArea)} m2 enclosed without a room are taken as heated and counted.`,
      ),
    );
  return {
    model,
    bodies,
    cells,
    levels,
    grids,
    elementColumns,
    roomColumns,
    roomFloors: mergedSpans(heights.map((one) => one.floor)),
    roomCeilings: mergedSpans(heights.map((one) => one.ceiling)),
    warnings: [...warnings, ...extra],
    hasRooms,
    airCounts,
  };
};

/** The level whose cut speaks for a height: the highest one whose base is not above it. */
export const levelIndexAt = (plan: BuildingPlan, z: number): number => {
  let found = 0;
  for (let i = 0; i < plan.levels.length; i++) if (plan.levels[i].base <= z + 1e-6) found = i;
  return found;
};
