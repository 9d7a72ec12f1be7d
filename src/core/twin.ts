import type { Quantity } from './quantity.ts';

export const lossGroups = ['walls', 'roof', 'floor', 'windows', 'doors', 'bridges', 'air'] as const;
export type LossGroup = (typeof lossGroups)[number];

/** What the other side of an element of the twin may be. */
export const twinExposures = ['exterior', 'ground', 'unheated', 'adiabatic'] as const;
export type Exposure = (typeof twinExposures)[number] | 'internal';

export const elementGroups = ['walls', 'roof', 'floor', 'windows', 'doors'] as const;

/** A thermal element of the twin. Azimuth in degrees clockwise from true north; tilt 0 faces up, 90 is vertical. */
export type TwinElement = {
  readonly id: string;
  readonly name: string;
  readonly group: (typeof elementGroups)[number];
  readonly exposure: Exclude<Exposure, 'internal'>;
  readonly exposureConfidence: number;
  readonly areaNetM2: number;
  readonly azimuthDeg: number;
  readonly tiltDeg: number;
  /** W/(m2 K). */
  readonly u: Quantity;
  /** Temperature reduction factor towards the other side: 1 exterior, less for ground and unheated. */
  readonly b: number;
  /** Solar factor g of glazing, 0 for opaque elements. */
  readonly solarFactor: number;
};

export const energyCarriers = ['gas', 'electricity', 'district-heat', 'oil', 'wood'] as const;
export type EnergyCarrier = (typeof energyCarriers)[number];

/** A meter may also count what the building makes of the sun. */
export const meterCarriers = [...energyCarriers, 'solar'] as const;

export const heatingKinds = [
  'boiler-old',
  'boiler-condensing',
  'electric-direct',
  'heat-pump-air',
  'heat-pump-ground',
  'district-heat',
  'wood-boiler',
] as const;

export type HeatingSystem = {
  readonly kind: (typeof heatingKinds)[number];
  readonly carrier: EnergyCarrier;
  /** Seasonal efficiency from final energy at the meter to useful heat (above 1 for heat pumps). */
  readonly efficiency: Quantity;
};

/** Heat-loss groups as the prior sees them: b·U·A summed, W/K, with the log-normal spread that provenance gives. */
export type GroupLoss = { readonly group: LossGroup; readonly h: Quantity };

export const buildingUses = [
  'housing',
  'school',
  'sports',
  'museum',
  'office',
  'community',
  'pool',
  'other',
] as const;

/** The digital twin of one building: the envelope and the few figures the balance needs. Nothing else is kept. */
export type Twin = {
  readonly schema: 'stacoptim.twin/1';
  readonly buildingId: string;
  readonly name: string;
  readonly use: (typeof buildingUses)[number];
  readonly constructionYear?: number;
  readonly floorAreaM2: Quantity;
  readonly volumeM3: Quantity;
  readonly elements: readonly TwinElement[];
  readonly losses: readonly GroupLoss[];
  /** Whole-building steady-state coefficient, W/K: the sum of the losses. */
  readonly heatLoss: Quantity;
  readonly setPointC: Quantity;
  /** Internal gains averaged over the day, W. */
  readonly internalGainsW: Quantity;
  /** South-equivalent solar aperture, m2 (area × g × frame × shade). */
  readonly solarApertureM2: Quantity;
  /** Share of the floor area really heated to the set point, 0 to 1. */
  readonly heatedShare: Quantity;
  readonly system: HeatingSystem;
  /** Hot water and other load on the heating meter, kWh per day. */
  readonly baseLoadKwhDay: Quantity;
  /** J/K, effective capacity of the building. */
  readonly capacityJK: Quantity;
};
