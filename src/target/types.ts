import type { Message } from '../core/message.ts';

/** A package of measures one building could have, with what it costs and saves in one year. */
export type Package = {
  readonly id: string;
  readonly measures: readonly string[];
  readonly costEur: number;
  /** Expected saving, kWh of final energy a year. */
  readonly savingKwh: number;
  /** The same on each draw of the calibrated twin, kWh a year; every package has as many. */
  readonly savingDraws: Float64Array;
};

export type Candidate = {
  readonly buildingId: string;
  readonly name: Message;
  /** Final energy today, kWh a year. */
  readonly baselineKwh: number;
  readonly packages: readonly Package[];
};

export type ProgrammeProblem = {
  readonly candidates: readonly Candidate[];
  readonly firstYear: number;
  /** One budget a year, EUR; what one year leaves is not carried over. */
  readonly budgetsEur: readonly number[];
};

/** One building, one package, one year. */
export type Choice = { readonly buildingId: string; readonly packageId: string; readonly year: number };

export type NotChosen = { readonly buildingId: string; readonly reason: Message };

export type ProgrammePlan = {
  readonly choices: readonly Choice[];
  /** kWh saved from each choice's year to the end of the programme's horizon. */
  readonly objectiveKwh: number;
  /** Proven upper bound of the objective over all plans. */
  readonly boundKwh: number;
  readonly gapPercent: number;
  readonly costByYearEur: readonly number[];
  readonly notChosen: readonly NotChosen[];
};

/** What a solver of mixed-integer programmes gives back. */
export type MilpSolution = {
  readonly optimal: boolean;
  readonly values: Readonly<Record<string, number>>;
  readonly boundKwh: number;
};
