import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReadingsOptions } from '#formats/readings/index.ts';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import type { Readings } from '#core/series.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = (text: string, options: ReadingsOptions = {}): Readings => {
  const result = readReadingsCsv('compteur.csv', bytes(text), options);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message.en}`);
  return result.value;
};

const refusal = (content: Uint8Array | string, options: ReadingsOptions = {}): string => {
  const result = readReadingsCsv(
    'compteur.csv',
    typeof content === 'string' ? bytes(content) : content,
    options,
  );
  return result.ok ? 'accepted' : result.error.code;
};

const codes = (readings: Readings): string[] => readings.warnings.map(({ code }) => code);

describe('a readings file', () => {
  it('gives local days, blanks kept blank and said', () => {
    const readings = read('date,kwh,T_out_C\n2018-01-01,,5.17\n2018-01-02,91.7,5.98\n2018-01-03,95.7,7.66\n');
    expect(readings.resolution).toBe('daily');
    expect([...readings.energyKwh]).toEqual([Number.NaN, 91.7, 95.7]);
    expect(readings.outdoorC?.[0]).toBe(5.17);
    expect(new Date(readings.startMs[0]).toISOString()).toBe('2017-12-31T23:00:00.000Z');
    expect(codes(readings)).toEqual(['blank-values']);
  });

  it('keeps the two days of changing clocks 23 and 25 hours long', () => {
    const readings = read('date,kwh\n2024-03-31,1\n2024-04-01,1\n2024-10-27,1\n2024-10-28,1\n');
    const hours = [...readings.startMs].map(
      (start, index) => ((readings.endMs[index] ?? 0) - start) / 3_600_000,
    );
    expect(hours).toEqual([23, 24, 25, 24]);
  });

  it('reads the autumn hour that comes twice in file order, and refuses the one that spring leaves out', () => {
    const readings = read(
      'instant;kwh\n2024-10-27 01:00;1\n2024-10-27 02:00;2\n2024-10-27 02:00;3\n2024-10-27 03:00;4\n2024-03-31 02:30;9\n',
    );
    const autumn = [...readings.startMs].map((start) => new Date(start).toISOString().slice(11, 16));
    expect(autumn).toEqual(['23:00', '00:00', '01:00', '02:00']);
    expect([...readings.energyKwh]).toEqual([1, 2, 3, 4]);
    expect(readings.rowsRejected).toBe(1);
    expect(codes(readings)).toContain('missing-hour');
  });

  it.each([
    ['French export', 'Date de relevé;Énergie (MWh)\r\n31/12/2023;1,5\r\n01/01/2024;2\r\n', [1500, 2000]],
    [
      'quoted cells',
      '"time","eload"\n"2012-03-01 00:00:00","1,234.5"\n"2012-03-02 00:00:00",2\n',
      [1234.5, 2],
    ],
    ['byte-order mark and tabs', '\ufeffjour\twh\n2024-01-01\t1000\n2024-01-02\t2000\n', [1, 2]],
    ['month first when a day says so', 'date,kwh\n01/31/2024,1\n02/01/2024,2\n', [1, 2]],
    ['descending order', 'date,kwh\n2024-01-02,2\n2024-01-01,1\n', [1, 2]],
  ])('understands a %s', (_, text, expected) => {
    expect([...read(text).energyKwh]).toEqual(expected);
  });

  it('reads Windows-1252 and gzip', () => {
    const latin = Uint8Array.from('Date relevée;énergie kwh\n2024-01-01;7\n', (char) => char.charCodeAt(0));
    const result = readReadingsCsv('x.csv.gz', gzipSync(latin));
    expect(result.ok && [...result.value.energyKwh]).toEqual([7]);
  });

  it('turns mean power into energy and differences a register', () => {
    expect([
      ...read('instant,kw\n2024-01-01 00:00,4\n2024-01-01 00:30,2\n2024-01-01 01:00,2\n').energyKwh,
    ]).toEqual([2, 1, 1]);
    const register = read('date,index kwh\n2024-01-01,100\n2024-01-02,130\n2024-01-03,5\n2024-01-04,9\n', {
      register: true,
    });
    expect([...register.energyKwh]).toEqual([30, Number.NaN, 4]);
    expect(codes(register)).toContain('meter-reset');
  });

  it('says which of two readings of one instant it kept', () => {
    const readings = read('date,kwh\n2024-01-01,1\n2024-01-01,1\n2024-01-02,2\n2024-01-02,3\n');
    expect([...readings.energyKwh]).toEqual([1, 3]);
    expect(codes(readings)).toEqual(expect.arrayContaining(['duplicate', 'duplicate-conflict']));
  });

  it('keeps 99,997 rows of 100,000 and tells the three others by line', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => {
      const instant = new Date(Date.UTC(2010, 0, 1) + index * 3_600_000).toISOString();
      if (index === 10) return `${instant},abc`;
      if (index === 20) return 'hier,1';
      return index === 30 ? '2024-02-30T00:00:00Z,1' : `${instant},1`;
    });
    const readings = read(`instant,kwh\n${rows.join('\n')}\n`);
    expect(readings.energyKwh.length).toBe(99_997);
    expect(readings.rowsRejected).toBe(3);
    const rejected = readings.warnings.filter(({ code }) => code.startsWith('bad-'));
    expect(rejected.map(({ place }) => place?.line)).toEqual([12, 22, 32]);
  });

  it('does not flood the report', () => {
    const readings = read(`date,kwh\n2024-01-01,1\n${'x,1\n'.repeat(500)}`);
    expect(readings.warnings.length).toBeLessThan(40);
    expect(codes(readings)).toContain('bad-date-more');
  });
});

describe('a file that is no readings', () => {
  it.each([
    ['', 'file-empty'],
    ['a,b\n1,2\n', 'csv-header'],
    ['date,kwh\n', 'readings-none'],
    ['date,kwh\nhier,beaucoup\n', 'readings-none'],
    ['date,m3\n2024-01-01,5\n', 'readings-calorific'],
    [`date${'x'.repeat(10_000_000)}`, 'csv-header'],
    ['PK\u0003\u0004\u0000\u0000', 'file-binary'],
  ])('is refused, case %#', (text, code) => {
    expect(refusal(text)).toBe(code);
  });

  it('names the columns when one asked for is absent', () => {
    expect(refusal('date,kwh\n2024-01-01,1\n', { valueColumn: 'gaz' })).toBe('readings-column');
    expect(refusal('date,kwh\n2024-01-01,1\n', { timezone: 'Nowhere' })).toBe('bad-timezone');
  });

  it('refuses a truncated archive', () => {
    expect(refusal(gzipSync(bytes('date,kwh\n2024-01-01,1\n')).subarray(0, 20))).toBe('file-corrupt');
  });
});
