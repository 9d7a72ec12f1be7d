import type { Warning } from './message.ts';

export type EnergyUnit = 'kWh' | 'MWh' | 'Wh' | 'm3' | 'kW';

/** One reading as a file states it: the interval it covers in UTC milliseconds, and kWh in it (NaN when missing). */
export type Readings = {
  readonly name: string;
  readonly timezone: string;
  readonly resolution: 'sub-hourly' | 'hourly' | 'daily' | 'monthly' | 'irregular';
  /** Start of each interval, ms since the epoch, ascending, unique. */
  readonly startMs: Float64Array;
  /** End of each interval, ms since the epoch. */
  readonly endMs: Float64Array;
  /** kWh over the interval; NaN where the file has a blank. */
  readonly energyKwh: Float64Array;
  /** Mean outdoor temperature over the interval, °C, when the file brings it. */
  readonly outdoorC?: Float64Array;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly warnings: readonly Warning[];
};

/**
 * Daily energy with the weather of each day, the common ground of the models. Consecutive local days from
 * `firstDay` (days since 1970-01-01), one slot a day, NaN where unknown.
 */
export type DailySeries = {
  readonly timezone: string;
  readonly firstDay: number;
  readonly energyKwh: Float64Array;
  readonly outdoorC: Float64Array;
  /** Mean global horizontal irradiance over the 24 h, W/m2; absent when no source has it. */
  readonly ghiWm2?: Float64Array;
  /** 1 on the days whose reading a person has confirmed: it is not doubted again. Absent while there are none. */
  readonly confirmed?: Uint8Array;
};
