import { failure, ok, type Result } from './result.ts';

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar; month 1 to 12. */
export const dayNumber = (year: number, month: number, day: number): number =>
  Math.round(Date.UTC(year, month - 1, day) / 86_400_000);

type DateParts = { readonly year: number; readonly month: number; readonly day: number };

/**
 * Year, month (1 to 12) and day of a day number, in the proleptic Gregorian calendar: the inverse of
 * `dayNumber`.
 */
export const dateOf = (day: number): DateParts => {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `2018-01-31` to its day number; undefined for anything else, `2018-02-30` included. */
export const parseDay = (text: string): number | undefined => {
  const match = isoDay.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const number = dayNumber(year, month, day);
  const back = dateOf(number);
  return back.year === year && back.month === month && back.day === day ? number : undefined;
};

/** Day number to `2018-01-31` (ISO 8601); the inverse of `parseDay`. */
export const formatDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** 0 is Monday, 6 Sunday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

export type DayRange = { readonly from: number; readonly to: number };

/** `2018-01-01/2018-12-31`, both days included. Fails with `bad-range`. */
export const parseRange = (text: string): Result<DayRange> => {
  const [first, second, ...rest] = text.split('/');
  const from = parseDay(first ?? '');
  const to = parseDay(second ?? '');
  if (from === undefined || to === undefined || rest.length > 0)
    return failure(
      'bad-range',
      `La période « ${text} » n’est pas comprise. Écrivez DÉBUT/FIN, par exemple 2022-01-01/2022-12-31.`,
      `The period “${text}” is not understood. Write FROM/TO, for example 2022-01-01/2022-12-31.`,
    );
  if (to < from)
    return failure(
      'bad-range',
      `La période « ${text} » finit avant de commencer. Échangez les deux dates.`,
      `The period “${text}” ends before it begins. Swap the two dates.`,
    );
  return ok({ from, to });
};

/** Days in ascending order as ranges without a gap: a new one wherever a day is missing. */
export const rangesOfDays = (days: Iterable<number>): DayRange[] => {
  const ranges: { from: number; to: number }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last !== undefined && last.to === day - 1) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
};

/** Whether a day lies in one of the ranges. */
export const isWithin = (ranges: readonly DayRange[], day: number): boolean =>
  ranges.some(({ from, to }) => day >= from && day <= to);

/** Both days included, as `parseRange` reads it: `2018-01-01/2018-12-31`. */
export const formatRange = (range: DayRange): string => `${formatDay(range.from)}/${formatDay(range.to)}`;

/** Easter Sunday (Meeus, Astronomical Algorithms, 2nd ed., chapter 8). */
const easter = (year: number): number => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dayNumber(year, month, ((h + l - 7 * m + 114) % 31) + 1);
};

/** The n-th given weekday of a month; n = -1 is the last. */
const nthWeekday = (year: number, month: number, wanted: number, n: number): number => {
  if (n > 0) {
    const first = dayNumber(year, month, 1);
    return first + ((wanted - weekday(first) + 7) % 7) + 7 * (n - 1);
  }
  const last = dayNumber(year, month + 1, 1) - 1;
  return last - ((weekday(last) - wanted + 7) % 7);
};

/** Code du travail, art. L3133-1. */
const franceDays = (year: number): number[] => {
  const sunday = easter(year);
  const fixed = [
    [1, 1],
    [5, 1],
    [5, 8],
    [7, 14],
    [8, 15],
    [11, 1],
    [11, 11],
    [12, 25],
  ].map(([month = 1, day = 1]) => dayNumber(year, month, day));
  return [...fixed, sunday + 1, sunday + 39, sunday + 50];
};

/** England and Wales, Banking and Financial Dealings Act 1971; one-off days are those proclaimed. */
const britainDays = (year: number): number[] => {
  const sunday = easter(year);
  const jubilee: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
    2011: [[4, 29]],
    2012: [[6, 5]],
    2022: [
      [6, 3],
      [9, 19],
    ],
    2023: [[5, 8]],
  };
  const mayDay = year === 2020 ? dayNumber(2020, 5, 8) : nthWeekday(year, 5, 0, 1);
  const moved: Readonly<Record<number, number>> = {
    2012: dayNumber(2012, 6, 4),
    2022: dayNumber(2022, 6, 2),
  };
  const spring = moved[year] ?? nthWeekday(year, 5, 0, -1);
  const newYear = dayNumber(year, 1, 1);
  const christmas = dayNumber(year, 12, 25);
  const days = [
    newYear,
    sunday - 2,
    sunday + 1,
    mayDay,
    spring,
    nthWeekday(year, 8, 0, -1),
    christmas,
    christmas + 1,
  ];
  // A holiday on a weekend is given back on the next free working days.
  const substitutes: number[] = [];
  if (weekday(newYear) >= 5) substitutes.push(newYear + 7 - weekday(newYear));
  const lost = [christmas, christmas + 1].filter((day) => weekday(day) >= 5).length;
  for (let day = christmas + 2; substitutes.length < lost + (weekday(newYear) >= 5 ? 1 : 0); day++)
    if (weekday(day) < 5) substitutes.push(day);
  return [
    ...days,
    ...substitutes,
    ...(jubilee[year] ?? []).map(([month, day]) => dayNumber(year, month, day)),
  ];
};

/** 5 U.S.C. 6103: federal holidays, observed on the nearest working day. */
const americaDays = (year: number): number[] => {
  const observed = (day: number): number =>
    weekday(day) === 5 ? day - 1 : weekday(day) === 6 ? day + 1 : day;
  const fixed = [[1, 1], [7, 4], [11, 11], [12, 25], ...(year >= 2021 ? [[6, 19]] : [])].flatMap(
    ([month = 1, day = 1]) => {
      const number = dayNumber(year, month, day);
      return [number, observed(number)];
    },
  );
  return [
    ...fixed,
    nthWeekday(year, 1, 0, 3),
    nthWeekday(year, 2, 0, 3),
    nthWeekday(year, 5, 0, -1),
    nthWeekday(year, 9, 0, 1),
    nthWeekday(year, 10, 0, 2),
    nthWeekday(year, 11, 3, 4),
  ];
};

export const holidayCountries = ['FR', 'GB', 'US', 'none'] as const;
export type HolidayCountry = (typeof holidayCountries)[number];

const daysOf: Readonly<Record<Exclude<HolidayCountry, 'none'>, (year: number) => number[]>> = {
  FR: franceDays,
  GB: britainDays,
  US: americaDays,
};

const known = new Map<string, ReadonlySet<number>>();

/** Whether a day is a public holiday of the country; `none` never is. */
export const isHoliday = (country: HolidayCountry, day: number): boolean => {
  if (country === 'none') return false;
  const { year } = dateOf(day);
  const key = `${country}${year}`;
  let days = known.get(key);
  if (days === undefined) {
    days = new Set(daysOf[country](year));
    known.set(key, days);
  }
  return days.has(day);
};
