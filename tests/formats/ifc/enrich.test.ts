import { describe, expect, it } from 'vitest';
import * as webifc from 'web-ifc';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { enrichIfc } from '../../../src/formats/ifc/enrich.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';
import { smallHouse } from './small-house.ts';

const read = async (bytes: Uint8Array) => {
  const model = await readIfc(bytesSource('house.ifc', bytes));
  if (!model.ok) throw new Error(model.error.message.en);
  return model.value;
};

const values = (names: Readonly<Record<string, number>>, ids: ReadonlyMap<string, string>) =>
  Object.entries(names).map(([name, uWm2K]) => ({
    globalId: ids.get(name) ?? name,
    uWm2K,
    lowWm2K: uWm2K * 0.8,
    highWm2K: uWm2K * 1.25,
    provenance: 'typed',
  }));

const wanted = {
  south: 0.42,
  north: 0.31,
  west: 0.42,
  BASESLAB: 0.9,
  ROOF: 0.25,
  IFCWINDOW: 1.4,
  IFCDOOR: 3.5,
};

/** ThermalTransmittance by GlobalId as another reader sees it: relations walked in web-ifc, each element's sets counted. */
const byWebIfc = async (bytes: Uint8Array): Promise<Map<string, number[]>> => {
  const api = new webifc.IfcAPI();
  await api.Init();
  const model = api.OpenModel(bytes);
  const seen = new Map<string, number[]>();
  const relations = api.GetLineIDsWithType(model, webifc.IFCRELDEFINESBYPROPERTIES);
  for (let at = 0; at < relations.size(); at++) {
    const relation = api.GetLine(model, relations.get(at)) as {
      RelatedObjects: { value: number }[];
      RelatingPropertyDefinition: { value: number };
    };
    const set = api.GetLine(model, relation.RelatingPropertyDefinition.value) as {
      Name?: { value: string };
      HasProperties?: { value: number }[];
    };
    if (set.Name?.value.startsWith('Pset_') !== true) continue;
    for (const property of set.HasProperties ?? []) {
      const line = api.GetLine(model, property.value) as {
        Name: { value: string };
        NominalValue: { value: number };
      };
      if (line.Name.value !== 'ThermalTransmittance') continue;
      for (const object of relation.RelatedObjects) {
        const element = api.GetLine(model, object.value) as { GlobalId: { value: string } };
        const id = element.GlobalId.value;
        seen.set(id, [...(seen.get(id) ?? []), line.NominalValue.value]);
      }
    }
  }
  api.CloseModel(model);
  return seen;
};

describe('an IFC enriched with U-values', () => {
  it.each(['IFC4', 'IFC2X3'])('reads again with the same U, here and in web-ifc (%s)', async (schema) => {
    const original = Buffer.from(smallHouse({ schema }));
    const before = await read(original);
    const ids = new Map(before.elements.map((one) => [one.name, one.globalId]));
    const enriched = await enrichIfc('house.ifc', original, values(wanted, ids));
    if (!enriched.ok) throw new Error(enriched.error.message.en);
    expect(enriched.value).toMatchObject({ written: 7, unknown: [] });
    const after = await read(enriched.value.bytes);
    for (const [name, u] of Object.entries(wanted)) {
      expect(after.elements.find((one) => one.name === name)?.declaredUWm2K).toBeCloseTo(u, 6);
      expect((await byWebIfc(enriched.value.bytes)).get(ids.get(name) ?? '')).toEqual([u]);
    }
    // What was not asked stays: the east wall has no U, the others are still external, geometry is the same.
    const bare = (one: (typeof after.elements)[number]) => ({ ...one, declaredUWm2K: undefined });
    expect(after.elements.map(bare)).toEqual(before.elements.map(bare));
    expect(after.elements.find((one) => one.name === 'east')?.declaredUWm2K).toBeUndefined();
    expect(after.warnings).toEqual(before.warnings);
  });

  it('keeps the set of elements that are not rewritten', async () => {
    const original = Buffer.from(smallHouse());
    const ids = new Map((await read(original)).elements.map((one) => [one.name, one.globalId]));
    const enriched = await enrichIfc('house.ifc', original, values({ south: 0.9 }, ids));
    if (!enriched.ok) throw new Error(enriched.error.message.en);
    const after = await read(enriched.value.bytes);
    const of = (name: string) => after.elements.find((one) => one.name === name);
    expect(of('south')).toMatchObject({ declaredUWm2K: 0.9, isExternal: true });
    expect(of('north')).toMatchObject({ declaredUWm2K: 0.31, isExternal: true });
  });

  it('writes in the unit of the file, the same bytes each time, and tells what it does not know', async () => {
    const imperial = `#11=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#13=IFCDERIVEDUNITELEMENT(#14,1);
#14=IFCSIUNIT(*,.MASSUNIT.,.KILO.,.GRAM.);
#15=IFCSIUNIT(*,.TIMEUNIT.,$,.SECOND.);
#16=IFCDERIVEDUNITELEMENT(#15,-3);
#17=IFCSIUNIT(*,.THERMODYNAMICTEMPERATUREUNIT.,$,.KELVIN.);
#18=IFCDERIVEDUNITELEMENT(#17,-1);
#19=IFCDERIVEDUNIT((#13,#16,#18),.THERMALTRANSMITTANCEUNIT.,$);
#12=IFCUNITASSIGNMENT((#11,#19));`;
    const original = Buffer.from(smallHouse({ unitRecords: imperial }));
    const ids = new Map((await read(original)).elements.map((one) => [one.name, one.globalId]));
    const given = [...values({ west: 0.37 }, ids), ...values({ nobody: 1 }, new Map())];
    const once = await enrichIfc('house.ifc', original, given);
    const twice = await enrichIfc('house.ifc', original, given);
    expect(twice).toEqual(once);
    if (!once.ok) throw new Error(once.error.message.en);
    expect(once.value.unknown).toEqual(['nobody']);
    const after = await read(once.value.bytes);
    expect(after.elements.find((one) => one.name === 'west')?.declaredUWm2K).toBeCloseTo(0.37, 6);
  });

  it('refuses what is no IFC', async () => {
    const refused = await enrichIfc('x.ifc', Buffer.from('hello'), []);
    expect(refused.ok ? 'ok' : refused.error.code).toBe('not-an-ifc-file');
  });
});
