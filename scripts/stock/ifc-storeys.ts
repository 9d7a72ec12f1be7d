import type { createConstructions } from './ifc-constructions.ts';
import type { createShapes } from './ifc-shapes.ts';
import type { StepWriter } from './ifc-text.ts';
import {
  CELLAR_M,
  type Edge,
  edgesOf,
  innerOutline,
  openingsOf,
  type Point,
  roomsOf,
  SLAB_M,
  thicknessOf,
} from './plan.ts';
import type { BuildingSpec } from './specification.ts';

/** What the elements of a building are drawn with, and the placement their storeys stand on. */
export type Drawing = {
  readonly spec: BuildingSpec;
  readonly step: StepWriter;
  readonly shapes: ReturnType<typeof createShapes>;
  readonly constructions: ReturnType<typeof createConstructions>;
  readonly owner: string;
  /** IFC2x3, whose walls and openings have fewer attributes. */
  readonly old: boolean;
  readonly placement: string;
};

/** Everything about one storey that its elements share. */
type StoreyPlace = { readonly ref: string; readonly placement: string; readonly baseM: number };

export type StoreyParts = {
  readonly storey: StoreyPlace;
  readonly elements: string[];
  readonly spaces: string[];
};

const openStorey = (
  { step, shapes, owner, placement }: Drawing,
  name: string,
  baseM: number,
): StoreyParts => {
  const own = shapes.placement(placement, [0, 0, baseM]);
  const ref = step.add(
    'IfcBuildingStorey',
    step.guid(),
    owner,
    step.text(name),
    '$',
    '$',
    own,
    '$',
    '$',
    '.ELEMENT.',
    step.length(baseM),
  );
  return { storey: { ref, placement: own, baseM }, elements: [], spaces: [] };
};

const product = (
  { step: { add, guid, text }, owner }: Drawing,
  type: string,
  name: string,
  placement: string,
  shape: string,
  tail: readonly string[],
): string => add(type, guid(), owner, text(name), '$', '$', placement, shape, '$', ...tail);

const wall = (drawing: Drawing, name: string, placement: string, shape: string): string =>
  product(
    drawing,
    drawing.old ? 'IfcWallStandardCase' : 'IfcWall',
    name,
    placement,
    shape,
    drawing.old ? [] : ['.NOTDEFINED.'],
  );

const slab = (
  drawing: Drawing,
  storey: StoreyPlace,
  name: string,
  polygon: readonly Point[],
  fromM: number,
  type: string,
): string =>
  product(
    drawing,
    'IfcSlab',
    name,
    storey.placement,
    drawing.shapes.body([drawing.shapes.prism(polygon, fromM - storey.baseM, SLAB_M)]),
    [`.${type}.`],
  );

const space = (
  { step: { add, guid, text }, shapes, owner }: Drawing,
  storey: StoreyPlace,
  name: string,
  longName: string,
  solid: string,
): string =>
  add(
    'IfcSpace',
    guid(),
    owner,
    text(name),
    '$',
    '$',
    storey.placement,
    shapes.body([solid]),
    text(longName),
    '.ELEMENT.',
    '.INTERNAL.',
    '$',
  );

const rectangle = (width: number, near: number, far: number): Point[] => [
  [0, near],
  [width, near],
  [width, far],
  [0, far],
];

/** A window or door: the hole it leaves in a wall, and the leaf in the hole. */
const addOpening = (
  drawing: Drawing,
  place: StoreyParts,
  opening: ReturnType<typeof openingsOf>[number],
  wallRef: string,
  wallPlacement: string,
): void => {
  const { spec, step, shapes, constructions, owner, old } = drawing;
  const hole = shapes.placement(wallPlacement, [opening.offsetM, 0, opening.sillM]);
  const cutter = product(
    drawing,
    'IfcOpeningElement',
    'Baie',
    hole,
    shapes.body([shapes.prism(rectangle(opening.widthM, 0, thicknessOf(spec.wall)), 0, opening.heightM)]),
    old ? [] : ['.OPENING.'],
  );
  step.add('IfcRelVoidsElement', step.guid(), owner, '$', '$', wallRef, cutter);
  const isWindow = opening.kind === 'window';
  const filling = product(
    drawing,
    isWindow ? 'IfcWindow' : 'IfcDoor',
    isWindow ? 'Fenêtre' : 'Porte',
    shapes.placement(hole, [0, 0, 0]),
    shapes.body([shapes.prism(rectangle(opening.widthM, 0.1, 0.16), 0, opening.heightM)]),
    [
      step.length(opening.heightM),
      step.length(opening.widthM),
      ...(old ? [] : [isWindow ? '.WINDOW.' : '.DOOR.', '$', '$']),
    ],
  );
  step.add('IfcRelFillsElement', step.guid(), owner, '$', '$', cutter, filling);
  place.elements.push(filling);
  constructions.declare(
    filling,
    isWindow ? 'Window' : 'Door',
    isWindow ? spec.window : spec.door,
    spec.statesIsExternal ? true : null,
  );
};

/** A wall along an edge of the outline, mitred at its corners and cut under a gable roof. */
const outerWall = (
  drawing: Drawing,
  place: StoreyParts,
  edge: Edge,
  name: string,
  heightM: number,
  isUnderGable: boolean,
): { readonly ref: string; readonly placement: string } => {
  const { spec, shapes } = drawing;
  const thickness = thicknessOf(spec.wall);
  const placement = shapes.placement(place.storey.placement, [...edge.start, 0], edge.direction);
  const profile: Point[] = [
    [0, 0],
    [edge.lengthM, 0],
    [edge.lengthM - edge.endTurn * thickness, thickness],
    [edge.startTurn * thickness, thickness],
  ];
  const riseM = isUnderGable ? (spec.gable?.riseM ?? 0) : 0;
  const solid = shapes.prism(profile, 0, heightM + riseM);
  const cut = isUnderGable
    ? roofCuts(spec, place.storey.baseM, edge.start, edge.direction).reduce(
        (one, plane) => shapes.cut(one, plane),
        solid,
      )
    : solid;
  return { ref: wall(drawing, name, placement, shapes.body([cut], isUnderGable)), placement };
};

const addOuterWalls = (
  drawing: Drawing,
  place: StoreyParts,
  storeyIndex: number,
  heightM: number,
  external: boolean,
): void => {
  const { spec, constructions } = drawing;
  const isUnderGable = spec.gable !== null && storeyIndex === spec.storeys - 1;
  for (const [edgeIndex, edge] of edgesOf(spec.outline).entries()) {
    const name = `Mur ${edgeIndex + 1} niveau ${storeyIndex}`;
    const { ref, placement } = outerWall(drawing, place, edge, name, heightM, isUnderGable);
    place.elements.push(ref);
    constructions.assign(ref, spec.wall, 'Wall', external && spec.statesIsExternal ? true : null);
    if (!external) continue;
    for (const opening of openingsOf(spec, edge, edgeIndex, storeyIndex))
      addOpening(drawing, place, opening, ref, placement);
  }
};

/** The cellar below the ground floor: walls of the building without openings, one room. */
export const addCellar = (drawing: Drawing): StoreyParts => {
  const { spec, shapes } = drawing;
  const inner = innerOutline(spec.outline, thicknessOf(spec.wall));
  const place = openStorey(drawing, 'Sous-sol', -CELLAR_M - SLAB_M);
  addOuterWalls(drawing, place, -1, CELLAR_M + SLAB_M, false);
  place.elements.push(
    slab(drawing, place.storey, 'Dalle de cave', inner, place.storey.baseM - SLAB_M, 'BASESLAB'),
  );
  place.spaces.push(
    space(drawing, place.storey, 'Caves', 'Caves et locaux techniques', shapes.prism(inner, 0, CELLAR_M)),
  );
  return place;
};

const addFloor = (drawing: Drawing, place: StoreyParts, index: number, inner: readonly Point[]): void => {
  const { spec, constructions } = drawing;
  const floor = slab(
    drawing,
    place.storey,
    index === 0 ? 'Plancher bas' : 'Plancher',
    inner,
    place.storey.baseM - SLAB_M,
    index === 0 && !spec.cellar ? 'BASESLAB' : 'FLOOR',
  );
  place.elements.push(floor);
  if (index === 0) constructions.assign(floor, spec.floor, 'Slab', null);
};

/** The rooms of a storey, up to a gable roof where it lies over them, and the partition between them. */
const addRooms = (drawing: Drawing, place: StoreyParts, index: number, inner: Point[]): void => {
  const { spec, shapes } = drawing;
  const { rooms, partition } = roomsOf(inner);
  const gable = index === spec.storeys - 1 ? spec.gable : null;
  const clearM = spec.storeyHeightM - SLAB_M;
  const heightM = gable === null ? clearM : spec.storeyHeightM + gable.riseM;
  const cuts = gable === null ? [] : roofCuts(spec, place.storey.baseM, [0, 0], [1, 0]);
  const clip = (solid: string): string => cuts.reduce((one, plane) => shapes.cut(one, plane), solid);
  for (const [room, polygon] of rooms.entries())
    place.spaces.push(
      space(drawing, place.storey, `${index}.${room + 1}`, 'Local', clip(shapes.prism(polygon, 0, heightM))),
    );
  const cross = shapes.placement(place.storey.placement, [...partition.start, 0], [0, 1]);
  place.elements.push(
    wall(
      drawing,
      `Cloison niveau ${index}`,
      cross,
      shapes.body([shapes.prism(rectangle(partition.lengthM, -0.1, 0), 0, clearM)]),
    ),
  );
};

const addRoof = (drawing: Drawing, place: StoreyParts, inner: readonly Point[]): void => {
  const { spec, shapes, constructions } = drawing;
  const topM = spec.storeys * spec.storeyHeightM;
  if (spec.gable === null) {
    const roof = slab(drawing, place.storey, 'Toiture terrasse', inner, topM - SLAB_M, 'ROOF');
    place.elements.push(roof);
    constructions.assign(roof, spec.roof, 'Slab', spec.statesIsExternal ? true : null);
    return;
  }
  for (const solid of gableSlabs(spec, topM - place.storey.baseM, shapes)) {
    const roof = product(drawing, 'IfcSlab', 'Pan de toiture', place.storey.placement, shapes.body([solid]), [
      '.ROOF.',
    ]);
    place.elements.push(roof);
    constructions.assign(roof, spec.roof, 'Slab', null);
  }
};

/** The storeys above ground, from the lowest to the one under the roof. */
export const addStoreys = (drawing: Drawing): StoreyParts[] => {
  const { spec } = drawing;
  const inner = innerOutline(spec.outline, thicknessOf(spec.wall));
  return Array.from({ length: spec.storeys }, (_, index) => {
    const name = index === 0 ? 'Rez-de-chaussée' : `Étage ${index}`;
    const place = openStorey(drawing, name, index * spec.storeyHeightM);
    addOuterWalls(drawing, place, index, spec.storeyHeightM, true);
    addFloor(drawing, place, index, inner);
    addRooms(drawing, place, index, inner);
    if (index === spec.storeys - 1) addRoof(drawing, place, inner);
    return place;
  });
};

/** The two planes of a gable roof in the frame of an element placed at `start` along `direction` (axis-aligned). */
const roofCuts = (spec: BuildingSpec, baseM: number, start: Point, direction: Point) => {
  const depth = spec.outline[2]?.[1] ?? 0;
  const rise = spec.gable?.riseM ?? 0;
  const length = Math.hypot(depth / 2, rise);
  const [sine, cosine] = [rise / length, depth / 2 / length];
  const eavesM = spec.storeys * spec.storeyHeightM - baseM;
  const local = ([x, y]: Point): Point => [
    (x - start[0]) * direction[0] + (y - start[1]) * direction[1],
    -(x - start[0]) * direction[1] + (y - start[1]) * direction[0],
  ];
  const turn = ([x, y]: Point): Point => [
    x * direction[0] + y * direction[1],
    -x * direction[1] + y * direction[0],
  ];
  const plane = (y: number, slope: number) => ({
    point: [...local([0, y]), eavesM] as const,
    normal: [...turn([0, slope]), cosine] as const,
  });
  return [plane(0, -sine), plane(depth, sine)];
};

const gableSlabs = (
  spec: BuildingSpec,
  eavesM: number,
  shapes: ReturnType<typeof createShapes>,
): string[] => {
  const [width, depth] = [spec.outline[1]?.[0] ?? 0, spec.outline[2]?.[1] ?? 0];
  const rise = spec.gable?.riseM ?? 0;
  const slope = Math.hypot(depth / 2, rise);
  const [sine, cosine] = [rise / slope, depth / 2 / slope];
  const profile: Point[] = [
    [0, 0],
    [width, 0],
    [width, slope],
    [0, slope],
  ];
  const thickness = thicknessOf(spec.roof);
  return [
    shapes.slanted(profile, thickness, [0, 0, eavesM], [0, -sine, cosine], [1, 0, 0]),
    shapes.slanted(profile, thickness, [width, depth, eavesM], [0, sine, cosine], [-1, 0, 0]),
  ];
};
