import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreError, storeError } from '../errors.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Clients, clientsOf } from './clients.ts';
import { account, dataArgument, ensureCluster, readPassword } from './cluster.ts';
import { clusterMark, disownStalePid, isAlive, readPostmaster, serves } from './postmaster.ts';
import { atProcessEnd } from './process-end.ts';
import { commandAs, type SystemUser, serverUser } from './system-user.ts';

export type EmbeddedServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Where to look for PostgreSQL instead of the installed package and the usual folders for a copy of it. */
type EmbeddedOptions = { readonly packaged?: string; readonly copyFolders?: readonly string[] };

const patienceMs = 60_000;
const pollMs = 25;
const watchMs = 1000;
const largestLogBytes = 4_000_000;

const serverSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'jit=off',
  'max_wal_size=2GB',
  'log_min_messages=warning',
];

const freePort = (): Promise<number> =>
  new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => done(port));
    });
  });

const addressOf = (port: number, password: string, database: string): string =>
  `postgres://${account}:${password}@127.0.0.1:${port}/${database}`;

const openLog = (folder: string): number => {
  const log = join(folder, 'postgresql.log');
  const state = statSync(log, { throwIfNoEntry: false });
  if (state !== undefined && state.size > largestLogBytes) truncateSync(log);
  return openSync(log, 'a', 0o600);
};

const logTail = (folder: string): string =>
  readFileSync(join(folder, 'postgresql.log'), 'utf8').trim().split('\n').slice(-3).join(' | ');

/** Starts a server that outlives its terminal's signals; `onEnd` is called if it ends while we live. */
const launch = (
  folder: string,
  binaries: Binaries,
  user: SystemUser,
  port: number,
  onEnd: () => void,
): void => {
  const data = join(folder, 'cluster', 'data');
  disownStalePid(data);
  const settings = [...serverSettings, clusterMark(data)].flatMap((setting) => ['-c', setting]);
  const log = openLog(folder);
  const [program, arguments_] = commandAs(
    user,
    join(binaries.folder, 'bin', 'postgres'),
    ['-D', dataArgument(data), '-p', String(port), ...settings],
    'server',
  );
  const child = spawn(program, arguments_, {
    cwd: data,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    ...user.drop,
  });
  closeSync(log);
  child.once('error', onEnd);
  child.once('exit', onEnd);
  child.unref();
};

type Login = 'in' | 'not-yet' | 'refused';

/** Tries our account on a server and makes our database there if it is not. */
const logIn = async (port: number, password: string): Promise<Login> => {
  const client = new pg.Client({ connectionString: addressOf(port, password, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select from pg_database where datname = $1', [account]);
    if (found.rowCount === 0) await client.query(`create database ${account}`);
    return 'in';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // Two first openers: the other one has just made the database.
    if (code === '42P04' || code === '23505') return 'in';
    return code === '28P01' || code === '28000' ? 'refused' : 'not-yet';
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Fast shutdown: sessions are cut, committed work is kept; after half a minute, the server's own emergency stop. */
const shutDown = async (pid: number, data: string): Promise<void> => {
  for (const [signal, waitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (!serves(pid, data)) return;
    process.kill(pid, signal);
    const until = Date.now() + waitMs;
    while (isAlive(pid) && Date.now() < until) await sleep(pollMs);
  }
};

/** The server of this folder that answers: one that runs already, or one started now, on `port` if it is given. */
const connectOrStart = async (
  folder: string,
  clients: Clients,
  options: EmbeddedOptions,
  port?: number,
): Promise<{ port: number; password: string }> => {
  const data = join(folder, 'cluster', 'data');
  const until = Date.now() + patienceMs;
  let starting = false;
  let tries = 0;
  while (Date.now() < until) {
    const postmaster = readPostmaster(data);
    if (clients.stoppingByOther()) {
      await sleep(pollMs);
    } else if (postmaster !== undefined && serves(postmaster.pid, data)) {
      if (postmaster.status === 'ready') {
        const password = readPassword(join(folder, 'cluster'));
        const login = await logIn(postmaster.port, password);
        if (login === 'in') return { port: postmaster.port, password };
        if (login === 'refused') await shutDown(postmaster.pid, data);
      }
      await sleep(pollMs);
    } else if (starting) {
      await sleep(pollMs);
    } else {
      const user = serverUser(data);
      const binaries = findBinaries(user, options.packaged, options.copyFolders);
      await ensureCluster(folder, binaries, user);
      starting = true;
      launch(folder, binaries, serverUser(data), port ?? (await freePort()), () => {
        starting = false;
      });
      // A first try may fail while the system still holds what a killed server left: another follows.
      await sleep(tries === 0 ? pollMs : 250);
      tries += 1;
    }
  }
  throw storeError(
    'embedded-not-started',
    `La base embarquée de ${folder} n'a pas démarré en ${patienceMs / 1000} s. Fin de son journal : ${logTail(folder)}`,
    `The embedded database of ${folder} did not start within ${patienceMs / 1000} s. End of its log: ${logTail(folder)}`,
    { retryable: true, file: folder },
  );
};

const openFolder = (folder: string): Clients => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const clients = clientsOf(folder);
    clients.signIn();
    return clients;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw storeError(
      'embedded-folder-refused',
      `Le dossier de données ${folder} ne peut pas être écrit (${reason}). Le donner à cet utilisateur, ou en choisir un autre.`,
      `The data folder ${folder} cannot be written (${reason}). Give it to this user, or choose another one.`,
      { cause, file: folder },
    );
  }
};

/**
 * Opens the embedded PostgreSQL of a folder: attaches to the server that already runs there, whoever started it,
 * else starts one. It listens on 127.0.0.1 only, on a free port, behind a password kept in the folder. Every
 * process that opened the folder shares the server; the last one out stops it, also when it ends by a signal.
 * A server that dies meanwhile is started again at the same address.
 * Throws a StoreError (`embedded-*`) when it cannot.
 */
export const openEmbedded = async (
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> => {
  const folder = resolve(dataDir);
  const data = join(folder, 'cluster', 'data');
  const clients = openFolder(folder);
  let open = true;
  let watch: NodeJS.Timeout | undefined;
  let restarting: Promise<unknown> | undefined;

  /** Signs out; gives the server to be stopped when nobody is left, with the stopping flag up. */
  const leave = (): number | undefined => {
    if (!open) return undefined;
    open = false;
    clearInterval(watch);
    callOff();
    const postmaster = readPostmaster(data);
    clients.signOut();
    clients.raiseStopping();
    if (postmaster !== undefined && !clients.othersAlive()) return postmaster.pid;
    clients.lowerStopping();
    return undefined;
  };

  const onExit = (): void => {
    const pid = leave();
    if (pid === undefined) return;
    if (serves(pid, data)) process.kill(pid, 'SIGINT');
    clients.lowerStopping();
  };

  /** Starts the server again where our connections look for it, should it die under us. */
  const watchOver = (port: number): void => {
    const postmaster = readPostmaster(data);
    if (restarting !== undefined || (postmaster !== undefined && serves(postmaster.pid, data))) return;
    restarting = connectOrStart(folder, clients, options, port)
      // It is tried again a moment later; until then every call fails and says so.
      .catch(() => undefined)
      .finally(() => {
        restarting = undefined;
      });
  };

  const stop = async (): Promise<void> => {
    clearInterval(watch);
    await restarting;
    const pid = leave();
    if (pid === undefined) return;
    await shutDown(pid, data);
    clients.lowerStopping();
  };

  const callOff = atProcessEnd(onExit);
  try {
    const { port, password } = await connectOrStart(folder, clients, options);
    watch = setInterval(watchOver, watchMs, port).unref();
    return { url: addressOf(port, password, account), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
