import type { SourceElement, Storey } from '#core/building-model.ts';
import type { Candidate } from './collect.ts';
import { ELEMENT_KINDS, isRoofSlab } from './element-kinds.ts';
import { booleanOf, enumOf, numberOf, textOf } from './fields.ts';
import type { MaterialReader } from './materials.ts';
import type { OpenedStep } from './open-step.ts';
import { findProperty, type Property, type PropertyReader } from './properties.ts';
import { ancestorOf, type Relations } from './relations.ts';
import type { ShapeReader } from './shapes.ts';
import type { StepValue } from './step-file.ts';
import { type Units, unitScale } from './units.ts';

/** Everything the readers of elements, openings, spaces and boundaries share. */
export type Reading = {
  readonly step: OpenedStep;
  readonly units: Units;
  readonly relations: Relations;
  readonly storeys: ReadonlyMap<number, Storey>;
  readonly properties: PropertyReader;
  readonly materials: MaterialReader;
  readonly shapes: ShapeReader;
  /** The identifier used in the model for a record: its GlobalId, made unique where files repeat it. */
  readonly nameOf: (id: number) => string;
};

const UNSET_PREDEFINED = new Set(['NOTDEFINED', 'USERDEFINED']);

/** U-values outside this range are not believed with the file's unit when they are without it. */
const PLAUSIBLE_U = { low: 0.05, high: 7 } as const;

/** The largest hangar doors are some 140 m: a longer side is damage, not a door. */
const MAX_OPENING_M = 200;

const common = (properties: readonly Property[], ...names: string[]): StepValue | undefined => {
  const official = properties.filter(({ isCommon }) => isCommon);
  return (findProperty(official, ...names) ?? findProperty(properties, ...names))?.value;
};

/** W/(m2 K); the unit of the property, else of the project, unless only the bare figure is plausible. */
const declaredU = (reading: Reading, properties: readonly Property[]): number | undefined => {
  const official = properties.filter(({ isCommon }) => isCommon);
  const property =
    findProperty(official, 'ThermalTransmittance') ??
    findProperty(properties, 'ThermalTransmittance', 'Heat Transfer Coefficient (U)');
  const raw = numberOf(property?.value);
  if (raw === undefined) return undefined;
  const scaled = raw * (unitScale(reading.step, property?.unit) ?? reading.units.transmittance);
  const plausible = (value: number): boolean => value >= PLAUSIBLE_U.low && value <= PLAUSIBLE_U.high;
  return plausible(raw) && !plausible(scaled) ? raw : scaled;
};

const predefinedTypeOf = (reading: Reading, id: number, record: readonly StepValue[]): string | undefined => {
  const own = enumOf(record[8]);
  if (own !== undefined && !UNSET_PREDEFINED.has(own)) return own;
  const type = reading.relations.typeOf.get(id);
  const typed = type === undefined ? undefined : enumOf(reading.step.record(type)?.[9]);
  return typed !== undefined && !UNSET_PREDEFINED.has(typed) ? typed : own;
};

const defined = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** Text of a record's name field without surrounding blanks. */
export const labelOf = (record: readonly StepValue[] | undefined, at: number): string =>
  (textOf(record?.[at]) ?? '').trim();

/**
 * GlobalId of the storey that a record lies in, through whatever contains it; undefined outside all storeys.
 */
export const storeyIdOf = (reading: Reading, id: number): string | undefined => {
  const storey = ancestorOf(reading.relations, id, (ancestor) => reading.storeys.has(ancestor));
  return storey === undefined ? undefined : reading.storeys.get(storey)?.globalId;
};

type OpeningFacts = Pick<
  SourceElement,
  'hostId' | 'overallHeightM' | 'overallWidthM' | 'openingShape' | 'position'
>;

const openingFacts = (reading: Reading, id: number, record: readonly StepValue[]): OpeningFacts => {
  const { relations, units } = reading;
  const length = (value: StepValue | undefined): number | undefined => {
    const raw = numberOf(value);
    const metres = raw === undefined ? 0 : raw * units.lengthM;
    return metres > 0 && metres < MAX_OPENING_M ? metres : undefined;
  };
  const opening = relations.openingFilledBy.get(id);
  const host = opening === undefined ? undefined : relations.hostOf.get(opening);
  return defined({
    hostId: host === undefined ? undefined : reading.nameOf(host),
    overallHeightM: length(record[8]),
    overallWidthM: length(record[9]),
    openingShape: opening === undefined ? undefined : reading.shapes.shapeOf(opening),
    position: opening === undefined ? reading.shapes.placeOf(id) : undefined,
  }) as OpeningFacts;
};

const isElement = (reading: Reading, id: number): boolean => (reading.step.typeOf(id) ?? '') in ELEMENT_KINDS;

const compositionOf = (
  reading: Reading,
  id: number,
): { layers: SourceElement['layers']; materialNames: readonly string[] } => {
  const { relations, materials } = reading;
  const own = materials.compositionOf(relations.materialOf.get(id));
  const type = relations.typeOf.get(id);
  if (own.layers.length > 0) return own;
  const typed = materials.compositionOf(type === undefined ? undefined : relations.materialOf.get(type));
  const best = typed.layers.length > 0 || own.materialNames.length === 0 ? typed : own;
  const whole = relations.wholeOf.get(id);
  // What a roof is made of is often said of the roof, and its shape of the slab it is an aggregate of.
  return best.materialNames.length === 0 && whole !== undefined && isElement(reading, whole)
    ? compositionOf(reading, whole)
    : best;
};

/** Reads one element; undefined when its record is broken. */
export const readElement = (reading: Reading, { id, kind }: Candidate): SourceElement | undefined => {
  const { step, relations } = reading;
  const record = step.record(id);
  if (record === undefined) return undefined;
  const properties = reading.properties.propertiesOf(id);
  const filling = kind === 'window' || kind === 'door';
  const predefinedType = filling ? undefined : predefinedTypeOf(reading, id, record);
  const typeRecord = relations.typeOf.get(id);
  const typeName = labelOf(step.record(typeRecord ?? -1), 2) || labelOf(record, 4);
  const whole = relations.wholeOf.get(id);
  const parent = whole !== undefined && isElement(reading, whole) ? whole : undefined;
  const statedAreasM2: Record<string, number> = {};
  for (const quantity of reading.properties.quantitiesOf(id)) {
    if (quantity.kind === 'area') statedAreasM2[quantity.name] = quantity.value;
  }
  const solarFactor = numberOf(
    common(
      properties,
      'SolarHeatGainTransmittance',
      'SolarHeatGainCoefficient',
      'Solar Heat Gain Coefficient',
    ),
  );
  const element = {
    globalId: reading.nameOf(id),
    name: labelOf(record, 2),
    ifcType: step.typeOf(id) ?? '',
    kind: isRoofSlab(kind, predefinedType) ? ('roof' as const) : kind,
    ...compositionOf(reading, id),
    statedAreasM2,
    storeyId: storeyIdOf(reading, id),
    shape: filling ? undefined : reading.shapes.shapeOf(id),
    typeName: typeName === '' ? undefined : typeName,
    declaredUWm2K:
      declaredU(reading, properties) ??
      (parent === undefined || filling
        ? undefined
        : declaredU(reading, reading.properties.propertiesOf(parent))),
    declaredSolarFactor: solarFactor,
    isExternal: booleanOf(common(properties, 'IsExternal')),
    loadBearing: booleanOf(common(properties, 'LoadBearing')),
    predefinedType,
    partOf: parent === undefined ? undefined : reading.nameOf(parent),
    ...(filling ? openingFacts(reading, id, record) : {}),
  };
  return defined(element) as SourceElement;
};
