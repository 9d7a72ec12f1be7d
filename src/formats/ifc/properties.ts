import { numberOf, refOf, refsOf, textOf } from './fields.ts';
import type { Relations } from './relations.ts';
import { isList, isTyped, type StepFile, type StepValue } from './step-file.ts';
import { type Units, unitScale } from './units.ts';

/** Property sets worth parsing for an envelope; authoring tools add dozens of others to every element. */
const USEFUL_SET = /common|thermal|therm|energ|analytic|glazing|vitrage|spaceocc|doorwindow|identit/i;

/** The standard's own sets (Pset_WallCommon…), whose word counts before that of others. */
const COMMON_SET = /^pset_.*common/i;

/** One value with the set it comes from; `occurrence` false when it comes from the element's type. */
export type Property = {
  readonly set: string;
  readonly isCommon: boolean;
  /** In lower case: names are compared without case. */
  readonly name: string;
  readonly value: StepValue;
  readonly unit?: number;
  readonly occurrence: boolean;
};

/** A quantity the file states, in SI. */
export type StatedQuantity = {
  readonly name: string;
  readonly kind: 'area' | 'volume';
  readonly value: number;
};

const MAX_NESTING = 4;

/** Reads the property and quantity sets of elements; sets shared by many elements are read once. */
export class PropertyReader {
  readonly #step: StepFile;
  readonly #relations: Pick<Relations, 'typeOf' | 'definitionsOf'>;
  readonly #units: Units;
  readonly #sets = new Map<number, readonly Property[]>();

  constructor(step: StepFile, relations: Pick<Relations, 'typeOf' | 'definitionsOf'>, units: Units) {
    this.#step = step;
    this.#relations = relations;
    this.#units = units;
  }

  /** The element's own properties first, then those of its type. */
  propertiesOf(id: number): readonly Property[] {
    const own = (this.#relations.definitionsOf.get(id) ?? []).flatMap((set) => this.#set(set));
    const type = this.#relations.typeOf.get(id);
    if (type === undefined) return own;
    const typed = (this.#relations.definitionsOf.get(type) ?? []).flatMap((set) => this.#set(set));
    return [...own, ...typed.map((property) => ({ ...property, occurrence: false }))];
  }

  quantitiesOf(id: number): readonly StatedQuantity[] {
    const quantities: StatedQuantity[] = [];
    for (const set of this.#relations.definitionsOf.get(id) ?? []) {
      if (this.#step.typeOf(set) !== 'IFCELEMENTQUANTITY') continue;
      for (const quantity of refsOf(this.#step.record(set)?.[5])) this.#quantity(quantity, quantities);
    }
    return quantities;
  }

  #quantity(id: number, into: StatedQuantity[]): void {
    // Complex quantities are skipped: their parts repeat the whole's names layer by layer.
    const type = this.#step.typeOf(id);
    if (type !== 'IFCQUANTITYAREA' && type !== 'IFCQUANTITYVOLUME') return;
    const record = this.#step.record(id);
    if (record === undefined) return;
    const name = textOf(record[0]);
    const value = numberOf(record[3]);
    if (name === undefined || value === undefined) return;
    const kind = type === 'IFCQUANTITYAREA' ? 'area' : 'volume';
    const scale =
      unitScale(this.#step, refOf(record[2])) ??
      (kind === 'area' ? this.#units.areaM2 : this.#units.volumeM3);
    into.push({ name, kind, value: value * scale });
  }

  #set(id: number): readonly Property[] {
    const known = this.#sets.get(id);
    if (known !== undefined) return known;
    const properties: Property[] = [];
    if (this.#step.typeOf(id) === 'IFCPROPERTYSET') {
      const record = this.#step.record(id);
      const name = textOf(record?.[2]) ?? '';
      if (USEFUL_SET.test(name)) {
        for (const property of refsOf(record?.[4])) this.#property(property, name, properties, 0);
      }
    }
    this.#sets.set(id, properties);
    return properties;
  }

  #property(id: number, set: string, into: Property[], depth: number): void {
    const record = this.#step.record(id);
    if (record === undefined || depth > MAX_NESTING) return;
    const type = this.#step.typeOf(id);
    if (type === 'IFCCOMPLEXPROPERTY') {
      for (const inner of refsOf(record[3])) this.#property(inner, set, into, depth + 1);
      return;
    }
    const name = textOf(record[0])?.toLowerCase();
    const value = type === 'IFCPROPERTYENUMERATEDVALUE' && isList(record[2]) ? record[2][0] : record[2];
    if (name === undefined || value === undefined || value === null) return;
    const unit = refOf(record[3]);
    const isCommon = COMMON_SET.test(set);
    into.push({ set, isCommon, name, value, occurrence: true, ...(unit === undefined ? {} : { unit }) });
  }
}

/** First property of this name; names are compared without case. */
export const findProperty = (properties: readonly Property[], ...names: string[]): Property | undefined => {
  for (const name of names) {
    const wanted = name.toLowerCase();
    const found = properties.find((property) => property.name === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The text of a label or identifier, whatever its wrapping. */
export const propertyText = (property: Property | undefined): string | undefined => {
  const value = property?.value;
  const inner = isTyped(value) ? value.value : value;
  return typeof inner === 'string' && inner.trim() !== '' ? inner.trim() : undefined;
};
