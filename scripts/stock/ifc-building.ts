import {
  CELLAR_M,
  edgesOf,
  innerOutline,
  openingsOf,
  type Point,
  roomsOf,
  SLAB_M,
  thicknessOf,
} from './plan.ts';
import { createConstructions } from './ifc-constructions.ts';
import { createShapes } from './ifc-shapes.ts';
import { createStepWriter } from './ifc-text.ts';
import type { BuildingSpec } from './specification.ts';

/** Everything about one storey that its elements share. */
type StoreyPlace = { readonly ref: string; readonly placement: string; readonly baseM: number };

/** Writes the model file of a fictional building, as an architect's program would export it. */
export const writeIfc = (spec: BuildingSpec): string => {
  const factor = spec.millimetres ? 1000 : 1;
  const step = createStepWriter(spec.id, factor);
  const { add, guid, text, list } = step;
  const old = spec.schema === 'IFC2X3';
  const shapes = createShapes(step);
  const owner = ownerHistory(step);
  const constructions = createConstructions(step, owner, old);
  const world = shapes.placement(null, [0, 0, 0]);
  const north = (spec.trueNorthDeg * Math.PI) / 180;
  const context = add(
    'IfcGeometricRepresentationContext',
    '$',
    text('Model'),
    '3',
    '1.E-05',
    shapes.axis([0, 0, 0]),
    step.direction(Math.sin(north), Math.cos(north)),
  );
  shapes.useContext(context);
  const units = add('IfcUnitAssignment', list(unitRefs(step, spec.millimetres)));
  const project = add(
    'IfcProject',
    guid(),
    owner,
    text(spec.name.fr),
    text('Bâtiment fictif, données simulées'),
    '$',
    '$',
    '$',
    list([context]),
    units,
  );
  const site = add(
    'IfcSite',
    guid(),
    owner,
    text('Terrain'),
    '$',
    '$',
    world,
    '$',
    '$',
    '.ELEMENT.',
    list(spec.place.latitude.map(String)),
    list(spec.place.longitude.map(String)),
    '0.',
    '$',
    '$',
  );
  const buildingPlacement = shapes.placement(world, [0, 0, 0]);
  const building = add(
    'IfcBuilding',
    guid(),
    owner,
    text(spec.name.fr),
    '$',
    '$',
    buildingPlacement,
    '$',
    '$',
    '.ELEMENT.',
    '$',
    '$',
    '$',
  );
  const aggregate = (whole: string, parts: readonly string[]): void => {
    add('IfcRelAggregates', guid(), owner, '$', '$', whole, list(parts));
  };
  aggregate(project, [site]);
  aggregate(site, [building]);

  const inner = innerOutline(spec.outline, thicknessOf(spec.wall));
  const { rooms, partition } = roomsOf(inner);
  const topM = spec.storeys * spec.storeyHeightM;
  const contained: { storey: StoreyPlace; elements: string[]; spaces: string[] }[] = [];
  const openStorey = (name: string, baseM: number): (typeof contained)[number] => {
    const placement = shapes.placement(buildingPlacement, [0, 0, baseM]);
    const ref = add(
      'IfcBuildingStorey',
      guid(),
      owner,
      text(name),
      '$',
      '$',
      placement,
      '$',
      '$',
      '.ELEMENT.',
      step.length(baseM),
    );
    const place = { storey: { ref, placement, baseM }, elements: [], spaces: [] };
    contained.push(place);
    return place;
  };
  const product = (
    type: string,
    name: string,
    placement: string,
    shape: string,
    tail: readonly string[],
  ): string => add(type, guid(), owner, text(name), '$', '$', placement, shape, '$', ...tail);
  const wallTail = old ? [] : ['.NOTDEFINED.'];
  const slab = (
    storey: StoreyPlace,
    name: string,
    polygon: readonly Point[],
    fromM: number,
    heightM: number,
    type: string,
  ): string =>
    product(
      'IfcSlab',
      name,
      storey.placement,
      shapes.body([shapes.prism(polygon, fromM - storey.baseM, heightM)]),
      [`.${type}.`],
    );
  const space = (storey: StoreyPlace, name: string, longName: string, solid: string): string =>
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

  const outerWalls = (
    place: (typeof contained)[number],
    storeyIndex: number,
    heightM: number,
    external: boolean,
  ): void => {
    for (const [edgeIndex, edge] of edgesOf(spec.outline).entries()) {
      const thickness = thicknessOf(spec.wall);
      const placement = shapes.placement(place.storey.placement, [...edge.start, 0], edge.direction);
      const profile: Point[] = [
        [0, 0],
        [edge.lengthM, 0],
        [edge.lengthM - edge.endTurn * thickness, thickness],
        [edge.startTurn * thickness, thickness],
      ];
      const gable = spec.gable !== null && storeyIndex === spec.storeys - 1;
      const solid = shapes.prism(profile, 0, gable ? heightM + spec.gable.riseM : heightM);
      const cut = gable
        ? roofCuts(spec, place.storey.baseM, edge.start, edge.direction).reduce(
            (one, plane) => shapes.cut(one, plane),
            solid,
          )
        : solid;
      const wall = product(
        old ? 'IfcWallStandardCase' : 'IfcWall',
        `Mur ${edgeIndex + 1} niveau ${storeyIndex}`,
        placement,
        shapes.body([cut], gable),
        wallTail,
      );
      place.elements.push(wall);
      constructions.assign(wall, spec.wall, 'Wall', external && spec.statesIsExternal ? true : null);
      if (!external) continue;
      for (const opening of openingsOf(spec, edge, edgeIndex, storeyIndex)) {
        const hole = shapes.placement(placement, [opening.offsetM, 0, opening.sillM]);
        const rectangle: Point[] = [
          [0, 0],
          [opening.widthM, 0],
          [opening.widthM, thickness],
          [0, thickness],
        ];
        const cutter = product(
          'IfcOpeningElement',
          'Baie',
          hole,
          shapes.body([shapes.prism(rectangle, 0, opening.heightM)]),
          old ? [] : ['.OPENING.'],
        );
        add('IfcRelVoidsElement', guid(), owner, '$', '$', wall, cutter);
        const leaf: Point[] = [
          [0, 0.1],
          [opening.widthM, 0.1],
          [opening.widthM, 0.16],
          [0, 0.16],
        ];
        const isWindow = opening.kind === 'window';
        const filling = product(
          isWindow ? 'IfcWindow' : 'IfcDoor',
          isWindow ? 'Fenêtre' : 'Porte',
          shapes.placement(hole, [0, 0, 0]),
          shapes.body([shapes.prism(leaf, 0, opening.heightM)]),
          [
            step.length(opening.heightM),
            step.length(opening.widthM),
            ...(old ? [] : [isWindow ? '.WINDOW.' : '.DOOR.', '$', '$']),
          ],
        );
        add('IfcRelFillsElement', guid(), owner, '$', '$', cutter, filling);
        place.elements.push(filling);
        constructions.declare(
          filling,
          isWindow ? 'Window' : 'Door',
          isWindow ? spec.window : spec.door,
          spec.statesIsExternal ? true : null,
        );
      }
    }
  };

  if (spec.cellar) {
    const place = openStorey('Sous-sol', -CELLAR_M - SLAB_M);
    outerWalls(place, -1, CELLAR_M + SLAB_M, false);
    place.elements.push(
      slab(place.storey, 'Dalle de cave', inner, place.storey.baseM - SLAB_M, SLAB_M, 'BASESLAB'),
    );
    place.spaces.push(
      space(place.storey, 'Caves', 'Caves et locaux techniques', shapes.prism(inner, 0, CELLAR_M)),
    );
  }
  for (let index = 0; index < spec.storeys; index++) {
    const place = openStorey(index === 0 ? 'Rez-de-chaussée' : `Étage ${index}`, index * spec.storeyHeightM);
    outerWalls(place, index, spec.storeyHeightM, true);
    const top = index === spec.storeys - 1;
    const under = slab(
      place.storey,
      index === 0 ? 'Plancher bas' : 'Plancher',
      inner,
      place.storey.baseM - SLAB_M,
      SLAB_M,
      index === 0 && !spec.cellar ? 'BASESLAB' : 'FLOOR',
    );
    place.elements.push(under);
    if (index === 0) constructions.assign(under, spec.floor, 'Slab', null);
    const clearM = spec.storeyHeightM - SLAB_M;
    const gable = spec.gable !== null && top ? spec.gable : null;
    const wallHeightM = gable === null ? clearM : spec.storeyHeightM + gable.riseM;
    const cuts = gable === null ? [] : roofCuts(spec, place.storey.baseM, [0, 0], [1, 0]);
    const clip = (solid: string): string => cuts.reduce((one, plane) => shapes.cut(one, plane), solid);
    for (const [room, polygon] of rooms.entries())
      place.spaces.push(
        space(place.storey, `${index}.${room + 1}`, 'Local', clip(shapes.prism(polygon, 0, wallHeightM))),
      );
    const cross = shapes.placement(place.storey.placement, [...partition.start, 0], [0, 1]);
    const profile: Point[] = [
      [0, -0.1],
      [partition.lengthM, -0.1],
      [partition.lengthM, 0],
      [0, 0],
    ];
    place.elements.push(
      product(
        old ? 'IfcWallStandardCase' : 'IfcWall',
        `Cloison niveau ${index}`,
        cross,
        shapes.body([shapes.prism(profile, 0, spec.storeyHeightM - SLAB_M)]),
        wallTail,
      ),
    );
    if (top && gable === null) {
      const roof = slab(place.storey, 'Toiture terrasse', inner, topM - SLAB_M, SLAB_M, 'ROOF');
      place.elements.push(roof);
      constructions.assign(roof, spec.roof, 'Slab', spec.statesIsExternal ? true : null);
    }
    if (gable !== null) {
      for (const solid of gableSlabs(spec, topM - place.storey.baseM, shapes)) {
        const roof = product('IfcSlab', 'Pan de toiture', place.storey.placement, shapes.body([solid]), [
          '.ROOF.',
        ]);
        place.elements.push(roof);
        constructions.assign(roof, spec.roof, 'Slab', null);
      }
    }
  }
  aggregate(
    building,
    contained.map(({ storey }) => storey.ref),
  );
  for (const { storey, elements, spaces } of contained) {
    add('IfcRelContainedInSpatialStructure', guid(), owner, '$', '$', list(elements), storey.ref);
    if (spaces.length > 0) aggregate(storey.ref, spaces);
  }
  constructions.close();
  return [
    'ISO-10303-21;',
    'HEADER;',
    "FILE_DESCRIPTION(('ViewDefinition [CoordinationView]'),'2;1');",
    `FILE_NAME('${spec.id}.ifc','2026-01-01T00:00:00',('Stacoptim'),('Stacoptim'),'sample stock','Stacoptim sample stock','');`,
    `FILE_SCHEMA(('${spec.schema}'));`,
    'ENDSEC;',
    'DATA;',
    ...step.lines,
    'ENDSEC;',
    'END-ISO-10303-21;',
    '',
  ].join('\n');
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

const ownerHistory = (step: ReturnType<typeof createStepWriter>): string => {
  const { add, text } = step;
  const person = add('IfcPerson', '$', text('Stacoptim'), '$', '$', '$', '$', '$', '$');
  const organisation = add('IfcOrganization', '$', text('Stacoptim'), '$', '$', '$');
  const both = add('IfcPersonAndOrganization', person, organisation, '$');
  const application = add(
    'IfcApplication',
    organisation,
    text('1'),
    text('Stacoptim sample stock'),
    text('stacoptim'),
  );
  return add('IfcOwnerHistory', both, application, '$', '.ADDED.', '$', '$', '$', '1767225600');
};

const unitRefs = ({ add }: ReturnType<typeof createStepWriter>, millimetres: boolean): string[] => [
  add('IfcSIUnit', '*', '.LENGTHUNIT.', millimetres ? '.MILLI.' : '$', '.METRE.'),
  add('IfcSIUnit', '*', '.AREAUNIT.', '$', '.SQUARE_METRE.'),
  add('IfcSIUnit', '*', '.VOLUMEUNIT.', '$', '.CUBIC_METRE.'),
  add('IfcSIUnit', '*', '.PLANEANGLEUNIT.', '$', '.RADIAN.'),
  add('IfcSIUnit', '*', '.THERMODYNAMICTEMPERATUREUNIT.', '$', '.KELVIN.'),
];
