import { describe, expect, it } from 'vitest';
import { bordeaux } from '#core/physics/bordeaux.ts';
import { type BalanceDraws, monthlyNeed, needShare } from '#core/physics/monthly-balance.ts';
import { degreeDays, type MonthlyWeather, seasonSolarWm2 } from '#core/physics/monthly-weather.ts';

const one = (value: number): Float64Array => Float64Array.from([value]);
const building = (lossWK: number, more: Partial<Record<keyof BalanceDraws, number>> = {}): BalanceDraws => ({
  lossWK: one(lossWK),
  setPointC: one(more.setPointC ?? 20),
  gainsW: one(more.gainsW ?? 500),
  solarApertureM2: one(more.solarApertureM2 ?? 4),
  capacityJK: one(more.capacityJK ?? 3e7),
});
const need = (draws: BalanceDraws): number => monthlyNeed(draws, bordeaux)[0];
/** What the months that lose heat lose and gain, for a building of `building` without more. */
const termsOf = (lossWK: number): { lossKwh: number; gainsKwh: number } => {
  const { setPointC, gainsW, solarApertureM2 } = building(lossWK);
  let [lossKwh, gainsKwh] = [0, 0];
  for (const { days, meanC, southKwhM2 } of bordeaux.months) {
    if (meanC >= setPointC[0]) continue;
    lossKwh += lossWK * (setPointC[0] - meanC) * 0.024 * days;
    gainsKwh += gainsW[0] * 0.024 * days + solarApertureM2[0] * southKwhM2;
  }
  return { lossKwh, gainsKwh };
};
const january: MonthlyWeather = {
  ...bordeaux,
  months: [{ days: 31, meanC: 5, dailySdK: 3, southKwhM2: 60 }],
};

describe('utilisation of gains', () => {
  it('is ISO 13790 equation 52 written as what remains of the losses', () => {
    for (const [ratio, exponent] of [
      [0.5, 2],
      [0.9, 5],
      [1.4, 3],
    ] as const) {
      const eta = (1 - ratio ** exponent) / (1 - ratio ** (exponent + 1));
      expect(needShare(ratio, exponent)).toBeCloseTo(1 - eta * ratio, 12);
    }
  });

  it('passes γ = 1 smoothly at 1/(a + 1) and is 1 without gains', () => {
    expect(needShare(1, 3)).toBeCloseTo(0.25, 12);
    expect(needShare(1 + 1e-7, 3)).toBeCloseTo(needShare(1 + 2e-6, 3), 5);
    expect(needShare(0, 3)).toBe(1);
    expect(needShare(50, 3)).toBeGreaterThanOrEqual(0);
  });
});

describe('monthly balance', () => {
  it('matches one month worked by hand', () => {
    // Q_ht = 200·15·0.744 = 2232; Q_gn = 500·0.744 + 4·60 = 612; τ = 3e7/3600/200 = 41.67 h; a = 3.7778; γ = 0.27419.
    const ratio = 612 / 2232;
    const a = 1 + 3e7 / 3600 / 200 / 15;
    const eta = (1 - ratio ** a) / (1 - ratio ** (a + 1));
    expect(monthlyNeed(building(200), january)[0]).toBeCloseTo(2232 - eta * 612, 8);
    expect(2232 - eta * 612).toBeGreaterThan(1620);
    expect(2232 - eta * 612).toBeLessThan(1625);
  });

  it('uses some of the gains, and never more than there are', () => {
    for (const loss of [30, 100, 400, 2000]) {
      const { lossKwh, gainsKwh } = termsOf(loss);
      const usedKwh = lossKwh - need(building(loss));
      expect(usedKwh).toBeGreaterThan(0);
      expect(usedKwh).toBeLessThanOrEqual(gainsKwh * (1 + 1e-9));
    }
  });

  it('falls with insulation, gains and mass, rises with the set point', () => {
    let before = need(building(3000));
    for (let loss = 2900; loss >= 100; loss -= 100) {
      const now = need(building(loss));
      expect(now).toBeLessThan(before);
      before = now;
    }
    expect(need(building(200, { gainsW: 900 }))).toBeLessThan(need(building(200)));
    expect(need(building(200, { capacityJK: 6e7 }))).toBeLessThan(need(building(200)));
    expect(need(building(200, { setPointC: 21 }))).toBeGreaterThan(need(building(200)));
  });

  it('needs nothing without losses or below the outdoor temperature', () => {
    expect(need(building(0))).toBe(0);
    expect(need(building(200, { setPointC: 1 }))).toBe(0);
  });
});

describe('typical year of Bordeaux', () => {
  it('has the degree-days published for it, about 1,850 to 2,100 K·d in base 18', () => {
    expect(degreeDays(bordeaux, 18)).toBeGreaterThan(1850);
    expect(degreeDays(bordeaux, 18)).toBeLessThan(2150);
    expect(degreeDays(bordeaux, 12)).toBeLessThan(degreeDays(bordeaux, 13));
  });

  it('is exact without daily spread', () => {
    const flat = { ...january, months: [{ days: 31, meanC: 5, dailySdK: 0, southKwhM2: 0 }] };
    expect(degreeDays(flat, 15)).toBe(310);
    expect(degreeDays(flat, 4)).toBe(0);
  });

  it('has a winter sun of about 120 W/m2 on the south', () => {
    expect(seasonSolarWm2(bordeaux)).toBeGreaterThan(90);
    expect(seasonSolarWm2(bordeaux)).toBeLessThan(140);
  });
});
