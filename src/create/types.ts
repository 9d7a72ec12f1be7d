import type { LedgerEntry } from '../core/ledger.ts';
import type { Message, Warning } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import type { Exposure } from '../core/twin.ts';

export type ThermalKind = 'wall' | 'roof' | 'floor' | 'window' | 'door' | 'curtain-wall';

/** One side of the areas: outer faces of the envelope, or what the heated cells see. */
export type EnvelopeAreas = {
  readonly wallGrossM2: number;
  readonly wallNetM2: number;
  readonly roofM2: number;
  readonly groundM2: number;
};

/** An element with its place in the envelope, before any U-value. Areas are outer ones; interior beside. */
export type ThermalElement = {
  readonly globalId: string;
  readonly ifcType: string;
  readonly name: string;
  readonly kind: ThermalKind;
  readonly exposure: Exposure;
  /** 0 to 1. */
  readonly exposureConfidence: number;
  readonly exposureReason: Message;
  readonly areaNetM2: number;
  readonly areaGrossM2: number;
  readonly interiorNetM2: number;
  readonly interiorGrossM2: number;
  /** Degrees clockwise from true north of the outward normal. */
  readonly azimuthDeg: number;
  /** 0 faces up, 90 vertical, 180 faces down. */
  readonly tiltDeg: number;
  readonly hostId?: string;
  /** Other elements of the model in contact with it that make one construction with it: a screed, an insulated slab. */
  readonly withIds?: readonly string[];
};

export type Cell = {
  readonly id: string;
  readonly name: string;
  readonly heated: boolean;
  readonly reason: Message;
  readonly floorAreaM2: number;
  readonly volumeM3: number;
};

export type JunctionClass =
  | 'wall-roof'
  | 'wall-ground'
  | 'wall-intermediate-floor'
  | 'wall-partition'
  | 'opening';

/** The geometry of the envelope as voted, before physics: what `geometry` gives and `envelope` takes. */
export type ThermalGeometry = {
  readonly closed: boolean;
  readonly missing: readonly Message[];
  readonly warnings: readonly Warning[];
  readonly exterior: EnvelopeAreas;
  readonly interior: EnvelopeAreas;
  /** Windows and glazing in walls; those in roofs beside it, so that gross less net walls is what stands in them. */
  readonly windowM2: number;
  readonly roofLightM2: number;
  readonly doorM2: number;
  readonly floorAreaM2: number;
  readonly volumeM3: number;
  readonly externalWalls: number;
  readonly internalWalls: number;
  readonly byOrientation: readonly {
    readonly azimuthDeg: number;
    readonly wallGrossM2: number;
    readonly wallNetM2: number;
    readonly windowM2: number;
    readonly doorM2: number;
  }[];
  readonly elements: readonly ThermalElement[];
  readonly cells: readonly Cell[];
  /** Exposed perimeter of the ground floor, m, for the characteristic dimension of ISO 13370. */
  readonly groundPerimeterM: number;
  /** The same of the floors over unheated cellars; 0 where the geometry does not know it. */
  readonly cellarPerimeterM: number;
  readonly heatedStoreys: number;
  readonly junctions: readonly { readonly class: JunctionClass; readonly lengthM: number }[];
};

/**
 * The outlines of an envelope's elements, for a picture: nothing is computed from them. A face is rings in one plane,
 * filled by the even-odd rule; a ring is x, y, z of its corners one after the other, in whole units; x to the east, y to
 * true north as the file says it, z up.
 */
export type Outlines = {
  readonly schema: 'stacoptim.outlines/1';
  readonly unitM: number;
  /** By the id of the element; one that has no place in the file is not there. */
  readonly faces: Readonly<Record<string, readonly (readonly (readonly number[])[])[]>>;
};

export type EnvelopeElement = Omit<ThermalElement, 'exposureReason'> & {
  readonly exposureReason: Message;
  readonly u: Quantity;
  readonly b: number;
  readonly solarFactor: number;
};

/** The digitised envelope: geometry with U-values, bridges and air, and what the work cost. */
export type Envelope = Omit<ThermalGeometry, 'elements'> & {
  readonly schema: 'stacoptim.envelope/1';
  readonly elements: readonly EnvelopeElement[];
  /** Thermal bridges, W/K. */
  readonly bridges: Quantity;
  /** Air change, W/K. */
  readonly air: Quantity;
  readonly heatLossCoefficient: Quantity;
  /** Construction period the defaults come from, as it was said; absent when nobody knows. */
  readonly period?: string;
  /** Relative spread of the areas where it is not a model's (spreads table, `area`): a short form's are wide. */
  readonly areaSpread?: number;
  /** Degrees a person turned the building by, clockwise, from the north it was read with. */
  readonly turnedDeg?: number;
};

export type CreateLedger = LedgerEntry & {
  readonly recordsInFile: number;
  readonly recordsParsed: number;
  readonly bytesInFile: number;
  readonly bytesKept: number;
};
