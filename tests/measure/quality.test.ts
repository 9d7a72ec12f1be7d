import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '#core/calendar.ts';
import { warning } from '#core/message.ts';
import type { Readings } from '#core/series.ts';
import { type Finding, findingCodes, qualityFindings, qualityJson, toDaily } from '#measure/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const firstDay = parseDay('2016-01-01') ?? 0;
const days = 4 * 365;

/** A repeatable sequence between 0 and 1 (Park and Miller 1988). */
const noise = (): (() => number) => {
  let state = 20_160_101;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const outdoor = (day: number): number => 11 - 8 * Math.cos((2 * Math.PI * (day - firstDay - 20)) / 365.25);

/** Four years of a heated building by the hour in UTC: base load, heating below 15 °C, lower at night and at weekends. */
const building = (change: (kwh: number, day: number, hour: number) => number = (kwh) => kwh): Readings => {
  const next = noise();
  const length = days * 24;
  const startMs = Float64Array.from({ length }, (_, hour) => firstDay * DAY_MS + hour * HOUR_MS);
  const energyKwh = startMs.map((start) => {
    const day = Math.floor(start / DAY_MS);
    const hour = Math.floor(start / HOUR_MS) % 24;
    const occupied = hour >= 7 && hour < 19 && (day + 3) % 7 < 5;
    const heat = Math.max(0, 15 - outdoor(day)) * (occupied ? 4 : 2);
    return change((4 + (occupied ? 6 : 0) + heat) * (0.8 + 0.4 * next()), day, hour);
  });
  return {
    name: 'building',
    timezone: 'UTC',
    resolution: 'hourly',
    startMs,
    endMs: startMs.map((start) => start + HOUR_MS),
    energyKwh,
    rowsRead: length,
    rowsRejected: 0,
    warnings: [],
  };
};

const findings = (readings: Readings, withWeather = true): Finding[] => {
  const weather = {
    firstDay,
    outdoorC: Float64Array.from({ length: days }, (_, slot) => outdoor(firstDay + slot)),
  };
  const daily = toDaily(readings, withWeather ? { weather } : {});
  if (!daily.ok) throw new Error(daily.error.code);
  return qualityFindings(readings, daily.value.series);
};

const day = (text: string): number => parseDay(text) ?? Number.NaN;
const only = (found: readonly Finding[], code: Finding['code']): Finding[] =>
  found.filter((one) => one.code === code);

describe('quality of a series', () => {
  it('finds nothing in a sound building', () => {
    expect(findings(building())).toEqual([]);
    expect(findings(building(), false)).toEqual([]);
  });

  it.each([
    ['kWh to m3', 1 / 11.2, '2018-01-01'],
    ['kWh to Wh', 1000, '2017-05-10'],
    ['m3 to ft3', 35.3, '2018-08-20'],
    ['kWh to MJ', 3.6, '2018-02-14'],
  ])('dates a change from %s', (_, factor, date) => {
    const breaks = only(
      findings(
        building((kwh, at) => (at >= day(date) ? kwh * factor : kwh)),
        false,
      ),
      'unit-break',
    );
    expect(breaks.length).toBe(1);
    expect(Math.abs((breaks[0]?.from ?? 0) - day(date))).toBeLessThanOrEqual(7);
    expect((breaks[0]?.ratio ?? 0) / factor).toBeCloseTo(1, 1);
  });

  it('does not take a saving, a doubling or a closure of some months for a change of unit', () => {
    for (const change of [
      (kwh: number, at: number) => (at >= day('2018-01-01') ? kwh * 0.6 : kwh),
      (kwh: number, at: number) => (at >= day('2018-01-01') ? kwh * 2 : kwh),
      (kwh: number, at: number) => (at >= day('2018-03-15') && at < day('2018-06-15') ? kwh * 0.1 : kwh),
    ])
      expect(only(findings(building(change)), 'unit-break')).toEqual([]);
  });

  it('dates the change that hides behind a silent year at the first day heard', () => {
    const silent = building((kwh, at) =>
      at < day('2017-01-01') ? kwh : at < day('2018-01-01') ? Number.NaN : kwh / 31,
    );
    const breaks = only(findings(silent), 'unit-break');
    expect(breaks.map((one) => formatDay(one.from))).toEqual(['2018-01-01']);
    const gaps = only(findings(silent), 'gap');
    expect(gaps.map((one) => [formatDay(one.from), formatDay(one.to)])).toEqual([
      ['2017-01-01', '2017-12-31'],
    ]);
  });

  it('flags zeros of a winter week, with and without weather', () => {
    const zeros = building((kwh, at) => (at >= day('2018-02-05') && at <= day('2018-02-11') ? 0 : kwh));
    for (const withWeather of [true, false]) {
      const runs = only(findings(zeros, withWeather), 'zero-as-missing');
      expect(runs.map((one) => [formatDay(one.from), formatDay(one.to)])).toEqual([
        ['2018-02-05', '2018-02-11'],
      ]);
    }
  });

  it('tells time that is counted twice: a day sent over its own hours, not hours that follow each other', () => {
    const hours = building();
    const at = (day('2017-06-10') - firstDay) * 24;
    const energyKwh = hours.energyKwh.slice();
    energyKwh[at] = 200;
    const both = {
      ...hours,
      energyKwh,
      endMs: hours.endMs.map((end, i) => (i === at ? end + 23 * HOUR_MS : end)),
    };
    const [told, ...others] = only(findings(both, false), 'duplicate');
    expect(others).toEqual([]);
    expect([formatDay(told?.from ?? 0), formatDay(told?.to ?? 0)]).toEqual(['2017-06-10', '2017-06-10']);
    const twice = energyKwh.slice(at + 1, at + 24).reduce((sum, kwh) => sum + kwh, 0);
    expect(told?.message.en).toMatch(/^23 readings cover time/);
    expect(told?.message.en).toContain(`${Number(twice.toPrecision(4))} kWh`);
    // Clocks a little off are no defect.
    const late = { ...hours, endMs: hours.endMs.map((end) => end + 60_000) };
    expect(only(findings(late, false), 'duplicate')).toEqual([]);
  });

  it('leaves the summer zeros of a boiler alone', () => {
    const summers = building((kwh, at) => (outdoor(at) > 16 ? 0 : kwh));
    expect(only(findings(summers), 'zero-as-missing')).toEqual([]);
  });

  it('finds a spike, a negative value and a frozen meter on their days', () => {
    const faulty = building((kwh, at, hour) => {
      if (at === day('2017-03-03') && hour === 12) return 4000;
      if (at === day('2017-04-04') && hour === 12) return -5;
      return at >= day('2017-11-01') && at <= day('2017-11-03') ? 33.3 : kwh;
    });
    const found = findings(faulty);
    expect(only(found, 'spike').map((one) => formatDay(one.from))).toEqual(['2017-03-03', '2017-04-04']);
    expect(only(found, 'frozen').map((one) => [formatDay(one.from), formatDay(one.to)])).toEqual([
      ['2017-11-01', '2017-11-03'],
    ]);
  });

  it('sees a clock that runs three hours late for a season', () => {
    const sound = building();
    const [from, to] = [(day('2017-09-04') - firstDay) * 24, (day('2018-03-05') - firstDay) * 24];
    const energyKwh = sound.energyKwh.slice();
    energyKwh.set(sound.energyKwh.subarray(from, to - 3), from + 3);
    const shifts = only(findings({ ...sound, energyKwh }), 'clock-shift');
    expect(shifts.map((one) => one.ratio)).toEqual([3]);
    expect(Math.abs((shifts[0]?.from ?? 0) - day('2017-09-04'))).toBeLessThanOrEqual(14);
  });

  it('repeats what the reader of the file met', () => {
    const told = [
      warning('meter-reset', 'recule', 'falls', { ref: '2017-06-01' }),
      warning('duplicate-conflict', 'double', 'twice', { ref: '2017-07-01' }),
    ];
    const found = findings({ ...building(), warnings: told });
    expect(found.map((one) => [one.code, formatDay(one.from)])).toEqual([
      ['reset', '2017-06-01'],
      ['duplicate', '2017-07-01'],
    ]);
  });
});

describe('the quality answer', () => {
  it('has the published shape', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../docs/schemas/quality-1.schema.json', import.meta.url), 'utf8'),
    ) as {
      properties: { findings: { items: { required: string[]; properties: { code: { enum: string[] } } } } };
    };
    const { items } = schema.properties.findings;
    const spiked = building((kwh, at, hour) => (at === day('2017-03-03') && hour === 12 ? 4000 : kwh));
    const answer = qualityJson(findings(spiked), 'en');
    expect(answer.schema).toBe('stacoptim.quality/1');
    expect(Object.keys(answer.findings[0] ?? {}).sort()).toEqual([...items.required].sort());
    expect(items.properties.code.enum).toEqual([...findingCodes]);
  });
});
