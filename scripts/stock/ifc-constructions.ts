import { real, type StepWriter } from './ifc-text.ts';
import { uOf } from './plan.ts';
import type { Construction, Glazing } from './specification.ts';

const WALL_SURFACES = 0.17;

/** Materials, layers and property sets: what the model says of its constructions, as much as each telling allows. */
export const createConstructions = (step: StepWriter, owner: string, old: boolean) => {
  const { add, guid, text, list } = step;
  const materials = new Map<string, string>();
  const usages = new Map<string, { usage: string; products: string[] }>();

  const material = (name: string, conductivityWmK: number, told: boolean): string => {
    const known = materials.get(name);
    if (known !== undefined) return known;
    const ref = old ? add('IfcMaterial', text(name)) : add('IfcMaterial', text(name), '$', '$');
    materials.set(name, ref);
    if (told && old) add('IfcThermalMaterialProperties', ref, '$', '$', '$', real(conductivityWmK));
    if (told && !old)
      add(
        'IfcMaterialProperties',
        text('Pset_MaterialThermal'),
        '$',
        list([
          add(
            'IfcPropertySingleValue',
            text('ThermalConductivity'),
            '$',
            `IFCTHERMALCONDUCTIVITYMEASURE(${real(conductivityWmK)})`,
            '$',
          ),
        ]),
        ref,
      );
    return ref;
  };

  const usageOf = (construction: Construction): { usage: string; products: string[] } => {
    const known = usages.get(construction.name);
    if (known !== undefined) return known;
    const told = construction.telling === 'layers-with-conductivity';
    const layers = construction.layers.map(({ name, thicknessM, conductivityWmK }) => {
      const args = [material(name, conductivityWmK, told), step.length(thicknessM), '$'];
      return old ? add('IfcMaterialLayer', ...args) : add('IfcMaterialLayer', ...args, '$', '$', '$', '$');
    });
    const set = old
      ? add('IfcMaterialLayerSet', list(layers), text(construction.name))
      : add('IfcMaterialLayerSet', list(layers), text(construction.name), '$');
    const tail = old ? [] : ['$'];
    const made = {
      usage: add('IfcMaterialLayerSetUsage', set, '.AXIS2.', '.POSITIVE.', '0.', ...tail),
      products: [],
    };
    usages.set(construction.name, made);
    return made;
  };

  const properties = (product: string, set: string, external: boolean | null, uWm2K: number | null): void => {
    const values = [
      ...(external === null
        ? []
        : [
            add(
              'IfcPropertySingleValue',
              text('IsExternal'),
              '$',
              `IFCBOOLEAN(${external ? '.T.' : '.F.'})`,
              '$',
            ),
          ]),
      ...(uWm2K === null
        ? []
        : [
            add(
              'IfcPropertySingleValue',
              text('ThermalTransmittance'),
              '$',
              `IFCTHERMALTRANSMITTANCEMEASURE(${real(uWm2K)})`,
              '$',
            ),
          ]),
    ];
    if (values.length === 0) return;
    const pset = add('IfcPropertySet', guid(), owner, text(set), '$', list(values));
    add('IfcRelDefinesByProperties', guid(), owner, '$', '$', list([product]), pset);
  };

  return {
    /** Gives a wall or slab its construction, told as the specification says. */
    assign: (
      product: string,
      construction: Construction,
      kind: 'Wall' | 'Slab',
      external: boolean | null,
    ): void => {
      if (construction.telling !== 'nothing' && construction.telling !== 'declared-u')
        usageOf(construction).products.push(product);
      const declared = construction.telling === 'declared-u' ? uOf(construction, WALL_SURFACES) : null;
      properties(
        product,
        `Pset_${kind}Common`,
        external,
        declared === null ? null : Math.round(declared * 1000) / 1000,
      );
    },
    declare: (product: string, kind: 'Window' | 'Door', glazing: Glazing, external: boolean | null): void => {
      properties(
        product,
        `Pset_${kind}Common`,
        external,
        glazing.telling === 'declared-u' ? glazing.uWm2K : null,
      );
    },
    /** Writes the associations that gathered products. */
    close: (): void => {
      for (const { usage, products } of usages.values())
        add('IfcRelAssociatesMaterial', guid(), owner, '$', '$', list(products), usage);
    },
  };
};
