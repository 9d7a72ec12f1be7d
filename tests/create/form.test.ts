import { describe, expect, it } from 'vitest';
import typologies from '../../models/typologies-fr.json' with { type: 'json' };
import { twinFromForm } from '../../src/create/form.ts';
import { logSigma } from '../../src/create/spreads.ts';

const block = {
  id: 'r1',
  name: 'Résidence des Lilas',
  use: 'housing',
  floorAreaM2: 2000,
  storeys: 5,
  dwellings: 30,
  period: '1949-1967',
};
const built = (form: unknown) => {
  const result = twinFromForm(form);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

describe('a twin without a model', () => {
  it('a box of 400 m2 and 14 m: 3:1 footprint, perimeter 2·(34.64 + 11.55) = 92.4 m', () => {
    const { envelope } = built(block);
    expect(envelope.groundPerimeterM).toBeCloseTo(2 * (Math.sqrt(400 / 3) + 3 * Math.sqrt(400 / 3)), 6);
    expect(envelope.volumeM3).toBe(5600);
    expect(envelope.windowM2).toBeCloseTo(2000 / 6, 6);
    expect(envelope.exterior.wallNetM2 + envelope.windowM2 + envelope.doorM2).toBeCloseTo(
      envelope.exterior.wallGrossM2,
      6,
    );
  });

  it('it says what it assumed, and its doubt is wider than a model’s', () => {
    const { twin, warnings } = built(block);
    expect(warnings.map((one) => one.code)).toEqual(['form-geometry', 'typology-assumed']);
    expect(logSigma(twin.heatLoss)).toBeGreaterThan(0.15);
    expect(twin.heatLoss.provenance).toBe('period-default');
  });

  it('less is known, wider it is: period, then nothing', () => {
    const { period: _, ...unknown } = block;
    expect(logSigma(built(unknown).twin.heatLoss)).toBeGreaterThan(logSigma(built(block).twin.heatLoss));
    expect(built(unknown).warnings.map((one) => one.code)).toContain('u-period-unknown');
  });

  it('insulating the walls in 2015 takes heat loss away from the walls only', () => {
    const before = built(block).twin;
    const after = built({ ...block, works: [{ element: 'walls', year: 2015 }] }).twin;
    const loss = (twin: typeof before, group: string) =>
      twin.losses.find((one) => one.group === group)?.h.value;
    expect(loss(after, 'walls')).toBeLessThan((loss(before, 'walls') ?? 0) / 3);
    expect(loss(after, 'roof')).toBe(loss(before, 'roof'));
    expect(after.elements.find((one) => one.group === 'walls')?.u.basis).toContain('Renovated in 2015');
  });

  it('newer buildings lose less', () => {
    const h = ['1960', '1976', '1990', '2003', '2010', '2015'].map(
      (period) => built({ ...block, period }).twin.heatLoss.value,
    );
    expect(h).toEqual([...h].sort((a, b) => b - a));
  });

  it.each(typologies.types)(
    'TABULA $type built $fromYear-$toYear: published transmission inside the interval',
    (type) => {
      const { twin, envelope } = built({
        ...block,
        floorAreaM2: type.referenceAreaM2,
        storeys: type.storeys,
        dwellings: undefined,
        typology: { AB: 'apartment-block', MFH: 'multi-family', SFH: 'single-family' }[type.type],
        period: `${type.fromYear ?? 1800}-${type.toYear ?? 2020}`,
      });
      const published = type.transmissionWm2K * type.referenceAreaM2 + envelope.air.value;
      const { low, high } = twin.heatLoss;
      expect(published).toBeGreaterThan(low);
      expect(published).toBeLessThan(high);
    },
  );

  it.each([
    ['no area', { ...block, floorAreaM2: undefined }, 'form-invalid'],
    ['an area of minus 3', { ...block, floorAreaM2: -3 }, 'form-invalid'],
    ['half a storey', { ...block, storeys: 0.5 }, 'form-invalid'],
    ['a period of its own', { ...block, period: 'vieux' }, 'period-invalid'],
    ['nothing', null, 'form-invalid'],
  ])('a form with %s is refused', (_, form, code) => {
    const result = twinFromForm(form);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.code).toBe(code);
  });

  it('a school is a school: its own gains and set point, and the typology’s limits are said', () => {
    const { twin, warnings } = built({ ...block, use: 'school' });
    expect(twin.setPointC.value).toBe(19);
    expect(twin.internalGainsW.value).toBe(5000);
    expect(warnings.map((one) => one.code)).toContain('typology-housing-only');
  });
});
