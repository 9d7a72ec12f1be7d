import { describe, expect, it } from 'vitest';
import type { BuildingModel } from '../../src/core/building-model.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { envelopeFrom, envelopeJson, envelopeJsonSchema, thermalGeometry } from '../../src/create/index.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

const readModel = async (text: string): Promise<BuildingModel> => {
  const read = await readIfc(bytesSource('house.ifc', Buffer.from(text)));
  if (!read.ok) throw new Error(read.error.message.en);
  return read.value;
};

const ledger = {
  work: 'create',
  wallMs: 1,
  cpuMs: 1,
  peakRssMb: 1,
  energyJ: { value: 1, unit: 'J', low: 1, high: 1, level: 0.9, provenance: 'computed', basis: 'test' },
  recordsInFile: 1,
  recordsParsed: 1,
  bytesInFile: 1,
  bytesKept: 1,
} as const;

/** The schema takes no NaN and no infinity: a damaged figure may not travel as a number. */
const issuesOf = (model: BuildingModel): readonly string[] => {
  const envelope = envelopeFrom(model, thermalGeometry(model), {});
  const checked = envelopeJsonSchema.safeParse(envelopeJson(envelope, ledger, 'en'));
  return checked.success
    ? []
    : checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

describe('figures of damaged models', () => {
  it('gives a wall with a body without sides no vote instead of one that is not a number', async () => {
    const model = await readModel(smallHouse());
    const flat = model.elements.map((element) =>
      element.kind === 'wall'
        ? {
            ...element,
            shape: {
              exact: true,
              method: 'kernel' as const,
              faces: (element.shape?.faces ?? []).map(({ outer }) => ({
                outer: outer.map(([x, y]) => [x, y, 0] as const),
                holes: [],
              })),
            },
          }
        : element,
    );
    expect(issuesOf({ ...model, elements: flat })).toEqual([]);
  });

  it('does not believe a door of 10^308 m', async () => {
    const text = smallHouse().replace(/(IFCDOOR\([^;]*),2\.1,1\.,/, '$1,1.E308,1.E308,');
    expect(text).toContain('1.E308');
    const model = await readModel(text);
    expect(model.elements.find(({ kind }) => kind === 'door')?.overallHeightM).toBeUndefined();
    expect(issuesOf(model)).toEqual([]);
  });
});
