import type { Warning } from '#core/message.ts';
import type { Day, Decision } from './types.ts';

/** Readings in order of time: start and end of each interval in ms since the epoch, kWh, and quality flags (0 good). */
export type ReadingColumns = {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly energyKwh: Float64Array;
  readonly quality: Int16Array;
};

/** What a batch brings. Rows whose energy is not a number (blank in the file) are counted and not stored. */
export type ReadingBatch = {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly energyKwh: Float64Array;
  readonly quality?: Int16Array;
};

export type UpsertCount = {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly missing: number;
};

export type ReadingExtent = { readonly fromMs: number; readonly toMs: number; readonly count: number };

export type LastReading = { readonly startMs: number; readonly endMs: number; readonly energyKwh: number };

/** A value that a later write replaced. */
export type ReplacedReading = {
  readonly startMs: number;
  readonly endMs: number;
  readonly energyKwh: number;
  readonly quality: number;
  readonly replacedMs: number;
  readonly importId?: number;
};

/** What a person decided about readings that looked wrong. */
type DecisionAction = 'keep' | 'exclude' | 'correct';

export type NewReadingDecision = {
  readonly meterId: string;
  /** Code of the finding it answers, or `other`. */
  readonly finding: string;
  /** Local days of the meter, both included. */
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly action: DecisionAction;
  /** What the readings are multiplied by; with `correct` only. */
  readonly factor?: number;
};

export type ReadingDecision = NewReadingDecision &
  Decision & {
    readonly id: number;
    readonly decidedMs: number;
    /** Who took it back and why; absent while it holds. */
    readonly reversed?: Decision & { readonly atMs: number };
  };

/** A register reading: the running total of a meter at an instant, in kWh. */
export type RegisterReading = { readonly atMs: number; readonly kwh: number };

export type RegisterCount = UpsertCount & {
  /** Intervals over which the register falls: a meter changed or reset; they have no reading. */
  readonly falls: number;
};

export type ReadingImport = {
  readonly id: number;
  readonly meterId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly rows: number;
  readonly rejected: number;
  readonly warnings: readonly Warning[];
  readonly createdMs: number;
};
