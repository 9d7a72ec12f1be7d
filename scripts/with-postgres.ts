/**
 * `node scripts/with-postgres.ts COMMAND…`: runs a command with DATABASE_URL naming a PostgreSQL server other than the
 * embedded one. That of the environment where there is one; else a server started for the occasion from the programs
 * of the system (/usr/lib/postgresql), else from those npm brings, with settings unlike the embedded ones.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '../src/store/embedded/binaries.ts';
import { commandAs, serverUser } from '../src/store/embedded/system-user.ts';

const systemFolder = '/usr/lib/postgresql';

/** A server that is set otherwise than ours in what a program may wrongly lean on. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=America/New_York',
  'datestyle=German',
  'synchronous_commit=off',
  'fsync=off',
  'log_min_messages=fatal',
];

/** The newest system PostgreSQL of at least version 15. */
const systemBinaries = (): string | undefined => {
  if (!existsSync(systemFolder)) return undefined;
  const [newest] = readdirSync(systemFolder)
    .map(Number)
    .filter((major) => major >= 15 && existsSync(join(systemFolder, String(major), 'bin', 'initdb')))
    .toSorted((left, right) => right - left);
  return newest === undefined ? undefined : join(systemFolder, String(newest));
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : Number.NaN));
    });
  });

const run = (command: readonly string[], url: string): number => {
  const [program = '', ...args] = command;
  const env = { ...process.env, DATABASE_URL: url };
  return spawnSync(program, args, { stdio: 'inherit', env }).status ?? 1;
};

const answers = async (url: string): Promise<string | undefined> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const withOwnServer = async (command: readonly string[]): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-postgres-'));
  const data = join(folder, 'data');
  const user = serverUser(data);
  const programs = systemBinaries() ?? findBinaries(user).folder;
  // The server's user must reach its data, and nobody else may.
  chmodSync(folder, 0o755);
  mkdirSync(data, { mode: 0o700 });
  if (user.drop !== undefined) chownSync(data, user.drop.uid, user.drop.gid);
  const asUser = { cwd: data, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...user.drop };
  try {
    const [initdb, initArguments] = commandAs(
      user,
      join(programs, 'bin', 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'],
      'initdb',
    );
    const made = spawnSync(initdb, initArguments, { ...asUser, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.stdout}`);
    // Hosts of tests are addresses of this machine (127.0.0.2 and on).
    appendFileSync(join(data, 'pg_hba.conf'), 'host all all 127.0.0.0/8 trust\n');
    const port = await freePort();
    const [postgres, serverArguments] = commandAs(
      user,
      join(programs, 'bin', 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      'server',
    );
    const server = spawn(postgres, serverArguments, { ...asUser, stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    try {
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      let version = await answers(url);
      for (let tries = 0; version === undefined && tries < 200 && server.exitCode === null; tries += 1) {
        await sleep(100);
        version = await answers(url);
      }
      if (version === undefined) throw new Error('the server does not answer');
      process.stdout.write(`PostgreSQL ${version} from ${programs}, ${settings.slice(2).join(', ')}\n`);
      return run(command, url);
    } finally {
      server.kill('SIGINT');
      await ended;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const command = process.argv.slice(2);
const given = process.env['DATABASE_URL'];
if (command.length === 0) {
  process.stderr.write('usage: node scripts/with-postgres.ts COMMAND…\n');
  process.exitCode = 2;
} else process.exitCode = given ? run(command, given) : await withOwnServer(command);
