import { normalCdf } from '../random.ts';

/** One month of a typical or real year. */
export type WeatherMonth = {
  readonly days: number;
  /** Mean outdoor temperature, °C. */
  readonly meanC: number;
  /** Standard deviation of daily means around the month's mean, K. */
  readonly dailySdK: number;
  /** Irradiation on a south-facing vertical plane over the month, kWh/m2. */
  readonly southKwhM2: number;
};

export type MonthlyWeather = {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  /** January to December. */
  readonly months: readonly WeatherMonth[];
  /** Outdoor temperature heating plant is sized for, °C. */
  readonly designC: number;
  /** Half of the 90 % interval of a warming or cooling that all months share, K; left out: the months are known. */
  readonly commonSpreadK?: number;
};

/** Mean of max(0, base − T) over days spread normally around the month's mean, K. */
const meanDeficit = (baseC: number, month: WeatherMonth): number => {
  const gap = baseC - month.meanC;
  if (month.dailySdK <= 0) return Math.max(0, gap);
  const z = gap / month.dailySdK;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return Math.max(0, gap * normalCdf(z) + month.dailySdK * density);
};

/**
 * Heating degree-days of the year to any base, K·d, from monthly means: the closed form for normally spread daily
 * means (Thom 1954; Schoenau & Kehrig 1990).
 */
export const degreeDays = (weather: MonthlyWeather, baseC: number): number =>
  weather.months.reduce((sum, month) => sum + month.days * meanDeficit(baseC, month), 0);

/** Months colder than this on average belong to the heating season when its mean sun is taken. */
const SEASON_C = 14;

/** Mean irradiance on a south-facing vertical plane over the heating season, W/m2, day and night. */
export const seasonSolarWm2 = (weather: MonthlyWeather): number => {
  const season = weather.months.filter((month) => month.meanC < SEASON_C);
  const hours = season.reduce((sum, month) => sum + month.days * 24, 0);
  return hours === 0 ? 0 : (season.reduce((sum, month) => sum + month.southKwhM2, 0) * 1000) / hours;
};

/** Mean outdoor temperature over the heating season, °C. */
export const seasonMeanC = (weather: MonthlyWeather): number => {
  const season = weather.months.filter((month) => month.meanC < SEASON_C);
  const days = season.reduce((sum, month) => sum + month.days, 0);
  return days === 0 ? SEASON_C : season.reduce((sum, month) => sum + month.days * month.meanC, 0) / days;
};
