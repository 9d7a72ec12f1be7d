import { studentQuantile } from './student.ts';

export type FractionalSavingsInput = {
  /** Two-sided confidence, 0 to 1. */
  readonly confidence: number;
  /** CV(RMSE) of the baseline model as a fraction. */
  readonly cvRmse: number;
  /** Savings over the predicted baseline energy of the reporting period. */
  readonly savingsFraction: number;
  readonly parameters: number;
  readonly baselinePoints: number;
  readonly reportingPoints: number;
  /** Lag-1 correlation of the baseline residuals; 0 for monthly data. */
  readonly autocorrelation: number;
};

/**
 * Fractional savings uncertainty of ASHRAE Guideline 14-2014 (4.2.11.1, Reddy & Claridge 2000): half the interval
 * over the savings, `1.26·t·CV/(F·√m)·√((n/n′)(1 + 2/n′))`, with n′ = n(1 − ρ)/(1 + ρ) for positive ρ and t on n′ − p degrees of freedom.
 * Infinite when nothing was saved.
 */
export const fractionalSavingsUncertainty = (input: FractionalSavingsInput): number => {
  const { baselinePoints: n, reportingPoints: m } = input;
  const rho = Math.max(0, input.autocorrelation);
  const effective = (n * (1 - rho)) / (1 + rho);
  const freedom = Math.max(1, effective - input.parameters);
  const t = studentQuantile(0.5 + input.confidence / 2, freedom);
  return (
    ((1.26 * t * input.cvRmse) / (Math.abs(input.savingsFraction) * Math.sqrt(m))) *
    Math.sqrt((n / effective) * (1 + 2 / effective))
  );
};
