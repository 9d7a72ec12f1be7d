import type { BuildingModel, SourceElement } from '#core/building-model.ts';
import { message } from '#core/message.ts';
import type { ThermalElement, ThermalGeometry } from '../../src/create/types.ts';

/** A 10 m × 8 m box of 6 m: two storeys, a slab on ground, a flat roof, windows on the south. */
export const source = (
  over: Partial<SourceElement> & Pick<SourceElement, 'globalId' | 'kind'>,
): SourceElement => ({
  name: over.globalId,
  ifcType: over.kind === 'wall' ? 'IfcWall' : 'IfcSlab',
  layers: [],
  materialNames: [],
  statedAreasM2: {},
  ...over,
});

export const thermal = (
  over: Partial<ThermalElement> & Pick<ThermalElement, 'globalId' | 'kind'>,
): ThermalElement => {
  const areaNetM2 = over.areaNetM2 ?? 60;
  return {
    ifcType: 'IfcWall',
    name: over.globalId,
    exposure: 'exterior',
    exposureConfidence: 0.95,
    exposureReason: message('vu par une pièce chauffée', 'seen from a heated room'),
    areaNetM2,
    areaGrossM2: areaNetM2,
    interiorNetM2: areaNetM2 * 0.9,
    interiorGrossM2: areaNetM2 * 0.9,
    azimuthDeg: 0,
    tiltDeg: 90,
    ...over,
  };
};

const concreteInsulated = [
  { name: 'Béton banché', thicknessM: 0.2 },
  { name: 'Laine de verre', thicknessM: 0.1 },
  { name: 'Plaque de plâtre BA13', thicknessM: 0.013 },
];

export const model: BuildingModel = {
  schema: 'IFC4',
  application: 'test',
  lengthUnit: 'METRE',
  northDeg: 0,
  northStated: true,
  storeys: [],
  elements: [
    source({ globalId: 'north', kind: 'wall', layers: concreteInsulated }),
    source({ globalId: 'south', kind: 'wall', layers: concreteInsulated }),
    source({ globalId: 'east', kind: 'wall', declaredUWm2K: 0.4 }),
    source({ globalId: 'west', kind: 'wall' }),
    source({ globalId: 'roof', kind: 'roof', declaredUWm2K: 0.25 }),
    source({
      globalId: 'slab',
      kind: 'floor',
      layers: [{ name: 'Slab', thicknessM: 0.2, conductivityWmK: 2 }],
    }),
    source({
      globalId: 'window',
      kind: 'window',
      declaredUWm2K: 5.5617,
      overallWidthM: 4,
      overallHeightM: 3,
    }),
  ],
  openings: [],
  spaces: [],
  boundaries: [],
  warnings: [],
  read: { recordsInFile: 100, recordsParsed: 20, bytesInFile: 10_000 },
};

export const geometry: ThermalGeometry = {
  closed: true,
  missing: [],
  warnings: [],
  exterior: { wallGrossM2: 216, wallNetM2: 204, roofM2: 80, groundM2: 80 },
  interior: { wallGrossM2: 190, wallNetM2: 178, roofM2: 72, groundM2: 72 },
  windowM2: 12,
  roofLightM2: 0,
  doorM2: 0,
  floorAreaM2: 144,
  volumeM3: 400,
  externalWalls: 4,
  internalWalls: 0,
  byOrientation: [
    { azimuthDeg: 0, wallGrossM2: 60, wallNetM2: 60, windowM2: 0, doorM2: 0 },
    { azimuthDeg: 180, wallGrossM2: 60, wallNetM2: 48, windowM2: 12, doorM2: 0 },
  ],
  elements: [
    thermal({ globalId: 'north', kind: 'wall', azimuthDeg: 0 }),
    thermal({ globalId: 'south', kind: 'wall', azimuthDeg: 180, areaNetM2: 48 }),
    thermal({ globalId: 'east', kind: 'wall', azimuthDeg: 90, areaNetM2: 48 }),
    thermal({ globalId: 'west', kind: 'wall', azimuthDeg: 270, areaNetM2: 48 }),
    thermal({ globalId: 'roof', kind: 'roof', tiltDeg: 0, areaNetM2: 80 }),
    thermal({ globalId: 'slab', kind: 'floor', exposure: 'ground', tiltDeg: 180, areaNetM2: 80 }),
    thermal({ globalId: 'window', kind: 'window', azimuthDeg: 180, areaNetM2: 12, hostId: 'south' }),
  ],
  cells: [
    {
      id: 'cell',
      name: 'Séjour',
      heated: true,
      reason: message('chauffé par défaut', 'heated by default'),
      floorAreaM2: 144,
      volumeM3: 400,
    },
  ],
  groundPerimeterM: 36,
  cellarPerimeterM: 0,
  heatedStoreys: 2,
  junctions: [
    { class: 'wall-intermediate-floor', lengthM: 36 },
    { class: 'wall-roof', lengthM: 36 },
    { class: 'wall-ground', lengthM: 36 },
    { class: 'opening', lengthM: 14 },
  ],
};
