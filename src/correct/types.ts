import type { Message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';

/** What one finished retrofit says: its measures with their share of the predicted saving, and both savings. */
export type RealisationCase = {
  readonly worksId: string;
  /** Shares of the predicted saving, summing to 1. */
  readonly shares: readonly { readonly measure: string; readonly share: number }[];
  /** Percent of the counterfactual, as predicted before the works on the twin, no realisation rate applied. */
  readonly predictedPercent: Quantity;
  /** Percent of the counterfactual, as measured after. */
  readonly measuredPercent: Quantity;
};

export type RealisationPrior = {
  readonly mean: number;
  /** Standard deviation of what all measures of a stock share. */
  readonly sdCommon: number;
  /** Of what is a measure's own. */
  readonly sdMeasure: number;
  /** Of one building's case around its measures' rates. */
  readonly sdCase: number;
};

/** Realised over predicted saving of one kind of measure in this stock, with how many cases it rests on. */
export type LearntRate = {
  readonly measure: string;
  readonly mean: number;
  readonly sd: number;
  readonly cases: number;
  readonly rate: Quantity;
};

export type LearntRates = {
  readonly rates: readonly LearntRate[];
  /** Cases left out, each with its reason. */
  readonly leftOut: readonly { readonly worksId: string; readonly reason: Message }[];
};

/** How a model did on the newest days, which neither model was fitted on. */
export type Trial = {
  readonly cvRmsePercent: number;
  readonly days: number;
  /** Its heating line, held to what is physically possible; a model of hours has none. */
  readonly heating?: {
    readonly slopeKwhKDay: number;
    readonly balancePointC: number;
    readonly baseLoadKwhDay: number;
  };
};

export type Promotion = { readonly promoted: boolean; readonly reason: Message };
