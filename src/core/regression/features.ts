import {
  dateOf,
  type DayRange,
  dayNumber,
  type HolidayCountry,
  isHoliday,
  isWithin,
  weekday,
} from '../calendar.ts';
import type { DailySeries } from '../series.ts';
import { smooth } from './smooth.ts';

/** What the candidates may look at, one slot a day of the series. Flags are 0 or 1, `saturdaySunday` +1, −1 or 0. */
export type DayFeatures = {
  readonly days: number;
  readonly firstDay: number;
  readonly holidays: HolidayCountry;
  /** Days given as closed; each counts as a public holiday. */
  readonly closures: readonly DayRange[];
  readonly energyKwh: Float64Array;
  readonly outdoorC: Float64Array;
  /** Positions of the days with a temperature, coldest first. */
  readonly coldestFirst: Int32Array;
  readonly yesterdayC: Float64Array;
  /** Exponentially weighted means with time constants of 1, 3, 7 and 14 days, °C. */
  readonly smooth1C: Float64Array;
  readonly smooth3C: Float64Array;
  readonly smooth7C: Float64Array;
  readonly smooth14C: Float64Array;
  /** Smoothed over one day, W/m2; zeros when the series has no sun. */
  readonly smoothGhiWm2: Float64Array;
  readonly nonWorking: Float64Array;
  readonly saturdaySunday: Float64Array;
  readonly firstDayBack: Float64Array;
  readonly christmas: Float64Array;
  readonly bankHoliday: Float64Array;
  /** How many of three nested summers (May, mid-May, June to September) hold the day, 0 to 3. */
  readonly summerDepth: Float64Array;
};

/** From 24 December to 1 January: days that count as not working, though few of them are bank holidays. */
export const isChristmas = (day: number): boolean => {
  const date = new Date(day * 86_400_000);
  const month = date.getUTCMonth();
  const inMonth = date.getUTCDate();
  return (month === 11 && inMonth >= 24) || (month === 0 && inMonth === 1);
};

/** Days whose mean a smoothing starts from. */
const START_DAYS = 30;

/** First and last day of year of each summer in which heating may be off whatever the weather, widest first. */
const summers = [
  [121, 284],
  [136, 269],
  [151, 259],
] as const;

const summerDepthOf = (day: number, newYear: number): number =>
  summers.filter(([first, last]) => day - newYear >= first && day - newYear <= last).length;

/** Derives every column once for the whole series, so that fits on parts of it share the work. */
export const dayFeatures = (series: DailySeries, holidays: HolidayCountry): DayFeatures => {
  const days = series.energyKwh.length;
  const { firstDay, outdoorC, closures = [] } = series;
  const positions: number[] = [];
  const yesterdayC = new Float64Array(days);
  const nonWorking = new Float64Array(days);
  const saturdaySunday = new Float64Array(days);
  const firstDayBack = new Float64Array(days);
  const christmas = new Float64Array(days);
  const bankHoliday = new Float64Array(days);
  const summerDepth = new Float64Array(days);
  let newYear = dayNumber(dateOf(firstDay).year, 1, 1);
  let before = true;
  for (let i = -1; i < days; i++) {
    const day = firstDay + i;
    const week = weekday(day);
    const bank = isHoliday(holidays, day) || isWithin(closures, day);
    const festive = isChristmas(day);
    const closed = week >= 5 || bank || festive;
    if (i >= 0) {
      if (Number.isFinite(outdoorC[i])) positions.push(i);
      const previous = outdoorC[i - 1];
      yesterdayC[i] = Number.isFinite(previous) ? previous : outdoorC[i];
      nonWorking[i] = closed ? 1 : 0;
      saturdaySunday[i] = bank || festive || week < 5 ? 0 : week === 5 ? 1 : -1;
      firstDayBack[i] = !closed && before ? 1 : 0;
      christmas[i] = festive ? 1 : 0;
      bankHoliday[i] = bank ? 1 : 0;
      if (day - newYear >= 365) newYear = dayNumber(dateOf(day).year, 1, 1);
      summerDepth[i] = summerDepthOf(day, newYear);
    }
    before = closed;
  }
  positions.sort((a, b) => outdoorC[a] - outdoorC[b]);
  return {
    days,
    firstDay,
    holidays,
    closures,
    energyKwh: series.energyKwh,
    outdoorC,
    coldestFirst: Int32Array.from(positions),
    yesterdayC,
    smooth1C: smooth(outdoorC, 1, START_DAYS),
    smooth3C: smooth(outdoorC, 3, START_DAYS),
    smooth7C: smooth(outdoorC, 7, START_DAYS),
    smooth14C: smooth(outdoorC, 14, START_DAYS),
    smoothGhiWm2: series.ghiWm2 === undefined ? new Float64Array(days) : smooth(series.ghiWm2, 1, START_DAYS),
    nonWorking,
    saturdaySunday,
    firstDayBack,
    christmas,
    bankHoliday,
    summerDepth,
  };
};
