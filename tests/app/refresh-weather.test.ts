import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { type RefreshRequest, refreshWeather } from '#app/refresh-weather.ts';
import { parseRange } from '#core/calendar.ts';
import { withStores } from '../support/database.ts';
import { errorOf, valueOf } from '../support/readings.ts';

/** Three days of hours in the layout of the archive: 10 °C and one degree more each day. */
const openMeteo = JSON.stringify({
  latitude: 44.8,
  longitude: -0.6,
  elevation: 20,
  utc_offset_seconds: 0,
  timezone: 'GMT',
  hourly: {
    time: Array.from({ length: 72 }, (_, hour) =>
      new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString().slice(0, 16),
    ),
    temperature_2m: Array.from({ length: 72 }, (_, hour) => 10 + Math.floor(hour / 24)),
    shortwave_radiation: Array.from({ length: 72 }, () => 50),
  },
});

/** Two stations: the nearer one silent half the time, so that the farther is chosen. */
const meteoFrance = (): Buffer => {
  const lines = ['NUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJHH;T;QT;GLO;QGLO'];
  for (let hour = 0; hour < 72; hour++) {
    const stamp = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000)
      .toISOString()
      .replaceAll(/[-T]/g, '')
      .slice(0, 10);
    lines.push(`33000001;PRES;44.81;-0.60;40;${stamp};${hour % 2 === 0 ? 5 : ''};1;;`);
    lines.push(`33281001;MERIGNAC;44.83;-0.69;47;${stamp};8;1;36;1`);
  }
  return gzipSync(lines.join('\n'));
};

withStores('fetching weather', ({ store }) => {
  let server: Server;
  let baseUrl = '';
  let folder = '';
  const asked: string[] = [];
  let answer: (url: string) => { status: number; body: string | Buffer } = () => ({ status: 500, body: '' });

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { status, body } = answer(request.url ?? '');
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    asked.length = 0;
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'stacoptim-weather-'));
  });

  const context = () => ({ store: store(), nowMs: () => Date.now(), startLedger });
  const request = (service: RefreshRequest['service']): RefreshRequest => ({
    service,
    site: { latitudeDeg: 44.8049, longitudeDeg: -0.5953, altitudeM: 30 },
    days: valueOf(parseRange('2026-01-01/2026-01-03')),
    timezone: 'UTC',
  });
  const options = { nowMs: () => Date.now(), retryWaitsMs: [1] };

  it('writes the days of the place, rounded to a kilometre, and asks once a day', async () => {
    answer = () => ({ status: 200, body: openMeteo });
    const ask = request({ kind: 'open-meteo', baseUrl });
    const done = valueOf(await refreshWeather(context(), ask, { ...options, cacheFolder: folder }));
    expect([done.from, done.knownDays, done.warnings]).toEqual(['network', 3, []]);
    const { from, to } = ask.days;
    expect([...(await store().weather.daily(done.station.id, from, to)).meanC]).toEqual([10, 11, 12]);
    expect(asked[0]).toContain('latitude=44.80&longitude=-0.60');
    const again = valueOf(await refreshWeather(context(), ask, { ...options, cacheFolder: folder }));
    expect([again.from, asked.length]).toEqual(['cache', 1]);
  });

  it('offline takes what is kept and asks nothing; with nothing kept it says so', async () => {
    const ask = request({ kind: 'open-meteo', baseUrl });
    const offline = { ...options, cacheFolder: folder, offline: true };
    expect(errorOf(await refreshWeather(context(), ask, offline)).code).toBe('weather-offline');
    answer = () => ({ status: 200, body: openMeteo });
    valueOf(await refreshWeather(context(), ask, { ...options, cacheFolder: folder }));
    const done = valueOf(await refreshWeather(context(), ask, offline));
    expect([done.from, done.warnings.map(({ code }) => code)]).toEqual(['cache', ['weather-kept']]);
    expect(asked.length).toBe(1);
  });

  it('tries again after a fault of the server, and falls back on an old answer when it lasts', async () => {
    const ask = request({ kind: 'open-meteo', baseUrl });
    let calls = 0;
    answer = () => (calls++ === 0 ? { status: 503, body: '' } : { status: 200, body: openMeteo });
    expect(valueOf(await refreshWeather(context(), ask, { ...options, cacheFolder: folder })).from).toBe(
      'network',
    );
    answer = () => ({ status: 503, body: '' });
    const old = { ...options, cacheFolder: folder, maxAgeMs: -1 };
    const done = valueOf(await refreshWeather(context(), ask, old));
    expect(done.warnings.map(({ code }) => code)).toEqual(['weather-stale']);
  });

  it('never keeps a page of errors, and does not ask twice for what is refused', async () => {
    const ask = request({ kind: 'open-meteo', baseUrl });
    answer = () => ({ status: 200, body: '<html>maintenance</html>' });
    const fetching = { ...options, cacheFolder: folder };
    expect(errorOf(await refreshWeather(context(), ask, fetching)).code).toBe('json-malformed');
    answer = () => ({ status: 404, body: '' });
    asked.length = 0;
    expect(errorOf(await refreshWeather(context(), ask, fetching)).code).toBe('weather-unreachable');
    expect(asked.length).toBe(1);
  });

  it('fills the missing days of a station from another of the same file, set right, and says how many', async () => {
    const lines = ['NUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJHH;T;QT'];
    const days = 60;
    for (let hour = 0; hour < days * 24; hour++) {
      const day = Math.floor(hour / 24);
      const stamp = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000)
        .toISOString()
        .replaceAll(/[-T]/g, '')
        .slice(0, 10);
      lines.push(`33000001;PRES;44.81;-0.60;40;${stamp};${day === 30 || day === 31 ? '' : 5 + (day % 3)};1`);
      lines.push(`33281001;MERIGNAC;44.83;-0.69;47;${stamp};${7 + (day % 3)};1`);
    }
    answer = () => ({ status: 200, body: gzipSync(lines.join('\n')) });
    const ask = {
      ...request({ kind: 'meteo-france', department: '33', baseUrl }),
      days: valueOf(parseRange('2026-01-01/2026-02-28')),
    };
    const done = valueOf(
      await refreshWeather(context(), ask, {
        ...options,
        cacheFolder: folder,
        nowMs: () => Date.UTC(2026, 2, 5),
      }),
    );
    expect(done.station.id).toBe('33000001');
    expect(done.warnings.map(({ code }) => code)).toEqual(['station-chosen', 'weather-filled']);
    const kept = await store().weather.daily('33000001', ask.days.from, ask.days.to);
    expect(kept.meanC[30]).toBeCloseTo(5, 9);
    expect(kept.meanC[31]).toBeCloseTo(6, 9);
  });

  it('chooses the Météo-France station that knows the days, and says why', async () => {
    answer = () => ({ status: 200, body: meteoFrance() });
    const ask = request({ kind: 'meteo-france', department: '33', baseUrl });
    const fetching = { cacheFolder: folder, retryWaitsMs: [1], nowMs: () => Date.UTC(2026, 1, 1) };
    const done = valueOf(await refreshWeather(context(), ask, fetching));
    expect(asked).toEqual(['/H_33_latest-2025-2026.csv.gz']);
    expect(done.station.id).toBe('33281001');
    expect(done.warnings[0]).toMatchObject({ code: 'station-chosen' });
    expect(done.warnings[0]?.message.en).toContain('100 % of the days known');
    const { from, to } = ask.days;
    const days = await store().weather.daily('33281001', from, to);
    expect([...days.meanC]).toEqual([8, 8, 8]);
    // 36 J/cm2 in each hour is 100 W/m2.
    expect(days.ghiWm2[1]).toBeCloseTo(100, 6);
  });
});
