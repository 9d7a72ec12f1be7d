import { describe, expect, it } from 'vitest';
import type { Certificate, CertifiedElement } from '#core/certificate.ts';
import { answered, answersOfCertificate, describeForm } from '#create/index.ts';

const element = (
  kind: CertifiedElement['kind'],
  uWm2K: number,
  basis: CertifiedElement['basis'],
  areaM2 = 100,
): CertifiedElement => ({
  id: `${kind}-${uWm2K}`,
  name: kind,
  kind,
  exposure: 'exterior',
  areaM2,
  uWm2K,
  basis,
  b: 1,
  tiltDeg: 90,
  solarFactor: 0,
});

const certificate: Certificate = {
  number: '2400E0000001A',
  day: '2024-03-01',
  scope: 'building',
  floorAreaM2: 1200,
  dwellings: 16,
  constructionYear: 1974,
  elements: [
    element('wall', 0.4, 'declared', 300),
    element('wall', 0.6, 'computed', 100),
    element('window', 2.6, 'period-default'),
  ],
  bridgesWK: 100,
  airWK: 300,
  airMeasured: false,
  heating: 'boiler-condensing',
  carrier: 'gas',
  warnings: [],
};

const filled = describeForm({ id: 'lilas', name: 'Lilas', floorAreaM2: 1250, storeys: 4, use: 'housing' });
if (!filled.ok) throw new Error(filled.error.message.en);
const described = filled.value;

describe('what a certificate answers of a building', () => {
  it('is its facts and the U-values its surveyor knew, weighted by area', () => {
    const { answers, warnings } = answersOfCertificate(certificate, described.envelope);
    expect(answers.period).toBe('1974');
    expect(answers.building).toMatchObject({ heating: 'boiler-condensing', carrier: 'gas', dwellings: 16 });
    expect(answers.building).not.toHaveProperty('name');
    expect(Object.entries(answers.uByGroup ?? {})).toEqual([['wall/period-default', 0.45]]);
    expect(warnings.map(({ code }) => code)).toEqual(['dpe-defaults-unused']);
    expect(warnings[0]?.message.fr).toContain('fenêtres');
  });

  it('says everything it would answer', () => {
    const { said } = answersOfCertificate(
      { ...certificate, number: '2433E0000001A', inertia: 'very-heavy' },
      described.envelope,
    );
    expect(said.map(({ fr }) => fr)).toEqual([
      'construction : 1974',
      'U murs : 0,45 W/(m²·K)',
      'chauffage : chaudière à condensation',
      'logements : 16',
      'inertie : très lourde',
      'département : 33',
    ]);
  });

  it('leaves the heating that a person has answered whole, its energy with it', () => {
    const electric: Certificate = { ...certificate, heating: 'heat-pump-air', carrier: 'electricity' };
    const { answers, said } = answersOfCertificate(electric, described.envelope, { heating: 'boiler-old' });
    expect(answers.building).not.toHaveProperty('heating');
    expect(answers.building).not.toHaveProperty('carrier');
    expect(said.some(({ fr }) => fr.startsWith('chauffage'))).toBe(false);
  });

  it('narrows the heat loss once a person takes it', () => {
    const { answers } = answersOfCertificate(certificate, described.envelope);
    const [before, after] = [{}, answers].map((one) => {
      const result = answered(described, one, 'lilas');
      if (!result.ok) throw new Error(result.error.message.en);
      const { low, high, value } = result.value.envelope.heatLossCoefficient;
      return { width: (high - low) / value, facts: result.value.facts };
    });
    expect(after?.width).toBeLessThan(before?.width ?? 0);
    expect(after?.facts).toMatchObject({ name: 'Lilas', heating: 'boiler-condensing', dwellings: 16 });
  });

  it('is doubted where the floor area is another, and a dwelling’s says nothing of how many there are', () => {
    const flat = { ...certificate, scope: 'dwelling' as const, floorAreaM2: 62, dwellings: 1 };
    const { answers, warnings } = answersOfCertificate(flat, described.envelope);
    expect(answers.building).not.toHaveProperty('dwellings');
    expect(warnings.map(({ code }) => code)).toContain('dpe-other-area');
  });

  it('leaves what a model or a person says of its own elements', () => {
    const stated = {
      ...described.envelope,
      elements: described.envelope.elements.map((one) => ({
        ...one,
        u: { ...one.u, provenance: 'computed' as const },
      })),
    };
    expect(answersOfCertificate(certificate, stated).answers).not.toHaveProperty('uByGroup');
  });
});
