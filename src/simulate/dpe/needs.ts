import type { ConventionalInput } from '#core/conventional.ts';
import { type ConventionalClimate, MONTHS, sum } from './climate.ts';

const exponents = { light: 2.5, medium: 2.9, heavy: 3.6, 'very-heavy': 3.6 } as const;
const capacities = { light: 110_000, medium: 165_000, heavy: 260_000, 'very-heavy': 260_000 } as const;

/** Adults a dwelling or block counts for hot water and gains (section 11.1 and 6.1; DOMAIN 1.9). */
export const equivalentAdults = ({
  kind,
  areaM2,
  dwellings,
}: Pick<ConventionalInput, 'kind' | 'areaM2' | 'dwellings'>): number => {
  const count = kind === 'block' ? dwellings : 1;
  const each = areaM2 / count;
  const house = kind === 'house';
  const [low, high, slope] = house ? [30, 70, 0.025] : [10, 50, 0.035];
  const most = each < low ? 1 : each < high ? 1.75 - 0.018_75 * (high - each) : slope * each;
  return count * (most < 1.75 ? most : 1.75 + 0.3 * (most - 1.75));
};

const LITRES_AT_40 = 56;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 24];

/** Conventional hot water, kWh a year: 56 litres a day and adult at 40 degrees C, one week away in December (section 11.1). */
export const hotWaterNeed = (adults: number, climate: ConventionalClimate): number =>
  DAYS.reduce(
    (total, days, month) =>
      total + (1.163 * adults * LITRES_AT_40 * (40 - climate.coldWaterC[month]) * days) / 1000,
    0,
  );

/** South-equivalent aperture of each month, m2 (section 6.2). */
export const southAperture = (
  apertures: ConventionalInput['apertures'],
  climate: ConventionalClimate,
): number[] =>
  Array.from({ length: MONTHS }, (_, month) =>
    apertures.reduce((total, { facing, areaM2 }) => total + areaM2 * climate.orientation[facing][month], 0),
  );

const inner = (areaM2: number, adults: number): number => (3.18 + 0.34) * areaM2 + 90 * (132 / 168) * adults;

type NeedInput = Pick<ConventionalInput, 'areaM2' | 'inertia' | 'lossWK'> & {
  readonly adults: number;
  /** By month, m2. */
  readonly southM2: readonly number[];
};

/** Share of the losses that gains cover (section 6.1): gains over losses x give (x - x^a)/(1 - x^a), also where x is above 1. */
const covered = (ratio: number, exponent: number): number => {
  if (Math.abs(ratio - 1) < 1e-9) return (exponent - 1) / exponent;
  const power = ratio ** exponent;
  return (ratio - power) / (1 - power);
};

/** Heating need before recovered losses, Wh by month (section 2 and 9.1.1). */
export const grossHeatingNeed = (
  { areaM2, inertia, lossWK, adults, southM2 }: NeedInput,
  climate: ConventionalClimate,
): Float64Array => {
  const need = new Float64Array(MONTHS);
  const hourly = inner(areaM2, adults);
  for (let month = 0; month < MONTHS; month++) {
    const loss = lossWK * climate.degreeHours19[month];
    if (loss <= 0) continue;
    const gains = hourly * climate.heatingHours[month] + 1000 * southM2[month] * climate.southKwhM2[month];
    need[month] = loss * (1 - covered(gains / loss, exponents[inertia]));
  }
  return need;
};

/** Cooling need, kWh a year, set point 28 degrees C (section 10.2). */
export const coolingNeed = (
  { areaM2, inertia, lossWK, adults, southM2 }: NeedInput,
  climate: ConventionalClimate,
): number => {
  const set = 28;
  const exponent = 1 + (capacities[inertia] * areaM2) / (3600 * lossWK) / 15;
  return sum(
    Array.from({ length: MONTHS }, (_, month) => {
      const hours = climate.coolingHours[month];
      if (hours === 0) return 0;
      const outdoor = climate.coolingOutdoorC[month];
      const gains = inner(areaM2, adults) * hours + 1000 * southM2[month] * climate.coolingSouthKwhM2[month];
      const balance = gains / (lossWK * (outdoor - set) * hours);
      if (balance < 0.5) return 0;
      const used =
        balance === 1
          ? exponent / (exponent + 1)
          : (1 - balance ** -exponent) / (1 - balance ** (-exponent - 1));
      return gains / 1000 - (used * lossWK * (set - outdoor) * hours) / 1000;
    }),
  );
};
