import { dayNumber } from '#core/calendar.ts';

/** No offset stands beside the time: it is a local time. */
export const noOffset = 0x7fff;

/** A time as written: local milliseconds as if UTC, minutes east of UTC or `noOffset`, and whether an hour was given. */
export type ParsedStamp = { localMs: number; offsetMin: number; dateOnly: boolean };

/** Order of the numbers in 03/04/2024; French is day first. */
export type DateOrder = 'day-first' | 'month-first';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// Rows of one file follow each other: the day number is worked out once a date, not once a row.
let cachedKey = -1;
let cachedMs = Number.NaN;

const dateMs = (year: number, month: number, day: number): number => {
  const key = (year * 16 + month) * 32 + day;
  if (key === cachedKey) return cachedMs;
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day > monthLengths[month - 1] || (month === 2 && day === 29 && !leap)) return Number.NaN;
  cachedKey = key;
  cachedMs = dayNumber(year, month, day) * DAY_MS;
  return cachedMs;
};

const digitRun = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from;
  while (at < to && bytes[at] >= 48 && bytes[at] <= 57) at++;
  return at - from;
};

const integer = (bytes: Uint8Array, from: number, length: number): number => {
  let value = 0;
  for (let at = from; at < from + length; at++) value = value * 10 + (bytes[at] - 48);
  return value;
};

/** -05:30, +0200, +02, Z; minutes, or NaN when what stands there is none of these. */
const parseOffset = (bytes: Uint8Array, from: number, to: number): number => {
  const sign = bytes[from];
  if ((sign === 90 || sign === 122) && from + 1 === to) return 0;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const hours = digitRun(bytes, from + 1, to);
  let minutes = 0;
  let hour: number;
  if (hours === 4) {
    hour = integer(bytes, from + 1, 2);
    minutes = integer(bytes, from + 3, 2);
    if (from + 5 !== to) return Number.NaN;
  } else if (hours === 2) {
    hour = integer(bytes, from + 1, 2);
    if (from + 3 !== to) {
      if (bytes[from + 3] !== 58 || digitRun(bytes, from + 4, to) !== 2 || from + 6 !== to) return Number.NaN;
      minutes = integer(bytes, from + 4, 2);
    }
  } else return Number.NaN;
  if (hour > 14 || minutes > 59) return Number.NaN;
  return (sign === 45 ? -1 : 1) * (hour * 60 + minutes);
};

/** Hours, minutes, seconds after the date; returns the milliseconds in the day, and sets the offset. */
const parseTime = (bytes: Uint8Array, from: number, to: number, into: ParsedStamp): number => {
  let at = from;
  const hourDigits = digitRun(bytes, at, to);
  if (hourDigits < 1 || hourDigits > 2) return Number.NaN;
  const hour = integer(bytes, at, hourDigits);
  at += hourDigits;
  let minute = 0;
  let second = 0;
  let milli = 0;
  // 14:30 as well as the French 14h30 and 14h.
  if (at < to && (bytes[at] === 58 || bytes[at] === 104 || bytes[at] === 72)) {
    at++;
    const run = digitRun(bytes, at, to);
    if (run === 2) {
      minute = integer(bytes, at, 2);
      at += 2;
    } else if (run !== 0 || bytes[at - 1] === 58) return Number.NaN;
    if (at < to && bytes[at] === 58 && digitRun(bytes, at + 1, to) === 2) {
      second = integer(bytes, at + 1, 2);
      at += 3;
      if (at < to && (bytes[at] === 46 || bytes[at] === 44)) {
        const fraction = digitRun(bytes, at + 1, to);
        if (fraction === 0) return Number.NaN;
        milli = Math.trunc(
          (integer(bytes, at + 1, Math.min(3, fraction)) * 1000) / 10 ** Math.min(3, fraction),
        );
        at += 1 + fraction;
      }
    }
  } else return Number.NaN;
  while (at < to && bytes[at] === 32) at++;
  if (at < to) {
    const offset = parseOffset(bytes, at, to);
    if (Number.isNaN(offset)) return Number.NaN;
    into.offsetMin = offset;
  }
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + milli;
};

/**
 * Reads one instant: ISO 8601 dates and times with or without offset, French day-first dates, 20240131, 2024013114,
 * 202401311430, seconds or milliseconds since 1970. False when the cell is none of these or no real date.
 */
export const parseStamp = (
  bytes: Uint8Array,
  from: number,
  to: number,
  order: DateOrder,
  into: ParsedStamp,
): boolean => {
  into.offsetMin = noOffset;
  into.dateOnly = true;
  if (to - from === 16 && parseIsoMinute(bytes, from, into)) return true;
  const first = digitRun(bytes, from, to);
  if (from + first === to) return parseCompact(bytes, from, first, into);
  const separator = bytes[from + first];
  if (separator !== 45 && separator !== 47 && separator !== 46) return false;
  const secondAt = from + first + 1;
  const second = digitRun(bytes, secondAt, to);
  if (second < 1 || second > 2) return false;
  if (secondAt + second === to && first === 4) {
    into.localMs = dateMs(integer(bytes, from, 4), integer(bytes, secondAt, second), 1);
    return !Number.isNaN(into.localMs);
  }
  const thirdAt = secondAt + second + 1;
  if (bytes[thirdAt - 1] !== separator) return false;
  const third = digitRun(bytes, thirdAt, to);
  let date: number;
  if (first === 4 && third >= 1 && third <= 2)
    date = dateMs(integer(bytes, from, 4), integer(bytes, secondAt, second), integer(bytes, thirdAt, third));
  else if (first <= 2 && (third === 4 || third === 2)) {
    const a = integer(bytes, from, first);
    const b = integer(bytes, secondAt, second);
    const year = integer(bytes, thirdAt, third) + (third === 2 ? 2000 : 0);
    date = order === 'day-first' ? dateMs(year, b, a) : dateMs(year, a, b);
  } else return false;
  if (Number.isNaN(date)) return false;
  let at = thirdAt + third;
  into.localMs = date;
  if (at === to) return true;
  if (bytes[at] !== 84 && bytes[at] !== 32 && bytes[at] !== 116) return false;
  while (at < to && (bytes[at] === 32 || bytes[at] === 84 || bytes[at] === 116)) at++;
  const time = parseTime(bytes, at, to, into);
  if (Number.isNaN(time)) return false;
  into.localMs = date + time;
  into.dateOnly = false;
  return true;
};

const isoZeros = [48, 48, 48, 48, 45, 48, 48, 45, 48, 48, 84, 48, 48, 58, 48, 48];

/** `2024-01-31T14:30` or with a space, as most load curves are written: read without looking for its parts. */
const parseIsoMinute = (bytes: Uint8Array, from: number, into: ParsedStamp): boolean => {
  if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || bytes[from + 13] !== 58) return false;
  const between = bytes[from + 10];
  if (between !== 84 && between !== 32) return false;
  for (let at = 0; at < 16; at++) {
    if (isoZeros[at] !== 48) continue;
    const digit = bytes[from + at] - 48;
    if (digit < 0 || digit > 9) return false;
  }
  const hour = integer(bytes, from + 11, 2);
  const minute = integer(bytes, from + 14, 2);
  const date = dateMs(integer(bytes, from, 4), integer(bytes, from + 5, 2), integer(bytes, from + 8, 2));
  if (Number.isNaN(date) || minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return false;
  into.localMs = date + (hour * 60 + minute) * MINUTE_MS;
  into.dateOnly = false;
  return true;
};

const parseCompact = (bytes: Uint8Array, from: number, digits: number, into: ParsedStamp): boolean => {
  const year = digits >= 8 ? integer(bytes, from, 4) : 0;
  if (year >= 1900 && year <= 2200 && (digits === 8 || digits === 10 || digits === 12)) {
    const date = dateMs(year, integer(bytes, from + 4, 2), integer(bytes, from + 6, 2));
    const hour = digits >= 10 ? integer(bytes, from + 8, 2) : 0;
    const minute = digits === 12 ? integer(bytes, from + 10, 2) : 0;
    if (!Number.isNaN(date) && hour <= 24 && minute <= 59) {
      into.localMs = date + (hour * 60 + minute) * MINUTE_MS;
      into.dateOnly = digits === 8;
      return true;
    }
  }
  if (digits === 10 || digits === 13) {
    into.localMs = integer(bytes, from, digits) * (digits === 10 ? 1000 : 1);
    into.offsetMin = 0;
    into.dateOnly = false;
    return true;
  }
  return false;
};
