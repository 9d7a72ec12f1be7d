import type { Message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';

/** What one finished retrofit says: its measures with their share of the predicted saving, and both savings. */
export type RealisationCase = {
  readonly worksId: string;
  readonly buildingId: string;
  /** Id of the family of its building (`familyOf`). */
  readonly family: string;
  /** Dwellings behind its meter: 1 where nobody counted those of a residence, null for a building where nobody lives. */
  readonly dwellings: number | null;
  /** Shares of the predicted saving, summing to 1. */
  readonly shares: readonly { readonly measure: string; readonly share: number }[];
  /** Percent of the counterfactual, as predicted before the works on the twin, no realisation rate applied. */
  readonly predictedPercent: Quantity;
  /** Percent of the counterfactual, as measured after. */
  readonly measuredPercent: Quantity;
};

/** Standard deviations of rates, as fractions. */
export type RealisationPrior = {
  readonly version: string;
  readonly mean: number;
  /** Of what all measures of a stock share. */
  readonly sdCommon: number;
  /** Of what is a measure's own. */
  readonly sdMeasure: number;
  /** Of what is a family of buildings' own. */
  readonly sdFamily: number;
  /** Of what is a measure's own in one family. */
  readonly sdCell: number;
  /** Of one building's case around its measures' rates. */
  readonly sdCase: number;
  /** Factors tried on the spreads of measures, families and cells together, and on that of a case: the cases weigh them. */
  readonly structureScales: readonly number[];
  readonly caseScales: readonly number[];
};

/** Realised over predicted saving of one kind of measure in this stock, with how many cases it rests on. */
export type LearntRate = {
  readonly measure: string;
  /** Null: any building. */
  readonly family: string | null;
  readonly mean: number;
  /** How well the rate itself is known. */
  readonly sd: number;
  /** How far one building lies from the rate. */
  readonly sdCase: number;
  readonly cases: number;
  readonly rate: Quantity;
};

export type LearntRates = {
  /** Each measure over all families, then each measure in the families that have enough cases for a rate of their own. */
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
