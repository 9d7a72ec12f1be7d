import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { bordeaux } from '#core/physics/bordeaux.ts';
import type { MonthlyWeather } from '#core/physics/monthly-weather.ts';
import type { Quantity } from '#core/quantity.ts';
import type { DailySeries } from '#core/series.ts';
import {
  type ScenarioResult,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  simulateScenario,
  warmer2050,
} from '#simulate/index.ts';
import { dayNumber } from '#core/calendar.ts';
import { scenarioWeather } from '../../src/app/scenario-weather.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 1000, seed: 9 });
const run = (weather: MonthlyWeather, ids: readonly string[] = ['roof-insulation']): ScenarioResult => {
  const result = simulateScenario({
    twin,
    posterior,
    measures: shippedCatalogue.filter(({ id }) => ids.includes(id)),
    weather,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    economics: shippedEconomics,
  });
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};
const width = ({ low, high }: Quantity): number => high - low;

describe('2050', () => {
  const path = warmer2050(bordeaux);
  const sure = { ...path, commonSpreadK: 0 };

  it('has an interval that holds how warm the path may be, around the same middle', () => {
    const [spread, middle] = [run(path), run(sure)];
    expect(width(spread.beforeKwh)).toBeGreaterThan(width(middle.beforeKwh));
    expect(spread.beforeKwh.value / middle.beforeKwh.value).toBeCloseTo(1, 1);
  });

  it('a path warmer by a degree is a set point lower by a degree, month by month and in every draw', () => {
    const warmer = { ...sure, months: sure.months.map((month) => ({ ...month, meanC: month.meanC + 1 })) };
    const lower = { ...posterior, setPointC: posterior.setPointC.map((set) => set - 1) };
    const direct = run(warmer).draws.beforeKwh;
    const moved = simulateScenario({
      twin,
      posterior: lower,
      measures: [],
      weather: sure,
      prices: shippedPrices,
      factors: shippedCarbonFactors,
      economics: shippedEconomics,
    });
    if (!moved.ok) throw new Error(moved.error.message.en);
    for (const [i, kwh] of moved.value.draws.beforeKwh.entries()) expect(kwh / direct[i]).toBeCloseTo(1, 9);
  });

  it('saves nothing without measures, however warm the path', () => {
    expect(run(path, []).draws.savingKwh.every((kwh) => kwh === 0)).toBe(true);
  });
});

/** Days of `years` whole years from 2020, each month at its own figure, warmer by a degree every year. */
const seriesOf = (years: number): DailySeries => {
  const firstDay = dayNumber(2020, 1, 1);
  const days = dayNumber(2020 + years, 1, 1) - firstDay;
  const outdoorC = Float64Array.from({ length: days }, (_, slot) => {
    const date = new Date((firstDay + slot) * 86_400_000);
    return date.getUTCMonth() + (date.getUTCFullYear() - 2020);
  });
  return { timezone: 'Europe/Paris', firstDay, outdoorC, energyKwh: new Float64Array(days).fill(100) };
};

describe('the last years of the building’s own weather', () => {
  it('are the means of those years alone, month by month', () => {
    const chosen = scenarioWeather({ kind: 'last-years', years: 2 }, seriesOf(4));
    if (!chosen.ok) throw new Error(chosen.error.message.en);
    const { months } = chosen.value.weather;
    // 2022 and 2023 are 2 and 3 degrees above the first year: January is at 2.5, December at 13.5.
    expect(months[0].meanC).toBeCloseTo(2.5, 6);
    expect(months[11].meanC).toBeCloseTo(13.5, 1);
    expect(months[5].dailySdK).toBeCloseTo(0.5, 6);
    expect(months[5].southKwhM2).toBe(bordeaux.months[5].southKwhM2);
    expect(chosen.value.weather.name).toContain('2');
  });

  it('give other kWh than the typical year', () => {
    const chosen = scenarioWeather({ kind: 'last-years', years: 1 }, seriesOf(1));
    if (!chosen.ok) throw new Error(chosen.error.message.en);
    expect(run(chosen.value.weather).beforeKwh.value).not.toBeCloseTo(run(bordeaux).beforeKwh.value, 0);
  });

  it('are refused where they are not known, with what to ask for instead', () => {
    for (const [years, series] of [
      [5, seriesOf(4)],
      [1, undefined],
      [1, { ...seriesOf(1), outdoorC: new Float64Array(366).fill(Number.NaN) }],
    ] as const) {
      const refused = scenarioWeather({ kind: 'last-years', years }, series);
      expect(refused.ok ? undefined : refused.error.code).toBe('weather-years-short');
      expect(refused.ok ? '' : refused.error.message.fr).toContain('typical');
    }
  });
});
