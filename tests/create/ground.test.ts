import { describe, expect, it } from 'vitest';
import { message } from '#core/message.ts';
import { type GroundContext, reductionFactor } from '../../src/create/ground.ts';
import type { Cell } from '../../src/create/types.ts';
import { thermal } from './sample.ts';

const cell = (name: string): Cell => ({
  id: name,
  name,
  heated: false,
  reason: message('nom', 'name'),
  floorAreaM2: 20,
  volumeM3: 50,
});
const context = (over: Partial<GroundContext> = {}): GroundContext => ({
  groundAreaM2: 100,
  groundPerimeterM: 40,
  cellarAreaM2: 0,
  cellarPerimeterM: 0,
  unheatedCells: [],
  ...over,
});
const wall = thermal({ globalId: 'w', kind: 'wall', exposure: 'unheated' });
const ceiling = thermal({ globalId: 'c', kind: 'roof', exposure: 'unheated', tiltDeg: 0 });
const floor = thermal({ globalId: 'f', kind: 'floor', exposure: 'ground', tiltDeg: 180, areaNetM2: 100 });

describe('temperature reduction factor b', () => {
  // 3CL-DPE 2021, area ratio 0.75 to 1: insulated/bare 0.85 0.9 0.95 0.95, bare/bare 0.5 0.55 0.7 0.8.
  it('wall to a garage: 0.95 insulated, 0.70 bare', () => {
    const garage = context({ unheatedCells: [cell('Garage 2')] });
    expect(reductionFactor(wall, 0.4, garage).b).toBe(0.95);
    expect(reductionFactor(wall, 2.5, garage).b).toBe(0.7);
  });

  it('wall to a stair: 0.90 insulated, 0.55 bare', () => {
    const stair = context({ unheatedCells: [cell('Cage d’escalier')] });
    expect(reductionFactor(wall, 0.4, stair).b).toBe(0.9);
    expect(reductionFactor(wall, 2.5, stair).b).toBe(0.55);
  });

  it('ceiling under an attic: 0.95 insulated, 0.80 bare; a cell of another kind does not change that', () => {
    expect(reductionFactor(ceiling, 0.3, context({ unheatedCells: [cell('Garage')] })).b).toBe(0.95);
    expect(reductionFactor(ceiling, 2.5, context()).b).toBe(0.8);
  });

  it('an assumed kind is said', () => {
    expect(reductionFactor(wall, 0.4, context()).basis).toContain('assumed');
  });

  it('outside 1, between heated rooms 0, and never outside 0 to 1 whatever the U', () => {
    expect(reductionFactor({ ...wall, exposure: 'exterior' }, 1, context()).b).toBe(1);
    expect(reductionFactor({ ...wall, exposure: 'adiabatic' }, 1, context()).b).toBe(0);
    const basement = thermal({ globalId: 'b', kind: 'floor', exposure: 'unheated', tiltDeg: 180 });
    for (const element of [wall, ceiling, floor, { ...wall, exposure: 'ground' as const }, basement])
      for (const u of [0.05, 0.3, 1, 3, 7])
        for (const perimeter of [0, 1, 400]) {
          const { b } = reductionFactor(element, u, context({ groundPerimeterM: perimeter }));
          expect(b).toBeGreaterThan(0);
          expect(b).toBeLessThanOrEqual(1);
        }
  });

  it('the soil matters less to a floor that is already insulated', () => {
    expect(reductionFactor(floor, 0.2, context()).b).toBeGreaterThan(reductionFactor(floor, 3, context()).b);
  });

  it('a floor without perimeter is read as a square, 40 m for 100 m2, and says so', () => {
    const square = reductionFactor(floor, 1, context({ groundPerimeterM: 0 }));
    const known = reductionFactor(floor, 1, context({ groundPerimeterM: 40 }));
    expect(square.b).toBe(known.b);
    expect(square.basis).toContain('perimeter 40.0 m of a square assumed');
    expect(known.basis).toContain('perimeter 40.0 m, ');
  });

  // ISO 13370:2017 7.4 by hand in docs/hand-check.md: 24 m × 15 m over a cellar, U 2.381.
  it('a floor over a cellar takes its own perimeter, and a square only where none is known', () => {
    const over = thermal({
      globalId: 'cellar',
      kind: 'floor',
      exposure: 'unheated',
      tiltDeg: 180,
      areaNetM2: 360,
    });
    const u = 1 / (0.17 + 0.2 / 2.5 + 0.17);
    const real = reductionFactor(over, u, context({ cellarAreaM2: 360, cellarPerimeterM: 78 }));
    const square = reductionFactor(over, u, context({ cellarAreaM2: 360 }));
    expect(360 * u * real.b).toBeCloseTo(293.3, 1);
    expect(360 * u * square.b).toBeCloseTo(289.7, 1);
    expect(real.basis).toContain('perimeter 78.0 m: U');
    expect(square.basis).toContain('perimeter 75.9 m of a square assumed');
    // Two parts of one floor lose as the whole does.
    const half = { ...over, areaNetM2: 180 };
    expect(reductionFactor(half, u, context({ cellarAreaM2: 360, cellarPerimeterM: 78 })).b).toBeCloseTo(
      real.b,
      12,
    );
  });
});
