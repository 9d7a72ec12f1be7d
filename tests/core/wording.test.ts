import { describe, expect, it } from 'vitest';
import { countEn, countFr, decimalFr, precisionFr } from '../../src/core/wording.ts';

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
    expect(decimalFr(-0.5, 2)).toBe('-0,50');
    expect([103.2, 32, 0.12345].map((value) => precisionFr(value, 4))).toEqual(['103,2', '32', '0,1235']);
  });
});
