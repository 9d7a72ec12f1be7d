/**
 * `npm run soak:ingest -- [--rounds 50]`: kills the server with SIGKILL at a random moment of ingestion, again and
 * again, and every second time its embedded database too; then looks for each reading that was acknowledged. On the
 * server of DATABASE_URL, in a database of its own, where one is named. Exits 0 when every acknowledged reading is there
 * once, with its value, and no call was kept in part.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { readPostmaster } from '../../src/store/embedded/postmaster.ts';
import { openStore, type Store } from '../../src/store/index.ts';

const hourMs = 3_600_000;
const first = Date.UTC(2000, 0, 1);
const writers = 4;

/** Hours of one call: a pulse by arrays, a file by COPY, turn about. */
const sizes = [24, 2000] as const;

type Call = {
  readonly round: number;
  readonly writer: number;
  readonly from: number;
  readonly hours: number;
};

const meterOf = (writer: number): string => `soak-${writer}`;
/** Told apart by round too: hours that a cut call left behind are sent again in the next. */
const valueAt = ({ writer, round }: Call, hour: number): number => writer * 1e6 + hour + round / 1000;
const instant = (hour: number): string => new Date(first + hour * hourMs).toISOString();

const requestOf = (call: Call, cookie: string): RequestInit => {
  const { from, hours } = call;
  const rows = Array.from({ length: hours }, (_, i) => from + i);
  if (hours === sizes[0])
    return {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({
        readings: rows.map((hour) => ({
          start: instant(hour),
          end: instant(hour + 1),
          kwh: valueAt(call, hour),
        })),
      }),
    };
  const lines = rows.map((hour) => `${instant(hour)},${instant(hour + 1)},${valueAt(call, hour)}`);
  return {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/gzip' },
    body: gzipSync(['start,end,kwh', ...lines].join('\n')),
  };
};

type Server = { readonly process: ChildProcess; readonly url: string; readonly cookie: string };

/** Opens a session with the link that the server prints. */
const enter = async (link: string): Promise<string> => {
  const response = await fetch(link, { redirect: 'manual' });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
};

const startServer = (folder: string, databaseUrl: string | undefined): Promise<Server> =>
  new Promise((resolve, reject) => {
    const main = join(import.meta.dirname, '../../src/cli/main.ts');
    const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--data', folder, '--lang', 'en'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [link, url] = /(http:\/\/127\.0\.0\.1:\d+\/)entrer\?lien=[\w-]{43}/.exec(said) ?? [];
      if (link === undefined || url === undefined) return;
      said = '';
      enter(link).then((cookie) => resolve({ process: child, url, cookie }), reject);
    });
    child.once('exit', () => reject(new Error(`the server stopped: ${said}`)));
  });

type Round = { readonly acknowledged: readonly Call[]; readonly broken: readonly Call[] };

/** Writes from `from` on until the server is killed; gives what it answered and what it was in the middle of. */
const writeUntilKilled = async (
  server: Server,
  round: number,
  from: readonly number[],
  kill: () => void,
): Promise<Round> => {
  const acknowledged: Call[] = [];
  const broken: Call[] = [];
  const write = async (writer: number): Promise<void> => {
    let hour = from[writer] ?? 0;
    for (let turn = writer; ; turn += 1) {
      const call = { round, writer, from: hour, hours: sizes[turn % 2] ?? 24 };
      try {
        const url = `${server.url}v1/meters/${meterOf(writer)}/readings?register=false`;
        const response = await fetch(url, requestOf(call, server.cookie));
        // The head alone acknowledges: it is sent after the commit.
        if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
        acknowledged.push(call);
        hour += call.hours;
        await response.arrayBuffer();
      } catch (error) {
        if ((error as Error).message.startsWith('status 4')) throw error;
        if (!acknowledged.includes(call)) broken.push(call);
        return;
      }
    }
  };
  const gone = new Promise((resolve) => server.process.once('exit', resolve));
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const patience = Date.now() + 30_000;
  while (acknowledged.length < writers) {
    if (Date.now() > patience) throw new Error('nothing was acknowledged for 30 s');
    await sleep(5);
  }
  await sleep(Math.random() * 600);
  kill();
  await Promise.all([gone, writing]);
  return { acknowledged, broken };
};

type Faults = { lost: number; twice: number; partial: number };

const look = async (store: Store, rounds: readonly Round[], faults: Faults): Promise<number> => {
  let stored = 0;
  for (let writer = 0; writer < writers; writer += 1) {
    const read = await store.readings.read(meterOf(writer));
    stored += read.startMs.length;
    const byHour = new Map(
      Array.from(read.startMs, (start, i) => [(start - first) / hourMs, read.energyKwh[i]]),
    );
    faults.twice += read.startMs.length - byHour.size;
    const present = (call: Call): number => {
      const { from, hours } = call;
      let count = 0;
      for (let hour = from; hour < from + hours; hour += 1)
        if (byHour.get(hour) === valueAt(call, hour)) count++;
      return count;
    };
    const mine = (calls: readonly Call[]): Call[] => calls.filter((call) => call.writer === writer);
    for (const call of rounds.flatMap(({ acknowledged }) => mine(acknowledged)))
      faults.lost += call.hours - present(call);
    // A call that got no answer is kept whole or not at all.
    for (const call of mine(rounds.at(-1)?.broken ?? []))
      if (present(call) % call.hours !== 0) faults.partial++;
  }
  return stored;
};

const soak = async (
  roundCount: number,
  folder: string,
  databaseUrl: string | undefined,
): Promise<boolean> => {
  const open = (): Promise<Store> =>
    openStore({
      dataDir: join(folder, 'pg'),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
  const store = await open();
  await store.buildings.save({
    id: 'soak',
    name: { fr: 'Essai', en: 'Soak' },
    use: 'other',
    simulated: true,
    facts: {},
  });
  for (let writer = 0; writer < writers; writer += 1)
    await store.meters.save({
      id: meterOf(writer),
      buildingId: 'soak',
      name: 'soak',
      carrier: 'gas',
      use: 'heating',
      unit: 'kWh',
      timezone: 'UTC',
      personal: false,
    });
  await store.close();

  const rounds: Round[] = [];
  const faults: Faults = { lost: 0, twice: 0, partial: 0 };
  let [stored, databaseKills] = [0, 0];
  for (let round = 0; round < roundCount; round += 1) {
    const server = await startServer(folder, databaseUrl);
    const nextHour = Array.from({ length: writers }, (_, writer) =>
      rounds
        .flatMap(({ acknowledged }) => acknowledged)
        .filter((call) => call.writer === writer)
        .reduce((latest, { from, hours }) => Math.max(latest, from + hours), 0),
    );
    rounds.push(
      await writeUntilKilled(server, round, nextHour, () => {
        const database = readPostmaster(join(folder, 'pg', 'cluster', 'data'))?.pid;
        server.process.kill('SIGKILL');
        if (databaseUrl !== undefined || database === undefined || round % 2 === 0) return;
        process.kill(database, 'SIGKILL');
        databaseKills++;
      }),
    );
    const after = await open();
    try {
      stored = await look(after, rounds, faults);
    } finally {
      await after.close();
    }
  }
  const calls = rounds.flatMap(({ acknowledged }) => acknowledged);
  const readings = calls.reduce((sum, { hours }) => sum + hours, 0);
  const broken = rounds.reduce((sum, one) => sum + one.broken.length, 0);
  process.stdout.write(
    `${roundCount} kills of the server (${databaseKills} of its database with it): ${calls.length} calls with ${readings} readings acknowledged, ${broken} calls cut; ${stored} readings stored; lost ${faults.lost}, twice ${faults.twice}, calls kept in part ${faults.partial}\n`,
  );
  return broken > 0 && faults.lost === 0 && faults.twice === 0 && faults.partial === 0;
};

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } });
const given = process.env['DATABASE_URL'];
const folder = mkdtempSync(join(tmpdir(), 'stacoptim-soak-'));
const name = `stacoptim_soak_${randomBytes(6).toString('hex')}`;
const onServer = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: given });
  await client.connect();
  await client.query(sql);
  await client.end();
};
try {
  if (given) {
    await onServer(`create database ${name}`);
    const own = new URL(given);
    own.pathname = `/${name}`;
    process.exitCode = (await soak(Number(values.rounds), folder, own.href)) ? 0 : 1;
  } else process.exitCode = (await soak(Number(values.rounds), folder, undefined)) ? 0 : 1;
} finally {
  if (given) await onServer(`drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
}
