import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux, bordeauxPlace } from '#core/physics/bordeaux.ts';
import { degreeDays } from '#core/physics/monthly-weather.ts';
import { madeYear } from '#core/weather/made-year.ts';
import { planeYear } from '#core/weather/plane-irradiance.ts';
import {
  type ComfortYears,
  hotSpell,
  julyWarmingK,
  type Measure,
  type ScenarioInput,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  comfortApplies,
  summerComfort,
  warmer2050,
} from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const MONTH_HOURS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days) => 24 * days);

const monthly = (values: Float64Array): number[] => {
  let first = 0;
  return MONTH_HOURS.map((hours) => {
    const sum = values.subarray(first, first + hours).reduce((total, value) => total + value, 0);
    first += hours;
    return sum;
  });
};

describe('an hourly year made from months', () => {
  const year = madeYear(bordeaux, bordeauxPlace);

  it('has the means of its months', () => {
    monthly(year.outdoorC).forEach((sum, month) =>
      expect(sum / MONTH_HOURS[month]).toBeCloseTo(bordeaux.months[month].meanC, 6),
    );
  });

  it('has the spread of days of its months', () => {
    const july = Array.from({ length: 31 }, (_, day) => {
      const from = (181 + day) * 24;
      return year.outdoorC.subarray(from, from + 24).reduce((sum, value) => sum + value, 0) / 24;
    });
    const mean = july.reduce((sum, value) => sum + value, 0) / 31;
    const sd = Math.sqrt(july.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 31);
    expect(sd).toBeCloseTo(bordeaux.months[6].dailySdK, 6);
  });

  // The table's sun is that of an isotropic sky on a south wall, albedo 0.2: the year gives it back within 3 %.
  it('gives back the sun of its months on a south wall', () => {
    const south = planeYear(year, { tiltDeg: 90, azimuthDeg: 180 }, 'isotropic');
    const total = south.directWm2.map((direct, h) => direct + south.diffuseWm2[h] + south.groundWm2[h]);
    monthly(total).forEach((wh, month) => {
      const { southKwhM2, days } = bordeaux.months[month];
      expect(Math.abs((wh * days) / (MONTH_HOURS[month] / 24) / 1000 / southKwhM2 - 1)).toBeLessThan(0.03);
    });
  });

  it('is no warmer outside its hot week, and 21 to 35 °C within', () => {
    const spell = hotSpell();
    const hot = madeYear(bordeaux, bordeauxPlace, spell);
    const from = (spell.firstDayOfYear - 1) * 24;
    const to = from + spell.days * 24;
    expect([...hot.outdoorC.subarray(0, from)]).toEqual([...year.outdoorC.subarray(0, from)]);
    expect([...hot.outdoorC.subarray(to)]).toEqual([...year.outdoorC.subarray(to)]);
    const week = hot.outdoorC.subarray(from, to);
    expect(Math.min(...week)).toBeCloseTo(21, 0);
    expect(Math.max(...week)).toBeCloseTo(35, 0);
  });
});

describe('summer comfort of options', () => {
  const twin = blockOfFlats();
  const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 200, seed: 1 });
  const years: ComfortYears = {
    year: madeYear(bordeaux, bordeauxPlace),
    hot: madeYear(bordeaux, bordeauxPlace, hotSpell()),
    spell: hotSpell(),
  };
  const named = (...ids: string[]): Measure[] => shippedCatalogue.filter(({ id }) => ids.includes(id));
  const input = (measures: readonly Measure[], more: Partial<ScenarioInput> = {}): ScenarioInput => ({
    twin,
    posterior,
    measures,
    weather: bordeaux,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    economics: shippedEconomics,
    ...more,
  });
  const plain = summerComfort(input([]), years, 12);

  it('shading takes heat out of the hot week, by its summer factor', () => {
    const shaded = summerComfort(input(named('solar-protection')), years, 12);
    expect(shaded.heatWaveWarmestC.value).toBeLessThan(plain.heatWaveWarmestC.value);
    expect(shaded.heatWaveDegreeHours.value).toBeLessThanOrEqual(plain.heatWaveDegreeHours.value);
    const [blind] = named('solar-protection');
    const idle: Measure = {
      ...blind,
      effects: blind.effects.map((effect) =>
        effect.kind === 'shade' ? { ...effect, summerFactor: effect.winterFactor } : effect,
      ),
    };
    const unmoved = summerComfort(input([idle]), years, 12);
    expect(unmoved.heatWaveWarmestC.value).toBeGreaterThan(shaded.heatWaveWarmestC.value);
  });

  it('2050 is warmer inside, and asks for less heat', () => {
    const months = warmer2050(bordeaux);
    const warm = summerComfort(
      input([], { weather: months }),
      {
        year: madeYear(months, bordeauxPlace),
        hot: madeYear(months, bordeauxPlace, hotSpell(julyWarmingK)),
        spell: hotSpell(julyWarmingK),
      },
      12,
    );
    expect(warm.heatWaveWarmestC.value).toBeGreaterThan(plain.heatWaveWarmestC.value);
    expect(degreeDays(months, 16)).toBeLessThan(degreeDays(bordeaux, 16));
  });

  it('speaks of no building heated above its limit: a pool hall would be too warm by its own heating', () => {
    const at = (celsius: number) => ({ setPointC: new Float64Array(3).fill(celsius) });
    expect(comfortApplies(at(20))).toBe(true);
    expect(comfortApplies(at(25))).toBe(true);
    // 0.33 × 10 °C + 21.8: the lowest the limit of EN 16798-1 gets, category II.
    expect(comfortApplies(at(25.2))).toBe(false);
    expect(comfortApplies(at(27))).toBe(false);
  });

  it('says what it rests on', () => {
    const { degreeHoursK, ...figures } = plain;
    expect(degreeHoursK).toHaveLength(12);
    for (const quantity of Object.values(figures)) {
      expect(quantity.basis).toContain('EN 16798-1');
      expect(quantity.low).toBeLessThanOrEqual(quantity.high);
    }
  });
});
