import { createConstructions } from './ifc-constructions.ts';
import { createShapes } from './ifc-shapes.ts';
import { addCellar, addStoreys, type Drawing, type StoreyParts } from './ifc-storeys.ts';
import { createStepWriter } from './ifc-text.ts';
import type { BuildingSpec } from './specification.ts';

/** The project, its site and the building on it, with the placement that storeys stand on. */
const openBuilding = (
  spec: BuildingSpec,
  { step, shapes, owner }: Pick<Drawing, 'step' | 'shapes' | 'owner'>,
): { readonly building: string; readonly placement: string } => {
  const { add, guid, text, list } = step;
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
  const placement = shapes.placement(world, [0, 0, 0]);
  const building = add(
    'IfcBuilding',
    guid(),
    owner,
    text(spec.name.fr),
    '$',
    '$',
    placement,
    '$',
    '$',
    '.ELEMENT.',
    '$',
    '$',
    '$',
  );
  aggregate(step, owner, project, [site]);
  aggregate(step, owner, site, [building]);
  return { building, placement };
};

const aggregate = (
  { add, guid, list }: Drawing['step'],
  owner: string,
  whole: string,
  parts: readonly string[],
): void => {
  add('IfcRelAggregates', guid(), owner, '$', '$', whole, list(parts));
};

/** Ties storeys to the building, and to each what stands in it. */
const relate = ({ step, owner }: Drawing, building: string, storeys: readonly StoreyParts[]): void => {
  const { add, guid, list } = step;
  aggregate(
    step,
    owner,
    building,
    storeys.map(({ storey }) => storey.ref),
  );
  for (const { storey, elements, spaces } of storeys) {
    add('IfcRelContainedInSpatialStructure', guid(), owner, '$', '$', list(elements), storey.ref);
    if (spaces.length > 0) aggregate(step, owner, storey.ref, spaces);
  }
};

/** Writes the model file of a fictional building, as an architect's program would export it. */
export const writeIfc = (spec: BuildingSpec): string => {
  const step = createStepWriter(spec.id, spec.millimetres ? 1000 : 1);
  const old = spec.schema === 'IFC2X3';
  const shapes = createShapes(step);
  const owner = ownerHistory(step);
  const constructions = createConstructions(step, owner, old);
  const { building, placement } = openBuilding(spec, { step, shapes, owner });
  const drawing: Drawing = { spec, step, shapes, constructions, owner, old, placement };
  const storeys = [...(spec.cellar ? [addCellar(drawing)] : []), ...addStoreys(drawing)];
  relate(drawing, building, storeys);
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
