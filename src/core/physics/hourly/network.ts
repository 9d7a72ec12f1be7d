/**
 * The five conductances and one capacity of ISO 13790:2008 annex C: an air node, a surface node, a mass node. Split of
 * radiant gains over surface and mass included, so that a year needs nothing else of the building.
 */
export type HourlyNetwork = {
  /** H_tr,em between outdoors and the mass, W/K. */
  readonly massOutdoorWK: number;
  /** H_tr,ms between mass and surface, W/K. */
  readonly massSurfaceWK: number;
  /** H_tr,is between surface and air, W/K. */
  readonly surfaceAirWK: number;
  /** H_tr,w of windows and doors, between outdoors and the surface, W/K. */
  readonly windowWK: number;
  /** C_m, J/K. */
  readonly capacityJK: number;
  /** A_m/A_t: share of radiant gains the mass takes. */
  readonly massShare: number;
  /** 1 − A_m/A_t − H_tr,w/(9.1·A_t): share of radiant gains the surfaces take; windows let the rest out. */
  readonly surfaceShare: number;
};

/** Heat transfer between mass and surface, W/(m2 K): ISO 13790:2008, 12.2.2. */
const MASS_SURFACE_WM2K = 9.1;
/** Heat transfer between surface and air, W/(m2 K): ISO 13790:2008, 7.2.2.2. */
const SURFACE_AIR_WM2K = 3.45;
/** Internal surfaces over conditioned floor: ISO 13790:2008, 7.2.2.2. */
const INTERNAL_OVER_FLOOR = 4.5;

type NetworkParts = {
  readonly floorAreaM2: number;
  /** H_tr,op: Σ b·U·A and Σ b·ψ·l of what is not light, W/K. */
  readonly opaqueWK: number;
  /** Σ U·A of windows and doors, W/K. */
  readonly windowWK: number;
  readonly capacityJK: number;
  /** Effective mass area A_m, m2. */
  readonly massAreaM2: number;
  /** All internal surfaces A_t, m2; 4.5 times the floor when left out. */
  readonly internalAreaM2?: number;
  /** W/(m2 K); 3.45 when left out. */
  readonly surfaceAirWm2K?: number;
};

/** The network of ISO 13790:2008, 12.2.2 from a building's sums. */
export const networkOf = (parts: NetworkParts): HourlyNetwork => {
  const { floorAreaM2, opaqueWK, windowWK, capacityJK, massAreaM2 } = parts;
  const internalAreaM2 = parts.internalAreaM2 ?? INTERNAL_OVER_FLOOR * floorAreaM2;
  const massSurfaceWK = MASS_SURFACE_WM2K * massAreaM2;
  const massShare = Math.min(1, massAreaM2 / internalAreaM2);
  return {
    // The mass lies behind H_tr,ms; of an envelope that leaks more than that, a hundredth of its resistance stays.
    massOutdoorWK: opaqueWK <= 0 ? 0 : 1 / Math.max(1 / opaqueWK - 1 / massSurfaceWK, 0.01 / opaqueWK),
    massSurfaceWK,
    surfaceAirWK: (parts.surfaceAirWm2K ?? SURFACE_AIR_WM2K) * internalAreaM2,
    windowWK,
    capacityJK,
    massShare,
    surfaceShare: Math.max(0, 1 - massShare - windowWK / (MASS_SURFACE_WM2K * internalAreaM2)),
  };
};

/** A_m/A_f by class of capacity, J/K per m2 of floor (ISO 13790:2008, table 12), interpolated between classes. */
const massClasses = [
  [165_000, 2.5],
  [260_000, 3],
  [370_000, 3.5],
] as const;

/** Effective mass area over floor area for a capacity known only as a whole. */
export const massAreaOverFloor = (capacityJKM2: number): number => {
  const [light, heavy, veryHeavy] = massClasses;
  if (capacityJKM2 <= light[0]) return light[1];
  if (capacityJKM2 >= veryHeavy[0]) return veryHeavy[1];
  const [from, to] = capacityJKM2 < heavy[0] ? [light, heavy] : [heavy, veryHeavy];
  return from[1] + ((capacityJKM2 - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
};
