import type {
  BuildingModel,
  ElementKind,
  Face,
  Shape,
  SourceElement,
  SourceOpening,
  SourceSpace,
  Vec3,
} from '../../src/core/building-model.ts';
import type { ThermalElement, ThermalGeometry } from '../../src/create/types.ts';

/** Corner and size of a box, m. */
export type BoxSize = readonly [x: number, y: number, z: number, dx: number, dy: number, dz: number];

/** A box as six outward faces. */
export const boxShape = (...[x, y, z, dx, dy, dz]: BoxSize): Shape => {
  const at = (i: number, j: number, k: number): Vec3 => [x + i * dx, y + j * dy, z + k * dz];
  const face = (...outer: Vec3[]): Face => ({ outer, holes: [] });
  const faces = [
    face(at(0, 0, 0), at(0, 1, 0), at(1, 1, 0), at(1, 0, 0)),
    face(at(0, 0, 1), at(1, 0, 1), at(1, 1, 1), at(0, 1, 1)),
    face(at(0, 0, 0), at(1, 0, 0), at(1, 0, 1), at(0, 0, 1)),
    face(at(1, 1, 0), at(0, 1, 0), at(0, 1, 1), at(1, 1, 1)),
    face(at(0, 1, 0), at(0, 0, 0), at(0, 0, 1), at(0, 1, 1)),
    face(at(1, 0, 0), at(1, 1, 0), at(1, 1, 1), at(1, 0, 1)),
  ];
  return { faces, exact: true, method: 'kernel' };
};

export const joined = (...shapes: Shape[]): Shape => ({
  faces: shapes.flatMap((shape) => shape.faces),
  exact: true,
  method: 'kernel',
});

export const element = (
  globalId: string,
  kind: ElementKind,
  fields: Partial<SourceElement> = {},
): SourceElement => ({
  globalId,
  name: globalId,
  ifcType: `IFC${kind.toUpperCase()}`,
  kind,
  layers: [],
  materialNames: [],
  statedAreasM2: {},
  ...fields,
});

export const solid = (globalId: string, kind: ElementKind, ...size: BoxSize): SourceElement =>
  element(globalId, kind, { shape: boxShape(...size) });

export const room = (globalId: string, longName: string, ...size: BoxSize): SourceSpace => ({
  globalId,
  name: globalId,
  longName,
  tags: [],
  shape: boxShape(...size),
});

export const hole = (
  globalId: string,
  hostId: string,
  filledBy: string | undefined,
  ...size: BoxSize
): SourceOpening => ({
  globalId,
  hostId,
  shape: boxShape(...size),
  ...(filledBy === undefined ? {} : { filledBy }),
});

export const modelOf = (fields: Partial<BuildingModel>): BuildingModel => ({
  schema: 'IFC4',
  application: 'by hand',
  lengthUnit: 'metre',
  northDeg: 0,
  northStated: true,
  storeys: [],
  elements: [],
  openings: [],
  spaces: [],
  boundaries: [],
  warnings: [],
  read: { recordsInFile: 1, recordsParsed: 1, bytesInFile: 1 },
  ...fields,
});

/** Four walls 0.3 m thick around a plan of 10 m by 8 m, between two heights. */
export const ringOfWalls = (name: string, z: number, height: number): SourceElement[] => [
  solid(`${name}-south`, 'wall', 0, 0, z, 10, 0.3, height),
  solid(`${name}-north`, 'wall', 0, 7.7, z, 10, 0.3, height),
  solid(`${name}-west`, 'wall', 0, 0.3, z, 0.3, 7.4, height),
  solid(`${name}-east`, 'wall', 9.7, 0.3, z, 0.3, 7.4, height),
];

/** One storey 3 m high on a slab under a flat roof, a window of 2 m by 1.2 m to the south and a door of 1 m by 2.1 m to the east. */
export const house = (): BuildingModel =>
  modelOf({
    elements: [
      ...ringOfWalls('wall', 0, 3),
      solid('ground', 'floor', 0, 0, -0.2, 10, 8, 0.2),
      solid('roof', 'roof', 0, 0, 3, 10, 8, 0.25),
      element('window', 'window', { hostId: 'wall-south' }),
      element('door', 'door', { hostId: 'wall-east', openingShape: boxShape(9.6, 3, 0, 0.5, 1, 2.1) }),
    ],
    openings: [
      hole('window-hole', 'wall-south', 'window', 4, -0.1, 0.9, 2, 0.5, 1.2),
      hole('door-hole', 'wall-east', 'door', 9.6, 3, 0, 0.5, 1, 2.1),
    ],
    spaces: [room('room', 'Salon', 0.3, 0.3, 0, 9.4, 7.4, 3)],
  });

/** The same model with every corner moved. */
export const moved = (model: BuildingModel, move: (point: Vec3) => Vec3, mirrors = false): BuildingModel => {
  const ring = (points: readonly Vec3[]): Vec3[] => {
    const there = points.map(move);
    return mirrors ? there.toReversed() : there;
  };
  const shape = (one: Shape): Shape => ({
    ...one,
    faces: one.faces.map((face) => ({ outer: ring(face.outer), holes: face.holes.map(ring) })),
  });
  return {
    ...model,
    elements: model.elements.map((one) => ({
      ...one,
      ...(one.shape && { shape: shape(one.shape) }),
      ...(one.openingShape && { openingShape: shape(one.openingShape) }),
    })),
    openings: model.openings.map((one) => ({ ...one, ...(one.shape && { shape: shape(one.shape) }) })),
    spaces: model.spaces.map((one) => ({ ...one, ...(one.shape && { shape: shape(one.shape) }) })),
  };
};

/** The element of that id; throws where the geometry has none. */
export const elementOf = (geometry: ThermalGeometry, id: string): ThermalElement => {
  const found = geometry.elements.find((one) => one.globalId === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

/** The model with more elements. */
export const withElements = (
  model: BuildingModel,
  ...elements: BuildingModel['elements']
): BuildingModel => ({
  ...model,
  elements: [...model.elements, ...elements],
});
