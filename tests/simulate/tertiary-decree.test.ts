import { describe, expect, it } from 'vitest';
import { declarationDue, isDisproportionate, tertiaryLanding, type TertiarySite } from '#simulate/index.ts';

const school: TertiarySite = { areaM2: 2000, reference: { year: 2012, finalKwh: 300_000 } };
const draws = Float64Array.from([120_000, 150_000, 180_000, 200_000]);

describe('tertiary decree', () => {
  // CCH L174-1: -40, -50, -60 % of 300 MWh are 180, 150 and 120 MWh.
  it('takes 40, 50 and 60 % off the reference and counts the draws at or under', () => {
    const result = tertiaryLanding(school, draws);
    expect(
      result.ok && result.value.map(({ year, relativeKwh, chanceMet }) => [year, relativeKwh, chanceMet]),
    ).toEqual([
      [2030, 180_000, 0.75],
      [2040, 150_000, 0.5],
      [2050, 120_000, 0.25],
    ]);
  });

  // DOMAIN 3.3: primary school by default in H2c, 69 kWh/m2 in 2030.
  it('keeps the more favourable target, and evaluates no absolute one it does not know', () => {
    const easy = tertiaryLanding({ ...school, absoluteKwhM2: { 2030: 100, 2040: 69 } }, draws);
    expect(easy.ok && easy.value.map(({ absoluteKwh, targetKwh }) => [absoluteKwh, targetKwh])).toEqual([
      [200_000, 200_000],
      [138_000, 150_000],
      [null, 120_000],
    ]);
  });

  it.each([
    [{ ...school, areaM2: 999 }, 'tertiary-not-subject'],
    [{ ...school, areaM2: -5 }, 'tertiary-bad-figure'],
    [{ ...school, reference: { year: 2023, finalKwh: 1 } }, 'tertiary-reference-year'],
    [{ ...school, reference: { year: 2012, finalKwh: Number.NaN } }, 'tertiary-bad-figure'],
  ])('refuses %j', (site, code) => {
    const result = tertiaryLanding(site, draws);
    expect(!result.ok && result.error.code).toBe(code);
  });

  it('knows the day of the declaration, and when works cost out of proportion', () => {
    expect(declarationDue(2025)).toBe('2026-09-30');
    expect(isDisproportionate('envelope', 31_000, 1000)).toBe(true);
    expect(isDisproportionate('envelope', 30_000, 1000)).toBe(false);
    expect(isDisproportionate('control', 11_000, 1000)).toBe(true);
    expect(isDisproportionate('equipment', 5000, 0)).toBe(true);
    expect(isDisproportionate('equipment', null, 100)).toBeNull();
  });
});
