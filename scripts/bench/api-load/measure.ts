import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openEmbedded, openStore } from '#store/index.ts';
import type { Figure } from '../../figures/figure.ts';
import type { LoadAnswer, LoadOrder } from './client.ts';
import { buildingId, comparison, fillStock } from './fill.ts';

export type LoadPlan = {
  readonly buildings: number;
  /** Buildings whose page and comparison are read; each was read once before, as a night or a first visit does. */
  readonly looked: number;
  readonly perSecond: number;
  readonly goalMs: number;
  readonly seconds: number;
  readonly slowClients: number;
};

type Figured = (figure: Omit<Figure, 'id' | 'command'> & { readonly id: string }) => Figure;

const root = join(import.meta.dirname, '../../..');

const startServer = (
  folder: string,
  databaseUrl: string | undefined,
): Promise<{ readonly child: ChildProcess; readonly port: number }> =>
  new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      STACOPTIM_REQUESTS_PER_MINUTE: '1000000',
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    };
    const args = [join(root, 'src/cli/main.ts'), 'serve', '--port', '0', '--data', folder, '--lang', 'en'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      const port = /http:\/\/127\.0\.0\.1:(\d+)\/entrer/.exec(said)?.[1];
      if (port !== undefined) resolve({ child, port: Number(port) });
    });
    child.once('exit', () => reject(new Error(`the server stopped: ${said}`)));
  });

/** What the kernel says of a process, from its parent's number on. */
const statOf = (pid: number | string): number[] =>
  (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ').map(Number);

/** Seconds of some of those numbers, which are hundredths. */
const secondsOf = (stat: readonly number[], ...places: readonly number[]): number =>
  places.reduce((sum, place) => sum + (stat[place] ?? 0), 0) / 100;

/** Processor seconds and resident megabytes of a process of this host. */
const usageOf = (pid: number): { readonly cpuS: number; readonly rssMb: number } => {
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuS: secondsOf(statOf(pid), 11, 12), rssMb: Number(rss) / 1024 };
};

/** Of each process of this host that is still there; those that end between two looks are left out. */
const ofProcesses = <T>(look: (pid: string) => T | undefined): T[] =>
  readdirSync('/proc')
    .filter((one) => /^\d+$/.test(one))
    .flatMap((pid) => {
      try {
        const seen = look(pid);
        return seen === undefined ? [] : [seen];
      } catch {
        return [];
      }
    });

/** The process that starts a session for each connection to the database; undefined where it is not on this host. */
const postmasterOf = async (url: string): Promise<number | undefined> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const session = rows[0]?.pid ?? 0;
    const [own] = ofProcesses((pid) =>
      Number(pid) === session && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: ')
        ? statOf(pid)[1]
        : undefined,
    );
    return own;
  } finally {
    await client.end();
  }
};

/**
 * Processor seconds that the database server has taken since it started: its processes of now and, as their parent counts
 * them, those that have ended. Undefined where no process of this host serves the database.
 */
const databaseCpuS = async (url: string): Promise<number | undefined> => {
  const server = await postmasterOf(url);
  if (server === undefined) return undefined;
  const own = ofProcesses((pid) => {
    const stat = statOf(pid);
    if (Number(pid) === server) return secondsOf(stat, 11, 12, 13, 14);
    return stat[1] === server ? secondsOf(stat, 11, 12) : undefined;
  });
  return own.reduce((sum, one) => sum + one, 0);
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};

const load = (order: LoadOrder): Promise<LoadAnswer> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'client.ts'), { stdio: 'inherit' });
    child.once('message', (answer) => {
      resolve(answer as LoadAnswer);
      child.kill();
    });
    child.once('exit', (code) => reject(new Error(`the clients stopped: ${code}`)));
    child.send(order);
  });

/** Reads each looked-at building and its comparison once, which keeps both; gives the milliseconds a building took. */
const firstReads = async (port: number, key: string, looked: number): Promise<number> => {
  const began = performance.now();
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  for (let index = 0; index < looked; index += 1) {
    const address = `http://127.0.0.1:${port}/v1/buildings/${buildingId(index)}`;
    for (const response of [
      await fetch(address, { headers }),
      await fetch(`${address}/comparisons`, { method: 'POST', headers, body: comparison }),
    ])
      if (response.ok) await response.arrayBuffer();
      else throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  }
  return (performance.now() - began) / looked;
};

/** Fills a database, starts the server on it as anyone would, and loads it. */
export const measureLoad = async (
  databaseUrl: string | undefined,
  folder: string,
  plan: LoadPlan,
  figure: Figured,
  tell: (line: string) => void,
): Promise<Figure[]> => {
  const embedded = databaseUrl === undefined ? await openEmbedded(join(folder, 'pg')) : undefined;
  const url = embedded?.url ?? databaseUrl ?? '';
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  const { metered } = await fillStock(store, url, plan.buildings);
  const entry = { organisationId: 1, role: 'integration', name: 'load', createdBy: 'bench' };
  const { key } = await store.identities.addKey(entry);
  const { latest } = await store.changes.after(0, { limit: 1 });
  await store.close();
  tell(`${plan.buildings} buildings, ${metered} of them metered; ${latest} changes`);
  const server = await startServer(folder, databaseUrl);
  try {
    const { port, child } = server;
    const pid = child.pid ?? 0;
    const firstMs = await firstReads(port, key, plan.looked);
    tell(`a first reading of a building and its comparison: ${firstMs.toFixed(1)} ms`);
    const { buildings, looked, perSecond, seconds } = plan;
    const order = {
      port,
      key,
      perSecond,
      seconds,
      buildings,
      looked,
      slowClients: 0,
      lastChange: latest,
      seed: 1,
    };
    await load({ ...order, seconds: 10 });
    await sleep(1000);
    const before = usageOf(pid);
    const databaseBefore = await databaseCpuS(url);
    const plain = await load({ ...order, seed: 2 });
    const after = usageOf(pid);
    const databaseAfter = await databaseCpuS(url);
    const slow = await load({
      ...order,
      seed: 3,
      seconds: Math.min(30, seconds),
      slowClients: plan.slowClients,
    });
    const last = usageOf(pid);
    const all = Object.values(plain.ms).flat();
    for (const error of [...plain.errors, ...slow.errors].slice(0, 5)) tell(error);
    const common = { unit: 'ms', n: all.length } as const;
    const p99 = quantile(all, 0.99);
    const slowAll = Object.values(slow.ms).flat();
    return [
      figure({
        ...common,
        id: 'p99',
        metric: `99 % of reads at ${perSecond} a second are answered within`,
        value: p99,
        goal: `< ${plan.goalMs}`,
        holds: p99 < plan.goalMs,
      }),
      figure({
        ...common,
        id: 'p50',
        metric: 'half within',
        value: quantile(all, 0.5),
        goal: 'reported',
        holds: null,
      }),
      ...Object.entries(plain.ms).map(([kind, ms]) =>
        figure({
          id: `p99-${kind}`,
          metric: `99 % of “${kind}” within`,
          value: quantile(ms, 0.99),
          unit: 'ms',
          goal: `< ${plan.goalMs}`,
          holds: quantile(ms, 0.99) < plan.goalMs,
          n: ms.length,
        }),
      ),
      figure({
        id: 'errors',
        metric: 'answers other than 200, or none',
        value: plain.errors.length,
        unit: '1',
        goal: '= 0',
        holds: plain.errors.length === 0,
        n: all.length + plain.errors.length,
      }),
      figure({
        id: 'slow-p99',
        metric: `the same beside ${plan.slowClients} slow clients (half ask by a letter a second, half do not read their answer): 99 % within`,
        value: quantile(slowAll, 0.99),
        unit: 'ms',
        goal: `< ${2 * plan.goalMs}, no error`,
        holds: quantile(slowAll, 0.99) < 2 * plan.goalMs && slow.errors.length === 0,
        n: slowAll.length,
        comparator: { name: 'without them', value: p99, unit: 'ms' },
      }),
      figure({
        id: 'cpu',
        metric: 'processor time of the server a request',
        value: (1000 * (after.cpuS - before.cpuS)) / Math.max(1, all.length),
        unit: 'ms',
        goal: 'reported',
        holds: null,
        n: all.length,
      }),
      figure({
        id: 'cpu-database',
        metric: 'processor time of the database server a request, where it is on this machine',
        value:
          databaseBefore === undefined || databaseAfter === undefined
            ? null
            : (1000 * (databaseAfter - databaseBefore)) / Math.max(1, all.length),
        unit: 'ms',
        goal: 'reported',
        holds: null,
        n: all.length,
      }),
      figure({
        id: 'memory',
        metric: 'resident memory of the server after the load',
        value: after.rssMb,
        unit: 'MB',
        goal: 'at most 1.15 of that before',
        holds: after.rssMb <= 1.15 * before.rssMb,
        n: all.length,
        comparator: {
          name: 'before; with the slow clients',
          value: before.rssMb,
          unit: `MB; ${last.rssMb.toFixed(0)} MB`,
        },
      }),
      figure({
        id: 'first',
        metric: 'a building and its comparison read for the first time, computed and kept',
        value: firstMs,
        unit: 'ms',
        goal: 'reported',
        holds: null,
        n: plan.looked,
      }),
    ];
  } finally {
    server.child.kill('SIGTERM');
    await new Promise((resolve) => server.child.once('exit', resolve));
    await embedded?.stop();
  }
};
