import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withStores } from '../support/database.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const hourMs = 3_600_000;
const first = Date.UTC(2024, 0, 1);
const iso = (hour: number): string => new Date(first + hour * hourMs).toISOString();

const json = (count: number, kwh = (hour: number): number => hour % 50) => ({
  readings: Array.from({ length: count }, (_, hour) => ({
    start: iso(hour),
    end: iso(hour + 1),
    kwh: kwh(hour),
  })),
});

const csv = (count: number): string[] => [
  'start;end;energy_kwh',
  ...Array.from({ length: count }, (_, hour) => `${iso(hour)};${iso(hour + 1)};${hour % 50}`),
];

withStores('sending readings', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(database.store());
    await database.store().buildings.save(sampleBuilding('b'));
  });
  afterAll(() => api.close());

  const meter = async (id: string): Promise<string> => {
    await database.store().meters.save(sampleMeter(id, 'b'));
    return `${api.url}v1/meters/${id}/readings`;
  };

  const send = (
    url: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Answer> => call(url, { method: 'POST', headers, body });

  const count = async (id: string): Promise<number> =>
    (await database.store().readings.extent(id))?.count ?? 0;

  it('stores JSON, CSV and gzip of both, once however often they come', async () => {
    const url = await meter('formats');
    const text = csv(100).join('\n');
    expect((await postJson(url, json(100))).body).toMatchObject({ inserted: 100, rejected: 0 });
    const ways: [string | Uint8Array<ArrayBuffer>, Record<string, string>][] = [
      [
        gzipSync(JSON.stringify(json(100))),
        { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      ],
      [text, { 'content-type': 'text/csv' }],
      [gzipSync(text), { 'content-type': 'application/gzip' }],
      [gzipSync(text), { 'content-type': 'text/csv', 'content-encoding': 'gzip' }],
    ];
    for (const [body, headers] of ways)
      expect((await send(url, body, headers)).body).toMatchObject({
        inserted: 0,
        updated: 0,
        unchanged: 100,
      });
    expect(await count('formats')).toBe(100);
  });

  it('stores 99,997 of 100,000 rows of CSV and tells the other three by line and reason', async () => {
    const url = await meter('three-bad');
    const lines = csv(100_000);
    lines[500] = `${iso(499)};${iso(500)};beaucoup`;
    lines[50_000] = `le 31 février;${iso(50_000)};12`;
    lines[100_000] = 'coupé';
    const { status, body } = await send(url, lines.join('\n'), { 'content-type': 'text/csv' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ inserted: 99_997, rejected: 3 });
    const { rejectedRows } = body as {
      rejectedRows: { line: number; code: string; message: { fr: string } }[];
    };
    expect(rejectedRows.map(({ line, code }) => [line, code])).toEqual([
      [501, 'bad-value'],
      [50_001, 'bad-date'],
      [100_001, 'bad-row'],
    ]);
    expect(rejectedRows[0]?.message.fr).toContain('beaucoup');
    expect(await count('three-bad')).toBe(99_997);
  });

  it('does the same for JSON, by the number of the reading', async () => {
    const url = await meter('three-bad-json');
    const sent: { readings: unknown[] } = json(100_000);
    sent.readings[9] = { start: iso(9), end: iso(9), kwh: 1 };
    sent.readings[10] = { start: 'hier', end: iso(11), kwh: 1 };
    sent.readings[99_999] = { start: iso(99_999), end: iso(100_000), kwh: 'douze' };
    const { body } = await postJson(url, sent);
    expect(body).toMatchObject({ inserted: 99_997, rejected: 3 });
    const { rejectedRows } = body as { rejectedRows: { line: number; code: string }[] };
    expect(rejectedRows.map(({ line, code }) => [line, code])).toEqual([
      [10, 'bad-interval'],
      [11, 'bad-reading'],
      [100_000, 'bad-reading'],
    ]);
    expect(await count('three-bad-json')).toBe(99_997);
  });

  it('asks whether values that only rise are a register, and takes them as told', async () => {
    const url = await meter('rising');
    const text = ['start;end;energy_kwh', ...csv(40).slice(1)]
      .map((line, i) => (i === 0 ? line : line.replace(/;\d+$/, `;${1000 + i}`)))
      .join('\n');
    const asked = await send(url, text, { 'content-type': 'text/csv' });
    expect(asked.body).toMatchObject({ title: 'register-unsure', status: 422 });
    expect(await count('rising')).toBe(0);
    await send(`${url}?register=false`, text, { 'content-type': 'text/csv' });
    expect((await database.store().readings.read('rising')).energyKwh[0]).toBe(1001);
  });

  it('takes registers one by one and differences them with those stored', async () => {
    const url = await meter('registers');
    const at = (hour: number, kwh: number) => ({ registers: [{ at: iso(hour), kwh }] });
    await postJson(url, at(0, 1000));
    await postJson(url, at(2, 1010));
    expect((await postJson(url, at(1, 1004))).body).toMatchObject({ inserted: 1, updated: 1 });
    expect((await postJson(url, at(1, 1004))).body).toMatchObject({ inserted: 0, updated: 0 });
    expect((await call(url)).body).toMatchObject({
      readings: [
        { start: iso(0), end: iso(1), kwh: 4 },
        { start: iso(1), end: iso(2), kwh: 6 },
      ],
    });
    const fallen = (await postJson(url, at(3, 5))).body as { warnings: { code: string }[] };
    expect(fallen.warnings.map(({ code }) => code)).toEqual(['meter-reset']);
  });

  it('lets the newest value of an instant win and keeps the old one', async () => {
    const url = await meter('newest');
    await postJson(
      url,
      json(3, () => 1),
    );
    expect(
      (
        await postJson(
          url,
          json(1, () => 2),
        )
      ).body,
    ).toMatchObject({ updated: 1 });
    expect((await call(url)).body).toMatchObject({
      readings: [{ start: iso(0), kwh: 2 }, { kwh: 1 }, { kwh: 1 }],
    });
    expect(await database.store().readings.replaced('newest')).toMatchObject([{ energyKwh: 1 }]);
  });

  it('leaves no line of import for the pulse of a machine, and one for a file', async () => {
    const url = await meter('imports');
    await postJson(url, json(6));
    expect(await database.store().imports.list('imports')).toEqual([]);
    await send(url, csv(6).join('\n'), { 'content-type': 'text/csv' });
    expect(await database.store().imports.list('imports')).toHaveLength(1);
  });

  describe('refuses, in words, and keeps nothing of', () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000, 48));
    const cases: [
      string,
      number,
      string,
      () => [string | Uint8Array<ArrayBuffer>, Record<string, string>],
    ][] = [
      ['a decompression bomb', 413, 'body-too-large', () => [bomb, { 'content-type': 'application/gzip' }]],
      [
        'a bomb as the encoding of JSON',
        413,
        'body-too-large',
        () => [bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
      ],
      [
        'more bytes than the limit',
        413,
        'body-too-large',
        () => ['1'.repeat(16_000_001), { 'content-type': 'text/csv' }],
      ],
      [
        'more than 100,000 rows',
        413,
        'too-many-readings',
        () => [csv(100_001).join('\n'), { 'content-type': 'text/csv' }],
      ],
      [
        'more than 100,000 readings',
        413,
        'too-many-readings',
        () => [JSON.stringify(json(100_001)), { 'content-type': 'application/json' }],
      ],
      [
        'gzip cut short',
        400,
        'body-malformed',
        () => [gzipSync(csv(1000).join('\n')).subarray(0, 900), { 'content-type': 'application/gzip' }],
      ],
      [
        'text that says it is gzip',
        400,
        'body-malformed',
        () => ['start;kwh', { 'content-type': 'application/gzip' }],
      ],
      [
        'malformed JSON',
        400,
        'body-malformed',
        () => ['{"readings": [', { 'content-type': 'application/json' }],
      ],
      [
        'JSON nested without end',
        400,
        'body-malformed',
        () => ['['.repeat(5_000_000), { 'content-type': 'application/json' }],
      ],
      ['JSON of another shape', 400, 'bad-request', () => ['[1,2]', { 'content-type': 'application/json' }]],
      [
        'readings that are none',
        422,
        'readings-none',
        () => ['{"readings":[1,null]}', { 'content-type': 'application/json' }],
      ],
      ['an empty body', 422, 'file-empty', () => ['', { 'content-type': 'text/csv' }]],
      [
        'an archive that is none',
        422,
        'archive-damaged',
        () => ['PK\u0003\u0004....', { 'content-type': 'text/csv' }],
      ],
      ['another type', 415, 'body-type', () => ['GIF89a', { 'content-type': 'image/gif' }]],
      [
        'another encoding',
        415,
        'body-type',
        () => ['a;b', { 'content-type': 'text/csv', 'content-encoding': 'br' }],
      ],
    ];

    it.each(cases)('%s', async (_name, status, code, make) => {
      const url = await meter('refused');
      const [body, headers] = make();
      const answer = await send(url, body, headers);
      expect({ status: answer.status, code: (answer.body as { title: string }).title }).toEqual({
        status,
        code,
      });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ status, error: { code, message: { fr: expect.any(String) } } });
      expect(await count('refused')).toBe(0);
      expect(await database.store().imports.list('refused')).toEqual([]);
    });

    it('an unknown meter, before its body is read', async () => {
      const answer = await postJson(`${api.url}v1/meters/nobody/readings`, json(1));
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ error: { code: 'unknown-meter' } });
    });

    it('a body that the client breaks off', async () => {
      const url = new URL(await meter('broken-off'));
      await new Promise<void>((resolve) => {
        const sending = request(url, {
          method: 'POST',
          headers: { 'content-type': 'text/csv', 'content-length': '100000' },
        });
        sending.on('error', () => resolve());
        sending.write(csv(100).join('\n'), () => sending.destroy());
      });
      expect((await call(`${api.url}healthz`)).status).toBe(200);
      expect(await count('broken-off')).toBe(0);
    });
  });
});
