export type CusumOptions = {
  /** Shift, in standard deviations, below which nothing adds up. */
  readonly allowance: number;
  /** Sum at which there is an alarm. */
  readonly threshold: number;
};

export type CusumAlarm = {
  /** Slot of the alarm, and the slot from which the sum has been rising. */
  readonly at: number;
  readonly from: number;
  /** +1: values too high; −1: too low. */
  readonly direction: 1 | -1;
};

/**
 * Independent residuals from ones that remember: e = (z − ρ·z₋₁)/√(1 − ρ²), the value itself after a gap (a first-order
 * process). Gaps stay NaN.
 */
export const whitened = (values: ArrayLike<number>, rho: number): Float64Array => {
  const memory = Math.min(0.95, Math.max(0, rho));
  return Float64Array.from({ length: values.length }, (_, i) => {
    const before = i === 0 ? Number.NaN : values[i - 1];
    return Number.isFinite(before) ? (values[i] - memory * before) / Math.sqrt(1 - memory ** 2) : values[i];
  });
};

/**
 * First alarm of the two-sided cumulative sums of standardised values (Page 1954): S⁺ = max(0, S⁺ + z − k) and the mirror of it, an
 * alarm above h. Gaps neither add nor take away. Undefined where there is none.
 */
export const cusumAlarm = (
  values: ArrayLike<number>,
  { allowance, threshold }: CusumOptions,
): CusumAlarm | undefined => {
  let [high, low, highFrom, lowFrom] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const z = values[i];
    if (!Number.isFinite(z)) continue;
    high = Math.max(0, high + z - allowance);
    if (high === 0) highFrom = i + 1;
    low = Math.max(0, low - z - allowance);
    if (low === 0) lowFrom = i + 1;
    if (high > threshold) return { at: i, from: highFrom, direction: 1 };
    if (low > threshold) return { at: i, from: lowFrom, direction: -1 };
  }
  return undefined;
};
