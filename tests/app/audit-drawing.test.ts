import { describe, expect, it } from 'vitest';
import { envelopeDrawing } from '#app/audit-drawing.ts';
import { wordsOf } from '#app/audit-words.ts';
import type { BuildingElement } from '#app/views.ts';
import { boundedQuantity } from '#core/quantity.ts';

const element = (
  group: BuildingElement['group'],
  areaNetM2: number,
  azimuthDeg: number,
  tiltDeg: number,
  uWm2K: number,
): BuildingElement => ({
  id: `${group}/${azimuthDeg}`,
  name: group,
  group,
  exposure: group === 'floor' ? 'ground' : 'exterior',
  exposureConfidence: 1,
  areaNetM2,
  azimuthDeg,
  tiltDeg,
  u: boundedQuantity(uWm2K, uWm2K, uWm2K, 'W/(m2 K)', 'computed', 'test'),
  b: 1,
  lossWK: areaNetM2 * uWm2K,
});

/** 20 m by 10 m, 6 m high: 120 m2 long façades, 60 m2 short ones, a third of the south in glass. */
const box = [
  element('walls', 120, 0, 90, 1),
  element('walls', 60, 90, 90, 1),
  element('walls', 80, 170, 90, 1),
  element('windows', 40, 190, 90, 3),
  element('walls', 60, 270, 90, 1),
  element('roof', 200, 0, 0, 0.5),
  element('floor', 200, 0, 180, 0.25),
];

describe('the picture of an envelope', () => {
  it('is the box that has its areas, with the glass in it and the worst face darkest', () => {
    const drawn = envelopeDrawing(box, wordsOf('fr'));
    if (drawn?.kind !== 'drawing') throw new Error('no drawing');
    const [north, east, south, , roof] = drawn.faces;
    expect(north).toMatchObject({ title: 'façade nord', panes: [] });
    expect(north?.widthM).toBeCloseTo(20, 9);
    expect(north?.heightM).toBeCloseTo(6, 9);
    expect(east?.widthM).toBeCloseTo(10, 9);
    expect([roof?.widthM, roof?.heightM]).toEqual([expect.closeTo(20, 9), expect.closeTo(10, 9)]);
    const glass = south?.panes.reduce((sum, pane) => sum + pane.widthM * pane.heightM, 0);
    expect(glass).toBeCloseTo(40, 9);
    for (const { xM, yM, widthM, heightM } of south?.panes ?? []) {
      expect(Math.min(xM, yM)).toBeGreaterThan(0);
      expect(xM + widthM).toBeLessThan(20);
      expect(yM + heightM).toBeLessThan(6);
    }
    expect(south?.strength).toBe(1);
    expect(roof?.strength).toBeLessThan(0.5);
    expect(drawn.alt).toContain('façade sud : 120 m², 33 % vitrés, 1,7 W/(m²·K)');
  });

  it('is none where no box has the areas', () => {
    expect(envelopeDrawing(box.slice(0, 5), wordsOf('fr'))).toBeUndefined();
    expect(envelopeDrawing(box.slice(5), wordsOf('fr'))).toBeUndefined();
  });
});
