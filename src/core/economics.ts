/** Public real discount rate a year (DOMAIN 5.3: 3 to 4 %; the middle is taken). */
export const DISCOUNT_RATE = 0.035;

/** Present value of one euro a year over `years`, paid at the end of each (EN 15459-1:2017, present value factor). */
export const presentValueFactor = (years: number, rate = DISCOUNT_RATE): number =>
  rate === 0 ? years : (1 - (1 + rate) ** -years) / rate;

/**
 * Present value of a yearly amount that is 1 now and grows by `growth` a year, paid at the end of each of `years` years:
 * the geometric series Σ ((1 + g)/(1 + r))^t.
 */
export const growingFactor = (years: number, growth: number, rate: number): number =>
  presentValueFactor(years, (rate - growth) / (1 + growth));

/** Yearly payment that repays one euro with interest over `years` (capital recovery factor, DOMAIN 5.3). */
export const capitalRecoveryFactor = (years: number, rate: number): number =>
  1 / presentValueFactor(years, rate);

/** Years after the works, before the horizon, at which what lasts `lifetimeYears` is bought again. */
export const replacementYears = (lifetimeYears: number, horizonYears: number): number[] => {
  const years: number[] = [];
  for (let year = lifetimeYears; year < horizonYears; year += lifetimeYears) years.push(year);
  return years;
};

/** Share of the last purchase that is left at the horizon, in a straight line (EN 15459-1:2017, V_f). */
export const residualShare = (lifetimeYears: number, horizonYears: number): number => {
  const last = replacementYears(lifetimeYears, horizonYears).at(-1) ?? 0;
  return Math.max(0, 1 - (horizonYears - last) / lifetimeYears);
};

/** Present value, for one euro of first cost, of its replacements up to the horizon less what is left then. */
export const renewalFactor = (lifetimeYears: number, horizonYears: number, rate: number): number =>
  replacementYears(lifetimeYears, horizonYears).reduce((sum, year) => sum + (1 + rate) ** -year, 0) -
  residualShare(lifetimeYears, horizonYears) * (1 + rate) ** -horizonYears;

/** Net present value of flows at the end of years 0, 1, 2… */
export const netPresentValue = (flows: Float64Array, rate: number): number => {
  const factor = 1 / (1 + rate);
  let value = 0;
  for (let year = flows.length - 1; year >= 0; year -= 1) value = value * factor + flows[year];
  return value;
};

/** Rates searched for an internal rate of return, a year. */
const RATE_RANGE = { low: -0.5, high: 2 };
const RATE_ERROR = 1e-6;

/**
 * Rate at which the flows are worth nothing, by bisection. Undefined where no rate of the range does, as when the
 * works never pay back half of themselves or cost nothing. Flows change sign once, spending first.
 */
export const internalRateOfReturn = (flows: Float64Array): number | undefined => {
  let { low, high } = RATE_RANGE;
  if (!(netPresentValue(flows, low) > 0) || !(netPresentValue(flows, high) < 0)) return undefined;
  while (high - low > RATE_ERROR) {
    const middle = (low + high) / 2;
    if (netPresentValue(flows, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/**
 * First year by which discounted flows have paid the works back, interpolated within it; undefined where they never do.
 * Year 0 holds the spending.
 */
export const discountedPayback = (flows: Float64Array, rate: number): number | undefined => {
  let balance = flows[0];
  if (balance >= 0) return 0;
  let discount = 1;
  for (let year = 1; year < flows.length; year += 1) {
    discount *= 1 + rate;
    const flow = flows[year] / discount;
    if (balance + flow >= 0) return year - 1 - balance / flow;
    balance += flow;
  }
  return undefined;
};
