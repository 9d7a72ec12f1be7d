import { describe, expect, it } from 'vitest';
import { parseDay } from '#core/calendar.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import { flagReadings, type PossibleUse, possibleUse, qualityFindings, toDaily } from '#measure/index.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { readReadingsCsv } from '../../src/formats/readings-csv/index.ts';
import { utf8, valueOf } from '../support/readings.ts';

const DAY_MS = 86_400_000;
const firstDay = parseDay('2024-01-01') ?? 0;

const daily = (kwh: readonly number[], more: Partial<Readings> = {}): Readings => ({
  name: 'm',
  timezone: 'UTC',
  resolution: 'daily',
  startMs: Float64Array.from(kwh, (_, index) => (firstDay + index) * DAY_MS),
  endMs: Float64Array.from(kwh, (_, index) => (firstDay + index + 1) * DAY_MS),
  energyKwh: Float64Array.from(kwh),
  rowsRead: kwh.length,
  rowsRejected: 0,
  warnings: [],
  ...more,
});

const wave = (count: number): number[] => Array.from({ length: count }, (_, index) => 50 + (index % 7));

describe('estimated reads', () => {
  it('are told by runs, with their energy', () => {
    const bills = daily([100, 200, 300, 400], { resolution: 'irregular', flags: Uint16Array.of(0, 1, 1, 0) });
    const found = qualityFindings(bills, undefined).filter(({ code }) => code === 'estimated');
    expect(found.map(({ from, to }) => [from - firstDay, to - firstDay])).toEqual([[1, 2]]);
    expect(found[0]?.message.en).toBe(
      '2 estimated readings from 2 January 2024 to 3 January 2024 (500.0 kWh).',
    );
    expect(found[0]?.message.fr).toBe('2 relevés estimés du 2 janvier 2024 au 3 janvier 2024 (500 kWh).');
  });
});

describe('readings beyond the building', () => {
  const possible: PossibleUse = { lossKwhK: 10, insideC: 26, otherKwh: 40 };

  it('are told by runs, with the largest possible of that day', () => {
    const readings = daily([100, 300, 500, 100], { outdoorC: Float64Array.of(6, 6, 6, 6) });
    const series = valueOf(toDaily(readings)).series;
    const found = qualityFindings(readings, series, possible).filter(({ code }) => code === 'impossible');
    // 10·(26 − 6) + 40 = 240 kWh.
    expect(found.map(({ from, to, ratio }) => [from - firstDay, to - firstDay, ratio])).toEqual([
      [1, 2, 500 / 240],
    ]);
  });

  it('are wide: a cold day of the sample building at its own loss and efficiency is possible, a unit of MWh is not', () => {
    const twin = sampleTwin('b');
    const limit = possibleUse(twin);
    const coldDay =
      (24 * twin.heatLoss.value * (twin.setPointC.value + 10)) / (1000 * twin.system.efficiency.value) +
      twin.baseLoadKwhDay.value;
    const readings = daily([coldDay, coldDay * 1000], { outdoorC: Float64Array.of(-10, -10) });
    const found = qualityFindings(readings, valueOf(toDaily(readings)).series, limit);
    expect(found.filter(({ code }) => code === 'impossible').map(({ from }) => from - firstDay)).toEqual([1]);
  });
});

describe('days that are not those of the place', () => {
  const codes = (readings: Readings): string[] =>
    qualityFindings(readings, valueOf(toDaily(readings)).series).map(
      ({ code, message }) => `${code}: ${message.en}`,
    );

  it('are named: UTC days of a French meter begin at 01:00 in winter and 02:00 in summer', () => {
    expect(codes(daily(wave(366), { timezone: 'Europe/Paris' }))).toEqual([
      'clock-shift: The days begin at 01:00 or 02:00 local time (Europe/Paris): they are UTC days.',
    ]);
  });

  it('are not found in local days through both nights of summer time, nor in gas days', () => {
    const text = (hour: string): string =>
      Array.from({ length: 366 }, (_, day) => {
        const date = new Date((firstDay + day) * DAY_MS).toISOString().slice(0, 10);
        return `${date}${hour};${50 + (day % 7)}`;
      }).join('\n');
    for (const hour of ['', ' 06:00'])
      expect(
        codes(
          valueOf(readReadingsCsv('a.csv', utf8(`date;kwh\n${text(hour)}\n`), { timezone: 'Europe/Paris' })),
        ),
      ).toEqual([]);
  });

  it('are named where the clock of the file keeps winter time', () => {
    const rows = Array.from(
      { length: 24 * 200 },
      (_, hour) =>
        `${new Date(firstDay * DAY_MS + hour * 3_600_000).toISOString().slice(0, 16)};${5 + ((hour * 7919) % 13)}`,
    );
    const read = valueOf(
      readReadingsCsv('a.csv', utf8(`date;kwh\n${rows.join('\n')}\n`), { timezone: 'Europe/Paris' }),
    );
    expect(codes(read)[0]).toMatch(
      /^clock-shift: The file has 1 reading in the hour .* stays on winter time/,
    );
  });
});

describe('the flags of each reading', () => {
  it('carry the findings of their day, a zero only on zeros, a spike only on the reading that stands out', () => {
    const kwh = wave(60);
    kwh[10] = 2000;
    kwh[20] = 0;
    const readings = daily(kwh, { flags: Uint16Array.from(kwh, (_, index) => (index === 5 ? 1 : 0)) });
    const findings = qualityFindings(readings, valueOf(toDaily(readings)).series);
    const flags = flagReadings(readings, findings);
    expect(flags[5]).toBe(readingFlag.estimated);
    expect(flags[10]).toBe(readingFlag.spike);
    expect(flags[20]).toBe(readingFlag.zeroAsMissing);
    expect(flags.filter((one) => one !== 0).length).toBe(3);
    expect(readings.flags?.[10]).toBe(0);
  });
});
