import type { Message } from '#core/message.ts';
import type { Result } from '#core/result.ts';
import type { EnergyUnit, Readings } from '#core/series.ts';

/** Times written as a count of steps from a first instant: seconds of a simulation, numbered months. */
type TimeCounter = {
  /** Day the count begins on, `YYYY-MM-DD`. */
  readonly origin: string;
  readonly step: 'second' | 'hour' | 'day' | 'month';
  /** The count at the origin; 0 unless said. */
  readonly first?: number;
};

/** How a file of readings is to be read, where its own words do not say or say otherwise. */
export type ReadingsOptions = {
  /** Column names, or positions from 1 written as figures. Several time columns are joined with `+`. */
  readonly timeColumn?: string;
  readonly valueColumn?: string;
  readonly temperatureColumn?: string;
  /** Rows to keep: column name to the text it must have. */
  readonly where?: Readonly<Record<string, string>>;
  readonly unit?: EnergyUnit;
  /** The unit of values whose file does not state one; what the file states goes before it. */
  readonly fallbackUnit?: EnergyUnit;
  /** kWh per m3 of gas, from the bill; needed when the unit is m3. */
  readonly kwhPerM3?: number;
  /** IANA zone of the local times and of the days. */
  readonly timezone?: string;
  /** The values are a running total to be differenced; false forbids finding so. */
  readonly register?: boolean;
  /** The outdoor temperature is in degrees Fahrenheit. */
  readonly fahrenheit?: boolean;
  /** The values are means per day of the period, to be multiplied by its days. */
  readonly perDay?: boolean;
  /** Which end of its interval an instant marks. */
  readonly stamps?: 'start' | 'end';
  readonly counter?: TimeCounter;
  /** The series to take from a file that has several, by the name the file gives it. */
  readonly meter?: string;
  /** Number of the first line of what is given, where it is a part of a file. */
  readonly firstLine?: number;
  /** Decompressed bytes accepted. */
  readonly maxBytes?: number;
};

/** The beginning of a file as formats look at it to say whether it is theirs. */
export type Sniffed = {
  readonly name: string;
  /** The first 16 kB as text, decompressed; empty for a binary file. */
  readonly head: string;
  /** First bytes, decompressed when the file is gzip. */
  readonly bytes: Uint8Array;
};

/** One way of writing readings: how to know it, and how to read it. */
export type ReadingsFormat = {
  readonly id: string;
  readonly title: Message;
  /** Whether the content is of this format; the name only helps. */
  readonly detect: (file: Sniffed) => boolean;
  /** Every series of the file. */
  readonly read: (
    name: string,
    bytes: Uint8Array,
    options: ReadingsOptions,
  ) => Result<readonly Readings[]> | Promise<Result<readonly Readings[]>>;
};
