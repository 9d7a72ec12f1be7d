import {
  type ExpectedDay,
  type FitOptions,
  type FitOutcome,
  type HourlyFitOutcome,
  type ModelRecord,
  recordWindow,
  type StockDrift,
} from '#measure/index.ts';
import type { DayRange, HolidayCountry } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import type { Failure, Result } from '../core/result.ts';
import { promotionGate } from './promotion.ts';
import { type Due, FULL_SELECTION_DAYS, retrainingDue } from './retraining.ts';
import type { Promotion, Trial } from './types.ts';

const YEAR_DAYS = 365;
/** The newest days, held back from both models to judge between them. */
const TRIAL_DAYS = 60;

/** The readings of a meter as the ladder of one resolution takes them: what retraining fits, tries and hashes. */
export type LiveFit = {
  readonly resolution: ModelRecord['resolution'];
  /** Days of readings that a model learns from and that judge it, where a year and two months are too few. */
  readonly span?: { readonly yearDays: number; readonly trialDays: number };
  readonly fit: (options: FitOptions) => Result<FitOutcome | HourlyFitOutcome>;
  /** SHA-256 of what a fit of the window sees. */
  readonly hash: (window: DayRange) => string;
  /** Fits on the baseline and judges on the trial, in days whatever the resolution; undefined where neither can be. */
  readonly tryOut: (baseline: DayRange, trial: DayRange, kinds?: readonly string[]) => Trial | undefined;
  /** Days with a reading. */
  readonly daysRead: (range: DayRange) => number;
  /** The days of a range as a record expects them; undefined where it cannot say. */
  readonly expected: (record: ModelRecord, range: DayRange) => readonly ExpectedDay[] | undefined;
};

/** One model that was tried on a meter. */
export type Tried = {
  readonly record: ModelRecord | undefined;
  readonly to: number;
  readonly dataHash: string;
};

export type LiveStep = {
  readonly live: LiveFit;
  /** The fit of the resolution a record is of. */
  readonly of: (resolution: ModelRecord['resolution']) => LiveFit;
  /** Days the readings cover. */
  readonly range: DayRange;
  readonly holidays: HolidayCountry;
  /** Models tried, newest first, in force or kept out. */
  readonly history: readonly Tried[];
  /** The record in force; absent where there is none or no version can read it. */
  readonly served?: ModelRecord;
  /** True where a model is in force, readable or not. */
  readonly inForce: boolean;
  /** The store has seen readings come for the newest model's days since; whether they changed any is looked at here. */
  readonly touched: boolean;
  readonly stockDrift?: StockDrift;
  readonly clock?: () => number;
};

export type LiveOutcome =
  | { readonly kind: 'not-due'; readonly reason: Message }
  | { readonly kind: 'failed'; readonly error: Failure }
  | {
      readonly kind: 'trained';
      readonly cause: Due;
      readonly window: DayRange;
      readonly hash: string;
      readonly fitted: FitOutcome | HourlyFitOutcome;
      readonly verdict: Promotion;
    };

/** A ladder of one try and its fallback is a warm start. */
const isFull = ({ record }: Tried): boolean => (record?.candidates.length ?? 0) > 2;

/** Whether the days a model was fitted on read otherwise than they did then. */
const isCorrected = (step: LiveStep, { record, dataHash }: Tried): boolean =>
  record !== undefined && step.of(record.resolution).hash(recordWindow(record)) !== dataHash;

const dueNow = (step: LiveStep): Due => {
  const { live, history, served, range } = step;
  const [newest] = history;
  if (newest === undefined) return retrainingDue(undefined, 0, undefined, 0);
  const later = { from: newest.to + 1, to: range.to };
  return retrainingDue(
    {
      to: newest.to,
      corrected: step.touched && isCorrected(step, newest),
      otherResolution: newest.record !== undefined && newest.record.resolution !== live.resolution,
    },
    live.daysRead(later),
    served === undefined ? undefined : live.expected(served, later),
    served?.diagnostics.autocorrelation ?? 0,
  );
};

/** The rung in service alone, unless all of the ladder is due: first, on drift, and twice a year. */
const kindsToTry = (step: LiveStep, { cause }: Due): readonly string[] | undefined => {
  if (cause !== 'schedule' || step.served === undefined) return undefined;
  const full = step.history.find(isFull);
  return full === undefined || step.range.to - full.to > FULL_SELECTION_DAYS
    ? undefined
    : [step.served.model.kind];
};

/**
 * One night of a live model: whether it is due, a challenger on the last year (warm: the rung in service where the ladder was tried
 * lately), and the gate, which judges both on the newest days that neither was fitted on. The same step serves the nightly job and the
 * replay of past years.
 */
export const liveStep = (step: LiveStep): LiveOutcome => {
  const { live, range, served } = step;
  const { yearDays, trialDays } = live.span ?? { yearDays: YEAR_DAYS, trialDays: TRIAL_DAYS };
  const due = dueNow(step);
  const window = { from: Math.max(range.from, range.to - yearDays + 1), to: range.to };
  if (!due.due) return { kind: 'not-due', reason: due.reason };
  const hash = live.hash(window);
  if (step.history[0]?.dataHash === hash)
    return { kind: 'not-due', reason: message('aucun relevé nouveau.', 'no new reading.') };
  const kinds = kindsToTry(step, due);
  const fitted = live.fit({
    baseline: window,
    holidays: step.holidays,
    ...(kinds === undefined ? {} : { kinds }),
    ...(step.stockDrift === undefined ? {} : { stockDrift: step.stockDrift }),
    ...(step.clock === undefined ? {} : { clock: step.clock }),
  });
  if (!fitted.ok) return { kind: 'failed', error: fitted.error };
  const trial = { from: range.to - trialDays + 1, to: range.to };
  const challenger = live.tryOut(
    { from: Math.max(range.from, trial.from - yearDays), to: trial.from - 1 },
    trial,
    [fitted.value.model.kind],
  );
  const championOf = (record: ModelRecord): Trial | undefined => {
    const { from, to } = recordWindow(record);
    const held = { from, to: Math.min(to, trial.from - 1) };
    return step.of(record.resolution).tryOut(held, trial, [record.model.kind]);
  };
  const champion = served === undefined ? undefined : championOf(served);
  const verdict =
    challenger === undefined
      ? {
          promoted: !step.inForce,
          reason: message(
            'la température n’explique pas assez ce compteur pour un essai.',
            'temperature explains too little of this meter for a trial.',
          ),
        }
      : promotionGate(champion, challenger);
  return { kind: 'trained', cause: due, window, hash, fitted: fitted.value, verdict };
};
