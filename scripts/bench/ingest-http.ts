import { gzipSync } from 'node:zlib';
import { openAccess } from '../../src/api/access.ts';
import { listen } from '../../src/api/server.ts';
import { startLedger } from '../../src/app/clock.ts';
import type { Store } from '../../src/store/index.ts';
import type { Figure } from '../figures/figure.ts';

const rows = 100_000;
const rounds = 3;
const hourMs = 3_600_000;

const iso = (hour: number): string => new Date(Date.UTC(2010, 0, 1) + hour * hourMs).toISOString();

const csvBody = (): Buffer =>
  Buffer.from(
    [
      'start,end,kwh',
      ...Array.from({ length: rows }, (_, hour) => `${iso(hour)},${iso(hour + 1)},${hour % 97}`),
    ].join('\n'),
  );

const jsonBody = (): Buffer =>
  Buffer.from(
    JSON.stringify({
      readings: Array.from({ length: rows }, (_, hour) => ({
        start: iso(hour),
        end: iso(hour + 1),
        kwh: hour % 97,
      })),
    }),
  );

/** A gigabyte of zeros as one megabyte of gzip: members one after the other are one stream. */
const bomb = (): Buffer =>
  Buffer.concat(Array.from({ length: 20 }, () => gzipSync(Buffer.alloc(50_000_000))));

const hostile: readonly (readonly [string, string, () => Buffer, number])[] = [
  ['a gigabyte in a gzip bomb', 'application/gzip', bomb, 413],
  ['a body over the limit', 'text/csv', () => Buffer.alloc(17_000_000, 49), 413],
  ['JSON nested 15 million deep', 'application/json', () => Buffer.alloc(15_000_000, 91), 400],
  ['8 million rows of malformed CSV', 'text/csv', () => Buffer.alloc(16_000_000, 'x\n'), 422],
];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Readings through the whole door (HTTP, checks, commit), and the time hostile bodies take to be refused. */
export const measureHttp = async (
  store: Store,
  meterId: string,
  empty: () => Promise<unknown>,
  command: string,
): Promise<Figure[]> => {
  const access = openAccess({ organisationId: 1, role: 'integration', name: 'bench' });
  const { server, url } = await listen(
    { store, nowMs: () => Date.now(), startLedger },
    '127.0.0.1',
    0,
    access,
  );
  const send = async (type: string, body: Buffer): Promise<{ status: number; seconds: number }> => {
    const started = performance.now();
    const response = await fetch(`${url}v1/meters/${meterId}/readings?register=false`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(body),
    });
    await response.arrayBuffer();
    return { status: response.status, seconds: (performance.now() - started) / 1000 };
  };
  try {
    const figures: Figure[] = [];
    for (const [id, type, body] of [
      ['csv', 'text/csv', csvBody()],
      ['json', 'application/json', jsonBody()],
    ] as const) {
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await empty();
        const sent = await send(type, body);
        if (sent.status !== 200) throw new Error(`${id}: status ${sent.status}`);
        seconds.push(sent.seconds);
      }
      figures.push({
        id: `ingest-http-${id}`,
        metric: `readings a second sent as ${type} in calls of ${rows}, from request to answer`,
        value: rows / median(seconds),
        unit: '1/s',
        goal: 'reported',
        holds: null,
        n: rows,
        command,
      });
    }
    let [slowest, name] = [0, ''];
    for (const [what, type, make, status] of hostile) {
      const refused = await send(type, make());
      if (refused.status !== status) throw new Error(`${what}: status ${refused.status}`);
      if (refused.seconds > slowest) [slowest, name] = [refused.seconds, what];
    }
    figures.push({
      id: 'refuse-hostile',
      metric: `slowest refusal of ${hostile.length} hostile bodies (${name})`,
      value: 1000 * slowest,
      unit: 'ms',
      goal: '<= 1000',
      holds: slowest <= 1,
      n: hostile.length,
      command,
    });
    return figures;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
