import { dateOf } from '#core/calendar.ts';
import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';

const HOUR_MS = 3_600_000;

/** How readings are put together, the finest first; `reading` leaves them as they are. */
export const sampledSteps = ['reading', 'hour', 'day', 'week', 'month', 'year'] as const;
export type SampledStep = (typeof sampledSteps)[number];

/** Readings put together by local hour, day, week (from Monday), month or year; columns of one length. */
export type SampledReadings = {
  readonly step: SampledStep;
  /** Start of the first and end of the last reading of each, ms since the epoch. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly energyKwh: Float64Array;
  /** Milliseconds that a reading with a value covers. */
  readonly coveredMs: Float64Array;
  /** Lowest and highest mean power of one reading, kW. */
  readonly lowKw: Float64Array;
  readonly highKw: Float64Array;
  /** Bits of `readingFlag` that any reading of it carries. */
  readonly flags: Uint16Array;
  readonly readings: Int32Array;
};

/** The number that readings put together share. */
const keyOf = (step: SampledStep, middleMs: number, index: number, zone: Zone): number => {
  if (step === 'reading') return index;
  if (step === 'hour') return Math.floor((middleMs + zone.offsetMs(middleMs)) / HOUR_MS);
  const day = zone.localDay(middleMs);
  if (step === 'day') return day;
  if (step === 'week') return Math.floor((day + 3) / 7);
  const { year, month } = dateOf(day);
  return step === 'month' ? year * 12 + month : year;
};

/**
 * Readings for a picture: put together in the finest step that gives at most `most` of them (in years where none does).
 * Energies of one step add up, nothing is interpolated; a reading belongs to where its middle lies, and one without a value
 * is left out.
 */
export const sampleReadings = (
  { startMs, endMs, energyKwh, flags }: Pick<Readings, 'startMs' | 'endMs' | 'energyKwh' | 'flags'>,
  zone: Zone,
  most: number,
): SampledReadings => {
  const known = [...energyKwh.keys()].filter((index) => !Number.isNaN(energyKwh[index]));
  const keysIn = (step: SampledStep): number[] =>
    known.map((index) => keyOf(step, (startMs[index] + endMs[index]) / 2, index, zone));
  const starts = (keys: readonly number[]): number[] =>
    [...keys.keys()].filter((at) => at === 0 || keys[at] !== keys[at - 1]);
  const coarsest: SampledStep = 'year';
  const step = sampledSteps.find((one) => starts(keysIn(one)).length <= most) ?? coarsest;
  const firsts = starts(keysIn(step));
  const groups = firsts.map((first, at) => known.slice(first, firsts[at + 1] ?? known.length));
  const spanMs = (index: number): number => endMs[index] - startMs[index];
  const powersKw = (group: readonly number[]): number[] =>
    group.map((index) => energyKwh[index] / (spanMs(index) / HOUR_MS));
  const sum = (group: readonly number[], of: (index: number) => number): number =>
    group.reduce((total, index) => total + of(index), 0);
  return {
    step,
    startMs: Float64Array.from(groups, (group) => startMs[group[0]]),
    endMs: Float64Array.from(groups, (group) => endMs[group.at(-1) ?? 0]),
    energyKwh: Float64Array.from(groups, (group) => sum(group, (index) => energyKwh[index])),
    coveredMs: Float64Array.from(groups, (group) => sum(group, spanMs)),
    lowKw: Float64Array.from(groups, (group) => powersKw(group).reduce((a, b) => Math.min(a, b))),
    highKw: Float64Array.from(groups, (group) => powersKw(group).reduce((a, b) => Math.max(a, b))),
    flags: Uint16Array.from(groups, (group) =>
      group.reduce((bits, index) => bits | (flags?.[index] ?? 0), 0),
    ),
    readings: Int32Array.from(groups, (group) => group.length),
  };
};
