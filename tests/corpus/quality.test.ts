import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDay } from '#core/calendar.ts';
import { type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import { type Finding, qualityFindings, toDaily } from '#measure/index.ts';
import { corpusPath } from './corpus.ts';

const findings = (folder: string, name: string, options: ReadingsOptions = {}): Finding[] => {
  const readings = readReadingsCsv(name, readFileSync(corpusPath('meters', folder, name)), options);
  if (!readings.ok) throw new Error(readings.error.message.en);
  const daily = toDaily(readings.value);
  return qualityFindings(readings.value, daily.ok ? daily.value.series : undefined);
};

const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(corpusPath('meters', folder)).filter((name) => pattern.test(name));

const breaks = (found: readonly Finding[]): string[] =>
  found.filter((one) => one.code === 'unit-break').map((one) => formatDay(one.from));

const days = (from: string, to: string): number => Math.abs(Date.parse(from) - Date.parse(to)) / 86_400_000;

describe('quality of the real meters', () => {
  // Dates read by eye in the files: the last day on the old level and the first on the new one.
  it.each([
    ['b40.csv.gz', '2018-05-10', '2018-06-05'],
    ['b91.csv.gz', '2018-01-01', '2018-01-23'],
  ])('the gas unit of %s breaks between %s and %s', (name, last, first) => {
    const found = breaks(findings('cambridge', name, { valueColumn: 'gas' }));
    expect(found.length).toBe(1);
    expect(days(found[0], last)).toBeLessThanOrEqual(31);
    expect(days(found[0], first)).toBeLessThanOrEqual(31);
  });

  it('no break is told on the eemeter samples', () => {
    for (const name of files('eemeter_samples_il', /-(daily|hourly|monthly|bimonthly)\.csv\.gz$/))
      expect(breaks(findings('eemeter_samples_il', name)), name).toEqual([]);
  });

  it('no break is told on the meters with injected savings', () => {
    for (const name of files('injected_savings', /^b.*\.csv$/))
      expect(breaks(findings('injected_savings', name)), name).toEqual([]);
  });

  it('names the clock of the archive, which keeps UTC while its place has summer time', () => {
    const found = findings('cambridge', 'b13.csv.gz', { valueColumn: 'gas', timezone: 'Europe/London' });
    const [shift] = found.filter((one) => one.code === 'clock-shift');
    expect(shift?.message.en).toContain('Days are counted in UTC');
  });

  it('flags the zeros of the heating season of a gas meter', () => {
    const zeros = findings('cambridge', 'b13.csv.gz', { valueColumn: 'gas' }).filter(
      (one) => one.code === 'zero-as-missing',
    );
    expect(zeros.length).toBeGreaterThan(0);
  });
});

describe('the readings of the corpus', () => {
  it.each([
    ['nmecr', 'eload.csv', {}, 1095],
    ['nmecr', 'school_eload.csv', {}, 8760],
    [
      'tartu_dh',
      'building_11491_2019.csv.gz',
      { timeColumn: 'Year+Month+Day_Month+Hour_Day', unit: 'kW', timezone: 'Europe/Tallinn' },
      8410,
    ],
    [
      'nyc_public_monthly',
      'retrofit_monthly.csv',
      { valueColumn: 'usage', where: { bdbid: '9943', energy_type: 'Elec' }, perDay: true },
      30,
    ],
    ['belgium_passive_house', 'hourly_2016_2017.csv.gz', { valueColumn: 'ElectricHeater', unit: 'Wh' }, 7368],
    ['buildingenergygeeks', 'building_1298.csv', { valueColumn: 'm0' }, 8784],
    ['hebes_rethinking/b01', 'train_labels_consumption.csv.gz', { valueColumn: 'total' }, undefined],
    ['hebes_rethinking/b05', 'train_labels_consumption.csv.gz', { valueColumn: 'total' }, undefined],
  ] as [string, string, ReadingsOptions, number | undefined][])(
    '%s/%s is read whole',
    (folder, name, options, rows) => {
      const read = readReadingsCsv(name, readFileSync(corpusPath('meters', folder, name)), options);
      if (!read.ok) throw new Error(read.error.message.en);
      expect(read.value.rowsRejected).toBe(0);
      if (rows !== undefined) expect(read.value.energyKwh.length).toBe(rows);
    },
  );

  it('every Cambridge meter is read without a rejected row', () => {
    for (const name of files('cambridge', /^b\d+\.csv\.gz$/)) {
      const read = readReadingsCsv(name, readFileSync(corpusPath('meters', 'cambridge', name)), {
        valueColumn: 'gas',
      });
      expect(read.ok && read.value.rowsRejected, name).toBe(0);
    }
  });
});
