import type { Warning } from './message.ts';

/**
 * What a building-model file says about the thermal envelope, as plain values in metres, before any physics.
 * `formats/ifc` writes it, `create` reads it; nothing in it is IFC syntax. Coordinates are right-handed, z up,
 * in one building-local frame shifted near the origin; `northDeg` turns them to true north.
 */
export type Vec3 = readonly [x: number, y: number, z: number];

/** A planar face: outer ring then holes, each closed implicitly. The normal follows from the outer ring (Newell). */
export type Face = { readonly outer: readonly Vec3[]; readonly holes: readonly (readonly Vec3[])[] };

/** `exact` false when a part of the shape could not be represented and an approximation stands in. */
export type Shape = {
  readonly faces: readonly Face[];
  readonly exact: boolean;
  readonly method: 'kernel' | 'mesh' | 'box';
};

export type MaterialLayer = {
  readonly name: string;
  readonly thicknessM: number;
  /** W/(m K) when the file states a plausible one. */
  readonly conductivityWmK?: number;
  readonly densityKgM3?: number;
  readonly specificHeatJkgK?: number;
  readonly ventilatedAir?: boolean;
};

export type ElementKind = 'wall' | 'roof' | 'floor' | 'window' | 'door' | 'curtain-wall' | 'column' | 'other';

export type SourceElement = {
  readonly globalId: string;
  readonly name: string;
  readonly ifcType: string;
  readonly kind: ElementKind;
  readonly storeyId?: string;
  /** Absent for windows and doors (never meshed) and for elements whose body could not be read. */
  readonly shape?: Shape;
  readonly layers: readonly MaterialLayer[];
  /** Names that say what it is made of when there are no layers (material, type name). */
  readonly materialNames: readonly string[];
  readonly typeName?: string;
  /** W/(m2 K) exactly as the file says, plausible or not. */
  readonly declaredUWm2K?: number;
  readonly declaredSolarFactor?: number;
  readonly isExternal?: boolean;
  readonly loadBearing?: boolean;
  /** PredefinedType in upper case: ROOF, BASESLAB, FLOOR... */
  readonly predefinedType?: string;
  /** Areas the file states, m2, by their name in the quantity set; a cross-check only. */
  readonly statedAreasM2: Readonly<Record<string, number>>;
  /** Windows and doors: what fills which opening of which host. */
  readonly hostId?: string;
  readonly overallWidthM?: number;
  readonly overallHeightM?: number;
  /** Windows, doors: the opening's solids, to be projected on the host's face. */
  readonly openingShape?: Shape;
  /** Windows, doors: where they are placed, when the file does not say which opening they fill. */
  readonly position?: Vec3;
  /** The part of a larger whole (curtain wall, roof) it belongs to. */
  readonly partOf?: string;
};

/** An opening without a filling still cuts its host. */
export type SourceOpening = {
  readonly globalId: string;
  readonly hostId: string;
  readonly filledBy?: string;
  readonly shape?: Shape;
};

export type SourceSpace = {
  readonly globalId: string;
  readonly name: string;
  readonly longName: string;
  readonly storeyId?: string;
  readonly shape?: Shape;
  /** Pset reference, object type, category: anything that tells a room from an area. */
  readonly tags: readonly string[];
  readonly statedAreaM2?: number;
  readonly statedVolumeM3?: number;
  readonly isExternal?: boolean;
};

export type SpaceBoundary = {
  readonly spaceId: string;
  readonly elementId?: string;
  readonly physical: boolean;
  readonly side: 'external' | 'internal' | 'external-earth' | 'unknown';
  readonly level: 1 | 2 | 0;
  readonly face?: Face;
};

export type Storey = { readonly globalId: string; readonly name: string; readonly elevationM: number };

export type BuildingModel = {
  readonly schema: string;
  readonly application: string;
  readonly lengthUnit: string;
  /** Degrees to add to a plan azimuth (clockwise from +y) to have it from true north. */
  readonly northDeg: number;
  readonly northStated: boolean;
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
  readonly siteElevationM?: number;
  readonly buildingName?: string;
  readonly storeys: readonly Storey[];
  readonly elements: readonly SourceElement[];
  readonly openings: readonly SourceOpening[];
  readonly spaces: readonly SourceSpace[];
  readonly boundaries: readonly SpaceBoundary[];
  readonly warnings: readonly Warning[];
  readonly read: {
    readonly recordsInFile: number;
    readonly recordsParsed: number;
    readonly bytesInFile: number;
  };
};
