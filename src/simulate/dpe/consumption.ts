import factors from '../../../models/dpe.json' with { type: 'json' };
import type { ConventionalCarrier, ConventionalInput } from '#core/conventional.ts';
import { primaryFactor } from '../label.ts';
import { recoveredFromBoiler } from './boiler.ts';
import { conventionalClimate, type ConventionalClimate, MONTHS, sum } from './climate.ts';
import { heatingUse } from './heating.ts';
import { hotWaterUse, recoveredFromHotWater } from './hot-water.ts';
import { coolingNeed, equivalentAdults, grossHeatingNeed, hotWaterNeed, southAperture } from './needs.ts';

const conventionalUses = ['heating', 'hotWater', 'cooling', 'lighting', 'auxiliary'] as const;
type ConventionalUse = (typeof conventionalUses)[number];

/** One use of one carrier: final energy kWh a year, and its own emission factor where it has one. */
type Line = {
  readonly use: ConventionalUse;
  readonly carrier: ConventionalCarrier;
  readonly finalKwh: number;
  readonly ghgKgKwh?: number;
};

/** Conventional year of a dwelling or block; energies in kWh a year for the whole, gases in kgCO2e. */
export type ConventionalResult = {
  readonly heatingNeedKwh: number;
  readonly hotWaterNeedKwh: number;
  readonly coolingNeedKwh: number;
  readonly lines: readonly Line[];
  readonly finalKwh: number;
  readonly primaryKwh: number;
  readonly ghgKg: number;
};

const LIT_W_M2 = 1.4 * 0.9;

const ghgOf = ({ carrier, use, ghgKgKwh }: Line): number => {
  if (ghgKgKwh !== undefined) return ghgKgKwh;
  return carrier === 'electricity' ? factors.ghg.electricity[use] : factors.ghg[carrier];
};

/** Heating need by month once the losses of hot water and boilers that warm the dwelling are taken off, Wh (section 9.1.1). */
const netNeed = (
  input: ConventionalInput,
  gross: Float64Array,
  hotWaterKwh: number,
  climate: ConventionalClimate,
): Float64Array => {
  const steady = sum(
    input.hotWater.map((system) => recoveredFromHotWater(system, hotWaterKwh * system.share)),
  );
  const boilers = input.heating.flatMap(({ generators }) =>
    generators.flatMap(({ source, heatedSpace, hotWater }) =>
      source.kind === 'combustion' && heatedSpace ? [{ unit: source, hotWater }] : [],
    ),
  );
  const net = new Float64Array(MONTHS);
  for (let month = 0; month < MONTHS; month++) {
    const hours = climate.heatingHours[month];
    const casing = sum(
      boilers.map(({ unit, hotWater }) => recoveredFromBoiler(unit, hotWater, hours, gross[month])),
    );
    net[month] = Math.max(0, gross[month] - steady * hours - casing);
  }
  return net;
};

const waterLines = (input: ConventionalInput, needKwh: number): Line[] =>
  input.hotWater.flatMap((system): Line[] => {
    const part = needKwh * system.share;
    const { source, carrier, auxiliary, ghgKgKwh } = system;
    const own =
      'powerW' in source && source.powerW > 0
        ? ((auxiliary.fixedW + (auxiliary.perKw * source.powerW) / 1000) * part) / source.powerW
        : 0;
    const finalKwh = hotWaterUse(system, part);
    return [
      { use: 'hotWater', carrier, finalKwh, ...(ghgKgKwh === undefined ? {} : { ghgKgKwh }) },
      { use: 'auxiliary', carrier: 'electricity', finalKwh: own },
    ];
  });

/**
 * Conventional use of a dwelling or block by the 3CL-DPE 2021 method (order of 31 March 2021; sections by function), with the
 * primary-energy factor of `date` (YYYY-MM-DD). Own photovoltaic production is not taken off. An estimate, never a certificate.
 */
export const conventionalUse = (input: ConventionalInput, date: string): ConventionalResult => {
  const climate = conventionalClimate(input);
  const adults = equivalentAdults(input);
  const needs = { ...input, adults, southM2: southAperture(input.apertures, climate) };
  const hotWaterNeedKwh = hotWaterNeed(adults, climate);
  const net = netNeed(input, grossHeatingNeed(needs, climate), hotWaterNeedKwh, climate);
  const coolingNeedKwh = input.cooling.length > 0 ? coolingNeed(needs, climate) : 0;
  const lines: Line[] = [
    ...heatingUse(input, net, climate).flatMap(({ generator, finalKwh, auxiliaryKwh }): Line[] => [
      {
        use: 'heating',
        carrier: generator.carrier,
        finalKwh,
        ...(generator.ghgKgKwh === undefined ? {} : { ghgKgKwh: generator.ghgKgKwh }),
      },
      { use: 'auxiliary', carrier: 'electricity', finalKwh: auxiliaryKwh },
    ]),
    ...waterLines(input, hotWaterNeedKwh),
    ...input.cooling.map(
      ({ areaM2, efficiency }): Line => ({
        use: 'cooling',
        carrier: 'electricity',
        finalKwh: (0.9 * coolingNeedKwh * (areaM2 / input.areaM2)) / efficiency,
      }),
    ),
    {
      use: 'lighting',
      carrier: 'electricity',
      finalKwh: (LIT_W_M2 * factors.lightingHours[input.zone] * input.areaM2) / 1000,
    },
    { use: 'auxiliary', carrier: 'electricity', finalKwh: 8.76 * input.fanW },
  ];
  return {
    heatingNeedKwh: sum([...net]) / 1000,
    hotWaterNeedKwh,
    coolingNeedKwh,
    lines,
    finalKwh: sum(lines.map((line) => line.finalKwh)),
    primaryKwh: sum(
      lines.map(
        ({ carrier, finalKwh }) =>
          finalKwh * primaryFactor(carrier === 'electricity' ? 'electricity' : 'gas', date),
      ),
    ),
    ghgKg: sum(lines.map((line) => line.finalKwh * ghgOf(line))),
  };
};
