import { describe, expect, it } from 'vitest';
import {
  airLayerResistance,
  basementWall,
  floorOverUnheatedBasement,
  heatedBasementFloor,
  rectangularWindow,
  slabOnGround,
  surfaceResistances,
  type UValueLayer,
  uOfLayers,
  windowU,
} from '#core/physics/u-values/index.ts';

const wall = surfaceResistances('horizontal', 'exterior');

const layered = (layers: readonly UValueLayer[]) => {
  const result = uOfLayers(layers, wall);
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

// Scottish Building Standards, technical handbook 2017 (domestic), annex 6.B: worked examples of ISO 6946.
const timberFrame: readonly UValueLayer[] = [
  { thicknessM: 0.102, conductivityWmK: 0.77 },
  { resistanceM2KW: 0.18 },
  { thicknessM: 0.009, conductivityWmK: 0.13 },
  {
    thicknessM: 0.14,
    parts: [
      { fraction: 0.85, conductivityWmK: 0.04 },
      { fraction: 0.15, conductivityWmK: 0.12 },
    ],
  },
  { thicknessM: 0.0125, conductivityWmK: 0.21 },
];
const dryLinedCavity: readonly UValueLayer[] = [
  { thicknessM: 0.102, conductivityWmK: 0.77 },
  { resistanceM2KW: 0.18 },
  {
    thicknessM: 0.125,
    parts: [
      { fraction: 0.933, conductivityWmK: 0.11 },
      { fraction: 0.067, conductivityWmK: 0.88 },
    ],
  },
  {
    thicknessM: 0.089,
    parts: [
      { fraction: 0.882, conductivityWmK: 0.038 },
      { fraction: 0.118, conductivityWmK: 0.13 },
    ],
  },
  { thicknessM: 0.0125, conductivityWmK: 0.21 },
];

describe('layers by ISO 6946', () => {
  it('timber-framed wall of example 6.B.2: limits 3.435 and 3.304, U 0.297', () => {
    const u = layered(timberFrame);
    expect(u.upperLimitM2KW).toBeCloseTo(3.435, 2);
    expect(u.lowerLimitM2KW).toBeCloseTo(3.304, 2);
    expect(u.uWm2K).toBeCloseTo(0.297, 3);
  });

  it('dry-lined cavity wall of example 6.B.3, two bridged layers: limits 3.617 and 3.136, U 0.30', () => {
    const u = layered(dryLinedCavity);
    expect(u.upperLimitM2KW).toBeCloseTo(3.617, 2);
    expect(u.lowerLimitM2KW).toBeCloseTo(3.136, 2);
    expect(u.uWm2K).toBeCloseTo(0.3, 2);
  });

  it('three homogeneous layers: 0.13 + 0.01/0.7 + 0.2/0.04 + 0.3/0.5 + 0.04 = 5.7843 (5.784 rounded gives 0.17289), limits equal', () => {
    const u = layered([
      { thicknessM: 0.01, conductivityWmK: 0.7 },
      { thicknessM: 0.2, conductivityWmK: 0.04 },
      { thicknessM: 0.3, conductivityWmK: 0.5 },
    ]);
    expect(u.resistanceM2KW).toBeCloseTo(5.784, 3);
    expect(u.uWm2K).toBeCloseTo(0.17289, 4);
    expect(u.maxRelativeError).toBeCloseTo(0, 12);
  });

  it('U falls with each centimetre of insulation added and the lower limit never passes the upper', () => {
    let last = Number.POSITIVE_INFINITY;
    for (let centimetres = 1; centimetres <= 40; centimetres += 1) {
      const u = layered([...dryLinedCavity, { thicknessM: centimetres / 100, conductivityWmK: 0.035 }]);
      expect(u.uWm2K).toBeLessThan(last);
      expect(u.lowerLimitM2KW).toBeLessThanOrEqual(u.upperLimitM2KW);
      last = u.uWm2K;
    }
  });

  it.each<[string, UValueLayer]>([
    ['zero thickness', { thicknessM: 0, conductivityWmK: 1 }],
    ['negative thickness', { thicknessM: -0.2, conductivityWmK: 1 }],
    ['zero conductivity', { thicknessM: 0.2, conductivityWmK: 0 }],
    ['no number', { thicknessM: 0.2, conductivityWmK: Number.NaN }],
    ['endless resistance', { resistanceM2KW: Number.POSITIVE_INFINITY }],
    [
      'fractions over 1',
      {
        thicknessM: 0.1,
        parts: [
          { fraction: 0.9, conductivityWmK: 1 },
          { fraction: 0.9, conductivityWmK: 1 },
        ],
      },
    ],
    ['no part', { thicknessM: 0.1, parts: [] }],
  ])('a layer with %s is refused by name', (_, layer) => {
    const result = uOfLayers([{ thicknessM: 0.2, conductivityWmK: 1 }, layer], wall);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message.en).toContain('Layer 2');
  });

  it('a wall of forty studded layers ends with a refusal, not a trillion sections', () => {
    const studs: UValueLayer = {
      thicknessM: 0.01,
      parts: [
        { fraction: 0.5, conductivityWmK: 0.04 },
        { fraction: 0.5, conductivityWmK: 0.13 },
      ],
    };
    expect(
      uOfLayers(
        Array.from({ length: 40 }, () => studs),
        wall,
      ).ok,
    ).toBe(false);
  });

  it('films: 0.17 + 0.04 for a wall outside, twice 0.10 under an attic, none on soil', () => {
    expect(wall).toEqual({ rsiM2KW: 0.13, rseM2KW: 0.04 });
    expect(surfaceResistances('up', 'unheated')).toEqual({ rsiM2KW: 0.1, rseM2KW: 0.1 });
    expect(surfaceResistances('down', 'ground')).toEqual({ rsiM2KW: 0.17, rseM2KW: 0 });
  });

  it('air layers of table 2, interpolated: 20 mm horizontal is midway between 0.17 and 0.18', () => {
    expect(airLayerResistance(0.02, 'horizontal')).toBeCloseTo(0.175, 6);
    expect(airLayerResistance(0.3, 'down')).toBe(0.23);
    expect(airLayerResistance(5, 'up')).toBe(0.16);
    expect(airLayerResistance(0, 'up')).toBe(0);
  });
});

const slab = {
  areaM2: 100,
  exposedPerimeterM: 40,
  wallThicknessM: 0.4,
  floorResistanceM2KW: 3,
  soilConductivityWmK: 2,
};

describe('ground by ISO 13370', () => {
  it("well-insulated slab, B' 5 m and d_t 6.82 m: 2/(0.457·5 + 6.82) = 0.21966", () => {
    const floor = slabOnGround(slab);
    expect(floor.characteristicDimensionM).toBe(5);
    expect(floor.equivalentThicknessM).toBeCloseTo(6.82, 10);
    expect(floor.uWm2K).toBeCloseTo(0.2196595, 6);
  });

  it("bare slab, B' 10 m and d_t 1.82 m: 4/(10π + 1.82)·ln(10π/1.82 + 1) = 0.34960", () => {
    const floor = slabOnGround({ ...slab, exposedPerimeterM: 20, floorResistanceM2KW: 0.5 });
    expect(floor.equivalentThicknessM).toBeCloseTo(1.82, 10);
    expect(floor.uWm2K).toBeCloseTo(0.34959698, 7);
  });

  it('insulation added to a slab is in series with its whole path to the air, within 15 % (decision 3)', () => {
    for (const dimension of [3, 5, 8, 15, 25])
      for (const before of [0.1, 0.5, 1])
        for (const added of [1, 3, 5]) {
          const u = (floorResistanceM2KW: number): number =>
            slabOnGround({
              ...slab,
              exposedPerimeterM: 200 / dimension,
              wallThicknessM: 0.3,
              floorResistanceM2KW,
            }).uWm2K;
          const series = 1 / (1 / u(before) + added);
          expect(series / u(before + added)).toBeGreaterThan(1);
          expect(series / u(before + added)).toBeLessThan(1.15);
        }
  });

  it('deeper, larger and better insulated floors lose less; a floor without edge nothing', () => {
    expect(heatedBasementFloor({ ...slab, depthM: 2.5 }).uWm2K).toBeLessThan(slabOnGround(slab).uWm2K);
    expect(heatedBasementFloor({ ...slab, depthM: 0 }).uWm2K).toBe(slabOnGround(slab).uWm2K);
    expect(slabOnGround({ ...slab, areaM2: 1000 }).uWm2K).toBeLessThan(slabOnGround(slab).uWm2K);
    expect(slabOnGround({ ...slab, exposedPerimeterM: 0 }).uWm2K).toBe(0);
  });

  it('basement wall 2 m deep, R_w 1, d_t 1: d_w = 2.34, 2·2/(2π)·(1 + 0.5/3)·ln(2/2.34 + 1) = 0.4586', () => {
    const u = basementWall({ depthM: 2, wallResistanceM2KW: 1, floorThicknessM: 1, soilConductivityWmK: 2 });
    expect(u).toBeCloseTo((2 / Math.PI) * (1 + 0.5 / 3) * Math.log(2 / 2.34 + 1), 10);
    expect(u).toBeCloseTo(0.4586, 3);
  });

  it('a floor over an unheated basement loses less than the same floor in the wind, more when aired', () => {
    const basement = {
      floorUWm2K: 1.5,
      areaM2: 100,
      exposedPerimeterM: 40,
      depthM: 2,
      heightAboveGroundM: 0.4,
      wallAboveUWm2K: 2.5,
      airChangePerH: 0.3,
      volumeM3: 240,
      wallThicknessM: 0.3,
      soilConductivityWmK: 2,
    };
    const u = floorOverUnheatedBasement(basement);
    expect(u).toBeGreaterThan(0);
    expect(u).toBeLessThan(1.5);
    expect(floorOverUnheatedBasement({ ...basement, airChangePerH: 5 })).toBeGreaterThan(u);
  });
});

describe('windows by ISO 10077-1', () => {
  it('1.23 m × 1.48 m, frame 100 mm, Uf 1.2, Ug 0.7, ψ 0.04: (1.3184·0.7 + 0.502·1.2 + 4.62·0.04)/1.8204 = 0.939', () => {
    const parts = rectangularWindow(1.23, 1.48, 0.1);
    expect(parts.glassAreaM2).toBeCloseTo(1.3184, 10);
    expect(parts.edgeLengthM).toBeCloseTo(4.62, 10);
    expect(windowU({ ...parts, glassUWm2K: 0.7, frameUWm2K: 1.2, edgePsiWmK: 0.04 })).toBeCloseTo(0.939, 3);
  });

  it('a slot narrower than its frame has no glass and the U of the frame', () => {
    const parts = rectangularWindow(0.15, 2, 0.1);
    expect(parts.glassAreaM2).toBe(0);
    expect(windowU({ ...parts, glassUWm2K: 0.7, frameUWm2K: 1.2, edgePsiWmK: 0.04 })).toBeCloseTo(1.2, 10);
  });
});
