import type { SourceOpening, SourceSpace } from '#core/building-model.ts';
import { booleanOf, enumOf, refOf, refsOf } from './fields.ts';
import { findProperty, propertyText, type StatedQuantity } from './properties.ts';
import { labelOf, type Reading, storeyIdOf } from './read-elements.ts';
import type { StepFile } from './step-file.ts';

/** Names of a space's own areas in order of trust; what else is called an area may be a wall's or a ceiling's. */
const FLOOR_AREA_NAMES = [
  /^netfloorarea$/i,
  /^grossfloorarea$/i,
  /^gsa bim area$/i,
  /^(net|gross)?area$/i,
  /floor.?area/i,
];
const VOLUME_NAMES = [/^netvolume$/i, /^grossvolume$/i, /volume/i];

const firstNamed = (
  quantities: readonly StatedQuantity[],
  kind: StatedQuantity['kind'],
  names: readonly RegExp[],
): number | undefined => {
  for (const name of names) {
    const found = quantities.find(
      (quantity) => quantity.kind === kind && quantity.value > 0 && name.test(quantity.name),
    );
    if (found !== undefined) return found.value;
  }
  return undefined;
};

/** Zone names by space: a zone called "unheated" says more than a room number. */
export const readZones = (step: StepFile): ReadonlyMap<number, readonly string[]> => {
  const zones = new Map<number, string[]>();
  if (step.idsOfType('IFCZONE').length === 0) return zones;
  for (const id of step.idsOfType('IFCRELASSIGNSTOGROUP')) {
    const record = step.record(id);
    const group = refOf(record?.[6]);
    if (group === undefined || step.typeOf(group) !== 'IFCZONE') continue;
    const name = labelOf(step.record(group), 2);
    if (name === '') continue;
    for (const space of refsOf(record?.[4])) zones.set(space, [...(zones.get(space) ?? []), name]);
  }
  return zones;
};

/** Reads one space; undefined when its record is broken. */
export const readSpace = (
  reading: Reading,
  zones: ReadonlyMap<number, readonly string[]>,
  id: number,
): SourceSpace | undefined => {
  const { step, relations } = reading;
  const record = step.record(id);
  if (record === undefined) return undefined;
  const properties = reading.properties.propertiesOf(id);
  const quantities = reading.properties.quantitiesOf(id);
  const kind = enumOf(record[9]);
  const composition = enumOf(record[8]);
  const type = relations.typeOf.get(id);
  const tags = [
    labelOf(record, 4),
    kind ?? '',
    composition === 'ELEMENT' ? '' : (composition ?? ''),
    propertyText(findProperty(properties, 'Reference')) ?? '',
    propertyText(findProperty(properties, 'Category')) ?? '',
    propertyText(findProperty(properties, 'OccupancyType')) ?? '',
    labelOf(step.record(type ?? -1), 2),
    ...(zones.get(id) ?? []),
  ];
  const external = kind === 'EXTERNAL' ? true : booleanOf(findProperty(properties, 'IsExternal')?.value);
  const storeyId = storeyIdOf(reading, id);
  const shape = reading.shapes.shapeOf(id);
  const area = firstNamed(quantities, 'area', FLOOR_AREA_NAMES);
  const volume = firstNamed(quantities, 'volume', VOLUME_NAMES);
  return {
    globalId: reading.nameOf(id),
    name: labelOf(record, 2),
    longName: labelOf(record, 7),
    tags: [...new Set(tags.filter((tag) => tag !== ''))],
    ...(storeyId === undefined ? {} : { storeyId }),
    ...(shape === undefined ? {} : { shape }),
    ...(area === undefined ? {} : { statedAreaM2: area }),
    ...(volume === undefined ? {} : { statedVolumeM3: volume }),
    ...(external === undefined ? {} : { isExternal: external }),
  };
};

/** Openings of the hosts of interest. Niches (IFC4 RECESS) do not go through and are left out. */
export const readOpenings = (reading: Reading, hosts: Iterable<number>): readonly SourceOpening[] => {
  const { step, relations } = reading;
  const openings: SourceOpening[] = [];
  for (const host of hosts) {
    for (const id of relations.openingsOf.get(host) ?? []) {
      const filling = relations.fillingOf.get(id);
      const record = step.record(id);
      if (record === undefined || (filling === undefined && enumOf(record[8]) === 'RECESS')) continue;
      const shape = reading.shapes.shapeOf(id);
      openings.push({
        globalId: reading.nameOf(id),
        hostId: reading.nameOf(host),
        ...(filling === undefined ? {} : { filledBy: reading.nameOf(filling) }),
        ...(shape === undefined ? {} : { shape }),
      });
    }
  }
  return openings;
};
