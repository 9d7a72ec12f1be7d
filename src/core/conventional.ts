/** Climate zones of the conventional method (order of 31 March 2021, annex 1). */
export const dpeZones = ['H1a', 'H1b', 'H1c', 'H2a', 'H2b', 'H2c', 'H2d', 'H3'] as const;
export type DpeZone = (typeof dpeZones)[number];

export type ConventionalCarrier =
  | 'electricity'
  | 'gas'
  | 'lpg'
  | 'oil'
  | 'coal'
  | 'logs'
  | 'pellets'
  | 'chips'
  | 'district-heat';

export const facings = [
  'south',
  'north',
  'east',
  'west',
  'southTilted',
  'northTilted',
  'eastTilted',
  'westTilted',
  'southFlat',
  'northFlat',
  'eastFlat',
  'westFlat',
  'horizontal',
] as const;
/** Facing of a window; `Tilted` 25 to 75 degrees from the horizontal, `Flat` below 25. */
export type Facing = (typeof facings)[number];

/** A combustion generator's own figures, on the lower heating value as the method's tables give them. */
export type Combustion = {
  readonly family: 'standard' | 'low-temperature' | 'condensing' | 'solid-fuel' | 'warm-air' | 'gas-radiator';
  /** Nominal power, W, with the share of a common boiler already applied. */
  readonly powerW: number;
  /** Efficiency at full and at intermediate load, 0 to about 1.1. */
  readonly fullLoad: number;
  readonly partLoad: number;
  /** Standby losses and pilot light, W. */
  readonly standbyW: number;
  readonly pilotW: number;
  /** Water temperatures at 30 % and full load, degrees C. */
  readonly partLoadC: number;
  readonly fullLoadC: number;
  readonly modulating: boolean;
  /** Fan-assisted or sealed flue: more of the standby loss goes through the casing. */
  readonly sealed: boolean;
};

export type HeatGenerator = {
  readonly carrier: ConventionalCarrier;
  /** Emitters it feeds, by their `link`. */
  readonly link: string;
  /** Constant seasonal efficiency (heat pump, direct electric, stove, substation), or the boiler it follows from. */
  readonly source:
    | { readonly kind: 'fixed'; readonly efficiency: number }
    | ({ readonly kind: 'combustion' } & Combustion);
  readonly heatedSpace: boolean;
  /** It also makes the hot water. */
  readonly hotWater: boolean;
  /** Water network with a circulator. */
  readonly pumped: boolean;
  /** Fixed and proportional power of its auxiliaries: W, and W per kW of nominal power. */
  readonly auxiliary: { readonly fixedW: number; readonly perKw: number };
  /** Emission grid or network, kgCO2e a kWh, where it is its own (district heat). */
  readonly ghgKgKwh?: number;
};

export type HeatEmitter = {
  readonly link: string;
  readonly areaM2: number;
  /** I0 of the intermittence table. */
  readonly intermittence: number;
  /** Emission, distribution and regulation efficiencies. */
  readonly emission: number;
  readonly distribution: number;
  readonly regulation: number;
  /** Pressure drop of its kind, and the network's shape. */
  readonly pressure: 'floor' | 'single-pipe' | 'radiator' | 'unknown';
  readonly hotNetwork: boolean;
};

export type HeatingInstallation = {
  readonly areaM2: number;
  /** How several generators share the need (section 9 of the method). */
  readonly arrangement:
    | 'simple'
    | 'solar'
    | 'wood-backup'
    | 'wood-and-bathroom'
    | 'wood-backup-and-bathroom'
    | 'wood-relay'
    | 'solar-and-wood'
    | 'pump-relay'
    | 'pump-relay-and-wood'
    | 'base-and-backup'
    | 'two-way-convectors';
  readonly solarShare: number;
  readonly levels: number;
  readonly emitters: readonly HeatEmitter[];
  readonly generators: readonly HeatGenerator[];
};

/** Where the hot water's heat comes from: tank heated by electricity, boiler, heater without tank, gas tank, pump, network. */
export type HotWaterSource =
  | { readonly kind: 'electric'; readonly bonus: number }
  | {
      readonly kind: 'boiler' | 'instant' | 'gas-tank';
      readonly powerW: number;
      readonly fullLoad: number;
      readonly standbyW: number;
      readonly pilotW: number;
    }
  | { readonly kind: 'fixed'; readonly efficiency: number };

export type HotWaterSystem = {
  readonly carrier: ConventionalCarrier;
  /** Share of the need of the whole. */
  readonly share: number;
  /** Identical systems that share it, one a dwelling. */
  readonly units: number;
  readonly collective: boolean;
  readonly distribution: number;
  readonly solarShare: number;
  /** Losses of one tank a year, Wh; 0 without. */
  readonly tankLossWh: number;
  readonly tankHeated: boolean;
  readonly source: HotWaterSource;
  readonly auxiliary: { readonly fixedW: number; readonly perKw: number };
  readonly ghgKgKwh?: number;
};

/** What the conventional method needs of a dwelling or block: envelope as sums, systems as they stand. SI; areas in m2. */
export type ConventionalInput = {
  readonly kind: 'house' | 'flat' | 'block';
  readonly zone: DpeZone;
  /** 0 below 400 m, 1 to 800 m, 2 above. */
  readonly altitude: 0 | 1 | 2;
  readonly inertia: 'light' | 'medium' | 'heavy' | 'very-heavy';
  /** Old materials (stone, earth, timber frame) in most walls, with heavy inertia: another heating season. */
  readonly oldHeavy: boolean;
  readonly areaM2: number;
  readonly storeyHeightM: number;
  readonly dwellings: number;
  /** All losses, W/K: transmission with b, thermal bridges, ventilation and leakage. */
  readonly lossWK: number;
  /** Area x Sw x Fe1 x Fe2 of the windows that face each way, m2. */
  readonly apertures: readonly { readonly facing: Facing; readonly areaM2: number }[];
  /** Mean power of the fans, W. */
  readonly fanW: number;
  readonly heating: readonly HeatingInstallation[];
  readonly hotWater: readonly HotWaterSystem[];
  readonly cooling: readonly { readonly areaM2: number; readonly efficiency: number }[];
};
