import { describe, expect, it } from 'vitest';
import { promotionGate, type Trial } from '#correct/index.ts';

const line = { slopeKwhKDay: 10, balancePointC: 15, baseLoadKwhDay: 5 };
const trial = (over: Partial<Trial> = {}): Trial => ({ cvRmsePercent: 20, days: 60, heating: line, ...over });

describe('promotion gate', () => {
  it('lets the first sound model in', () => {
    expect(promotionGate(undefined, trial()).promoted).toBe(true);
  });

  it('keeps the champion against a worse challenger and yields to a better one', () => {
    expect(promotionGate(trial(), trial({ cvRmsePercent: 25 })).promoted).toBe(false);
    expect(promotionGate(trial(), trial({ cvRmsePercent: 15 })).promoted).toBe(true);
  });

  it.each([
    ['a negative slope', trial({ heating: { ...line, slopeKwhKDay: -1 } })],
    ['a negative base load', trial({ heating: { ...line, baseLoadKwhDay: -1 } })],
    ['an impossible balance point', trial({ heating: { ...line, balancePointC: 30 } })],
    ['an unknown slope', trial({ heating: { ...line, slopeKwhKDay: Number.NaN } })],
    ['too few days', trial({ days: 5 })],
  ])('refuses %s even when the error is smaller', (_, challenger) => {
    expect(promotionGate(trial(), { ...challenger, cvRmsePercent: 1 }).promoted).toBe(false);
  });

  it.each([
    ['two percent worse, which chance alone may do', { cvRmsePercent: 20.39 }, true],
    ['worse by more', { cvRmsePercent: 20.41 }, false],
    ['judged on fourteen days', { days: 14 }, true],
    ['judged on thirteen', { days: 13 }, false],
    ['that balances at 5 °C', { heating: { ...line, balancePointC: 5 } }, true],
    ['that balances below', { heating: { ...line, balancePointC: 4.9 } }, false],
    ['that balances at 25 °C', { heating: { ...line, balancePointC: 25 } }, true],
    ['that balances above', { heating: { ...line, balancePointC: 25.1 } }, false],
    [
      'that heats with nothing, on no base load',
      { heating: { ...line, slopeKwhKDay: 0, baseLoadKwhDay: 0 } },
      true,
    ],
  ])('draws its lines where it says: one %s', (_, over, promoted) => {
    expect(promotionGate(trial(), trial(over)).promoted).toBe(promoted);
  });

  it('judges a model of hours, which has no heating line, on its error alone', () => {
    const hours = (cvRmsePercent: number): Trial => ({ cvRmsePercent, days: 60 });
    expect(promotionGate(undefined, hours(20)).promoted).toBe(true);
    expect(promotionGate(trial(), hours(19)).promoted).toBe(true);
    expect(promotionGate(hours(20), hours(21)).promoted).toBe(false);
  });

  it('gives its reason in the numbers of each language', () => {
    const { reason } = promotionGate(trial({ cvRmsePercent: 19.41 }), trial({ cvRmsePercent: 18.46 }));
    expect(reason.fr).toContain('erreur de 18,5 % contre 19,4 %');
    expect(reason.en).toContain('error of 18.5 % against 19.4 %');
  });
});
