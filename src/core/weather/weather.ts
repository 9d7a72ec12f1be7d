/** Measured or typical weather at one place, hour by hour (or finer). NaN where unknown. */
export type HourlyWeather = {
  readonly name: string;
  /** Start of each interval, ms since the epoch, ascending. */
  readonly startMs: Float64Array;
  readonly stepMs: number;
  readonly outdoorC: Float64Array;
  /** Mean global horizontal irradiance over the interval, W/m2. */
  readonly ghiWm2?: Float64Array;
  readonly timezone: string;
};

/** Weather of consecutive local days from `firstDay` (days since 1970-01-01). NaN where unknown. */
export type DailyWeather = {
  readonly firstDay: number;
  readonly outdoorC: Float64Array;
  readonly outdoorMinC?: Float64Array;
  readonly outdoorMaxC?: Float64Array;
  /** Mean over the 24 h, W/m2. */
  readonly ghiWm2?: Float64Array;
};

/** A place where weather is measured or computed. Degrees, east positive; metres. */
export type Station = {
  readonly id: string;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** NaN where unknown. */
  readonly altitudeM: number;
};
