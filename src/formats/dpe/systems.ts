import type {
  Combustion,
  ConventionalCarrier,
  HeatEmitter,
  HeatGenerator,
  HeatingInstallation,
  HotWaterSource,
  HotWaterSystem,
} from '#core/conventional.ts';
import { all, type Node, number, one, text } from './xml.ts';

/** enum_type_energie_id. */
const carriers: Readonly<Record<string, ConventionalCarrier>> = {
  '1': 'electricity',
  '2': 'gas',
  '3': 'oil',
  '4': 'logs',
  '5': 'pellets',
  '6': 'chips',
  '7': 'chips',
  '8': 'district-heat',
  '9': 'lpg',
  '10': 'lpg',
  '11': 'coal',
  '13': 'lpg',
};

const within = (code: number, ranges: readonly (readonly [number, number])[]): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

/** enum_type_generateur_ch_id, in ranges; a boiler the code says no more of is a standard one. */
const condensing = [
  [83, 84],
  [94, 97],
  [136, 139],
  [148, 151],
  [160, 161],
] as const;
const lowTemperature = [
  [81, 82],
  [91, 93],
  [133, 135],
] as const;
const solid = [
  [48, 49],
  [55, 74],
  [115, 115],
  [120, 126],
  [140, 141],
  [152, 159],
  [171, 171],
] as const;
const airCodes = [[50, 52]] as const;
const radiators = [[53, 54]] as const;
const boilers = [
  [75, 97],
  [127, 139],
  [148, 151],
  [160, 161],
] as const;
const pumpedCodes = [
  [4, 19],
  [48, 52],
  [55, 97],
  [106, 171],
] as const;
/** enum_type_generateur_ecs_id. */
const waterLiquidBoilers = [
  [35, 57],
  [92, 104],
  [120, 123],
  [132, 133],
] as const;
const instants = [
  [63, 67],
  [110, 114],
] as const;
const gasTanks = [
  [58, 62],
  [105, 109],
] as const;
const BEST_TANK = 71;

const familyOf = (code: number): Combustion['family'] => {
  if (within(code, condensing)) return 'condensing';
  if (within(code, lowTemperature)) return 'low-temperature';
  if (within(code, solid)) return 'solid-fuel';
  if (within(code, airCodes)) return 'warm-air';
  return within(code, radiators) ? 'gas-radiator' : 'standard';
};

/** Auxiliary power of a generator (section 15.1): W, and W a kW. */
const auxiliaryOf = (code: number): HeatGenerator['auxiliary'] => {
  if (within(code, boilers)) return { fixedW: 20, perKw: 1.6 };
  if (within(code, radiators)) return { fixedW: 40, perKw: 0 };
  return { fixedW: 0, perKw: within(code, airCodes) ? 4 : 0 };
};

const DEFAULT_WATER_C = 55;
/** Standby losses written in kW or as a share of the power by some programs: under 1 W they are kW. */
const watts = (value: number): number => (value < 1 ? 1000 * value : value);

const generatorOf = (node: Node): HeatGenerator | undefined => {
  const input = one(node, 'donnee_entree');
  const result = one(node, 'donnee_intermediaire');
  const carrier = carriers[text(input, 'enum_type_energie_id') ?? ''];
  if (carrier === undefined) return undefined;
  const code = number(input, 'enum_type_generateur_ch_id') ?? 0;
  const powerW = number(result, 'pn');
  const fullLoad = number(result, 'rpn');
  const pump = number(result, 'scop') ?? number(result, 'cop');
  const fixed = pump ?? number(result, 'rendement_generation');
  const burning = powerW !== undefined && powerW > 0 && fullLoad !== undefined && fullLoad > 0;
  if (!burning && (fixed === undefined || !(fixed > 0))) return undefined;
  const source: HeatGenerator['source'] = burning
    ? {
        kind: 'combustion',
        family: familyOf(code),
        powerW,
        fullLoad,
        partLoad: number(result, 'rpint') ?? fullLoad,
        standbyW: watts(number(result, 'qp0') ?? 0),
        pilotW: number(result, 'pveilleuse') ?? 0,
        partLoadC: number(result, 'temp_fonc_30') ?? DEFAULT_WATER_C,
        fullLoadC: number(result, 'temp_fonc_100') ?? DEFAULT_WATER_C,
        modulating: text(input, 'presence_regulation_combustion') === '1',
        sealed: text(input, 'presence_ventouse') === '1',
      }
    : { kind: 'fixed', efficiency: fixed ?? 1 };
  return {
    carrier,
    link: text(input, 'enum_lien_generateur_emetteur_id') ?? '1',
    source,
    heatedSpace: text(input, 'position_volume_chauffe') === '1',
    hotWater: text(input, 'enum_usage_generateur_id') === '3',
    pumped: within(code, pumpedCodes),
    auxiliary: auxiliaryOf(code),
  };
};

/** enum_type_emission_distribution_id: floors and ceilings, single-pipe radiators, two-pipe radiators. */
const floors = [
  [6, 9],
  [11, 18],
  [43, 44],
] as const;
const singlePipe = [[24, 31]] as const;
const twoPipe = [
  [10, 10],
  [19, 19],
  [32, 39],
  [45, 45],
] as const;

const pressureOf = (code: number): HeatEmitter['pressure'] => {
  if (within(code, floors)) return 'floor';
  if (within(code, singlePipe)) return 'single-pipe';
  return within(code, twoPipe) ? 'radiator' : 'unknown';
};

const emitterOf = (node: Node): HeatEmitter | undefined => {
  const input = one(node, 'donnee_entree');
  const result = one(node, 'donnee_intermediaire');
  const emission = number(result, 'rendement_emission');
  const distribution = number(result, 'rendement_distribution');
  const regulation = number(result, 'rendement_regulation');
  const intermittence = number(result, 'i0');
  if (!emission || !distribution || !regulation || !intermittence) return undefined;
  return {
    link: text(input, 'enum_lien_generateur_emetteur_id') ?? '1',
    areaM2: number(input, 'surface_chauffee') ?? 0,
    intermittence,
    emission,
    distribution,
    regulation,
    pressure: pressureOf(number(input, 'enum_type_emission_distribution_id') ?? 0),
    hotNetwork: text(input, 'enum_temp_distribution_ch_id') === '4',
  };
};

/** enum_cfg_installation_ch_id. */
const arrangements: Readonly<Record<string, HeatingInstallation['arrangement']>> = {
  '1': 'simple',
  '2': 'solar',
  '3': 'wood-backup',
  '4': 'wood-and-bathroom',
  '5': 'wood-backup-and-bathroom',
  '6': 'wood-relay',
  '7': 'solar-and-wood',
  '8': 'pump-relay',
  '9': 'pump-relay-and-wood',
  '10': 'base-and-backup',
  '11': 'two-way-convectors',
};

/** Heating installations; one without an emitter or generator that has its figures is left out. */
export const heatingOf = (housing: Node): HeatingInstallation[] =>
  all(one(housing, 'installation_chauffage_collection'), 'installation_chauffage').flatMap((node) => {
    const input = one(node, 'donnee_entree');
    const emitters = all(one(node, 'emetteur_chauffage_collection'), 'emetteur_chauffage').flatMap(
      (item) => emitterOf(item) ?? [],
    );
    const generators = all(one(node, 'generateur_chauffage_collection'), 'generateur_chauffage').flatMap(
      (item) => generatorOf(item) ?? [],
    );
    if (emitters.length === 0 || generators.length === 0) return [];
    return [
      {
        areaM2: (number(input, 'surface_chauffee') ?? 0) * (number(input, 'rdim') || 1),
        arrangement: arrangements[text(input, 'enum_cfg_installation_ch_id') ?? '1'] ?? 'simple',
        solarShare: number(one(node, 'donnee_intermediaire'), 'fch') ?? 0,
        levels: number(input, 'nombre_niveau_installation_ch') || 1,
        emitters,
        generators,
      },
    ];
  });

/** Cooling constant of electric tanks, Wh/(l K day), by volume up to 100, 200, 300 litres and above (section 11.6.2). */
const tankConstants: Readonly<Record<number, readonly number[]>> = {
  68: [0.39, 0.33, 0.3, 0.3],
  69: [0.32, 0.23, 0.22, 0.22],
  70: [0.27, 0.22, 0.2, 0.18],
  71: [0.25, 0.2, 0.18, 0.16],
};

const tankLoss = (code: number, litres: number, stored: boolean): number => {
  if (!stored || !(litres > 0)) return 0;
  const constants = tankConstants[code];
  if (constants === undefined) return 67_662 * litres ** 0.55;
  const size = [100, 200, 300].findIndex((limit) => litres <= limit);
  return ((8592 * 45) / 24) * litres * constants[size === -1 ? 3 : size];
};

const waterSource = (
  code: number,
  carrier: ConventionalCarrier,
  result: Node | undefined,
): HotWaterSource => {
  const pump = number(result, 'cop') ?? number(result, 'scop');
  if (pump !== undefined && pump > 0) return { kind: 'fixed', efficiency: pump };
  const powerW = number(result, 'pn') ?? 0;
  const fullLoad = number(result, 'rpn');
  if (fullLoad !== undefined && fullLoad > 0 && carrier !== 'district-heat') {
    const kind = within(code, instants) ? 'instant' : within(code, gasTanks) ? 'gas-tank' : 'boiler';
    const standbyW = kind === 'gas-tank' ? (1.5 * powerW) / 100 : watts(number(result, 'qp0') ?? 0);
    return { kind, powerW, fullLoad, standbyW, pilotW: number(result, 'pveilleuse') ?? 0 };
  }
  if (carrier === 'electricity') return { kind: 'electric', bonus: code === BEST_TANK ? 1.08 : 1 };
  const known = number(result, 'rendement_generation_stockage') ?? number(result, 'rendement_generation');
  return { kind: 'fixed', efficiency: known !== undefined && known > 0 ? known : 1 };
};

/** Hot water systems of a dwelling or of the `dwellings` of a block. */
export const hotWaterOf = (housing: Node, dwellings: number): HotWaterSystem[] => {
  const nodes = all(one(housing, 'installation_ecs_collection'), 'installation_ecs');
  return nodes.flatMap((node) => {
    const input = one(node, 'donnee_entree');
    const result = one(node, 'donnee_intermediaire');
    const collective = text(input, 'enum_type_installation_id') !== '1';
    const virtual = collective ? number(input, 'ratio_virtualisation') || 1 : 1;
    const generators = all(one(node, 'generateur_ecs_collection'), 'generateur_ecs');
    return generators.flatMap((item): HotWaterSystem[] => {
      const own = one(item, 'donnee_entree');
      const carrier = carriers[text(own, 'enum_type_energie_id') ?? ''];
      const distribution = number(result, 'rendement_distribution');
      if (carrier === undefined || !distribution) return [];
      const code = number(own, 'enum_type_generateur_ecs_id') ?? 0;
      const stored = text(own, 'enum_type_stockage_ecs_id') !== '1';
      const tank = tankLoss(code, number(own, 'volume_stockage') ?? 0, stored);
      const place = text(own, 'position_volume_chauffe_stockage') ?? text(own, 'position_volume_chauffe');
      return [
        {
          carrier,
          share: 1 / nodes.length / generators.length,
          units: collective ? 1 : Math.max(1, dwellings / nodes.length),
          collective,
          distribution,
          solarShare: number(result, 'fecs') ?? 0,
          tankLossWh: tank * virtual,
          tankHeated: place === '1',
          source: waterSource(code, carrier, one(item, 'donnee_intermediaire')),
          auxiliary: within(code, waterLiquidBoilers) ? { fixedW: 20, perKw: 1.6 } : { fixedW: 0, perKw: 0 },
        },
      ];
    });
  });
};
