import { describe, expect, it } from 'vitest';
import type { SignatureEvidence } from '#core/evidence.ts';
import { explainGap } from '#measure/index.ts';

const line = (slopeKwhKDay: number, balancePointC: number, baseLoadKwhDay: number): SignatureEvidence => ({
  slopeKwhKDay,
  balancePointC,
  baseLoadKwhDay,
  covariance: [
    [0.01, 0, 0],
    [0, 0.01, 0],
    [0, 0, 0.25],
  ],
  days: 365,
  cvRmsePercent: 10,
  r2: 0.95,
  yearDrift: 0.02,
});
const sure = { slopeSd: 0.02, balanceSdK: 0.1, baseSd: 0.02 };
/** 100 days at 6 °C and 100 at 26 °C. */
const reference: number[] = Array.from({ length: 200 }, (_, i) => (i < 100 ? 6 : 26));
const energy = (
  { slopeKwhKDay, balancePointC, baseLoadKwhDay }: SignatureEvidence,
  days: readonly number[],
) => days.reduce((sum, t) => sum + baseLoadKwhDay + slopeKwhKDay * Math.max(0, balancePointC - t), 0);

const before = line(20, 16, 50);
const promised = { ...line(12, 16, 50), ...sure };
const explain = (after: SignatureEvidence, judgedC = reference, extra = 0) =>
  Object.fromEntries(
    explainGap({
      before,
      promised,
      after,
      referenceC: reference,
      judgedC,
      actualKwh: energy(after, judgedC) + extra,
    }).map((part) => [part.cause, part]),
  );

describe('the gap between promise and result', () => {
  it('writes no sign before a change that rounds to nothing', () => {
    expect(explain(line(20 * 0.999, 16, 50))['fabric-system-air'].evidence.fr).toBe(
      'la pente du chauffage a changé de 0 %, −40 % étaient promis.',
    );
  });

  it('is nothing where the promise was kept', () => {
    for (const { kwh, told } of Object.values(explain(promised))) {
      expect(Math.abs(kwh.value)).toBeLessThan(1e-6);
      expect(told).toBe(false);
    }
  });

  it('has intervals worked by hand: of the fit after alone, then with the drift of a year', () => {
    const half = (yearDrift: number, cause: string): number => {
      const parts = explainGap({
        before,
        promised: { ...promised, slopeSd: 0, balanceSdK: 0, baseSd: 0 },
        after: { ...line(15, 16, 70), yearDrift },
        referenceC: reference,
        judgedC: reference,
        actualKwh: energy(line(15, 16, 70), reference),
      });
      const { low, high } = parts.find((part) => part.cause === cause)?.kwh ?? { low: 0, high: 0 };
      return (high - low) / 2;
    };
    // Spreads of 0.1 kWh/K over 10 K and 100 days, and of 0.5 kWh a day over 200 days: 100 kWh each, 164 at 90 %.
    expect(Math.abs(half(0, 'fabric-system-air') / 164 - 1)).toBeLessThan(0.1);
    expect(Math.abs(half(0, 'base-load') / 164 - 1)).toBeLessThan(0.1);
    // 0.1 K at 12 to 15 kWh/K over 100 days.
    expect(Math.abs(half(0, 'set-point-use') / (1.645 * 135) - 1)).toBeLessThan(0.1);
    // 2 % of 70 kWh a day beside the half kilowatt-hour: 1.49 kWh a day.
    expect(Math.abs(half(0.02, 'base-load') / (1.645 * 200 * 1.487) - 1)).toBeLessThan(0.1);
  });

  it('matches cases worked by hand, one cause at a time', () => {
    // Slope 15 instead of 12: 3 kWh/K over 10 K and 100 days.
    const slope = explain(line(15, 16, 50));
    expect(slope['fabric-system-air'].kwh.value).toBeCloseTo(3000, 6);
    expect(slope['fabric-system-air'].told).toBe(true);
    expect(slope['set-point-use'].kwh.value).toBeCloseTo(0, 6);
    // Heating from 18 °C instead of 16: 12 kWh/K × 2 K × 100 days.
    const balance = explain(line(12, 18, 50));
    expect(balance['set-point-use'].kwh.value).toBeCloseTo(2400, 6);
    expect(balance['set-point-use'].told).toBe(true);
    // 20 kWh a day more without heating, 200 days.
    expect(explain(line(12, 16, 70))['base-load'].kwh.value).toBeCloseTo(4000, 6);
    // The same line in a winter 2 K milder saves 8 kWh/K × 2 K × 100 days less.
    const mild = reference.map((t) => (t === 6 ? 8 : t));
    expect(explain(promised, mild).weather.kwh.value).toBeCloseTo(1600, 6);
    expect(explain(promised, mild).weather.evidence.fr).toBe(
      '800 degrés-jours sous 16,0 °C sur les jours jugés, 1\u202F000 sur autant de jours de la référence.',
    );
    expect(explain(promised, reference, 500).activity.kwh.value).toBeCloseTo(500, 6);
  });

  it('adds up to the gap whatever moves together', () => {
    const after = line(14, 18, 60);
    const judged = reference.map((t) => t - 1);
    const parts = explain(after, judged, 300);
    const sum = Object.values(parts).reduce((total, { kwh }) => total + kwh.value, 0);
    const promise = energy(before, reference) - energy(promised, reference);
    const read = energy(before, judged) - (energy(after, judged) + 300);
    expect(sum).toBeCloseTo(promise - read, 6);
  });

  it('says what the meter cannot tell apart, and a part within its noise as not told', () => {
    const parts = explain(line(12.1, 16.05, 50.2));
    expect(parts['fabric-system-air'].notSeparable?.fr).toContain('ne voit que leur produit');
    expect(parts['set-point-use'].notSeparable?.en).toContain('only their sum');
    expect(parts.weather.notSeparable).toBeNull();
    expect(Object.values(parts).some(({ told }) => told)).toBe(false);
  });
});
