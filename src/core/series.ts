import type { DayRange } from './calendar.ts';
import type { Warning } from './message.ts';
import type { EnergyCarrier } from './twin.ts';

export const energyUnits = ['kWh', 'MWh', 'Wh', 'm3', 'kW', 'W'] as const;
/** What the values of a file are in; kW and W are means over each interval. */
export type EnergyUnit = (typeof energyUnits)[number];

/** What a meter counts: an energy that is delivered, or what the building makes of the sun. */
export type MeterCarrier = EnergyCarrier | 'solar';

/** Bits of the flag of one reading; 0 is a reading nothing is said of. */
export const readingFlag = {
  /** The source says it was estimated, not read. */
  estimated: 1,
  duplicate: 2,
  zeroAsMissing: 4,
  spike: 8,
  frozen: 16,
  reset: 32,
  clockShift: 64,
  impossible: 128,
  /** It stands after a change of unit. */
  unitBreak: 256,
} as const;

/** Where a series comes from: the format it was read in and, when the file says so, the meter and its energy. */
export type ReadingsSource = {
  readonly format: string;
  readonly meterId?: string;
  readonly carrier?: MeterCarrier;
};

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
  /** Bits of `readingFlag` each reading carries in the source; absent when the source marks none. */
  readonly flags?: Uint16Array;
  readonly source?: ReadingsSource;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly warnings: readonly Warning[];
};

/**
 * Readings of several days, such as bills: local days since 1970-01-01, `to` included, ascending and apart from each other; kWh a
 * period. `estimated` is 1 where a read put right what had been estimated before, in one period with it.
 */
export type Bills = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly energyKwh: Float64Array;
  readonly estimated: Uint8Array;
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
  /** Days a person says the building is closed, each range ending before the next begins. Absent while there are none. */
  readonly closures?: readonly DayRange[];
  /** What is known only over several days; their days have no energy of their own. Absent while there is none. */
  readonly bills?: Bills;
};

/**
 * Energy of consecutive whole hours from `firstHourMs` (ms since the epoch) with the weather of each, and where the hour lies in local
 * time. NaN where unknown.
 */
export type HourlySeries = {
  readonly timezone: string;
  readonly firstHourMs: number;
  readonly energyKwh: Float64Array;
  readonly outdoorC: Float64Array;
  /** Mean global horizontal irradiance over the hour, W/m2; absent when no source has it. */
  readonly ghiWm2?: Float64Array;
  /** As for `DailySeries`. */
  readonly closures?: readonly DayRange[];
  /** Local date of each hour, days since 1970-01-01; never decreasing. */
  readonly localDay: Int32Array;
  /** Local hour, 0 to 23. */
  readonly localHour: Uint8Array;
};
