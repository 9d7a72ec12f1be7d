/**
 * The clients of the load bench, in a process of their own. Requests leave at their hour whatever has been answered so far, and
 * each is timed from the hour at which it should have left: a server that falls behind is not spared the waiting it causes.
 */
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { seededRandom } from '#core/random.ts';
import { buildingId, communes, comparison, uses } from './fill.ts';

export type LoadOrder = {
  readonly port: number;
  readonly key: string;
  readonly perSecond: number;
  readonly seconds: number;
  readonly buildings: number;
  /** Buildings whose own page and comparison are asked for. */
  readonly looked: number;
  readonly slowClients: number;
  readonly lastChange: number;
  readonly seed: number;
};

/** By kind of call, the milliseconds of each; and what was not answered by 200. */
export type LoadAnswer = {
  readonly ms: Readonly<Record<string, readonly number[]>>;
  readonly errors: readonly string[];
  readonly bytes: number;
};

type Asked = {
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
};

const asker = ({ buildings, looked, lastChange, seed }: LoadOrder): (() => Asked) => {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const sorts = ['name', '-constructionYear', 'floorAreaM2', '-heatLossWK', 'commune', 'id'] as const;
  const kinds: readonly (() => Asked)[] = [
    () => ({
      kind: 'list',
      method: 'GET',
      path: `/v1/buildings?limit=50&sort=${sorts[below(sorts.length)]}`,
    }),
    () => {
      const [use, commune] = [uses[below(uses.length)], communes[below(communes.length)]];
      const from = 1930 + below(40);
      return {
        kind: 'filter',
        method: 'GET',
        path: `/v1/buildings?limit=50&use=${use}&commune=${encodeURIComponent(commune ?? '')}&constructionYearFrom=${from}`,
      };
    },
    () => ({ kind: 'building', method: 'GET', path: `/v1/buildings/${buildingId(below(looked))}` }),
    () => ({
      kind: 'identity',
      method: 'GET',
      path: `/v1/buildings/${buildingId(below(buildings))}/identity`,
    }),
    () => ({
      kind: 'comparison',
      method: 'POST',
      path: `/v1/buildings/${buildingId(below(looked))}/comparisons`,
      body: comparison,
    }),
    () => ({ kind: 'changes', method: 'GET', path: `/v1/changes?limit=50&since=${below(lastChange)}` }),
  ];
  return () => (kinds[below(kinds.length)] ?? kinds[0])();
};

const agent = new Agent({ keepAlive: true, maxSockets: 512, scheduling: 'lifo' });

/** Resolves to the bytes of a 200; rejects on anything else. */
const send = ({ port, key }: LoadOrder, { method, path, body }: Asked): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          'accept-encoding': 'gzip',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': body.length }),
        },
      },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.once('end', () =>
          response.statusCode === 200
            ? resolve(bytes)
            : reject(new Error(`${method} ${path}: ${response.statusCode}`)),
        );
        response.once('error', reject);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });

/** Clients that ask by a letter a second, and clients that read what they asked for by a few bytes a second. */
const beSlow = ({ port, key, slowClients }: LoadOrder): (() => void) => {
  const line = `GET /v1/buildings?limit=100 HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n\r\n`;
  const sockets: Socket[] = [];
  const come = (): void => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    if (sockets.push(socket) % 2 === 1) return;
    socket.write(line);
    socket.pause();
  };
  // They come over ten seconds: what is tried is that they are slow, not that they all ask at once.
  const coming = setInterval(() => {
    for (let many = 0; many < slowClients / 100 && sockets.length < slowClients; many += 1) come();
  }, 100);
  let at = 0;
  const timer = setInterval(() => {
    for (const [index, socket] of sockets.entries())
      if (socket.destroyed) continue;
      else if (index % 2 === 0) socket.write(line[at % (line.length - 4)] ?? 'x');
      else socket.read(64);
    at += 1;
  }, 1000);
  return () => {
    clearInterval(coming);
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
};

const run = async (order: LoadOrder): Promise<LoadAnswer> => {
  const next = asker(order);
  const stopSlow = beSlow(order);
  // Slow clients are there before the others come.
  await new Promise((resolve) => setTimeout(resolve, order.slowClients > 0 ? 12_000 : 100));
  const ms: Record<string, number[]> = {};
  const errors: string[] = [];
  let bytes = 0;
  const total = Math.round(order.perSecond * order.seconds);
  const everyMs = 1000 / order.perSecond;
  const began = performance.now() + 100;
  const pending: Promise<void>[] = [];
  let sent = 0;
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      for (; sent < total && began + sent * everyMs <= now; sent += 1) {
        const due = began + sent * everyMs;
        const asked = next();
        pending.push(
          send(order, asked).then(
            (size) => {
              bytes += size;
              (ms[asked.kind] ??= []).push(performance.now() - due);
            },
            (error: unknown) => {
              errors.push((error as Error).message);
            },
          ),
        );
      }
      if (sent < total) setTimeout(tick, 1);
      else resolve();
    };
    tick();
  });
  await Promise.all(pending);
  stopSlow();
  return { ms, errors, bytes };
};

process.on('message', (order: LoadOrder) => {
  void run(order).then((answer) => process.send?.(answer));
});
