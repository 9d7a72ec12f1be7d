import type { DayRange, HolidayCountry } from '#core/calendar.ts';
import type { Message, Warning } from '#core/message.ts';
import type { SavingsScope, ZeroRule } from '#core/meter-rules.ts';
import type { Quantity } from '#core/quantity.ts';
import type { Coefficients, Noise, Score } from '#core/regression/index.ts';
import type { HourlyModel, HourlyScore, HourlyUncertainty } from '#core/regression/hourly/index.ts';
import type { Goodness } from '#core/statistics/index.ts';
import type { StockDrift } from './stock-drift.ts';

export type FitOptions = {
  readonly baseline: DayRange;
  /** Days to predict beside the baseline; they never touch the fit. */
  readonly predict?: DayRange;
  readonly holidays?: HolidayCountry;
  readonly zeros?: ZeroRule;
  /** What the other buildings of the stock show of yearly drift; the shipped table stands alone without. */
  readonly stockDrift?: StockDrift;
  /** The rungs to try, by kind; all of the ladder when left out, and where none of these is on it. */
  readonly kinds?: readonly string[];
  /** Milliseconds, to price the candidates; without it their cost is unknown. */
  readonly clock?: () => number;
};

/** Days that a person has said are not routine. */
export type Adjustment = DayRange & {
  /** What the prediction of these days is multiplied by; without it they are set aside on both sides. */
  readonly factor?: number;
};

export type SavingsOptions = Omit<FitOptions, 'predict'> & {
  readonly reporting: DayRange;
  readonly scope?: SavingsScope;
  readonly adjustments?: readonly Adjustment[];
  /** Days on which a person has decided: no event is proposed there again. */
  readonly settled?: readonly DayRange[];
};

/** One year of a meter, predicted by the year before it. */
export type PredictedYear = {
  /** Last day of the year, days since 1970-01-01. */
  readonly lastDay: number;
  /** ln(counted / predicted) of its total. */
  readonly lnRatio: number;
  /** Standard deviation of the predicted total from residuals and coefficients, as a share of it. */
  readonly noise: number;
};

/** Year-to-year drift as a multiple of the shipped table's (models/drift-prior.json), and where it comes from. */
export type Drift = {
  readonly factor: number;
  readonly ownYears: number;
  readonly basis: string;
  /** The meter's own earlier years; absent in records of before, and where there are none. */
  readonly years?: readonly PredictedYear[];
};

/** A baseline as plain JSON values: all that is needed to predict with it again. */
export type BaselineModel = Coefficients & {
  readonly baseline: DayRange;
  readonly holidays: HolidayCountry;
  /** Given closures the fit read as holidays; absent where there were none. */
  readonly closures?: readonly DayRange[];
  readonly noise: Noise;
  readonly covariance: readonly (readonly number[])[];
  readonly drift: Drift;
  readonly metrics: Goodness;
  /** What a model of bills was fitted on; `metrics` then count bills. Absent for one of days. */
  readonly bills?: { readonly count: number; readonly days: number };
};

export type ReadableParameters = Readonly<Record<string, Quantity>>;

export type DayRow = {
  /** The day, or the first of the days of a bill. */
  readonly day: number;
  /** Days of a bill, all of whose energy the row has; absent for a day. */
  readonly days?: number;
  readonly actual: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
};

/** Why no claim about a year can stand on this fit. */
export type Reason = { readonly code: string; readonly message: Message };

/** The plain 3P heating fit that the calibration reads, kept whatever rung won. */
export type Signature = {
  readonly baseKwhDay: number;
  readonly slopeKwhKDay: number;
  readonly balancePointC: number;
  readonly covariance: readonly (readonly number[])[];
  readonly metrics: Goodness;
};

export type FitOutcome = {
  readonly model: BaselineModel;
  readonly parameters: ReadableParameters;
  readonly candidates: readonly Score[];
  readonly signature?: Signature;
  readonly warnings: readonly Warning[];
  readonly disqualified: readonly Reason[];
  readonly outOfSample?: { readonly n: number; readonly cvRmse: number; readonly nmbe: number };
  /** Sum over the predicted days (of the baseline when none were asked for). */
  readonly predicted: Quantity;
  readonly rows: readonly DayRow[];
};

/** An hourly baseline as plain JSON values. */
export type HourlyBaselineModel = HourlyModel &
  HourlyUncertainty & {
    readonly baseline: DayRange;
    readonly holidays: HolidayCountry;
    readonly closures?: readonly DayRange[];
    readonly drift: Drift;
    readonly metrics: Goodness;
  };

/** The same as `FitOutcome` for hours; metrics are of hours, `rows` are days. */
export type HourlyFitOutcome = Omit<FitOutcome, 'model' | 'candidates' | 'signature'> & {
  readonly model: HourlyBaselineModel;
  readonly candidates: readonly HourlyScore[];
};

export type NonRoutine = {
  readonly code: 'level-shift' | 'stopped' | 'rise';
  readonly from: number;
  readonly to: number;
  /** Consumption of those days over what the rest of the period makes one expect. */
  readonly ratio: number;
  readonly message: Message;
};

export type SavingsStatus = 'final' | 'provisional' | 'disqualified';

export type SavingsOutcome = {
  readonly status: SavingsStatus;
  readonly savings: Quantity;
  readonly savingsShare: Quantity;
  readonly counterfactual: Quantity;
  readonly actualKwh: number;
  readonly validDays: number;
  readonly ashrae14: { readonly fsuPercent: number; readonly confidence: number };
  readonly nonRoutine: readonly NonRoutine[];
  readonly warnings: readonly Warning[];
  readonly disqualified: readonly Reason[];
  readonly fit: FitOutcome;
};
