import { describe, expect, it } from 'vitest';
import { lossGroups } from '#core/twin.ts';
import { envelopeFrom } from '../../src/create/envelope.ts';
import { buildingFactsSchema } from '../../src/create/schema.ts';
import { solarAperture, southShare } from '../../src/create/solar.ts';
import { logSigma } from '../../src/create/spreads.ts';
import { twinFromEnvelope } from '../../src/create/twin.ts';
import { geometry, model, thermal } from './sample.ts';

const envelope = envelopeFrom(model, geometry, { period: '1975-1977' });
const facts = buildingFactsSchema.parse({ id: 'b1', name: 'Maison', use: 'housing', constructionYear: 1976 });
const twin = twinFromEnvelope(envelope, facts);

describe('twin of the box', () => {
  it('the losses by group add up to the heat loss', () => {
    const sum = twin.losses.reduce((total, loss) => total + loss.h.value, 0);
    expect(sum).toBeCloseTo(twin.heatLoss.value, 1);
    expect(twin.losses.map((loss) => loss.group)).toEqual(
      lossGroups.filter((group) => twin.losses.some((loss) => loss.group === group)),
    );
  });

  it('a group without elements is left out, for a log-normal of zero means nothing', () => {
    expect(twin.losses.map((loss) => loss.group)).not.toContain('doors');
    expect(twin.losses.every((loss) => loss.h.low > 0)).toBe(true);
  });

  it('every figure has a basis and an ordered interval', () => {
    const figures = [
      twin.floorAreaM2,
      twin.volumeM3,
      twin.heatLoss,
      twin.setPointC,
      twin.internalGainsW,
      twin.solarApertureM2,
      twin.heatedShare,
      twin.system.efficiency,
      twin.baseLoadKwhDay,
      twin.capacityJK,
      ...twin.losses.map((loss) => loss.h),
      ...twin.elements.map((element) => element.u),
    ];
    for (const figure of figures) {
      expect(figure.basis.length).toBeGreaterThan(10);
      expect(figure.low).toBeLessThan(figure.value);
      expect(figure.high).toBeGreaterThanOrEqual(figure.value);
    }
  });

  it('solar aperture: 12 m2 south, g 0.8, 0.9 × 0.6 × 0.7 = 3.63 m2', () => {
    expect(twin.solarApertureM2.value).toBeCloseTo(12 * 0.8 * 0.9 * 0.6 * 0.7, 3);
    const north = envelope.elements.map((element) => ({ ...element, azimuthDeg: 0 }));
    expect(solarAperture(north).value).toBeCloseTo(0.41 * twin.solarApertureM2.value, 3);
  });

  it('the sun is the table’s at the four cardinal points and on a roof, and symmetric east to west', () => {
    expect(southShare(180, 90)).toBeCloseTo(1, 10);
    expect(southShare(0, 90)).toBeCloseTo(0.41, 10);
    expect(southShare(90, 90)).toBeCloseTo(0.69, 10);
    expect(southShare(135, 60)).toBeCloseTo(southShare(225, 60), 10);
    expect(southShare(77, 0)).toBeCloseTo(1.03, 10);
    expect(southShare(180, 180)).toBe(0);
  });

  it('what a person knows replaces the habit of the use and is narrower', () => {
    const told = twinFromEnvelope(envelope, {
      ...facts,
      setPointC: 21,
      efficiency: 0.9,
      heating: 'boiler-condensing',
      heatedShare: 1,
      inertia: 'heavy',
      hotWaterOnHeatingMeter: false,
    });
    expect(told.setPointC).toMatchObject({ value: 21, provenance: 'typed' });
    expect(told.setPointC.high - told.setPointC.low).toBeLessThan(twin.setPointC.high - twin.setPointC.low);
    expect(logSigma(told.system.efficiency)).toBeLessThan(logSigma(twin.system.efficiency));
    expect(told.heatedShare.high).toBe(1);
    expect(told.baseLoadKwhDay.high).toBeLessThan(twin.baseLoadKwhDay.value);
    expect(told.baseLoadKwhDay.low).toBeGreaterThan(0);
    expect(told.capacityJK.value).toBe(260_000 * 144);
  });

  it('an unknown heating system is said and wide', () => {
    expect(twin.system.efficiency.basis).toContain('unknown');
    expect(twin.system.efficiency.low).toBe(0.6);
  });

  it('hot water of one dwelling of 72 m2 twice: 0.035·72 = 2.52, 1.75 + 0.3·0.77 = 1.981 adults each', () => {
    const two = twinFromEnvelope(envelope, { ...facts, dwellings: 2, hotWaterOnHeatingMeter: true });
    const useful = (1.163 * 2 * 1.981 * 56 * 27) / 1000;
    expect(two.baseLoadKwhDay.value).toBeCloseTo(useful / (0.55 * 0.77), 2);
  });

  it('alike elements are one: forty equal windows weigh as one of their area', () => {
    const windows = Array.from({ length: 40 }, (_, index) =>
      thermal({ globalId: `w${index}`, kind: 'window', azimuthDeg: 180, areaNetM2: 1.5 }),
    );
    const many = twinFromEnvelope(
      envelopeFrom(model, { ...geometry, elements: [...geometry.elements, ...windows] }, { period: '1976' }),
      facts,
    );
    const merged = many.elements.filter((element) => element.group === 'windows');
    expect(merged).toHaveLength(1);
    expect(merged[0]?.areaNetM2).toBeCloseTo(72, 6);
  });

  it.each([
    ['no id', { name: 'x', use: 'housing' }],
    ['a use nobody knows', { id: 'b', name: 'x', use: 'castle' }],
    ['a set point of 90', { id: 'b', name: 'x', use: 'housing', setPointC: 90 }],
  ])('facts with %s are refused', (_, value) => {
    expect(buildingFactsSchema.safeParse(value).success).toBe(false);
  });
});
