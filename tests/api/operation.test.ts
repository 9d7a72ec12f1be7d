import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccess } from '#api/access.ts';
import { listen, type Listening } from '#api/server.ts';
import { stopGently } from '#api/stop.ts';
import { startLedger } from '#app/clock.ts';
import { defaultSettings, settingsOf, settingsSummary } from '#app/settings.ts';
import { administrator, call, postJson } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';
import { stacoptim } from '../support/stacoptim.ts';

withStores('a server in operation', ({ store }) => {
  const servers: Listening[] = [];
  const open = async (settings = defaultSettings): Promise<Listening> => {
    const context = { store: store(), nowMs: () => Date.now(), startLedger, settings };
    const server = await listen(context, '127.0.0.1', 0, openAccess(administrator));
    servers.push(server);
    return server;
  };
  beforeAll(async () => {
    await store().buildings.save(sampleBuilding('secret-house'));
    await store().meters.save(sampleMeter('secret-flat', 'secret-house'));
    await store().jobs.add('try', {});
  });
  afterAll(async () => {
    for (const { stop } of servers) await stop(0);
  });

  it('counts requests, readings, jobs and connections, and names nobody', async () => {
    const { url } = await open();
    const hour = (n: number): string => new Date(Date.UTC(2024, 0, 1, n)).toISOString();
    const readings = [0, 1, 2].map((n) => ({ start: hour(n), end: hour(n + 1), kwh: n }));
    await postJson(`${url}v1/meters/secret-flat/readings`, { readings });
    await postJson(`${url}v1/meters/secret-flat/readings`, { readings: readings.slice(0, 1) });
    await call(`${url}v1/buildings/secret-house`);
    await call(`${url}v1/buildings/nobody`);
    await call(`${url}v1/nothing/of/the/kind`);
    const response = await fetch(`${url}metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    const value = (start: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(start))
          ?.split(' ')
          .at(-1),
      );
    const buildings = 'method="GET",route="/v1/buildings/{id}"';
    expect(value(`stacoptim_http_requests_total{${buildings},status="404"}`)).toBe(2);
    expect(value('stacoptim_http_requests_total{method="GET",route="/v1/…",status="404"}')).toBe(1);
    expect(value('stacoptim_readings_total{result="inserted"}')).toBe(3);
    expect(value('stacoptim_readings_total{result="unchanged"}')).toBe(1);
    expect(value('stacoptim_jobs{kind="try",state="waiting"}')).toBe(1);
    expect(value('stacoptim_database_connections{state="total"}')).toBeGreaterThan(0);
    const count = value(`stacoptim_http_request_duration_seconds_count{${buildings}}`);
    expect(value(`stacoptim_http_request_duration_seconds_bucket{${buildings},le="+Inf"}`)).toBe(count);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    for (const word of ['secret', 'nobody', administrator.name + '"', 'kind/'])
      expect(text).not.toContain(word);
    // Each line is a comment or `name{labels} number` (Prometheus text format 0.0.4).
    for (const line of text.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[\d.e+-]+)$/);
  });

  it('tells its metrics to its own computer, not through a proxy, or to whoever has the token', async () => {
    const { url } = await open();
    for (const header of ['x-forwarded-for', 'forwarded', 'via'])
      expect((await fetch(`${url}metrics`, { headers: { [header]: 'x' } })).status).toBe(403);
    const guarded = await open({ ...defaultSettings, metricsToken: 't'.repeat(20) });
    expect((await fetch(`${guarded.url}metrics`)).status).toBe(403);
    const headers = { authorization: `Bearer ${'t'.repeat(20)}`, 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(`${guarded.url}metrics`, { headers })).status).toBe(200);
  });

  it('lives, and is ready until it is told to stop', async () => {
    const { url } = await open();
    expect((await call(`${url}healthz`)).body).toEqual({ status: 'ok' });
    expect((await call(`${url}readyz`)).body).toEqual({ status: 'ok' });
    const away = { ...store(), ping: () => Promise.resolve(false) };
    const context = { store: away, nowMs: () => 0, startLedger };
    const unready = await listen(context, '127.0.0.1', 0, openAccess(administrator));
    servers.push(unready);
    expect((await call(`${unready.url}healthz`)).status).toBe(200);
    const { status, body } = await call(`${unready.url}readyz`);
    expect([status, body]).toEqual([503, { status: 'database-unreachable' }]);
  });
});

it('a stop answers what was asked, takes nothing new and cuts off what takes too long', async () => {
  let answered = 0;
  const server = createServer(async (request, response) => {
    await sleep(request.url === '/long' ? 60_000 : 150, undefined, { ref: false });
    answered += 1;
    response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const short = fetch(`${url}/short`).then((response) => response.text());
  const long = fetch(`${url}/long`).catch(() => 'cut');
  await sleep(50);
  const stopped = stopGently(server, 400);
  await expect(fetch(`${url}/new`)).rejects.toThrow();
  expect(await short).toBe('done');
  expect(await long).toBe('cut');
  await stopped;
  expect(answered).toBe(1);
});

it('settings are read, checked and told without their secrets', () => {
  const read = settingsOf({
    DATABASE_URL: 'postgres://stacoptim:hunter2@db.example:5433/parc?sslmode=require',
    STACOPTIM_WEBHOOK_ALLOW: '10.0.0.0/8, fd00::/8,192.168.1.7',
    STACOPTIM_SECRET_KEY: 's'.repeat(32),
    STACOPTIM_RETENTION_DAYS: '',
    STACOPTIM_JOBS: 'off',
    PATH: '/bin',
  });
  expect(read).toMatchObject({
    ok: true,
    value: { webhookNetworks: ['10.0.0.0/8', 'fd00::/8', '192.168.1.7'], runsJobs: false },
  });
  const told = read.ok ? settingsSummary(read.value).join('\n') : '';
  expect(told).toContain('DATABASE_URL=postgres://db.example:5433/parc');
  expect(told).toContain('STACOPTIM_SECRET_KEY=***');
  for (const secret of ['hunter2', 'sss', 'sslmode']) expect(told).not.toContain(secret);
});

it.each([
  ['DATABASE_URL', 'mysql://x'],
  ['LOG_LEVEL', 'loud'],
  ['STACOPTIM_RETENTION_DAYS', 'dix-jours'],
  ['STACOPTIM_RETENTION_DAYS', '0'],
  ['STACOPTIM_WEBHOOK_ALLOW', '10.0.0.0/33'],
  ['STACOPTIM_WEBHOOK_ALLOW', 'everything'],
  ['STACOPTIM_SECRET_KEY', 'tooshort-hunter2'],
  ['STACOPTIM_METRICS_TOKEN', 'short'],
  ['STACOPTIM_JOBS', 'maybe'],
  ['STACOPTIM_NIGHT', '25:00'],
])('a setting %s=%s is refused by its name, its value untold', (name, value) => {
  const read = settingsOf({ [name]: value });
  expect(read).toMatchObject({ ok: false, error: { code: 'setting-invalid', where: { field: name } } });
  expect(JSON.stringify(read)).not.toContain(value);
});

it('a server whose settings are wrong does not start', () => {
  process.env['STACOPTIM_WEBHOOK_ALLOW'] = 'nonsense';
  try {
    const { code, stderr } = stacoptim('serve', '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('STACOPTIM_WEBHOOK_ALLOW');
  } finally {
    delete process.env['STACOPTIM_WEBHOOK_ALLOW'];
  }
});
