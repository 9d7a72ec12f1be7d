import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccess } from '#api/access.ts';
import { listen, type Listening } from '#api/server.ts';
import { startLedger } from '#app/clock.ts';
import { defaultSettings, settingsOf, settingsSummary } from '#app/settings.ts';
import { createTraces, readTraceparent, type Traces } from '#app/traces.ts';
import { administrator } from '../support/api.ts';
import { withStores } from '../support/database.ts';

type Exported = {
  readonly resourceSpans: readonly [
    {
      readonly resource: { readonly attributes: readonly object[] };
      readonly scopeSpans: readonly [
        {
          readonly spans: readonly {
            readonly traceId: string;
            readonly spanId: string;
            readonly parentSpanId?: string;
            readonly name: string;
            readonly kind: number;
            readonly startTimeUnixNano: string;
            readonly endTimeUnixNano: string;
            readonly attributes: readonly object[];
            readonly status: { readonly code?: number };
          }[];
        },
      ];
    },
  ];
};

withStores('traces', ({ store }) => {
  const received: { readonly url: string; readonly key: string; readonly body: Exported }[] = [];
  const collector = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.once('end', () => {
      const { url = '', headers } = request;
      received.push({ url, key: String(headers['x-key']), body: JSON.parse(text) as Exported });
      response.end('{}');
    });
  });
  let traces: Traces;
  let listening: Listening;
  beforeAll(async () => {
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    traces = createTraces({ endpoint, headers: { 'x-key': 'k' }, service: 'parc' });
    const context = {
      store: store(),
      nowMs: () => Date.now(),
      startLedger,
      settings: defaultSettings,
      traces,
    };
    listening = await listen(context, '127.0.0.1', 0, openAccess(administrator));
  });
  afterAll(async () => {
    await listening.stop(100);
    collector.close();
  });

  it('are sent of each request, under the trace of its caller, and name nobody', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const ask = async (path: string, flags: string): Promise<void> => {
      const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-${flags}` };
      await (await fetch(listening.url + path, { headers })).arrayBuffer();
    };
    await ask('v1/buildings/residence-dupont', '01');
    await ask('v1/caller', '00');
    await (await fetch(`${listening.url}v1/caller`)).arrayBuffer();
    await expect.poll(() => received.length, { timeout: 15_000 }).toBeGreaterThan(0);
    await traces.stop();
    expect(received[0]).toMatchObject({ url: '/v1/traces', key: 'k' });
    const spans = received.flatMap(({ body }) => body.resourceSpans[0].scopeSpans[0].spans);
    expect(spans.map(({ name }) => name)).toEqual(['GET /v1/buildings/{id}', 'GET /v1/caller']);
    const [called, own] = spans;
    expect(called).toMatchObject({ traceId: trace, parentSpanId: '00f067aa0ba902b7', kind: 2, status: {} });
    expect(called?.attributes).toContainEqual({
      key: 'http.response.status_code',
      value: { intValue: '404' },
    });
    expect(own?.traceId).not.toBe(trace);
    expect(own).not.toHaveProperty('parentSpanId');
    for (const { startTimeUnixNano, endTimeUnixNano } of spans)
      expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
    expect(JSON.stringify(received)).not.toContain('dupont');
    expect(received[0]?.body.resourceSpans[0].resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'parc' },
    });
  });

  it('to nobody who answers are dropped past a few thousand, and the end waits for one refusal alone', async () => {
    let asked = 0;
    const away = createServer((request) => {
      asked += 1;
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(away.address() as AddressInfo).port}`;
    const lost = createTraces({ endpoint, headers: {}, service: 'parc' });
    for (let index = 0; index < 10_000; index += 1) lost.start('server', 'GET page').end({}, false);
    await lost.stop();
    away.close();
    expect(asked).toBe(1);
  });

  it('in a burst are kept up to 4,096, and sent in parts', async () => {
    const before = received.length;
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const burst = createTraces({ endpoint, headers: {}, service: 'parc' });
    for (let index = 0; index < 10_000; index += 1) burst.start('server', 'GET page').end({}, false);
    await burst.stop();
    const counts = received.slice(before).map(({ body }) => body.resourceSpans[0].scopeSpans[0].spans.length);
    expect(counts).toEqual(Array.from({ length: 8 }, () => 512));
  });
});

it.each([
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
  ['01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more', true],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more', false],
  ['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', false],
  ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', false],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', false],
  ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01', false],
  ['', false],
])('a traceparent %j is one: %s', (text, valid) => {
  expect(readTraceparent(text) !== undefined).toBe(valid);
});

it('the settings name the collector, and never tell its headers', () => {
  const read = settingsOf({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20hunter2,x-team=parc',
  });
  if (!read.ok) throw new Error(read.error.message.en);
  expect(read.value.traces).toEqual({
    endpoint: 'https://collector.example:4318',
    headers: { authorization: 'Bearer hunter2', 'x-team': 'parc' },
    service: 'stacoptim',
  });
  const told = settingsSummary(read.value).join('\n');
  expect(told).toContain('collector.example:4318');
  expect(told).not.toContain('hunter2');
  for (const [name, value] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'nothing'],
  ])
    expect(settingsOf({ [name]: value })).toMatchObject({ ok: false, error: { where: { field: name } } });
});
