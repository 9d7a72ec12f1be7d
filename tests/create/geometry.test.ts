import { describe, expect, it } from 'vitest';
import type { BuildingModel, SourceElement, Vec3 } from '../../src/core/building-model.ts';
import { envelopeFrom, thermalGeometry } from '../../src/create/index.ts';
import type { Envelope, ThermalGeometry } from '../../src/create/types.ts';
import {
  boxShape,
  element,
  elementOf,
  hole,
  house,
  joined,
  modelOf,
  moved,
  ringOfWalls,
  room,
  solid,
  withElements,
} from './model-house.ts';

const total = (geometry: ThermalGeometry, kind: string, exposure: string): number =>
  geometry.elements
    .filter((one) => one.kind === kind && one.exposure === exposure)
    .reduce((sum, one) => sum + one.areaNetM2, 0);

const without = (model: BuildingModel, ...ids: string[]): BuildingModel => ({
  ...model,
  elements: model.elements.filter((one) => !ids.includes(one.globalId)),
});

describe('a house of one room, worked by hand', () => {
  const geometry = thermalGeometry(house());

  it('has the outer faces of its walls, roof and slab', () => {
    expect(geometry.exterior.wallGrossM2).toBeCloseTo(2 * 10 * 3 + 2 * 7.4 * 3, 6);
    expect(geometry.exterior.wallNetM2).toBeCloseTo(104.4 - 2.4 - 2.1, 6);
    expect(geometry.exterior.roofM2).toBeCloseTo(80, 1);
    expect(geometry.exterior.groundM2).toBeCloseTo(80, 1);
  });

  it('has the faces of its room', () => {
    expect(geometry.interior.wallGrossM2).toBeCloseTo(2 * (9.4 + 7.4) * 3, 6);
    expect(geometry.interior.wallNetM2).toBeCloseTo(100.8 - 4.5, 6);
    expect(geometry.interior.roofM2).toBeCloseTo(9.4 * 7.4, 6);
    expect(geometry.interior.groundM2).toBeCloseTo(9.4 * 7.4, 6);
    expect([geometry.floorAreaM2, geometry.volumeM3]).toEqual([
      expect.closeTo(69.56, 6),
      expect.closeTo(208.68, 6),
    ]);
  });

  it('is closed, with a window to the south and a door to the east', () => {
    expect([geometry.closed, geometry.missing]).toEqual([true, []]);
    expect([geometry.windowM2, geometry.doorM2]).toEqual([expect.closeTo(2.4, 9), expect.closeTo(2.1, 9)]);
    expect([elementOf(geometry, 'window').azimuthDeg, elementOf(geometry, 'door').azimuthDeg]).toEqual([
      180, 90,
    ]);
    expect([geometry.externalWalls, geometry.internalWalls]).toEqual([4, 0]);
  });

  it('gives the same envelope wherever and however it stands', () => {
    const turn = (degrees: number, far: number) => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      return ([x, y, z]: Vec3): Vec3 => [c * x - s * y + far, s * x + c * y - far, z];
    };
    const cases = [
      thermalGeometry(moved(house(), turn(-30, 700))),
      thermalGeometry(moved(house(), ([x, y, z]) => [-x, y, z], true)),
      thermalGeometry({ ...house(), northDeg: 50 }),
    ];
    for (const other of cases) {
      for (const side of ['exterior', 'interior'] as const)
        for (const key of ['wallGrossM2', 'wallNetM2', 'roofM2', 'groundM2'] as const)
          expect(Math.abs(other[side][key] / geometry[side][key] - 1)).toBeLessThan(0.002);
      expect(other.windowM2).toBeCloseTo(2.4, 6);
    }
    const azimuths = cases.map((one) => elementOf(one, 'window').azimuthDeg);
    expect(azimuths).toEqual([210, 180, 230]);
    expect(elementOf(cases[1], 'door').azimuthDeg).toBe(270);
  });

  it('adds up over its orientations', () => {
    const sum = (pick: (one: ThermalGeometry['byOrientation'][number]) => number): number =>
      geometry.byOrientation.reduce((all, one) => all + pick(one), 0);
    expect(sum((one) => one.wallGrossM2)).toBeCloseTo(geometry.exterior.wallGrossM2, 9);
    expect(sum((one) => one.windowM2 + one.doorM2)).toBeCloseTo(4.5, 9);
  });

  it('is found again from the walls alone when no room is described', () => {
    const bare = thermalGeometry({ ...house(), spaces: [] });
    expect(bare.exterior.wallNetM2).toBeCloseTo(geometry.exterior.wallNetM2, 6);
    expect(Math.abs(bare.floorAreaM2 / 69.56 - 1)).toBeLessThan(0.01);
    expect([bare.externalWalls, bare.closed]).toEqual([4, true]);
    expect(bare.interior.wallGrossM2).toBeLessThanOrEqual(bare.exterior.wallGrossM2);
  });

  it('tells what is missing', () => {
    const said = (model: BuildingModel): string =>
      thermalGeometry(model)
        .missing.map(({ en }) => en)
        .join(' ');
    expect(said(without(house(), 'roof'))).toMatch(/roof/);
    expect(said(without(house(), 'ground'))).toMatch(/floor/);
    expect(said(without(house(), 'wall-west'))).toMatch(/wall/);
    expect(
      said({ ...house(), openings: [hole('gap', 'wall-south', undefined, 2, -0.1, 0, 4, 0.5, 2.5)] }),
    ).toMatch(/10\.0 m2 of openings in walls have neither window nor door/);
  });
});

describe('openings', () => {
  it('a window tied to no opening fills the one it stands in, two share it by their sizes', () => {
    const size = { overallHeightM: 1.2 };
    const model = withElements(
      without(house(), 'window'),
      element('left', 'window', { ...size, overallWidthM: 0.5, position: [4.05, 0, 0.9] }),
      element('right', 'window', { ...size, overallWidthM: 1.5, position: [4.6, 0, 0.9] }),
      element('elsewhere', 'window', { ...size, overallWidthM: 3, position: [40, 0, 0.9] }),
    );
    const openings = model.openings.map((one) =>
      one.globalId === 'window-hole'
        ? hole('window-hole', 'wall-south', undefined, 4, -0.1, 0.9, 2, 0.5, 1.2)
        : one,
    );
    const geometry = thermalGeometry({ ...model, openings });
    expect(elementOf(geometry, 'left').areaNetM2).toBeCloseTo(0.6, 9);
    expect(elementOf(geometry, 'right').areaNetM2).toBeCloseTo(1.8, 9);
    expect(elementOf(geometry, 'right').exposure).toBe('exterior');
    expect(elementOf(geometry, 'elsewhere').exposure).toBe('internal');
    expect(geometry.windowM2).toBeCloseTo(2.4, 9);
  });

  it('two fillings that the file puts in one opening do not count it twice', () => {
    const shape = boxShape(4, -0.1, 0.9, 2, 0.5, 1.2);
    const model = without(house(), 'window');
    const geometry = thermalGeometry({
      ...withElements(
        model,
        element('one', 'window', { hostId: 'wall-south', openingShape: shape }),
        element('two', 'window', { hostId: 'wall-south', openingShape: shape }),
      ),
      openings: [
        { globalId: 'window-hole', hostId: 'wall-south', filledBy: 'one', shape },
        ...model.openings.filter((one) => one.globalId !== 'window-hole'),
      ],
    });
    expect(geometry.windowM2).toBeCloseTo(2.4, 9);
  });

  it('a roof light in a roof made of slabs is cut in the slab and faces the sky', () => {
    const model = without(house(), 'roof');
    const geometry = thermalGeometry({
      ...withElements(
        model,
        element('whole', 'roof'),
        element('slab', 'roof', { partOf: 'whole', shape: boxShape(0, 0, 3, 10, 8, 0.25) }),
        element('light', 'window', { hostId: 'whole' }),
      ),
      openings: [...model.openings, hole('light-hole', 'whole', 'light', 5, 4, 2.9, 1.2, 1, 0.5)],
    });
    expect(elementOf(geometry, 'light')).toMatchObject({
      exposure: 'exterior',
      tiltDeg: 0,
      areaNetM2: expect.closeTo(1.2, 6),
    });
    expect(elementOf(geometry, 'slab').areaGrossM2 - elementOf(geometry, 'slab').areaNetM2).toBeCloseTo(
      1.2,
      6,
    );
  });

  it('a cellar window below the ground faces a light well, not soil', () => {
    const model = house();
    const geometry = thermalGeometry({
      ...withElements(
        model,
        ...ringOfWalls('cellar', -2.7, 2.5),
        solid('base', 'floor', 0, 0, -2.9, 10, 8, 0.2),
        element('cellar-window', 'window', { hostId: 'cellar-north' }),
      ),
      openings: [
        ...model.openings,
        hole('cellar-hole', 'cellar-north', 'cellar-window', 4, 7.6, -1, 1, 0.5, 0.5),
      ],
      spaces: [...model.spaces, room('lowest', 'Bureau', 0.3, 0.3, -2.7, 9.4, 7.4, 2.5)],
    });
    expect(elementOf(geometry, 'cellar-window').exposure).toBe('exterior');
    expect(elementOf(geometry, 'cellar-north').exposure).toBe('ground');
  });
});

describe('roofs and floors', () => {
  it('count a roof drawn layer by layer once', () => {
    const model = without(house(), 'roof');
    const layers = joined(
      boxShape(0, 0, 3, 10, 8, 0.01),
      boxShape(0, 0, 3.01, 10, 8, 0.2),
      boxShape(0, 0, 3.21, 10, 8, 0.1),
    );
    const geometry = thermalGeometry(withElements(model, element('layered', 'roof', { shape: layers })));
    expect(geometry.exterior.roofM2).toBeCloseTo(80, 1);
  });

  const twoStoreys = (): BuildingModel =>
    modelOf({
      elements: [
        ...ringOfWalls('low', 0, 2.7),
        ...ringOfWalls('high', 3, 2.7),
        solid('ground', 'floor', 0, 0, -0.2, 10, 8, 0.2),
        solid('floor', 'floor', 0, 0, 2.7, 10, 8, 0.3),
        solid('roof', 'roof', 0, 0, 5.7, 10, 8, 0.25),
        solid('partition', 'wall', 4.95, 0.3, 3, 0.1, 7.4, 2.7),
      ],
      spaces: [
        room('below', 'Salon', 0.3, 0.3, 0, 9.4, 7.4, 2.7),
        room('left', 'Chambre', 0.3, 0.3, 3, 4.65, 7.4, 2.7),
        room('right', 'Chambre', 5.05, 0.3, 3, 4.65, 7.4, 2.7),
      ],
    });

  it('a ceiling under a partition of the next storey is inside', () => {
    const geometry = thermalGeometry(twoStoreys());
    expect(elementOf(geometry, 'floor').exposure).toBe('internal');
    expect(geometry.elements.filter((one) => one.exposure === 'unheated')).toEqual([]);
    expect(geometry.interior.roofM2).toBeCloseTo(2 * 4.65 * 7.4, 6);
    expect(geometry.interior.groundM2).toBeCloseTo(69.56, 6);
  });

  it('an attic room over the tops of the outer walls sees them as wall', () => {
    const model = twoStoreys();
    const attic = room('uppermost', 'Bureau', 0, 0.3, 5.7, 10, 7.4, 2);
    const geometry = thermalGeometry({
      ...model,
      elements: [
        ...without(model, 'roof', 'partition').elements,
        solid('attic-floor', 'floor', 0.3, 0.3, 5.5, 9.4, 7.4, 0.2),
        solid('gable-south', 'wall', 0, 0, 5.7, 10, 0.3, 2),
        solid('gable-north', 'wall', 0, 7.7, 5.7, 10, 0.3, 2),
        solid('flank-west', 'wall', -0.3, 0, 5.7, 0.3, 8, 2),
        solid('flank-east', 'wall', 10, 0, 5.7, 0.3, 8, 2),
        solid('top', 'roof', -0.3, 0, 7.7, 10.6, 8, 0.25),
      ],
      spaces: [
        room('below', 'Salon', 0.3, 0.3, 0, 9.4, 7.4, 2.7),
        room('above', 'Chambre', 0.3, 0.3, 3, 9.4, 7.4, 2.5),
        attic,
      ],
    });
    const rooms = 2 * (9.4 + 7.4) * (2.7 + 2.5) + 2 * (10 + 7.4) * 2;
    const tops = 2 * 0.3 * 7.4;
    expect(Math.abs(geometry.interior.wallGrossM2 - rooms - tops)).toBeLessThan(0.35 * tops);
    expect(geometry.interior.groundM2).toBeCloseTo(69.56, 6);
  });

  it('air over two cuts without a slab between is one volume', () => {
    const model = modelOf({
      elements: [
        ...ringOfWalls('low', 0, 1.2),
        ...ringOfWalls('high', 1.2, 3),
        solid('ground', 'floor', 0, 0, -0.2, 10, 8, 0.2),
        solid('roof', 'roof', 0, 0, 4.2, 10, 8, 0.25),
      ],
    });
    const geometry = thermalGeometry(model);
    expect(Math.abs(geometry.floorAreaM2 / 69.56 - 1)).toBeLessThan(0.01);
    expect(Math.abs(geometry.volumeM3 / (69.56 * 4.2) - 1)).toBeLessThan(0.01);
  });
});

describe('slabs in contact', () => {
  const onInsulation = (insulation: Partial<SourceElement>): Envelope => {
    const model = house();
    const screed = { layers: [{ name: 'Chape', thicknessM: 0.05, conductivityWmK: 1.4 }] };
    const whole: BuildingModel = {
      ...model,
      elements: [
        ...without(model, 'ground').elements,
        { ...solid('screed', 'floor', 0.3, 0.3, -0.05, 9.4, 7.4, 0.05), ...screed },
        { ...solid('structure', 'floor', 0, 0, -0.4, 10, 8, 0.35), ...insulation },
      ],
    };
    return envelopeFrom(whole, thermalGeometry(whole));
  };
  const ground = (envelope: Envelope) => envelope.elements.find((one) => one.exposure === 'ground')?.u;

  it('are one construction: 0.17 + 0.05/1.4 + 0.15/0.035 + 0.2/2 + 0.04', () => {
    const layers = [
      { name: 'Isolant', thicknessM: 0.15, conductivityWmK: 0.035 },
      { name: 'Béton', thicknessM: 0.2, conductivityWmK: 2 },
    ];
    expect(ground(onInsulation({ layers }))?.value).toBeCloseTo(
      1 / (0.17 + 0.05 / 1.4 + 0.15 / 0.035 + 0.2 / 2 + 0.04),
      6,
    );
  });

  it('take the declared U of the one that has it', () => {
    expect(ground(onInsulation({ declaredUWm2K: 0.2 }))).toMatchObject({
      value: 0.2,
      provenance: 'declared',
    });
  });

  it('are not taken for their screed where the structure tells nothing', () => {
    expect(ground(onInsulation({}))?.provenance).toBe('period-default');
  });
});

describe('rooms that leave much of a building out', () => {
  it('what they leave out counts in floor area, volume and interior walls', () => {
    const model = house();
    const half = thermalGeometry({
      ...withElements(model, solid('partition', 'wall', 4.9, 0.3, 0, 0.2, 7.4, 3)),
      spaces: [room('room', 'Salon', 0.3, 0.3, 0, 4.6, 7.4, 3)],
    });
    expect(half.warnings.map(({ code }) => code)).toContain('rooms-incomplete');
    expect(Math.abs(half.floorAreaM2 / (2 * 4.6 * 7.4) - 1)).toBeLessThan(0.02);
    expect(half.interior.wallNetM2).toBeGreaterThan(90);
    expect(half.interior.wallNetM2).toBeLessThan(half.exterior.wallNetM2);
    expect(total(half, 'wall', 'internal')).toBeCloseTo(7.4 * 3, 6);
  });
});
