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
  /** Greenhouse gas avoided, kg CO2e a year; absent where no factor is known. */
  readonly carbonKg?: number;
  /** Present value at the year of the works of all it costs and saves, EUR; absent where prices are unknown. */
  readonly netValueEur?: number;
  /** Whether the building keeps its legal date once this is done. */
  readonly meetsLaw?: boolean;
};

export type Candidate = {
  readonly buildingId: string;
  readonly name: Message;
  /** Final energy today, kWh a year. */
  readonly baselineKwh: number;
  /** The same on each draw, where no meter says it: its errors are those of the savings. */
  readonly baselineDraws?: Float64Array;
  readonly packages: readonly Package[];
  /** Commune, agency or tenants' group, for fairness. */
  readonly group?: string;
  /** Dwellings whose tenants the works disturb; 1 for a building that is not housing. */
  readonly dwellings?: number;
  /** Last year in which works may end for the building to keep the law; absent when it keeps it as it is. */
  readonly deadlineYear?: number;
};

export type Objective = 'energy' | 'carbon' | 'net-value' | 'legal-risk';

export type ProgrammeProblem = {
  readonly candidates: readonly Candidate[];
  readonly firstYear: number;
  /** One budget a year, EUR. */
  readonly budgetsEur: readonly number[];
  /** Whether what one year leaves is kept for the next ones. */
  readonly carryOver?: boolean;
  readonly objective?: Objective;
  /** Most dwellings, and most sites, at work in one year. */
  readonly dwellingsAYear?: number;
  readonly sitesAYear?: number;
  /**
   * Legal dates: `hard` makes each a constraint; a number prices each dwelling-year spent outside the law, in units of
   * the objective; absent, they are only told.
   */
  readonly legalDates?: 'hard' | number;
  /** Least saving of the whole programme once done, kWh a year, and least avoided carbon, kg CO2e a year. */
  readonly minimumSavingKwh?: number;
  readonly minimumCarbonKg?: number;
  /** Most spent over all years together, EUR. */
  readonly maximumCostEur?: number;
  /** Least share of all spending that goes to a group, 0 to 1. */
  readonly fairness?: readonly { readonly group: string; readonly minimumShare: number }[];
  /** Buildings whose works go in one and the same year, or not at all. */
  readonly together?: readonly (readonly string[])[];
  /** `building` may have works only if `waitsFor` has them, in the same year or before. */
  readonly after?: readonly { readonly building: string; readonly waitsFor: string }[];
};

/** One building, one package, one year. */
export type Choice = { readonly buildingId: string; readonly packageId: string; readonly year: number };

/** Why a building is where it is, and what would change it. */
export type Reason = {
  readonly buildingId: string;
  readonly reason: Message;
  /** Cost under which a package of it would enter at the plan's shadow prices, EUR; null where no price does. */
  readonly entryCostEur: number | null;
  /** The package that the reason speaks of; absent where it speaks of none or of the one that was chosen. */
  readonly packageId?: string;
};

/** Why a building is in the plan, and the cost up to which it would stay. */
export type Kept = {
  readonly buildingId: string;
  readonly reason: Message;
  /** EUR at the plan's shadow prices; null where money is not short or the law asks for the works. */
  readonly exitCostEur: number | null;
};

/** What one more unit of a constraint is worth, in units of the objective. */
export type ShadowPrice = {
  readonly constraint: string;
  readonly name: Message;
  readonly price: number;
  readonly unit: string;
};

export type ProgrammePlan = {
  readonly choices: readonly Choice[];
  readonly objective: Objective;
  /** Value of the plan over doing nothing, in units of the objective. */
  readonly value: number;
  /** Proven upper bound of that value over all plans. */
  readonly bound: number;
  readonly gapPercent: number;
  readonly costByYearEur: readonly number[];
  readonly shadowPrices: readonly ShadowPrice[];
  /** Buildings the plan leaves out. */
  readonly notChosen: readonly Reason[];
  /** Buildings taken after the first year, and why not sooner. */
  readonly late: readonly Reason[];
  /** Every building taken, and why. */
  readonly kept: readonly Kept[];
};

/** Columns x ≥ 0 with an upper bound of 1 unless said, rows lower ≤ A·x ≤ upper; the objective is maximised. */
export type LinearModel = {
  readonly cost: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Compressed columns. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** First `integers` columns are integer. */
  readonly integers: number;
};

export type LinearAnswer = {
  readonly status: 'optimal' | 'stopped' | 'infeasible';
  readonly values: Float64Array;
  /** Worth of one more unit of a row's right side; empty for integer models. */
  readonly rowDuals: Float64Array;
  readonly value: number;
  readonly bound: number;
};

/** Solves one model; asked for by `optimiseProgramme`, given by whoever owns a solver. */
export type LinearSolver = (
  model: LinearModel,
  options: { readonly relativeGap: number; readonly timeLimitMs: number },
) => Promise<LinearAnswer>;
