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

/**
 * What hourly temperatures indoors say with the heat that went in, as `measure` fits it: from one midnight to the next
 * the room moves by recovery·(outdoor − start) + response·power + offset (one capacity, one loss, exact over the day).
 * `covariance` is 3 × 3 in the order recovery, response, offset.
 */
export type IndoorEvidence = {
  /** 1 − exp(−24 h/τ). */
  readonly recovery: number;
  /** K over a day per W of metered power: recovery·η/H. */
  readonly responseKW: number;
  /** K over a day from gains nobody metered: recovery·gains/H. */
  readonly offsetK: number;
  readonly covariance: readonly (readonly number[])[];
  readonly days: number;
};

export type Evidence = SignatureEvidence | IndoorEvidence;
