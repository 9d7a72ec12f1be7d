import type {
  ConventionalInput,
  HeatEmitter,
  HeatGenerator,
  HeatingInstallation,
} from '#core/conventional.ts';
import { seasonalEfficiency } from './boiler.ts';
import { type ConventionalClimate, MONTHS, sum } from './climate.ts';

/** What each generator, in their order, covers of what the sun leaves (sections 9.2 to 9.9); left out where links decide. */
const coverage: Readonly<Partial<Record<HeatingInstallation['arrangement'], readonly number[]>>> = {
  'wood-backup': [0.75, 0.25],
  'wood-relay': [0.75, 0.25],
  'solar-and-wood': [0.75, 0.25],
  'wood-and-bathroom': [0.9, 0.1],
  'wood-backup-and-bathroom': [0.675, 0.225, 0.1],
  'pump-relay': [0.8, 0.2],
  'pump-relay-and-wood': [0.6, 0.15, 0.25],
  'two-way-convectors': [0.6, 0.4],
};

const efficiencyOf = ({ emission, distribution, regulation }: HeatEmitter): number =>
  emission * distribution * regulation;

const fed = (installation: HeatingInstallation, generator: HeatGenerator): readonly HeatEmitter[] => {
  const own = installation.emitters.filter(({ link }) => link === generator.link);
  return own.length > 0 ? own : installation.emitters;
};

/** Intermittence over the losses a volume: I0/(1 + 0.1 (G - 1)) (section 8). */
const intermittence = (emitter: HeatEmitter, lossPerVolume: number): number =>
  emitter.intermittence / (1 + 0.1 * (lossPerVolume - 1));

/**
 * Share of the need that the base of a common installation covers, the backup the rest (section 9.8): the base alone down to the
 * outdoor temperature its power is worth, from degree-hours on 14 degrees C.
 */
const baseShare = (
  installation: HeatingInstallation,
  need: Float64Array,
  climate: ConventionalClimate,
): number => {
  const [base] = installation.generators;
  const [emitter] = installation.emitters;
  const total = sum([...need]);
  if (base.source.kind !== 'combustion' || total === 0) return 0.5;
  const power = (base.source.powerW / 1000) * efficiencyOf(emitter);
  const limit = 14 - (1000 * power * sum(climate.degreeHours14)) / total;
  let covered = 0;
  for (let month = 0; month < MONTHS; month++) {
    const hours14 = climate.degreeHours14[month];
    if (hours14 <= 0) continue;
    const span = climate.outdoorC[month] - climate.designC;
    const x = (0.5 * (limit - climate.designC)) / span;
    const below = climate.heatingHours[month] * span * x ** 5 * (14 - 28 * x + 20 * x ** 2 - 5 * x ** 3);
    covered += need[month] * Math.max(0, 1 - Math.max(0, below) / hours14);
  }
  return covered / total;
};

/** Part of the installation's emission that a generator shares with others of the same emitters, or has for itself. */
const linkShare = (installation: HeatingInstallation, generator: HeatGenerator): number => {
  const twins = installation.generators.filter(({ link }) => link === generator.link);
  const powers = twins.map(({ source }) => (source.kind === 'combustion' ? source.powerW : 0));
  const cascade = powers.every((power) => power > 0);
  const within =
    cascade && generator.source.kind === 'combustion'
      ? generator.source.powerW / sum(powers)
      : 1 / twins.length;
  const emitted = sum(installation.emitters.map(({ areaM2 }) => areaM2));
  const own = installation.emitters.filter(({ link }) => link === generator.link);
  if (own.length === 0 || emitted === 0) return 1 / installation.generators.length;
  return (within * sum(own.map(({ areaM2 }) => areaM2))) / emitted;
};

const shareOf = (
  installation: HeatingInstallation,
  index: number,
  need: Float64Array,
  climate: ConventionalClimate,
): number => {
  const { arrangement, generators, solarShare } = installation;
  const sunless = arrangement === 'solar' || arrangement === 'solar-and-wood' ? 1 - solarShare : 1;
  if (generators.length === 1) return sunless;
  if (arrangement === 'base-and-backup') {
    const base = baseShare(installation, need, climate);
    return index === 0 ? base : (1 - base) / (generators.length - 1);
  }
  return sunless * (coverage[arrangement]?.[index] ?? linkShare(installation, generators[index]));
};

const resistances = { floor: 15, 'single-pipe': 30, radiator: 10, unknown: 35 } as const;

/** Energy of the circulator of one generator's network, kWh a year (section 15.2.1). */
const circulator = (
  installation: HeatingInstallation,
  input: Pick<ConventionalInput, 'areaM2' | 'lossWK'>,
  climate: ConventionalClimate,
): number => {
  const { emitters, levels, generators } = installation;
  const [first] = emitters;
  const shape = first.pressure === 'floor' && emitters.length === 1 ? 0.156 : 0.802;
  const length = 5 * shape * (levels + Math.sqrt(input.areaM2 / levels));
  const drop = 0.15 * length + resistances[first.pressure];
  const heatKw = (input.lossWK * (20 - climate.designC)) / 1000;
  const ratio = installation.areaM2 / (input.areaM2 * generators.length);
  const flow = (heatKw * ratio) / (1.163 * (first.hotNetwork ? 15 : 7.5));
  const units = Math.max(1, input.areaM2 / 400);
  const power = Math.max(30, 6.44 * ((drop * flow) / units) ** 0.676 * units);
  return (power * sum(climate.heatingHours)) / 1000;
};

type GeneratorUse = {
  readonly generator: HeatGenerator;
  readonly efficiency: number;
  /** Final energy and the share of its auxiliaries, kWh a year. */
  readonly finalKwh: number;
  readonly auxiliaryKwh: number;
};

/** Final energy of every heat generator for a need by month, Wh (section 9 and 15): intermittence, emission to generation. */
export const heatingUse = (
  input: Pick<ConventionalInput, 'areaM2' | 'lossWK' | 'storeyHeightM' | 'heating'>,
  need: Float64Array,
  climate: ConventionalClimate,
): GeneratorUse[] => {
  const total = sum([...need]) / 1000;
  const lossPerVolume = input.lossWK / (input.storeyHeightM * input.areaM2);
  const heated = sum(input.heating.map(({ areaM2 }) => areaM2));
  const installed = sum(
    input.heating.flatMap(({ generators }) =>
      generators.map(({ source }) => (source.kind === 'combustion' ? source.powerW : 0)),
    ),
  );
  const sizing = installed / (input.lossWK * (19 - climate.designC));
  return input.heating.flatMap((installation) => {
    const part = (total * installation.areaM2) / heated;
    const pumped = installation.generators.filter((one) => one.pumped).length;
    return installation.generators.map((generator, index) => {
      const emitters = fed(installation, generator);
      const area = sum(emitters.map(({ areaM2 }) => areaM2));
      const factor = sum(
        emitters.map((one) => ((one.areaM2 / area) * intermittence(one, lossPerVolume)) / efficiencyOf(one)),
      );
      const share = shareOf(installation, index, need, climate);
      const { source } = generator;
      const efficiency =
        source.kind === 'fixed' ? source.efficiency : seasonalEfficiency(source, generator.carrier, sizing);
      const { fixedW, perKw } = generator.auxiliary;
      const own =
        source.kind === 'combustion'
          ? ((fixedW + (perKw * source.powerW) / 1000) * part * share) / source.powerW
          : 0;
      const pump = generator.pumped ? circulator(installation, input, climate) / pumped : 0;
      return {
        generator,
        efficiency,
        finalKwh: (part * share * factor) / efficiency,
        auxiliaryKwh: own + pump,
      };
    });
  });
};
