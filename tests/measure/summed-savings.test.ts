import { describe, expect, it } from 'vitest';
import { summedSavings } from '#measure/index.ts';

const part = (meterId: string, value: number, half: number, actualKwh: number) => ({
  meterId,
  counterfactual: { value, low: value - half, high: value + half },
  actualKwh,
});

describe('savings over several meters', () => {
  it('add up; half widths of different meters in quadrature but for what they share', () => {
    const sum = summedSavings([part('a', 1000, 90, 800), part('b', 2000, 120, 1500)]);
    expect(sum?.savings.value).toBe(700);
    expect(sum?.savingsPercent?.value).toBeCloseTo((100 * 700) / 3000, 9);
    // sqrt(0.02·(90 + 120)² + 0.98·(90² + 120²)) = sqrt(882 + 22050)
    expect(sum?.savings.high).toBeCloseTo(700 + Math.sqrt(22_932), 9);
    expect(sum?.savings.low).toBeCloseTo(700 - Math.sqrt(22_932), 9);
  });

  it('of one meter add their half widths: the same model and the same drift judged both', () => {
    const sum = summedSavings([part('a', 1000, 90, 800), part('a', 500, 40, 450)]);
    expect(sum).toMatchObject({ meters: 1, parts: 2, actualKwh: 1250 });
    expect(sum?.savings.high).toBeCloseTo(250 + 130, 9);
  });

  it('take a meter that began with the works off', () => {
    const sum = summedSavings([part('gas', 10_000, 500, 0), part('electricity', 0, 0, 3000)]);
    expect(sum?.savings.value).toBe(7000);
  });

  it('have no share where nothing would have been used', () => {
    expect(summedSavings([part('gas', 0, 0, 0)])).toMatchObject({
      savings: { value: 0 },
      savingsPercent: null,
    });
  });

  it('of nothing are not zero', () => {
    expect(summedSavings([])).toBeUndefined();
  });
});
