/**
 * What a heating meter says about its building, as the change-point fit of `measure` gives it to the calibration.
 * `covariance` is 3 × 3 in the order slope, balance point, base load, in the units of the values, residual
 * autocorrelation included. `yearDrift` is the standard deviation of ln(year total / model) from year to year.
 */
export type SignatureEvidence = {
  readonly slopeKwhKDay: number;
  readonly balancePointC: number;
  readonly baseLoadKwhDay: number;
  readonly covariance: readonly (readonly number[])[];
  readonly days: number;
  readonly cvRmsePercent: number;
  readonly r2: number;
  readonly yearDrift: number;
};
