import type { HourlySeries } from '#core/series.ts';
import { normals } from '../../scripts/validate/simulated-meter.ts';

const HOUR_MS = 3_600_000;
const firstDay = 18_993; // Saturday 1 January 2022

/** Hours of a simulated meter in UTC from 1 January 2022; `load` gives kWh of an hour from hour of day, weekend and temperature. */
export const hourlyMeter = (
  days: number,
  load: (hour: number, weekend: boolean, outdoorC: number, day: number) => number,
  options: { readonly seed?: number; readonly noise?: number; readonly memory?: number } = {},
): HourlySeries => {
  const { seed = 1, noise = 0, memory = 0.6 } = options;
  const normal = normals(seed);
  const count = days * 24;
  const localDay = Int32Array.from({ length: count }, (_, i) => firstDay + Math.floor(i / 24));
  const localHour = Uint8Array.from({ length: count }, (_, i) => i % 24);
  let weather = 0;
  const outdoorC = Float64Array.from({ length: count }, (_, i) => {
    weather = 0.98 * weather + 0.7 * normal();
    return (
      12 -
      9 * Math.cos((2 * Math.PI * (i / 24 - 18)) / 365.25) -
      4 * Math.cos((2 * Math.PI * ((i % 24) - 3)) / 24) +
      weather
    );
  });
  let error = 0;
  const energyKwh = outdoorC.map((t, i) => {
    error = memory * error + Math.sqrt(1 - memory ** 2) * normal();
    const week = (localDay[i] + 3) % 7;
    return load(localHour[i], week >= 5, t, localDay[i]) + noise * error;
  });
  return { timezone: 'UTC', firstHourMs: firstDay * 24 * HOUR_MS, energyKwh, outdoorC, localDay, localHour };
};

/** Every hour of a series. */
export const allHours = (series: HourlySeries): Uint8Array => new Uint8Array(series.energyKwh.length).fill(1);

/** An office: busy from 8 to 18 on working days, heated below 15 °C, more so while busy. */
export const officeLoad = (hour: number, weekend: boolean, outdoorC: number): number => {
  const busy = !weekend && hour >= 8 && hour < 18;
  return (busy ? 60 : 20) + (busy ? 1.5 : 0.8) * Math.max(0, 15 - outdoorC);
};
