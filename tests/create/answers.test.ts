import { describe, expect, it } from 'vitest';
import { cpuEnergyJ } from '#core/ledger.ts';
import { envelopeFrom } from '../../src/create/envelope.ts';
import { envelopeJson } from '../../src/create/envelope-json.ts';
import { applyOverrides } from '../../src/create/overrides.ts';
import { preflight } from '../../src/create/preflight.ts';
import { envelopeJsonSchema, overridesSchema } from '../../src/create/schema.ts';
import type { CreateLedger, Envelope } from '../../src/create/types.ts';
import { geometry, model, source } from './sample.ts';

const unknown = envelopeFrom(model, geometry);
const known = envelopeFrom(model, geometry, { period: '1976' });
const uOf = (envelope: Envelope, id: string) => envelope.elements.find((one) => one.globalId === id)?.u;

const ledger: CreateLedger = {
  work: 'create',
  wallMs: 12.5,
  cpuMs: 20,
  peakRssMb: 60,
  energyJ: cpuEnergyJ(20),
  recordsInFile: 100,
  recordsParsed: 20,
  bytesInFile: 10_000,
  bytesKept: 900,
};

describe('the printed envelope', () => {
  it('has the published shape, in the language asked', () => {
    const french = envelopeJson(unknown, ledger);
    expect(() => envelopeJsonSchema.parse(JSON.parse(JSON.stringify(french)))).not.toThrow();
    expect(french.warnings[0]?.message).not.toBe(envelopeJson(unknown, ledger, 'en').warnings[0]?.message);
    expect(french.totals.exterior.wallNetM2).toBe(204);
    expect(french.heatLossCoefficient.value).toBeCloseTo(unknown.heatLossCoefficient.value, 4);
  });
});

describe('corrections by a person', () => {
  it('a typed U takes over, is kept as typed, and moves the sum by b·A·ΔU and the bridges', () => {
    const better = applyOverrides(known, { elements: { west: { uWm2K: 0.2 } } });
    expect(uOf(better, 'west')).toMatchObject({ value: 0.2, provenance: 'typed' });
    const walls = 48 * ((uOf(known, 'west')?.value ?? 0) - 0.2);
    const bridges = known.bridges.value - better.bridges.value;
    expect(known.heatLossCoefficient.value - better.heatLossCoefficient.value).toBeCloseTo(
      walls + bridges,
      6,
    );
    expect(uOf(better, 'north')).toEqual(uOf(known, 'north'));
  });

  it('an element’s own correction passes before its kind’s', () => {
    const both = applyOverrides(known, { uByKind: { wall: 0.5 }, elements: { west: { uWm2K: 0.2 } } });
    expect(uOf(both, 'west')?.value).toBe(0.2);
    expect(uOf(both, 'east')?.value).toBe(0.5);
  });

  it('a group’s correction leaves what the file itself says', () => {
    const told = applyOverrides(known, { uByGroup: { 'wall/period-default': 0.9 } });
    expect(uOf(told, 'west')).toMatchObject({ value: 0.9, provenance: 'typed' });
    expect(uOf(told, 'east')).toEqual(uOf(known, 'east'));
    expect(applyOverrides(told, { uByGroup: { 'wall/period-default': 0.9 } })).toEqual(told);
  });

  it('a turned plan moves the sun and not the losses, however often it is said', () => {
    const turned = applyOverrides(known, { northTurnDeg: -90 });
    expect(turned.elements.find((one) => one.globalId === 'window')?.azimuthDeg).toBe(90);
    expect(turned.byOrientation[0]?.azimuthDeg).toBe(270);
    expect(turned.heatLossCoefficient).toEqual(known.heatLossCoefficient);
    expect(applyOverrides(turned, { northTurnDeg: -90 })).toEqual(turned);
  });

  it('twice the same is once', () => {
    const overrides = {
      elements: { slab: { uWm2K: 0.4 } },
      airChangePerH: 0.6,
      insulationPosition: 'outer' as const,
    };
    const once = applyOverrides(known, overrides);
    expect(applyOverrides(once, overrides)).toEqual(once);
    expect(once.air.provenance).toBe('typed');
    expect(once.bridges.provenance).toBe('typed');
  });

  it('a wall against a neighbour loses nothing any more', () => {
    const shared = applyOverrides(known, { elements: { west: { exposure: 'adiabatic' } } });
    expect(shared.elements.find((one) => one.globalId === 'west')?.b).toBe(0);
    expect(shared.heatLossCoefficient.value).toBeLessThan(known.heatLossCoefficient.value);
    expect(shared.warnings.map((one) => one.code)).toContain('totals-as-read');
  });

  it('the period a person gives yields the envelope that knew it from the start', () => {
    const told = applyOverrides(unknown, { period: '1976' });
    expect(told.heatLossCoefficient.value).toBeCloseTo(known.heatLossCoefficient.value, 6);
    expect(told.heatLossCoefficient.high).toBeCloseTo(known.heatLossCoefficient.high, 6);
    expect(told.elements.map((one) => one.solarFactor)).toEqual(known.elements.map((one) => one.solarFactor));
    expect(uOf(told, 'east')).toEqual(uOf(unknown, 'east'));
    expect(told.warnings.map((one) => one.code)).not.toContain('u-period-unknown');
    const odd = applyOverrides(unknown, { period: 'jadis' });
    expect(odd.warnings.at(-1)?.code).toBe('period-invalid');
    expect(odd.heatLossCoefficient).toEqual(unknown.heatLossCoefficient);
  });

  it('an unknown element is said; a U of 40 is refused at the door', () => {
    const none = applyOverrides(known, { elements: { ghost: { uWm2K: 0.2 } } });
    expect(none.warnings.at(-1)).toMatchObject({ code: 'override-unknown-element', ref: 'ghost' });
    expect(none.heatLossCoefficient.value).toBe(known.heatLossCoefficient.value);
    expect(overridesSchema.safeParse({ uByKind: { wall: 40 } }).success).toBe(false);
  });
});

describe('before anything is computed', () => {
  it('an unknown period is the first question, and takes away most of the interval', () => {
    const report = preflight(model, unknown);
    expect(report.questions[0]?.code).toBe('ask-period');
    expect(report.questions[0]?.narrowsShare).toBeGreaterThan(0.4);
    expect(report.missing.map((one) => one.code)).toContain('period-missing');
  });

  it('each answer narrows the heat loss as promised: the interval is measured, not estimated', () => {
    const width = ({ heatLossCoefficient: h }: Envelope): number => (h.high - h.low) / h.value;
    for (const question of preflight(model, known).questions) {
      if (question.narrowsShare === undefined || question.field.kind !== 'number') continue;
      const [first = '', second] = question.field.path;
      const value = question.current?.value ?? Number.NaN;
      const told = applyOverrides(
        known,
        overridesSchema.parse({ [first]: second === undefined ? value : { [second]: value } }),
      );
      expect(1 - width(told) / width(known)).toBeCloseTo(question.narrowsShare, 6);
      expect(told.heatLossCoefficient.value).toBeCloseTo(known.heatLossCoefficient.value, 1);
    }
    expect(preflight(model, known).questions[0]?.code).toBe('ask-air-change');
  });

  it('shares lie between 0 and 1, sorted, and the period is asked no more once it is one class', () => {
    const shares = preflight(model, unknown).questions.flatMap((question) => question.narrowsShare ?? []);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    expect(preflight(model, known).questions.map((one) => one.code)).not.toContain('ask-period');
  });

  it('a declared U its layers deny, an exposure and an area the file denies, are shown', () => {
    const elements = model.elements.map((one) =>
      one.globalId === 'east'
        ? source({
            globalId: 'east',
            kind: 'wall',
            declaredUWm2K: 0.4,
            layers: [{ name: 'Béton', thicknessM: 0.2 }],
            isExternal: false,
            statedAreasM2: { NetSideArea: 90 },
          })
        : one,
    );
    const odd = { ...model, elements };
    const codes = preflight(odd, envelopeFrom(odd, geometry)).contradictory.map((one) => one.code);
    expect(codes).toEqual(['u-against-layers', 'exposure-against-file', 'area-against-file']);
    expect(preflight(model, known).contradictory).toEqual([]);
  });

  it('alike contradictions are one line that counts them', () => {
    const elements = model.elements.map((one) =>
      one.kind === 'wall' ? { ...one, typeName: 'Mur M1', isExternal: false } : one,
    );
    const odd = { ...model, elements };
    const { contradictory } = preflight(odd, envelopeFrom(odd, geometry));
    expect(contradictory).toHaveLength(1);
    expect(contradictory[0]?.message.en).toContain('Likewise for 3 more');
  });

  it('what was assumed is listed, the Revit window among it', () => {
    const codes = preflight(model, known).assumed.map((one) => one.code);
    expect(codes).toContain('u-revit-default');
    expect(codes).toContain('air-assumed');
  });
});
