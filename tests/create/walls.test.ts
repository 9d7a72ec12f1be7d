import { describe, expect, it } from 'vitest';
import type { BuildingModel, Face, Vec3 } from '../../src/core/building-model.ts';
import { envelopeFrom, thermalGeometry } from '../../src/create/index.ts';
import { boxShape, element, elementOf, house, joined, room, solid, withElements } from './model-house.ts';

/** Triangles of a plane of constant y, 10 m by 3 m, around a window from 4 to 6 m and from 0.9 to 2.1 m. */
const aroundWindow = (y: number): Face[] => {
  const [xs, zs] = [
    [0, 4, 6, 10],
    [0, 0.9, 2.1, 3],
  ];
  const faces: Face[] = [];
  for (let i = 0; i < 3; i++)
    for (let k = 0; k < 3; k++) {
      if (i === 1 && k === 1) continue;
      const ring: Vec3[] = [
        [xs[i], y, zs[k]],
        [xs[i + 1], y, zs[k]],
        [xs[i + 1], y, zs[k + 1]],
        [xs[i], y, zs[k + 1]],
      ];
      const [a, b, c, d] = y === 0 ? ring : ring.toReversed();
      faces.push({ outer: [a, b, c], holes: [] }, { outer: [a, c, d], holes: [] });
    }
  return faces;
};

describe('walls', () => {
  it('an inner wall with a niche has the area of one whole side', () => {
    const niche = joined(
      boxShape(4, 0.3, 0, 0.3, 3, 3),
      boxShape(4, 3.3, 0, 0.2, 1, 3),
      boxShape(4, 4.3, 0, 0.3, 3.4, 3),
    );
    const geometry = thermalGeometry(withElements(house(), element('inner', 'wall', { shape: niche })));
    expect(elementOf(geometry, 'inner').exposure).toBe('internal');
    expect(elementOf(geometry, 'inner').areaGrossM2).toBeCloseTo(7.4 * 3, 6);
  });

  it('a wall drawn as triangles with its window already cut out is not cut twice', () => {
    const model = house();
    const triangles = boxShape(0, 0, 0, 10, 0.3, 3).faces.flatMap(({ outer: [a, b, c, d] }): Face[] =>
      a[1] === b[1] && b[1] === c[1]
        ? aroundWindow(a[1])
        : [
            { outer: [a, b, c], holes: [] },
            { outer: [a, c, d], holes: [] },
          ],
    );
    const shape = { faces: triangles, exact: true, method: 'mesh' as const };
    const elements = model.elements.map((one) => (one.globalId === 'wall-south' ? { ...one, shape } : one));
    const geometry = thermalGeometry({ ...model, elements });
    expect(elementOf(geometry, 'wall-south').areaGrossM2).toBeCloseTo(30, 6);
    expect(elementOf(geometry, 'wall-south').areaNetM2).toBeCloseTo(27.6, 6);
    expect(geometry.windowM2).toBeCloseTo(2.4, 6);
  });

  it('a doorway already cut out of its wall does not let the outside in', () => {
    const model = house();
    const cut = joined(
      boxShape(9.7, 0.3, 0, 0.3, 2.7, 3),
      boxShape(9.7, 4, 0, 0.3, 3.7, 3),
      boxShape(9.7, 3, 2.1, 0.3, 1, 0.9),
    );
    const elements = model.elements.map((one) =>
      one.globalId === 'wall-east' ? { ...one, shape: cut } : one,
    );
    const geometry = thermalGeometry({ ...model, elements, spaces: [] });
    expect([geometry.closed, geometry.externalWalls]).toEqual([true, 4]);
    expect(elementOf(geometry, 'door').exposure).toBe('exterior');
    expect(geometry.exterior.wallNetM2).toBeCloseTo(104.4 - 4.5, 6);
    expect(Math.abs(geometry.floorAreaM2 / 69.56 - 1)).toBeLessThan(0.01);
  });

  it('a wall in two exposures keeps the U of its layers on both parts', () => {
    const model = house();
    const layers = [{ name: 'Béton', thicknessM: 0.3, conductivityWmK: 2 }];
    const elements = [
      ...model.elements.map((one) => (one.globalId === 'wall-north' ? { ...one, layers } : one)),
      solid('garage-north', 'wall', 0, 11.7, 0, 5, 0.3, 3),
      solid('garage-west', 'wall', 0, 8, 0, 0.3, 3.7, 3),
      solid('garage-east', 'wall', 4.7, 8, 0, 0.3, 3.7, 3),
      solid('garage-roof', 'roof', 0, 8, 3, 5, 4, 0.2),
      solid('garage-floor', 'floor', 0, 8, -0.2, 5, 4, 0.2),
    ];
    const whole: BuildingModel = {
      ...model,
      elements,
      spaces: [...model.spaces, room('garage', 'Garage', 0.3, 8, 0, 4.4, 3.7, 3)],
      warnings: [{ code: 'length-unit-assumed', message: { fr: 'Mètre supposé.', en: 'Metre assumed.' } }],
    };
    const envelope = envelopeFrom(whole, thermalGeometry(whole));
    const parts = envelope.elements.filter((one) => one.globalId.startsWith('wall-north'));
    expect(parts.map((one) => one.exposure).sort()).toEqual(['exterior', 'unheated']);
    expect(parts.map((one) => one.u.provenance)).toEqual(['computed', 'computed']);
    expect(envelope.warnings.map(({ code }) => code)).toContain('length-unit-assumed');
  });
});
