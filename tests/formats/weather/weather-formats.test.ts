import { describe, expect, it } from 'vitest';
import { readWeather } from '../../../src/formats/registry.ts';
import { errorOf, utf8, valueOf } from '../../support/readings.ts';

describe('Météo-France hourly data', () => {
  const file =
    'NUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJHH;T;QT;GLO;QGLO\n' +
    '33281001;BORDEAUX-MERIGNAC;44.8305;-0.6913;47;2024070111;20.1;1;250;1\n' +
    '33281001;BORDEAUX-MERIGNAC;44.8305;-0.6913;47;2024070112;21.2;1;288;1\n' +
    '33281001;BORDEAUX-MERIGNAC;44.8305;-0.6913;47;2024070113;99.9;2;300;1\n';

  it('takes J/cm2 of the hour that ends at the instant, UTC, and leaves doubtful values blank', () => {
    const read = valueOf(readWeather('H_33.csv', utf8(file)));
    if (read.kind !== 'measured') throw new Error('measured weather was expected');
    expect([...read.weather.outdoorC]).toEqual([20.1, 21.2, Number.NaN]);
    expect(read.weather.startMs[0]).toBe(Date.UTC(2024, 6, 1, 11));
    // 288 J/cm2 over 11:00 to 12:00 is 2.88 MJ/m2 in 3,600 s.
    expect(read.weather.ghiWm2?.[0]).toBeCloseTo(800, 6);
    expect(read.station).toMatchObject({ id: '33281001', latitudeDeg: 44.8305, altitudeM: 47 });
    expect(read.warnings.map(({ code }) => code)).toEqual(['weather-doubtful']);
  });

  it('asks which station of several, and reads the one named', () => {
    const two = `${file}01089001;AMBERIEU;45.9765;5.3292;250;2024070111;18;1;;\n`;
    expect(errorOf(readWeather('H.csv', utf8(two))).code).toBe('station-needed');
    const read = valueOf(readWeather('H.csv', utf8(two), { station: '01089001' }));
    expect(read.kind === 'measured' && [...read.weather.outdoorC]).toEqual([18]);
    expect(errorOf(readWeather('H.csv', utf8(two), { station: '75000000' })).code).toBe('station-unknown');
  });
});

describe('Open-Meteo', () => {
  const answer = (more: object): Uint8Array =>
    utf8(
      JSON.stringify({
        latitude: 44.8,
        longitude: -0.5,
        elevation: 20,
        utc_offset_seconds: 3600,
        timezone: 'Europe/Paris',
        ...more,
      }),
    );

  it('reads hourly temperature at the instant and radiation of the hour after, from the mean of the hour before', () => {
    const read = valueOf(
      readWeather(
        'a.json',
        answer({
          hourly_units: { temperature_2m: '°C' },
          hourly: {
            time: ['2024-01-01T10:00', '2024-01-01T11:00', '2024-01-01T12:00'],
            temperature_2m: [5, 6, null],
            shortwave_radiation: [100, 200, 300],
          },
        }),
      ),
    );
    if (read.kind !== 'measured') throw new Error('measured weather was expected');
    expect(read.weather.startMs[0]).toBe(Date.UTC(2024, 0, 1, 9));
    expect([...read.weather.outdoorC]).toEqual([5, 6, Number.NaN]);
    expect([...(read.weather.ghiWm2 ?? [])]).toEqual([200, 300, Number.NaN]);
    expect(read.warnings.map(({ code }) => code)).toEqual(['weather-missing']);
  });

  it('reads daily means in local days, and MJ/m2 as a mean', () => {
    const read = valueOf(
      readWeather(
        'a.json',
        answer({
          daily: { time: ['2024-07-01'], temperature_2m_mean: [20], shortwave_radiation_sum: [8.64] },
        }),
      ),
    );
    if (read.kind !== 'measured') throw new Error('measured weather was expected');
    expect(read.weather.startMs[0]).toBe(Date.UTC(2024, 5, 30, 22));
    expect(read.weather.ghiWm2?.[0]).toBeCloseTo(100, 6);
  });

  it('names the field of an answer that is not one', () => {
    const failed = errorOf(readWeather('a.json', utf8('{"latitude":"north","longitude":1,"hourly":{}}')));
    expect([failed.code, failed.message.en]).toEqual([
      'open-meteo-layout',
      expect.stringContaining('latitude'),
    ]);
  });
});

describe('RT2012 years', () => {
  it('reads a whole table, and names the line of a broken one', () => {
    const row = (hour: number): string =>
      `${1800 + hour * 3600}\t100\t50\t10\t5\t0\t101300\t0.5\t2\t180\t44.2\t0.6`;
    const table = (rows: readonly string[]): Uint8Array =>
      utf8(`#1\ndouble data(8760,12) #Columns: Time(s); FDIRN(W/m2); FDIFH(W/m2)\n${rows.join('\n')}\n`);
    const rows = Array.from({ length: 8760 }, (_, hour) => row(hour));
    const read = valueOf(readWeather('H2c.txt', table(rows)));
    if (read.kind !== 'typical') throw new Error('a typical year was expected');
    expect(read.year.latitudeDeg).toBe(44.2);
    expect(read.year.relativeHumidityPct[0]).toBe(50);
    // A sky at 0 °C sends σ·273.15⁴.
    expect(read.year.infraredWm2[0]).toBeCloseTo(315.66, 1);
    // By night only the diffuse part counts; at noon of June the sun stands high.
    expect(read.year.ghiWm2[0]).toBe(50);
    expect(read.year.ghiWm2[171 * 24 + 12]).toBeGreaterThan(140);
    expect(errorOf(readWeather('H2c.txt', table(rows.slice(0, 100)))).code).toBe('rt2012-malformed');
  });
});
