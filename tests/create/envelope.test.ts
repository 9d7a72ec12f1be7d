import { describe, expect, it } from 'vitest';
import { logSigma } from '../../src/create/spreads.ts';
import { envelopeFrom } from '../../src/create/envelope.ts';
import { bucketsOf, sumOfTerms, type LossTerm } from '../../src/create/losses.ts';
import { geometry, model } from './sample.ts';

const envelope = envelopeFrom(model, geometry, { period: '1975-1977' });
const element = (id: string) => {
  const found = envelope.elements.find((one) => one.globalId === id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
};

describe('envelope of a two-storey box', () => {
  it('each element takes the surest figure there is', () => {
    expect(element('east').u).toMatchObject({ value: 0.4, provenance: 'declared' });
    expect(element('north').u.provenance).toBe('library');
    expect(element('slab').u.provenance).toBe('computed');
    expect(element('west').u).toMatchObject({ value: 1.05, provenance: 'period-default' });
    expect(element('window').u).toMatchObject({ value: 3.7, provenance: 'period-default' });
  });

  it('library wall: 0.13 + 0.2/2 + 0.1/0.035 + 0.013/0.25 + 0.04 = 3.179, U 0.3145', () => {
    expect(element('north').u.value).toBeCloseTo(1 / (0.13 + 0.2 / 2 + 0.1 / 0.035 + 0.013 / 0.25 + 0.04), 6);
    expect(element('north').u.basis).toContain('library glass-wool');
    expect(element('north').u.basis).toContain('ISO 6946');
  });

  it("slab: R_f 0.2/2 = 0.1, B' = 80/18, d_t = 0.3 + 2·0.31 = 0.92; b is the soil's U over its own", () => {
    const own = 1 / (0.1 + 0.21);
    const dimension = 80 / 18;
    const soil = (4 / (Math.PI * dimension + 0.92)) * Math.log((Math.PI * dimension) / 0.92 + 1);
    expect(element('slab').u.value).toBeCloseTo(own, 6);
    expect(element('slab').b).toBeCloseTo(soil / own, 6);
    expect(element('slab').u.basis).toContain('ISO 13370');
  });

  it('the heat-loss coefficient is the sum of its parts and lies in its interval', () => {
    const parts =
      envelope.elements.reduce((sum, one) => sum + one.b * one.u.value * one.areaNetM2, 0) +
      envelope.bridges.value +
      envelope.air.value;
    const h = envelope.heatLossCoefficient;
    expect(h.value).toBeCloseTo(parts, 6);
    expect(h.low).toBeLessThan(h.value);
    expect(h.high).toBeGreaterThan(h.value);
  });

  it('air: 0.34 × 0.703 × 400 = 95.6 W/K, or the change a person typed', () => {
    expect(envelope.air.value).toBeCloseTo(0.34 * 0.703 * 400, 6);
    const typed = envelopeFrom(model, geometry, { period: '1976', airChangePerH: 0.5 }).air;
    expect(typed).toMatchObject({ value: 68, provenance: 'typed' });
    expect(logSigma(typed)).toBeLessThan(logSigma(envelope.air));
  });

  it('bridges: outer insulation loses less at the slab edges than inner, and the word is kept as typed', () => {
    const inner = envelopeFrom(model, geometry, { period: '1976', insulationPosition: 'inner' });
    const outer = envelopeFrom(model, geometry, { period: '1976', insulationPosition: 'outer' });
    expect(outer.bridges.provenance).toBe('typed');
    const edge = (basis: string) => Number(/intermediate-floor 36.0 m × ([\d.]+)/.exec(basis)?.[1]);
    expect(edge(outer.bridges.basis)).toBeLessThan(edge(inner.bridges.basis));
  });

  it('without junctions the bridges are a lump, and it is said', () => {
    const lumped = envelopeFrom(model, { ...geometry, junctions: [] });
    expect(lumped.bridges.value).toBeCloseTo(0.1 * 376, 6);
    expect(lumped.warnings.map((one) => one.code)).toContain('bridges-lumped');
  });

  it('the unknown period is said, and widens the whole', () => {
    const unknown = envelopeFrom(model, geometry);
    expect(unknown.warnings.map((one) => one.code)).toContain('u-period-unknown');
    expect(logSigma(unknown.heatLossCoefficient)).toBeGreaterThan(logSigma(envelope.heatLossCoefficient));
  });

  it('a period nobody can read is refused in a warning, not guessed', () => {
    const odd = envelopeFrom(model, geometry, { period: 'jadis' });
    expect(odd.warnings.map((one) => one.code)).toContain('period-invalid');
  });

  it('internal and adiabatic elements lose nothing', () => {
    const inside = envelopeFrom(model, {
      ...geometry,
      elements: geometry.elements.map((one) => ({ ...one, exposure: 'internal' as const })),
    });
    expect(inside.elements.every((one) => one.b === 0)).toBe(true);
    expect(inside.warnings.map((one) => one.code)).toContain('envelope-empty');
  });
});

describe('sum of losses', () => {
  const term = (bucket: string, valueWK = 100, sigma = 0.3): LossTerm => ({
    bucket,
    valueWK,
    sigma,
    provenance: 'computed',
  });

  it('one cause keeps its spread; four independent equal ones halve the variance twice', () => {
    expect(logSigma(sumOfTerms([term('a'), term('a')], 'H'))).toBeCloseTo(0.3, 10);
    const four = logSigma(sumOfTerms([term('a'), term('b'), term('c'), term('d')], 'H'));
    expect(Math.expm1(four ** 2)).toBeCloseTo(Math.expm1(0.09) / 4, 10);
  });

  it('the sum of independent terms is never wider than its widest', () => {
    const sum = sumOfTerms([term('a', 10, 0.1), term('b', 500, 0.35), term('c', 90, 0.2)], 'H');
    expect(logSigma(sum)).toBeLessThan(0.35);
    expect(bucketsOf([term('a'), term('b')])).toHaveLength(2);
  });
});
