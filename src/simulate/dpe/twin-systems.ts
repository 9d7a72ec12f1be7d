import type {
  ConventionalCarrier,
  HeatGenerator,
  HeatingInstallation,
  HotWaterSystem,
} from '#core/conventional.ts';
import type { HeatingSystem } from '#core/twin.ts';

const carriers = {
  gas: 'gas',
  electricity: 'electricity',
  'district-heat': 'district-heat',
  oil: 'oil',
  wood: 'pellets',
} as const satisfies Record<HeatingSystem['carrier'], ConventionalCarrier>;

/** Efficiencies of generators without a load curve (DOMAIN 2.10): direct electric, pumps after 2017 in H1 and H2, substation. */
const fixed = {
  'electric-direct': 1,
  'heat-pump-air': 2.8,
  'heat-pump-ground': 3,
  'district-heat': 0.97,
} as const;

type Boiler = {
  readonly family: 'standard' | 'condensing' | 'solid-fuel';
  readonly full: readonly [number, number];
  readonly part: readonly [number, number];
  readonly standby: (powerKw: number) => number;
  readonly partLoadC: number;
};

/** Default boilers by kind (DOMAIN 2.10): 1986-1990, condensing 2001-2015, pellets 2004-2012; percent as a + b log10 of kW. */
const boilers: Readonly<Record<'boiler-old' | 'boiler-condensing' | 'wood-boiler', Boiler>> = {
  'boiler-old': { family: 'standard', full: [84, 2], part: [80, 3], standby: (kw) => 15 * kw, partLoadC: 56 },
  'boiler-condensing': {
    family: 'condensing',
    full: [91, 1],
    part: [97, 1],
    standby: (kw) => 10 * kw,
    partLoadC: 35,
  },
  'wood-boiler': {
    family: 'solid-fuel',
    full: [67, 6],
    part: [68, 6],
    standby: (kw) => 85 * kw ** 0.6,
    partLoadC: 56,
  },
};

/** Largest power the log formulas hold for, kW (DOMAIN 2.10). */
const MOST_KW = { standard: 400, condensing: 400, 'solid-fuel': 70 } as const;
const WATER_C = 70;

const isBoiler = (kind: HeatingSystem['kind']): kind is keyof typeof boilers => kind in boilers;

/** Nominal power the method gives an unknown boiler, W (DOMAIN 2.10). */
const sized = (lossWK: number, designC: number): number => (1.2 * lossWK * (19 - designC)) / 0.95 ** 3;

const sourceOf = (kind: HeatingSystem['kind'], powerW: number): HeatGenerator['source'] => {
  if (!isBoiler(kind)) return { kind: 'fixed', efficiency: fixed[kind] };
  const boiler = boilers[kind];
  const log = Math.log10(Math.min(powerW / 1000, MOST_KW[boiler.family]));
  return {
    kind: 'combustion',
    family: boiler.family,
    powerW,
    fullLoad: (boiler.full[0] + boiler.full[1] * log) / 100,
    partLoad: (boiler.part[0] + boiler.part[1] * log) / 100,
    standbyW: boiler.standby(powerW / 1000),
    pilotW: 0,
    partLoadC: boiler.partLoadC,
    fullLoadC: WATER_C,
    modulating: false,
    sealed: false,
  };
};

const none = { fixedW: 0, perKw: 0 } as const;
const TANK_LITRES = 150;
/** Losses of a 150 litre tank of category B a year, Wh (section 11.6.2). */
const TANK_LOSS_WH = ((8592 * 45) / 24) * TANK_LITRES * 0.22;

/** What a twin's system is for the conventional method; all but its kind and carrier are defaults of the method's tables. */
export const conventionalSystems = (
  system: Pick<HeatingSystem, 'kind' | 'carrier'>,
  size: {
    readonly lossWK: number;
    readonly designC: number;
    readonly areaM2: number;
    readonly storeys: number;
    readonly dwellings: number;
  },
): { readonly heating: readonly HeatingInstallation[]; readonly hotWater: readonly HotWaterSystem[] } => {
  const carrier = carriers[system.carrier];
  const direct = system.kind === 'electric-direct';
  const boiler = isBoiler(system.kind);
  const block = size.dwellings > 1;
  const source = sourceOf(system.kind, sized(size.lossWK, size.designC));
  const auxiliary = boiler && carrier !== 'pellets' ? { fixedW: 20, perKw: 1.6 } : none;
  const intermittence = direct ? (block ? 0.9 : 0.84) : block ? 1.03 : 0.88;
  const water = boiler && source.kind === 'combustion' ? source : undefined;
  return {
    heating: [
      {
        areaM2: size.areaM2,
        arrangement: 'simple',
        solarShare: 0,
        levels: size.storeys,
        emitters: [
          {
            link: '1',
            areaM2: size.areaM2,
            intermittence,
            emission: 0.95,
            distribution: direct ? 1 : block ? 0.87 : 0.92,
            regulation: direct ? 0.99 : 0.95,
            pressure: direct ? 'unknown' : 'radiator',
            hotNetwork: boiler,
          },
        ],
        generators: [
          {
            carrier,
            link: '1',
            source,
            heatedSpace: false,
            hotWater: water !== undefined,
            pumped: !direct,
            auxiliary,
          },
        ],
      },
    ],
    hotWater: [
      water === undefined
        ? {
            carrier: 'electricity',
            share: 1,
            units: size.dwellings,
            collective: false,
            distribution: 0.93,
            solarShare: 0,
            tankLossWh: TANK_LOSS_WH,
            tankHeated: true,
            source: { kind: 'electric', bonus: 1 },
            auxiliary: none,
          }
        : {
            carrier,
            share: 1,
            units: 1,
            collective: block,
            distribution: block ? 0.55 : 0.93,
            solarShare: 0,
            tankLossWh: 0,
            tankHeated: false,
            source: { ...water, kind: 'boiler' },
            auxiliary,
          },
    ],
  };
};
