/**
 * A typical year hour by hour at one place: 8,760 slots from 1 January, in the standard time of the place. Slot h
 * covers the hour from h to h + 1. NaN where the file has none.
 */
export type TypicalYear = {
  readonly name: string;
  readonly latitudeDeg: number;
  /** East positive. */
  readonly longitudeDeg: number;
  readonly altitudeM: number;
  /** Standard time east of UTC, h; for solar time the longitude over 15. */
  readonly utcOffsetH: number;
  readonly outdoorC: Float64Array;
  readonly dewPointC: Float64Array;
  readonly relativeHumidityPct: Float64Array;
  readonly pressurePa: Float64Array;
  readonly infraredWm2: Float64Array;
  readonly ghiWm2: Float64Array;
  readonly dniWm2: Float64Array;
  readonly dhiWm2: Float64Array;
  readonly windMs: Float64Array;
  readonly windDirectionDeg: Float64Array;
};

export const hoursOfYear = 8760;
