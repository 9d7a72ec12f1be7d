import type { MonthlyWeather } from './monthly-weather.ts';

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

/** Year totals, kWh, one value a draw. Losses = used gains + need, month by month. */
export type BalanceYear = {
  readonly needKwh: Float64Array;
  readonly lossesKwh: Float64Array;
  readonly gainsKwh: Float64Array;
  readonly usedGainsKwh: Float64Array;
};

/** Reference time constant and exponent of the monthly method, ISO 13790:2008 table 9. */
const TAU0_H = 15;
const A0 = 1;

/**
 * Heat need left of a month's losses when gains make up the share `ratio` of them. ISO 13790 equations 52 and 53,
 * Q = Q_ht − η·Q_gn with η = (1 − γ^a)/(1 − γ^(a+1)), come down to (1 − γ)/(1 − γ^(a+1)) of the losses.
 */
export const needShare = (ratio: number, exponent: number): number => {
  if (ratio <= 0) return 1;
  const distance = ratio - 1;
  if (Math.abs(distance) < 1e-6) return (1 - (exponent / 2) * distance) / (exponent + 1);
  return distance / (Math.exp((exponent + 1) * Math.log(ratio)) - 1);
};

/**
 * Heat need of a year by the monthly quasi-steady method of ISO 13790:2008 (§7, §12.2; kept by EN ISO 52016-1),
 * on every draw. Internal temperature constant at the set point; the whole loss is taken towards outdoor air, ground
 * and unheated sides having their factor b in it. `needKwh` may be given to be filled, to spare memory.
 */
export const monthlyNeed = (
  draws: BalanceDraws,
  weather: MonthlyWeather,
  needKwh: Float64Array = new Float64Array(draws.lossWK.length),
): Float64Array => {
  const { lossWK, setPointC, gainsW, solarApertureM2, capacityJK } = draws;
  const months = weather.months.map((month) => ({
    kiloHours: (month.days * 24) / 1000,
    meanC: month.meanC,
    south: month.southKwhM2,
  }));
  for (let i = 0; i < needKwh.length; i += 1) {
    const loss = lossWK[i];
    const set = setPointC[i];
    const gains = gainsW[i];
    const aperture = solarApertureM2[i];
    let need = 0;
    if (loss > 0) {
      const exponent = A0 + capacityJK[i] / 3600 / loss / TAU0_H;
      for (const month of months) {
        const lost = loss * (set - month.meanC) * month.kiloHours;
        if (lost <= 0) continue;
        need += lost * needShare((gains * month.kiloHours + aperture * month.south) / lost, exponent);
      }
    }
    needKwh[i] = need;
  }
  return needKwh;
};

/** The same with its terms, for the balance a person reads. Gains are counted in the months that lose heat. */
export const monthlyBalance = (draws: BalanceDraws, weather: MonthlyWeather): BalanceYear => {
  const size = draws.lossWK.length;
  const lossesKwh = new Float64Array(size);
  const gainsKwh = new Float64Array(size);
  const needKwh = monthlyNeed(draws, weather);
  for (let i = 0; i < size; i += 1) {
    let losses = 0;
    let gains = 0;
    for (const month of weather.months) {
      const kiloHours = (month.days * 24) / 1000;
      const lost = draws.lossWK[i] * (draws.setPointC[i] - month.meanC) * kiloHours;
      if (lost <= 0) continue;
      losses += lost;
      gains += draws.gainsW[i] * kiloHours + draws.solarApertureM2[i] * month.southKwhM2;
    }
    lossesKwh[i] = losses;
    gainsKwh[i] = gains;
  }
  return {
    needKwh,
    lossesKwh,
    gainsKwh,
    usedGainsKwh: lossesKwh.map((lost, i) => lost - needKwh[i]),
  };
};
