import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  formatDay,
  isHoliday,
  parseDay,
  parseRange,
  rangesOfDays,
  weekday,
} from '#core/calendar.ts';
import { openZone } from '#core/timezone.ts';

const day = (text: string): number => {
  const number = parseDay(text);
  if (number === undefined) throw new Error(text);
  return number;
};

describe('days', () => {
  it('counts from 1970 and comes back', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(dayNumber(2000, 3, 1)).toBe(11_017);
    for (let number = -1000; number < 30_000; number += 37) expect(parseDay(formatDay(number))).toBe(number);
  });

  it.each(['2018-02-30', '2018-13-01', '18-01-01', '2018-1-1', '', '2018-01-01T00:00'])(
    'refuses %s',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );

  it('knows the weekday', () => {
    expect(weekday(day('1970-01-01'))).toBe(3);
    expect(weekday(day('2026-11-23'))).toBe(0);
    expect(weekday(day('1969-12-28'))).toBe(6);
  });
});

describe('public holidays', () => {
  it.each([
    ['FR', '2024-04-01', true],
    ['FR', '2024-05-09', true],
    ['FR', '2024-05-20', true],
    ['FR', '2024-07-14', true],
    ['FR', '2024-03-29', false],
    ['GB', '2024-03-29', true],
    ['GB', '2022-12-27', true],
    ['GB', '2022-12-26', true],
    ['GB', '2021-12-27', true],
    ['GB', '2021-12-28', true],
    ['GB', '2020-05-04', false],
    ['GB', '2020-05-08', true],
    ['GB', '2022-01-03', true],
    ['GB', '2022-09-19', true],
    ['GB', '2024-05-27', true],
    ['GB', '2024-08-26', true],
    ['GB', '2024-08-19', false],
    ['US', '2024-11-28', true],
    ['US', '2021-07-05', true],
    ['US', '2021-06-19', true],
    ['none', '2024-12-25', false],
  ] as const)('%s %s is %s', (country, text, expected) => {
    expect(isHoliday(country, day(text))).toBe(expected);
  });

  it('gives France eleven days a year and Britain at least eight', () => {
    for (let year = 2010; year < 2030; year++) {
      const count = (country: 'FR' | 'GB') =>
        Array.from({ length: 365 }, (_, index) => dayNumber(year, 1, 1) + index).filter((one) =>
          isHoliday(country, one),
        ).length;
      // Ascension may fall on 1 or 8 May.
      expect(count('FR')).toBeGreaterThanOrEqual(10);
      expect(count('FR')).toBeLessThanOrEqual(11);
      expect(count('GB')).toBeGreaterThanOrEqual(8);
    }
  });
});

describe('ranges', () => {
  it('holds both days', () => {
    const range = parseRange('2018-01-01/2018-12-31');
    expect(range.ok && range.value.to - range.value.from + 1).toBe(365);
  });

  it.each(['2018-01-01', '2018-12-31/2018-01-01', 'a/b', '2018-01-01/2018-02-01/2018-03-01'])(
    'refuses %s',
    (text) => {
      const range = parseRange(text);
      expect(range.ok ? 'accepted' : range.error.code).toBe('bad-range');
    },
  );
});

describe('time zones', () => {
  const paris = openZone('Europe/Paris');
  if (!paris.ok) throw new Error('Europe/Paris is missing');
  const zone = paris.value;

  it('turns the clock both ways', () => {
    expect(zone.offsetMs(Date.UTC(2024, 6, 1))).toBe(7_200_000);
    expect(zone.offsetMs(Date.UTC(2024, 0, 1))).toBe(3_600_000);
    expect(zone.offsetMs(Date.UTC(2024, 2, 31, 0, 59))).toBe(3_600_000);
    expect(zone.offsetMs(Date.UTC(2024, 2, 31, 1))).toBe(7_200_000);
  });

  it('reads the hour that comes twice and the one that never comes', () => {
    expect(zone.instantsOf(Date.UTC(2024, 9, 27, 2, 30))).toEqual([
      Date.UTC(2024, 9, 27, 0, 30),
      Date.UTC(2024, 9, 27, 1, 30),
    ]);
    expect(zone.instantsOf(Date.UTC(2024, 2, 31, 2, 30))).toEqual([]);
    expect(zone.instantsOf(Date.UTC(2024, 0, 15, 12))).toEqual([Date.UTC(2024, 0, 15, 11)]);
  });

  it('gives a day its local name', () => {
    expect(formatDay(zone.localDay(Date.UTC(2024, 0, 14, 23, 0)))).toBe('2024-01-15');
    expect(formatDay(zone.localDay(Date.UTC(2024, 0, 14, 22, 59)))).toBe('2024-01-14');
  });

  it('refuses a name that is no zone', () => {
    const wrong = openZone('Mars/Olympus');
    expect(wrong.ok ? 'accepted' : wrong.error.code).toBe('bad-timezone');
  });
});

describe('ranges of days', () => {
  it('begins a new range wherever a day is missing', () => {
    expect(rangesOfDays([3, 4, 5, 8, 10, 11])).toEqual([
      { from: 3, to: 5 },
      { from: 8, to: 8 },
      { from: 10, to: 11 },
    ]);
  });

  it('gives none of no days', () => {
    expect(rangesOfDays([])).toEqual([]);
  });
});
