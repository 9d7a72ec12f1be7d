import type { Posterior } from '#core/calibration/index.ts';
import { overheating } from '#core/physics/hourly/comfort.ts';
import { idealPlant, simulateYear } from '#core/physics/hourly/simulate-year.ts';
import type { Quantity } from '#core/quantity.ts';
import type { Twin } from '#core/twin.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';
import { type HourlyOptions, hourlyRun } from './hourly-run.ts';
import { quantityOf } from './quantity-of.ts';

/** A year of the calibrated twin hour by hour, heated to its set point throughout, never cooled. */
export type HourlyOutcome = {
  readonly heatNeed: Quantity;
  readonly peakHeating: Quantity;
  /** Hours of the year with an operative temperature above the adaptive limit of EN 16798-1, category II. */
  readonly overheatingHours: Quantity;
  /** The same weighted by the excess, K·h. */
  readonly overheatingDegreeHours: Quantity;
  readonly warmest: Quantity;
  /** Coldest hour were the heating off all year. */
  readonly coldestUnheated: Quantity;
};

/**
 * Heat need, peak, overheating and free-floating cold of the calibrated twin by the hourly method of ISO 13790 annex C,
 * on draws of its posterior. The whole heat loss is taken towards outdoor air (b in it); opaque faces take sun and sky;
 * half of the gains are even over the day. Same draws and weather, same figures.
 */
export const simulateHourly = (
  twin: Twin,
  posterior: Posterior,
  year: TypicalYear,
  options: HourlyOptions = {},
): HourlyOutcome => {
  const { draws, network, drive, limitC, basis } = hourlyRun(twin, posterior, year, options);
  const unheatedC = new Float64Array(limitC.length).fill(-Infinity);
  const rows = draws.map((draw) => {
    const parts = network(draw);
    const driven = drive(draw);
    const heated = simulateYear(parts, driven, idealPlant);
    const free = simulateYear(parts, { ...driven, heatingC: unheatedC }, idealPlant);
    const warm = overheating(heated.operativeC, limitC);
    return {
      need: heated.heatingW.reduce((sum, watts) => sum + watts, 0) / 1000,
      peak: heated.heatingW.reduce((most, watts) => Math.max(most, watts), 0) / 1000,
      hours: warm.hours,
      degreeHours: warm.degreeHoursK,
      warmest: warm.highestC,
      coldest: free.operativeC.reduce((least, value) => Math.min(least, value), Infinity),
    };
  });
  const figure = (of: (row: (typeof rows)[number]) => number, unit: string, comfort = false): Quantity =>
    quantityOf(
      Float64Array.from(rows, of),
      unit,
      'learnt',
      `${basis}${comfort ? '; adaptive limit of EN 16798-1 category II' : ''}`,
    );
  return {
    heatNeed: figure(({ need }) => need, 'kWh'),
    peakHeating: figure(({ peak }) => peak, 'kW'),
    overheatingHours: figure((row) => row.hours, 'h', true),
    overheatingDegreeHours: figure(({ degreeHours }) => degreeHours, 'K h', true),
    warmest: figure(({ warmest }) => warmest, '°C'),
    coldestUnheated: figure(({ coldest }) => coldest, '°C'),
  };
};
