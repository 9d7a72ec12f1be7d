import type { MaterialLayer } from '#core/building-model.ts';
import { booleanOf, numberOf, refOf, refsOf, textOf } from './fields.ts';
import type { StepFile } from './step-file.ts';
import type { Units } from './units.ts';

/** What an element is made of, as far as the file says. */
type Composition = {
  readonly layers: readonly MaterialLayer[];
  readonly materialNames: readonly string[];
};

type MaterialFacts = {
  conductivityWmK?: number;
  densityKgM3?: number;
  specificHeatJkgK?: number;
};

const NOTHING: Composition = { layers: [], materialNames: [] };

/**
 * The value in SI when the file's unit makes it plausible, else the raw value when that is, else undefined: some
 * exporters declare grams for values they write in kilograms.
 */
const plausible = (raw: number | undefined, scale: number, low: number, high: number): number | undefined => {
  if (raw === undefined) return undefined;
  return [raw * scale, raw].find((value) => value >= low && value <= high);
};

const AIR_NAME = /\b(air|luft|lame d.air|luftschicht|vide)\b/i;

/** Reads materials once each; conductivities are looked up in both the IFC2x3 and the IFC4 manner. */
export class MaterialReader {
  readonly #step: StepFile;
  readonly #units: Units;
  readonly #compositions = new Map<number, Composition>();
  #facts: ReadonlyMap<number, MaterialFacts> | undefined;

  constructor(step: StepFile, units: Units) {
    this.#step = step;
    this.#units = units;
  }

  compositionOf(materialSelect: number | undefined): Composition {
    if (materialSelect === undefined) return NOTHING;
    const known = this.#compositions.get(materialSelect);
    if (known !== undefined) return known;
    const composition = this.#read(materialSelect);
    this.#compositions.set(materialSelect, composition);
    return composition;
  }

  #read(id: number): Composition {
    const record = this.#step.record(id);
    if (record === undefined) return NOTHING;
    switch (this.#step.typeOf(id)) {
      case 'IFCMATERIAL':
        return { layers: [], materialNames: [this.#nameOf(id)] };
      case 'IFCMATERIALLIST':
        return { layers: [], materialNames: refsOf(record[0]).map((material) => this.#nameOf(material)) };
      case 'IFCMATERIALLAYERSETUSAGE':
        return this.compositionOf(this.#otherThan(id, refOf(record[0])));
      case 'IFCMATERIALLAYERSET':
        return this.#layerSet(refsOf(record[0]));
      case 'IFCMATERIALCONSTITUENTSET':
        return { layers: [], materialNames: this.#materialsAt(refsOf(record[2]), 2) };
      case 'IFCMATERIALPROFILESETUSAGE':
        return this.compositionOf(this.#otherThan(id, refOf(record[0])));
      case 'IFCMATERIALPROFILESET':
        return { layers: [], materialNames: this.#materialsAt(refsOf(record[2]), 2) };
      default:
        return NOTHING;
    }
  }

  /** A usage must name a set, not itself nor another usage, else damaged files would lead in circles. */
  #otherThan(id: number, set: number | undefined): number | undefined {
    return set === undefined || set === id || this.#step.typeOf(set)?.endsWith('USAGE') === true
      ? undefined
      : set;
  }

  #nameOf(id: number): string {
    return textOf(this.#step.record(id)?.[0]) ?? '';
  }

  #materialsAt(items: readonly number[], index: number): string[] {
    const names: string[] = [];
    for (const item of items) {
      const material = refOf(this.#step.record(item)?.[index]);
      if (material !== undefined) names.push(this.#nameOf(material));
    }
    return names;
  }

  #layerSet(ids: readonly number[]): Composition {
    const layers: MaterialLayer[] = [];
    for (const id of ids) {
      const record = this.#step.record(id);
      const thickness = numberOf(record?.[1]);
      if (record === undefined || thickness === undefined || thickness <= 0) continue;
      const material = refOf(record[0]);
      // A layer without material is an air gap by the standard's definition (IfcMaterialLayer).
      const name = material === undefined ? (textOf(record[3]) ?? 'air') : this.#nameOf(material);
      layers.push({
        name,
        thicknessM: thickness * this.#units.lengthM,
        ...(material === undefined ? {} : this.#factsOf(material)),
        ...(booleanOf(record[2]) === true && (material === undefined || AIR_NAME.test(name))
          ? { ventilatedAir: true }
          : {}),
      });
    }
    return { layers, materialNames: layers.map((layer) => layer.name) };
  }

  #factsOf(material: number): MaterialFacts {
    this.#facts ??= this.#readFacts();
    return this.#facts.get(material) ?? {};
  }

  #readFacts(): ReadonlyMap<number, MaterialFacts> {
    const facts = new Map<number, MaterialFacts>();
    const note = (material: number | undefined, name: string, raw: number | undefined): void => {
      if (material === undefined) return;
      const about = facts.get(material) ?? {};
      facts.set(material, about);
      if (/^thermalconductivity$/i.test(name)) {
        about.conductivityWmK ??= plausible(raw, this.#units.conductivity, 0.005, 500);
      } else if (/^massdensity$/i.test(name)) {
        about.densityKgM3 ??= plausible(raw, this.#units.density, 5, 20_000);
      } else if (/^specificheatcapacity$/i.test(name)) {
        about.specificHeatJkgK ??= plausible(raw, this.#units.specificHeat, 300, 6000);
      }
    };
    const step = this.#step;
    for (const id of step.idsOfType('IFCTHERMALMATERIALPROPERTIES')) {
      const record = step.record(id) ?? [];
      note(refOf(record[0]), 'SpecificHeatCapacity', numberOf(record[1]));
      note(refOf(record[0]), 'ThermalConductivity', numberOf(record[4]));
    }
    for (const id of step.idsOfType('IFCGENERALMATERIALPROPERTIES')) {
      const record = step.record(id) ?? [];
      note(refOf(record[0]), 'MassDensity', numberOf(record[3]));
    }
    const listed = (type: string, materialAt: number, propertiesAt: number): void => {
      for (const id of step.idsOfType(type)) {
        const record = step.record(id) ?? [];
        for (const property of refsOf(record[propertiesAt])) {
          const single = step.record(property) ?? [];
          note(refOf(record[materialAt]), textOf(single[0]) ?? '', numberOf(single[2]));
        }
      }
    };
    listed('IFCEXTENDEDMATERIALPROPERTIES', 0, 1);
    listed('IFCMATERIALPROPERTIES', 3, 2);
    return facts;
  }
}
