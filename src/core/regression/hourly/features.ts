import { type DayRange, type HolidayCountry, isHoliday, isWithin, weekday } from '../../calendar.ts';
import type { HourlySeries } from '../../series.ts';
import { isChristmas } from '../features.ts';
import { smooth } from '../smooth.ts';

export const WEEK_HOURS = 168;

/** What the hourly candidates may look at, one slot an hour of the series. */
export type HourFeatures = {
  readonly hours: number;
  readonly holidays: HolidayCountry;
  /** Days given as closed; each counts as a public holiday. */
  readonly closures: readonly DayRange[];
  readonly localDay: Int32Array;
  readonly localHour: Uint8Array;
  readonly energyKwh: Float64Array;
  readonly outdoorC: Float64Array;
  /** 0 is Monday 00:00 to 01:00; a public holiday counts as a Sunday. */
  readonly hourOfWeek: Uint8Array;
  /** 1 on Saturdays, Sundays and public holidays, else 0. */
  readonly nonWorking: Uint8Array;
  /** 1 from 24 December to 1 January, else 0. */
  readonly christmas: Uint8Array;
  /** Exponentially weighted means with time constants of 6, 24 and 72 hours, °C. */
  readonly smooth6C: Float64Array;
  readonly smooth24C: Float64Array;
  readonly smooth72C: Float64Array;
  /** W/m2; zeros when the series has no sun. */
  readonly ghiWm2: Float64Array;
  readonly smoothGhiWm2: Float64Array;
};

/** Hours whose mean a smoothing starts from: a month. */
const START_HOURS = 720;

/** Derives every column once for the whole series, so that fits on parts of it share the work. */
export const hourFeatures = (series: HourlySeries, holidays: HolidayCountry): HourFeatures => {
  const hours = series.energyKwh.length;
  const { localDay, localHour, outdoorC, closures = [] } = series;
  const hourOfWeek = new Uint8Array(hours);
  const nonWorking = new Uint8Array(hours);
  const christmas = new Uint8Array(hours);
  let known = Number.NaN;
  let [week, festive] = [0, 0];
  for (let i = 0; i < hours; i++) {
    const day = localDay[i];
    if (day !== known) {
      known = day;
      week = isHoliday(holidays, day) || isWithin(closures, day) ? 6 : weekday(day);
      festive = isChristmas(day) ? 1 : 0;
    }
    hourOfWeek[i] = week * 24 + localHour[i];
    nonWorking[i] = week >= 5 ? 1 : 0;
    christmas[i] = festive;
  }
  const ghiWm2 =
    series.ghiWm2?.map((value) => (Number.isFinite(value) ? value : 0)) ?? new Float64Array(hours);
  return {
    hours,
    holidays,
    closures,
    localDay,
    localHour,
    energyKwh: series.energyKwh,
    outdoorC,
    hourOfWeek,
    nonWorking,
    christmas,
    smooth6C: smooth(outdoorC, 6, START_HOURS),
    smooth24C: smooth(outdoorC, 24, START_HOURS),
    smooth72C: smooth(outdoorC, 72, START_HOURS),
    ghiWm2,
    smoothGhiWm2: smooth(ghiWm2, 6, START_HOURS),
  };
};
