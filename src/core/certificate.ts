import type { Warning } from './message.ts';
import type { EnergyCarrier, HeatingSystem } from './twin.ts';

/** How the surveyor came to a U-value, from the surest to the least sure. */
export type CertifiedBasis = 'declared' | 'computed' | 'library' | 'period-default';

/** One opaque part, window or door of a certificate. Azimuth in degrees clockwise from north where it is said. */
export type CertifiedElement = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'wall' | 'roof' | 'floor' | 'window' | 'door';
  readonly exposure: 'exterior' | 'ground' | 'unheated' | 'adiabatic';
  readonly areaM2: number;
  readonly uWm2K: number;
  readonly basis: CertifiedBasis;
  /** Temperature reduction factor as certified; a floor on ground has its soil in `uWm2K` and 1 here. */
  readonly b: number;
  readonly azimuthDeg?: number;
  readonly tiltDeg: number;
  readonly solarFactor: number;
};

/**
 * What an energy performance certificate says of a building or dwelling, as plain values in SI. `formats/dpe` writes it, `create`
 * reads it.
 */
export type Certificate = {
  readonly number: string;
  /** Day it was drawn up, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly scope: 'dwelling' | 'building';
  readonly floorAreaM2: number;
  readonly storeyHeightM?: number;
  readonly storeys?: number;
  readonly dwellings?: number;
  readonly constructionYear?: number;
  /** As `parsePeriod` of create reads it. */
  readonly period?: string;
  readonly elements: readonly CertifiedElement[];
  readonly bridgesWK: number;
  readonly airWK: number;
  /** True where the leakage was measured. */
  readonly airMeasured: boolean;
  /** The certified sum of all losses, W/K, to hold ours against. */
  readonly statedLossWK?: number;
  readonly heating?: HeatingSystem['kind'];
  readonly carrier?: EnergyCarrier;
  readonly hotWaterOnHeatingMeter?: boolean;
  readonly inertia?: 'light' | 'medium' | 'heavy' | 'very-heavy';
  readonly warnings: readonly Warning[];
};
