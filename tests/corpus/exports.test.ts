import { readFileSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { digitise } from '../../src/app/create-file.ts';
import { envelopeGbxml, resolvedTransmittances } from '../../src/app/export-envelope.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { enrichIfc } from '../../src/formats/ifc/enrich.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { corpusPath } from './corpus.ts';

const files = [
  'AC20-FZK-Haus.ifc',
  'Duplex_A_20110907.ifc',
  'ExampleHOM.ifc',
  'KIT-EDC_with_SB.ifc',
  '2Storey_R19_IFC2X3.ifc',
  'Janesville_restaurant_Revit2012.ifc.gz',
];

describe('exports of real models', () => {
  it.each(files)('%s: enriched, it reads again with every resolved U; gbXML is well formed', async (name) => {
    const original = readFileSync(corpusPath('ifc', name));
    const digitised = await digitise(bytesSource(name, original), { period: '1976', deadlineMs: 120_000 });
    if (!digitised.ok) throw new Error(digitised.error.message.en);
    const { envelope, model } = digitised.value;
    const values = resolvedTransmittances(envelope);
    const enriched = await enrichIfc(name, original, values);
    if (!enriched.ok) throw new Error(enriched.error.message.en);
    expect(enriched.value.unknown).toEqual([]);
    const again = await readIfc(bytesSource('enriched.ifc', enriched.value.bytes), { deadlineMs: 120_000 });
    if (!again.ok) throw new Error(again.error.message.en);
    const declared = new Map(again.value.elements.map((one) => [one.globalId, one.declaredUWm2K]));
    for (const { globalId, uWm2K } of values)
      expect(Math.abs((declared.get(globalId) ?? 0) / uWm2K - 1), globalId).toBeLessThan(1e-4);
    expect(again.value.elements).toHaveLength(model.elements.length);
    expect(XMLValidator.validate(envelopeGbxml(envelope, { buildingId: 'b', name, use: 'other' }))).toBe(
      true,
    );
  });
});
