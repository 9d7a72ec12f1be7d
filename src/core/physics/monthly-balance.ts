import { expOfProducts, logOfAll } from '../elementary.ts';
import type { MonthlyWeather, WeatherMonth } from './monthly-weather.ts';

/** What the balance needs of a building, one value a draw in each array. */
export type BalanceDraws = {
  /** Whole loss coefficient of the heated part, W/K: transmission and air. */
  readonly lossWK: Float64Array;
  readonly setPointC: Float64Array;
  /** Internal gains, W, day and night mean. */
  readonly gainsW: Float64Array;
  /** South-equivalent solar aperture, m2. */
  readonly solarApertureM2: Float64Array;
  /** Effective heat capacity, J/K. */
  readonly capacityJK: Float64Array;
};

/** Reference time constant and exponent of the monthly method, ISO 13790:2008 table 9. */
const TAU0_H = 15;
const A0 = 1;
/** Gains this close to the losses, as a share of them, take the series instead of nothing over nothing. */
const NEAR_ONE = 1e-6;

/**
 * Heat need left of a month's losses when gains make up the share `ratio` of them. ISO 13790 equations 52 and 53,
 * Q = Q_ht − η·Q_gn with η = (1 − γ^a)/(1 − γ^(a+1)), come down to (1 − γ)/(1 − γ^(a+1)) of the losses.
 */
export const needShare = (ratio: number, exponent: number): number => {
  if (ratio <= 0) return 1;
  const distance = ratio - 1;
  if (Math.abs(distance) < NEAR_ONE) return (1 - (exponent / 2) * distance) / (exponent + 1);
  return distance / (Math.exp((exponent + 1) * Math.log(ratio)) - 1);
};

/** Draws taken together: as many as keep what a month needs of them close to the processor. */
const BLOCK = 256;

/** Room for one month of a block of draws. */
const lost = new Float64Array(BLOCK);
const surplus = new Float64Array(BLOCK);
const power = new Float64Array(BLOCK);
const exponent = new Float64Array(BLOCK);

/**
 * What stands for no loss at all, as a share of what a warm month gains: too little to change a loss, enough for gains over
 * it to stay well inside what an exponential takes.
 */
const NEXT_TO_NOTHING = 1e-17;
/** The same for a month exactly at the set point, kWh. */
const NOTHING_KWH = 1e-200;
/** Less than this in a year is what warm months leave of `NEXT_TO_NOTHING`, kWh. */
const LEAST_NEED = 1e-20;

/** Losses of a month, gains less losses, and gains over losses; a month warmer than the set point loses nothing. */
const monthRatios = (
  { lossWK, setPointC, gainsW, solarApertureM2 }: BalanceDraws,
  { days, meanC, southKwhM2 }: WeatherMonth,
  from: number,
  count: number,
): void => {
  const kiloHours = (days * 24) / 1000;
  for (let k = 0; k < count; k += 1) {
    const i = from + k;
    const loses = lossWK[i] * (setPointC[i] - meanC) * kiloHours;
    const size = Math.abs(loses);
    // 0 below 0, without a branch that a mild month would make a coin's throw.
    const only = 0.5 * (loses + size);
    const gains = gainsW[i] * kiloHours + solarApertureM2[i] * southKwhM2;
    lost[k] = only;
    surplus[k] = gains - only;
    power[k] = gains / (only + (NEXT_TO_NOTHING * size + NOTHING_KWH));
  }
};

/** Adds what the month needs: gains less losses, over the ratio to its power less 1. */
const addNeed = (needKwh: Float64Array, from: number, count: number): void => {
  for (let k = 0; k < count; k += 1) {
    const over = surplus[k];
    if (Math.abs(over) < NEAR_ONE * lost[k])
      needKwh[from + k] += lost[k] * needShare(1 + over / lost[k], exponent[k] - 1);
    else needKwh[from + k] += over / (power[k] - 1);
  }
};

/** A month warmer than most set points, where few draws lose heat: each by itself. */
const addMildMonth = (
  needKwh: Float64Array,
  { lossWK, setPointC, gainsW, solarApertureM2 }: BalanceDraws,
  { days, meanC, southKwhM2 }: WeatherMonth,
  from: number,
  count: number,
): void => {
  const kiloHours = (days * 24) / 1000;
  for (let k = 0; k < count; k += 1) {
    const i = from + k;
    if (!(setPointC[i] > meanC && lossWK[i] > 0)) continue;
    const loses = lossWK[i] * (setPointC[i] - meanC) * kiloHours;
    const gains = gainsW[i] * kiloHours + solarApertureM2[i] * southKwhM2;
    needKwh[i] += loses * needShare(gains / loses, exponent[k] - 1);
  }
};

/**
 * Heat need of a year by the monthly quasi-steady method of ISO 13790:2008 (§7, §12.2; kept by EN ISO 52016-1),
 * on every draw. Internal temperature constant at the set point; the whole loss is taken towards outdoor air, ground
 * and unheated sides having their factor b in it. `needKwh` may be given to be filled, to spare memory.
 *
 * A month at a time over a block of draws, with need = (gains − losses)/(γ^(a+1) − 1), which is `needShare` times the losses.
 */
export const monthlyNeed = (
  draws: BalanceDraws,
  weather: MonthlyWeather,
  needKwh: Float64Array = new Float64Array(draws.lossWK.length),
): Float64Array => {
  const { lossWK, setPointC, capacityJK } = draws;
  for (let from = 0; from < needKwh.length; from += BLOCK) {
    const count = Math.min(BLOCK, needKwh.length - from);
    let sum = 0;
    for (let k = 0; k < count; k += 1) {
      needKwh[from + k] = 0;
      sum += setPointC[from + k];
      exponent[k] = 1 + A0 + capacityJK[from + k] / lossWK[from + k] / (3600 * TAU0_H);
    }
    for (const month of weather.months) {
      if (month.meanC > sum / count) {
        addMildMonth(needKwh, draws, month, from, count);
        continue;
      }
      monthRatios(draws, month, from, count);
      logOfAll(power, count);
      expOfProducts(power, exponent, count);
      addNeed(needKwh, from, count);
    }
    for (let i = from; i < from + count; i += 1)
      if (!(needKwh[i] > LEAST_NEED && lossWK[i] > 0)) needKwh[i] = 0;
  }
  return needKwh;
};
