import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import {
  countEn,
  countFr,
  decimalEn,
  decimalFr,
  decimalOf,
  groupedEn,
  numberFr,
  precisionEn,
  precisionFr,
  signedEn,
  signedFr,
} from '../../src/core/wording.ts';

describe('numbers inside sentences', () => {
  it('agree with their words, by the rule of each language', () => {
    expect([0, 1, 2].map((count) => countFr(count, 'jour', 'jours'))).toEqual([
      '0 jour',
      '1 jour',
      '2 jours',
    ]);
    expect([0, 1, 2].map((count) => countEn(count, 'day', 'days'))).toEqual(['0 days', '1 day', '2 days']);
  });

  it('carry a decimal comma in French', () => {
    expect(decimalFr(18.47, 1)).toBe('18,5');
    expect(decimalFr(-0.5, 2)).toBe('−0,50');
    expect([103.2, 32, 0.12345].map((value) => precisionFr(value, 4))).toEqual(['103,2', '32', '0,1235']);
  });

  it('have their thousands apart, by a narrow no-break space in French and a comma in English', () => {
    expect(precisionFr(1480.2, 3)).toBe('1\u202f480');
    expect(precisionEn(1480.2, 3)).toBe('1,480');
    expect(decimalFr(12_345.67, 1)).toBe('12\u202f345,7');
    expect(decimalEn(12_345.67, 1)).toBe('12,345.7');
    expect(countFr(26_304, 'relevé', 'relevés')).toBe('26\u202f304 relevés');
    expect(countEn(26_304, 'reading', 'readings')).toBe('26,304 readings');
    expect(countFr(1.5, 'jour', 'jours')).toBe('1,5 jour');
    expect(numberFr(1297.5)).toBe('1\u202f297,5');
  });

  it('are written without a format just as the format writes them', () => {
    const random = seededRandom(7);
    const odd = [0, -0, 1.005, -2.675, 0.05, -0.04, 998.9999996, 999.4, 1e-7, -3e-9, 1e21, Infinity];
    const spread = Array.from({ length: 20_000 }, () => {
      const value = (random() - 0.5) * 10 ** Math.round(8 * random() - 4);
      return random() < 0.5 ? value : Number(value.toFixed(3));
    });
    for (const [language, decimals] of [
      ['fr', 0],
      ['fr', 1],
      ['en', 2],
    ] as const) {
      const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
        signDisplay: 'negative',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
      const wrong = [...odd, ...spread].filter(
        (value) => decimalOf(value, decimals, language) !== format.format(value).replace('-', '−'),
      );
      expect(wrong).toEqual([]);
    }
    const shortest = new Intl.NumberFormat('fr-FR', { signDisplay: 'negative', maximumFractionDigits: 6 });
    expect(
      [...odd, ...spread].filter((value) => numberFr(value) !== shortest.format(value).replace('-', '−')),
    ).toEqual([]);
  });

  it('carry the sign that a minus is, and none where nothing is left after rounding', () => {
    expect(precisionEn(-1480.2, 3)).toBe('−1,480');
    expect(groupedEn(-0.2)).toBe('0');
    expect(decimalFr(-0.04, 1)).toBe('0,0');
    expect([1200, -40, 0.2].map(signedFr)).toEqual(['+1\u202f200', '−40', '0']);
    expect(signedEn(1200)).toBe('+1,200');
  });
});
